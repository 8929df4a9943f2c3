/** Eight ways to a RST: who sends it, how it gets its numbers, and what the program is told (RFC 9293 §3.5.2). */
import { MILLISECOND } from '../../util/units.js';
import type { Cell } from '../figure.js';
import type { Lab } from '../lab.js';
import { ruleOf } from '../stage/reset-rule.js';
import { KINDS, type ResetKind, RESETS } from '../stage/resets.js';
import { atPort } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

/** Sender, flags, rule of its sequence number, rule of its acknowledgment, and what the other side's call says. */
const EXPECTED: Readonly<Record<ResetKind, readonly Cell[]>> = {
  'refused': ['server', 'RST,ACK', '0', 'SEG.SEQ+SEG.LEN', 'ECONNREFUSED'],
  'half-open': ['server', 'RST', 'SEG.ACK', '-', 'ECONNRESET'],
  'challenge': ['server', 'RST', 'SEG.ACK', '-', 'ECONNRESET'],
  'syn-sent': ['client', 'RST', 'SEG.ACK', '-', 'EINPROGRESS'],
  'linger-zero': ['client', 'RST,ACK', 'SND.NXT', 'RCV.NXT', 'ECONNRESET'],
  'unread': ['client', 'RST,ACK', 'SND.NXT', 'RCV.NXT', 'ECONNRESET'],
  'after-close': ['client', 'RST', 'SEG.ACK', '-', 'EPIPE'],
  'overflow': ['server', 'RST', 'SEG.ACK', '-', 'ECONNRESET'],
};

async function provoke(stage: Stage, kind: ResetKind, port: number): Promise<readonly Cell[]> {
  stage.say(kind);
  const ask = await RESETS[kind](stage, port);
  const isReset = atPort(port, ({ flags, fate }) => flags.includes('RST') && fate === undefined);
  await stage.until(() => stage.seen.some(isReset));
  const reset = stage.seen.find(isReset);
  if (reset === undefined) return ['-'];
  await stage.pause(40 * MILLISECOND);
  const { seq, ack } = ruleOf(stage, reset);
  return [reset.from, reset.flags, seq, ack, ask()];
}

export const rstKinds: Lab = {
  id: 'rst-kinds',
  section: 'D',
  entries: [36],
  glass: 'client',
  musts: [...KINDS],
  lasts: 2,
  citations: ['RFC 9293 §3.5.2', 'RFC 9293 §3.10.7.1', 'RFC 9293 §3.10.7.3', 'RFC 9293 §3.6.1', 'RFC 5961 §3.2'],
  play: async (stage) => {
    const rows: Cell[][] = [];
    for (const [at, kind] of KINDS.entries()) {
      const outcome = await provoke(stage, kind, 80 + at);
      stage.must(kind, outcome.join(' ') === EXPECTED[kind].join(' '), outcome.length === 1 ? 'no RST came' : outcome.join(', '));
      rows.push([kind, ...outcome]);
    }
    stage.show({ kind: 'table', key: 'kinds', columns: ['kind', 'sender', 'flags', 'seq', 'ack', 'call'], rows });
  },
};
