/** All timers of a connection, each made to fire (RFC 9293 §3.8, §3.10.8, RFC 6298 §5). */
import { Linux } from '../../bsd/constants.js';
import { timerNames } from '../../tcp/timers/timer-table.js';
import { MILLISECOND, SECOND } from '../../util/units.js';
import { SYN } from '../../wire/segment.js';
import type { Lab } from '../lab.js';
import { decisionsBy } from '../stage/course.js';
import { establish, type Pair } from '../stage/pair.js';
import { hasText } from '../stage/shape.js';
import type { Stage } from '../stage/stage.js';
import { mustFire, type TimerKind } from '../stage/timers-fired.js';

const MS = MILLISECOND;
const [MSL, IDLE, PATIENCE, FIN_WAIT_2, FULL] = [200 * MS, 400 * MS, 600 * MS, 800 * MS, 524];
const kind = (name: string, from: string, fires: string, due: number): TimerKind => ({ name, from, fires, due });
const TIMERS = {
  syn: kind('syn', 'send-syn', 'retransmit-syn', 1 * SECOND),
  delayedAck: kind('delayed-ack', 'ack-delayed', 'send-ack-delayed', 40 * MS),
  retransmission: kind('retransmission', 'send-data', 'timeout-fired', 200 * MS),
  keepAlive: kind('keep-alive', 'ack-new', 'keep-alive-probe', IDLE),
  timeWait: kind('time-wait', 'send-ack', 'time-wait-over', 2 * MSL),
  override: kind('sws-override', 'window-update', 'send-override', 200 * MS),
  persist: kind('persist', 'window-update', 'window-probe', 200 * MS),
  userTimeout: kind('user-timeout', 'send-last', 'user-timeout-over', PATIENCE),
  finWait2: kind('fin-wait-2', 'fin-acked', 'fin-wait-2-over', FIN_WAIT_2),
};

/** So many octets go over, so that the window has room for some segments at once. */
async function deliver(stage: Stage, { client, server }: Pair, octets: number): Promise<number> {
  client.send(new Uint8Array(octets));
  let got = 0;
  await stage.until(() => (got += server.receiveOctets().length) === octets);
  await stage.pause(100 * MS);
  return got;
}

/** One connection: opened with trouble, used with trouble, left alone, closed. */
async function longLife(stage: Stage, fired: (of: TimerKind) => Promise<void>): Promise<void> {
  stage.accident({ from: 'client', match: (s) => s.has(SYN), action: 'drop', label: 'lost' });
  stage.say('opens');
  const pair = await establish(stage, 80);
  await fired(TIMERS.syn);
  stage.say('hears');
  pair.server.send('something to think about');
  await fired(TIMERS.delayedAck);
  pair.client.receive();
  stage.say('loses');
  let got = await deliver(stage, pair, 3 * FULL);
  // So long that no slow machine makes it two.
  stage.client.sysctl('glasstcp.rtoMin', SECOND);
  const before = decisionsBy(stage, 'timeout-fired').length;
  stage.accident({ from: 'client', match: hasText, times: 3, action: 'drop', label: 'lost' });
  pair.client.send(new Uint8Array(3 * FULL));
  await fired(TIMERS.retransmission);
  await stage.until(() => (got += pair.server.receiveOctets().length) === 6 * FULL);
  const timeouts = decisionsBy(stage, 'timeout-fired').length - before;
  stage.must('one', got === 6 * FULL && timeouts === 1, `${timeouts} timeouts, ${got} octets`);
  stage.say('idle');
  pair.client.option(Linux.SOL_SOCKET, Linux.SO_KEEPALIVE, 1);
  await fired(TIMERS.keepAlive);
  await stage.pause(50 * MS);
  stage.say('closes');
  await pair.closeFirst('client');
  await fired(TIMERS.timeWait);
}

/** A window that becomes too small, then closes. */
async function smallWindow(stage: Stage): Promise<Pair> {
  const pair = await establish(stage, 81, 6 * FULL);
  stage.say('fills');
  pair.client.send(new Uint8Array(300));
  await stage.until(() => stage.seen.at(-1)?.view.length === 300);
  pair.client.send(new Uint8Array(11 * FULL));
  return pair;
}

export const dataTimers: Lab = {
  id: 'data-timers',
  section: 'E',
  entries: [50],
  glass: 'client',
  setUp: { mtu: 576, glass: { 'glasstcp.msl': MSL, 'glasstcp.keepAliveIdle': IDLE, 'glasstcp.finWait2Timeout': FIN_WAIT_2, 'glasstcp.ackPolicy': 'rfc' } },
  musts: [...Object.values(TIMERS).map(({ name }) => name), 'one', 'error', 'complete'],
  lasts: 8,
  citations: ['RFC 6298 §5', 'RFC 9293 §3.8.3', 'RFC 9293 §3.8.4', 'RFC 9293 §3.8.6', 'RFC 9293 §3.10.8', 'RFC 8985'],
  play: async (stage) => {
    const rows: [name: string, from: string, due: number, after: number, did: string][] = [];
    const fired = async (of: TimerKind): Promise<void> => {
      rows.push([of.name, `${of.name}-from`, Math.round(of.due / MS), await mustFire(stage, of), `${of.name}-did`]);
    };
    await longLife(stage, fired);
    const small = await smallWindow(stage);
    await fired(TIMERS.override);
    await fired(TIMERS.persist);
    small.client.lingerZero();
    small.client.close();

    const silent = await establish(stage, 82);
    stage.say('silence', { patience: PATIENCE / MS });
    silent.client.option(Linux.SOL_TCP, Linux.TCP_USER_TIMEOUT, PATIENCE / MS);
    stage.accident({ from: 'client', match: () => true, times: Infinity, action: 'drop', label: 'lost' });
    silent.client.send('Hello?');
    await fired(TIMERS.userTimeout);
    const error = silent.client.takeFailure();
    stage.must('error', error === 'ETIMEDOUT', `the error is ${error}`);
    stage.world.line.clear();

    const left = await establish(stage, 83);
    stage.say('left');
    left.client.close();
    await fired(TIMERS.finWait2);
    const shown = rows.map(([name]) => name).filter((name) => name !== TIMERS.syn.name).sort();
    stage.must('complete', shown.join() === [...timerNames].sort().join(), shown.join(', '), { timers: shown.length });
    stage.show({ kind: 'table', key: 'timers', columns: ['timer', 'started', 'due', 'after', 'did'], rows });
    stage.say('absent');
  },
};
