/** A process that runs all checks on the engine it finds beside it, and prints the names of those that failed, as JSON. */
import { allChecks } from './all-checks.js';
import { runOnEngine } from './run.js';

const { outcomes } = runOnEngine(allChecks());
process.stdout.write(JSON.stringify([...outcomes].filter(([, outcome]) => outcome !== null).map(([name]) => name)));
