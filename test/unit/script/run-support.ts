/** Runs of small scripts on a fake, for tests of the runner. */
import { parseScript } from '../../../src/script/parse.js';
import type { ScriptResult } from '../../../src/script/result.js';
import { runScript } from '../../../src/script/run.js';
import { settingsOf } from '../../../src/script/settings.js';
import type { Subject } from '../../../src/script/subject.js';
import { FakeSubject } from '../../support/fake-subject.js';

/** A listener on fd 3: the first four lines of most scripts. */
export const LISTEN = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
`;
/** A connection at 0.1 s: line 4 to 7. What the fake must do: `opening()`. */
export const OPEN = `${LISTEN}0.1 < S 700:700(0) win 1000 <mss 1000>
+0 > S. 0:0(0) ack 701 <mss 1460>
+0 < . 1:1(0) ack 1 win 1000
+0 accept(3, ..., ...) = 4
`;

export function run(text: string, subject: Subject): ScriptResult {
  const script = parseScript(text, 'test.pkt');
  return runScript(script, subject, settingsOf(script));
}

/** A fake that answers the SYN of OPEN. */
export const opening = (answers = {}, realTime = false): FakeSubject =>
  new FakeSubject(answers, realTime, 700).sends(100_000, { flags: 'S.', seq: 0, ack: 1, mss: 1460, wnd: 1000 });

/** 'pass', or 'fail 4: why'. */
export const told = ({ verdict, at, message }: ScriptResult): string => (verdict === 'pass' ? 'pass' : `${verdict} ${at?.line}: ${message}`);
