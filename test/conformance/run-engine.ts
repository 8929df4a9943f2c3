/** A process that runs the checks on the engine it finds beside it until one fails, and prints the names of those that failed, as JSON. */
import { allChecks } from './all-checks.js';
import { runOnEngine } from './run.js';

const failed = allChecks().find((check) => runOnEngine([check]).outcomes.get(check.name) !== null);
process.stdout.write(JSON.stringify(failed === undefined ? [] : [failed.name]));
