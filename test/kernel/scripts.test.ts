/** Our own scripts on this machine's kernel: what they say of socket calls is what Linux does. Real time: a script whose timing alone was wrong runs again. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScript } from '../../src/script/parse.js';
import { reportText } from '../../src/script/report.js';
import type { ScriptResult } from '../../src/script/result.js';
import { runScript } from '../../src/script/run.js';
import { settingsOf } from '../../src/script/settings.js';
import { openSubject } from '../../src/script/subjects.js';
import { describeKernel } from '../support/kernel.js';

const FOLDER = join(__dirname, '../script');
const ATTEMPTS = 3;

const run = (name: string): ScriptResult => runText(readFileSync(join(FOLDER, name), 'utf8'), name);

function runText(text: string, name: string): ScriptResult {
  const script = parseScript(text, name);
  const settings = settingsOf(script);
  const subject = openSubject('kernel', settings.subject, { blockingCalls: /\.\.\.\s*[0-9.]/.test(script.text) });
  try {
    return runScript(script, subject, settings, FOLDER);
  } finally {
    subject.close();
  }
}

describeKernel('scripts of socket calls, on the kernel', () => {
  test.each(readdirSync(FOLDER).filter((name) => /^calls-.*\.pkt$/.test(name)))('%s', (name) => {
    let result = run(name);
    for (let i = 1; i < ATTEMPTS && result.verdict !== 'pass' && (result.message ?? '').includes('timing'); i++) result = run(name);
    expect(result.verdict === 'pass' ? 'pass' : reportText(result)).toBe('pass');
  });

  test('a call that still blocks when the script ends is an error of the script, and nothing worse', () => {
    const text = '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 bind(3, ..., ...) = 0\n+0 listen(3, 1) = 0\n+0...0.1 accept(3, ..., ...) = 4\n';
    expect(runText(text, 'waits.pkt').verdict).toBe('error');
  });
});
