/** Results as JUnit writes them: what test servers read. */
import { PLAIN, reportText } from '../../script/report.js';
import type { ScriptResult } from '../../script/result.js';

/** A script that could not even be read as one. */
export interface Unread {
  readonly file: string;
  readonly message: string;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&apos;' };

/** Text for XML 1.0: characters that it does not allow at all become U+FFFD. */
export function xmlText(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD').replace(/[&<>"']/g, (c) => escapes[c]);
}

export function junit(results: readonly ScriptResult[], unread: readonly Unread[]): string {
  const failures = results.filter(({ verdict }) => verdict === 'fail').length;
  const errors = results.filter(({ verdict }) => verdict === 'error').length + unread.length;
  const skipped = results.filter(({ verdict }) => verdict === 'unsupported').length;
  const counts = `tests="${results.length + unread.length}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
  const cases = [...results.map(testCase), ...unread.map(({ file, message }) =>
    element('parse', file, 0, `    <error message="${xmlText(message.split('\n')[0])}">${xmlText(message)}</error>\n`))];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${counts}>\n<testsuite name="glasstcp script" ${counts}>\n${cases.join('')}</testsuite>\n</testsuites>\n`;
}

function testCase(result: ScriptResult): string {
  const text = xmlText(reportText(result, PLAIN));
  const message = xmlText(result.message);
  const inside = {
    pass: '', fail: `    <failure message="${message}">${text}</failure>\n`, error: `    <error message="${message}">${text}</error>\n`,
    unsupported: `    <skipped message="${message}"/>\n`,
  }[result.verdict];
  return element(result.subject, result.file, result.duration, inside);
}

function element(className: string, name: string, duration: number, inside: string): string {
  const head = `  <testcase classname="${className}" name="${xmlText(name)}" time="${(duration / 1e6).toFixed(6)}"`;
  return inside === '' ? `${head}/>\n` : `${head}>\n${inside}  </testcase>\n`;
}
