/** Compares scenarios: the kernel in real time in other processes, glasstcp here in virtual time. */
import { makeEngineSubject } from '../script/engine-subject.js';
import { type Comparison, compareRecordings } from './compare.js';
import { recordKernel } from './kernel-pool.js';
import { record } from './record.js';
import type { Recording } from './recording.js';
import { lengthOf, loadScenario, type Scenario } from './scenario.js';

/** glasstcp as it is: its own defaults where Linux's go against an RFC. */
export function recordGlasstcp(scenario: Scenario): Recording {
  return record(scenario, (options) => makeEngineSubject(options, { profile: 'own' }));
}

/**
 * @param files of scenarios; they must be readable and parse
 * @param done called with each comparison as it is ready
 * @returns all of them, in the order of the files
 */
export async function compareFiles(files: readonly string[], done: (comparison: Comparison) => void = () => undefined): Promise<Comparison[]> {
  const scenarios = new Map(files.map((file) => [file, loadScenario(file)]));
  const results = new Map<string, Comparison>();
  // The longest first: the last to end decides how long it all takes.
  const order = [...scenarios].sort(([, a], [, b]) => lengthOf(b) - lengthOf(a)).map(([file]) => file);
  await recordKernel(order, (file, kernel) => {
    const scenario = scenarios.get(file);
    if (scenario === undefined) return;
    const comparison = compareRecordings(scenario, recordGlasstcp(scenario), kernel);
    results.set(file, comparison);
    done(comparison);
  });
  return files.flatMap((file) => results.get(file) ?? []);
}
