/** A handful of quick scenarios against this machine's kernel. All of them: glasstcp compare --all. */
import { compareRecordings } from '../../src/compare/compare.js';
import { record } from '../../src/compare/record.js';
import { recordGlasstcp } from '../../src/compare/run.js';
import { loadByName } from '../../src/compare/scenario.js';
import { openSubject } from '../../src/script/subjects.js';
import { describeKernel } from '../support/kernel.js';

const QUICK = ['syn-options', 'synack-options-all', 'close-active', 'close-three', 'reset-window', 'out-of-order', 'listen-strays', 'closed-port', 'bad-checksum', 'simultaneous-open'];

describeKernel('glasstcp compare', () => {
  test.each(QUICK)('%s: glasstcp breaks no rule, and every difference is explained', (name) => {
    const scenario = loadByName(name);
    const kernel = record(scenario, (options) => openSubject('kernel', options));
    const { verdict, findings, failure } = compareRecordings(scenario, recordGlasstcp(scenario), kernel);
    expect(failure).toBeUndefined();
    expect(findings.filter((f) => f.verdict === 'unexplained' || f.verdict === 'glasstcp violates')).toEqual([]);
    expect(verdict).not.toBe('not compared');
  });
});
