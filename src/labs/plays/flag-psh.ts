/** PSH: "nothing more is queued behind this", for the receiving TCP; no mark between records (RFC 9293 §3.9.1.2, §3.8). */
import { otherRole, type Role, ROLES } from '../ends/end.js';
import type { Cell } from '../figure.js';
import type { Lab } from '../lab.js';
import { establish, type Pair } from '../stage/pair.js';
import { type Seen, withText } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

const WRITES = ['one;', 'two;', 'three;'] as const;
const ALL = WRITES.join('');
/** Three full segments and a rest. */
const LARGE = new Uint8Array(5_000).fill(0x2e);
const REST = 5_000 - 3 * 1_448;

const pushes = ({ view }: Seen): boolean => view.flags.includes('PSH');

/** All segments with text that this host sends while the action lasts, and until the other one has them all. */
async function textOf(stage: Stage, role: Role, octets: number, action: () => void): Promise<readonly Seen[]> {
  const { length } = stage.seen;
  const text = (): Seen[] => stage.seen.slice(length).filter((seen) => withText(role)(seen) && !seen.view.again);
  const has = (): number => text().reduce((sum, { view }) => sum + view.length, 0);
  action();
  await stage.until(() => has() >= octets);
  await stage.until(() => stage.world.line.nextArrival === Infinity);
  return text();
}

/** One call to recv() with room for everything. */
const readOnce = (pair: Pair, sender: Role): string => pair[otherRole(sender)].receive();

const rowsOf = (sender: Role, call: string, text: readonly Seen[]): Cell[][] => text.map((seen) => [sender, call, seen.view.seq, seen.view.length, pushes(seen) ? 'PSH' : '-']);

export const flagPsh: Lab = {
  id: 'flag-psh',
  section: 'D',
  entries: [35],
  glass: 'client',
  musts: ['placed', 'one-read', 'last', 'early', 'pieces'],
  lasts: 2,
  citations: ['RFC 9293 §3.9.1.2', 'RFC 9293 §3.8', 'RFC 1122 §4.2.2.2'],
  play: async (stage) => {
    const pair = await establish(stage, 80);
    const rows: Cell[][] = [];
    stage.say('three');
    for (const role of ROLES) {
      const text = await textOf(stage, role, ALL.length, () => WRITES.forEach((write) => pair[role].send(write)));
      rows.push(...rowsOf(role, 'three writes', text));
      stage.must('placed', text.every(pushes) && text.length < WRITES.length, `the ${role} sent ${text.length} segments, ${text.filter(pushes).length} with PSH`, { segments: text.length });
      const read = readOnce(pair, role);
      stage.must('one-read', read === ALL, `one recv() gave "${read}"`, { read });
    }
    stage.say('large');
    for (const role of ROLES) {
      const reader = pair[otherRole(role)];
      stage.accident({ from: role, match: (s) => s.dataLength === REST, action: 'hold', times: Infinity, label: 'last-held' });
      const text = await textOf(stage, role, LARGE.length, () => void pair[role].send(LARGE));
      rows.push(...rowsOf(role, 'one write', text));
      stage.must('last', text.length === 4 && pushes(text[3]), text.map((seen) => `${seen.view.length}${pushes(seen) ? ' PSH' : ''}`).join(', '));
      const early = reader.receiveOctets().length;
      stage.must('early', early === LARGE.length - text[3].view.length && !text.slice(0, 3).every(pushes), `recv() gave ${early} octets`, { early });
      stage.release();
      let rest = 0;
      await stage.until(() => (rest += reader.receiveOctets().length) + early >= LARGE.length);
      stage.must('pieces', rest > 0 && early + rest === LARGE.length, `${early} and ${rest} octets`, { early, rest, all: LARGE.length });
    }
    stage.show({ kind: 'table', key: 'segments', columns: ['sender', 'calls', 'seq', 'octets', 'push'], rows });
  },
};
