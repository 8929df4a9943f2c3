/** RST in SYN-SENT: only one that acknowledges our SYN is believed (RFC 9293 §3.10.7.3, first and second). */
import { MILLISECOND } from '../../util/units.js';
import { ACK, RST, SYN } from '../../wire/segment.js';
import { otherRole, type Role, ROLES } from '../ends/end.js';
import type { Lab } from '../lab.js';
import type { LabSocket } from '../stage/lab-socket.js';
import { accepted } from '../stage/opening.js';
import { atPort } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

/** A host whose SYN is still on its way. */
interface Attempt {
  readonly role: Role;
  readonly listener: LabSocket;
  /** Which RST, the state then, and what the program is told. */
  readonly reset: (kind: string, flags: number, ackFromIss: number) => Promise<readonly [Role, string, string, string]>;
}

async function begin(stage: Stage, role: Role, port: number): Promise<Attempt> {
  const listener = stage.host(otherRole(role)).listen(port);
  stage.accident({ from: role, match: (s) => s.dstPort === port && s.has(SYN), action: 'hold', times: Infinity, label: 'slow' });
  const socket = stage.host(role).connect(port);
  const local = socket.port;
  const syn = atPort(port, ({ from }) => from === role);
  await stage.until(() => stage.seen.some(syn));
  const iss = stage.seen.find(syn)?.view.absolute.seq ?? NaN;
  const reset: Attempt['reset'] = async (kind, flags, ackFromIss) => {
    stage.inject(role, { srcPort: port, dstPort: local, seq: 0, ack: (flags & ACK) === 0 ? 0 : (iss + ackFromIss) >>> 0, flags, window: 0 });
    await stage.pause(30 * MILLISECOND);
    const state = stage.state(role, local, port);
    return [role, kind, state, state === 'CLOSED' ? socket.takeFailure() : 'EINPROGRESS'];
  };
  return { role, listener, reset };
}

const inWords = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.join(' ')).join('; ');

export const rstSynSent: Lab = {
  id: 'rst-syn-sent',
  section: 'D',
  entries: [36],
  glass: 'client',
  musts: ['bad-ack', 'no-ack', 'opened', 'good-ack', 'silent'],
  lasts: 1,
  citations: ['RFC 9293 §3.10.7.3', 'RFC 9293 §3.5.3'],
  play: async (stage) => {
    const [bad, bare, good]: (readonly [Role, string, string, string])[][] = [[], [], []];
    const waiting = (rows: typeof bad): boolean => rows.every(([, , state]) => state === 'SYN-SENT');
    stage.say('bad');
    const attempts = [await begin(stage, 'client', 80), await begin(stage, 'server', 81)];
    for (const { reset } of attempts) bad.push(await reset('ack = x', RST | ACK, 0), await reset('ack = x + 2', RST | ACK, 2));
    stage.must('bad-ack', waiting(bad), inWords(bad));
    stage.say('bare');
    for (const { reset } of attempts) bare.push(await reset('no-ack', RST, 0));
    stage.must('no-ack', waiting(bare), inWords(bare));
    stage.say('go-on');
    stage.release();
    for (const { role, listener } of attempts) stage.must('opened', (await accepted(stage, listener)) !== undefined, `the ${role}'s connection was not opened`);
    stage.say('good');
    for (const [at, role] of ROLES.entries()) good.push(await (await begin(stage, role, 90 + at)).reset('ack = x + 1', RST | ACK, 1));
    stage.must('good-ack', good.every(([, , state, call]) => state === 'CLOSED' && call === 'ECONNREFUSED'), inWords(good));
    stage.must('silent', !stage.seen.some(({ fate, flags }) => fate !== 'injected' && flags.includes('RST')), 'a RST was answered with a RST');
    stage.show({ kind: 'table', key: 'outcomes', columns: ['host', 'reset', 'state', 'call'], rows: [...bad, ...bare, ...good] });
  },
};
