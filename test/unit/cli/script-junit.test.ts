/** `glasstcp script`: results for test servers. */
import { junit, xmlText } from '../../../src/cli/script/junit.js';
import type { ScriptResult, Verdict } from '../../../src/script/result.js';

const result = (verdict: Verdict, message = ''): ScriptResult => ({
  file: 'a&b.pkt', subject: 'engine', verdict, message, differences: [], timing: false, ladder: [], decisions: [], info: [], warnings: [], printed: [],
  ignored: [], duration: 1_500_000, retries: 0,
});

describe('junit', () => {
  test('counts each kind', () => {
    const text = junit([result('pass'), result('fail', 'x'), result('unsupported', 'y'), result('error', 'z')], [{ file: 'c.pkt', message: 'no script' }]);
    expect(text).toContain('<testsuite name="glasstcp script" tests="5" failures="1" errors="2" skipped="1">');
  });

  test('a pass is one line with its time', () => {
    expect(junit([result('pass')], [])).toContain('  <testcase classname="engine" name="a&amp;b.pkt" time="1.500000"/>\n');
  });

  test('a failure carries its message and the report', () => {
    expect(junit([result('fail', 'expected <mss 1460>')], [])).toMatch(/<failure message="expected &lt;mss 1460&gt;">fail {2}a&amp;b\.pkt on engine\n/);
  });

  test('what XML does not allow becomes U+FFFD', () => {
    expect(xmlText('a\u0000b"c\'')).toBe('a\uFFFDb&quot;c&apos;');
  });
});
