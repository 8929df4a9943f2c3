/** The peer's host has vanished, and nobody has anything to say: keep-alives find it out (RFC 9293 §3.8.4). */
import { Linux } from '../../bsd/constants.js';
import { MILLISECOND, SECOND } from '../../util/units.js';
import { ROLES } from '../ends/end.js';
import type { Lab } from '../lab.js';
import { inMilliseconds } from '../stage/in-words.js';
import { establish } from '../stage/pair.js';
import { atPort, type Seen, segment } from '../stage/seen.js';

const [WATCHED, TRUSTING] = [80, 81];
const TRAVEL = 20 * MILLISECOND;
const [IDLE, INTERVAL, PROBES] = [400 * MILLISECOND, 300 * MILLISECOND, 3];

export const halfOpenKeepalive: Lab = {
  id: 'half-open-keepalive',
  section: 'A',
  entries: [13],
  glass: 'server',
  setUp: { glass: { 'glasstcp.keepAliveIdle': IDLE, 'glasstcp.keepAliveInterval': INTERVAL, 'glasstcp.keepAliveProbes': PROBES } },
  musts: ['probe', 'answered', 'probes', 'timed-out', 'freed', 'trusting'],
  lasts: 3,
  citations: ['RFC 9293 §3.8.4 (MAY-5, MUST-24 to MUST-29)', 'RFC 9293 §3.5.1', 'tcp(7): TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT'],
  play: async (stage) => {
    const watched = await establish(stage, WATCHED);
    const trusting = await establish(stage, TRUSTING);
    const state = (): string => stage.state('server', WATCHED, watched.port);
    /** Empty, and one number before the next one: nothing to be taken, but something to be answered. */
    const probes = (): Seen[] => stage.seen.filter(atPort(WATCHED, segment('server', 'ACK', { seq: 0, length: 0 })));
    stage.say('begin', { idle: inMilliseconds(IDLE) });
    watched.server.option(Linux.SOL_SOCKET, Linux.SO_KEEPALIVE, 1);
    const heard = stage.seen.filter(atPort(WATCHED, () => true)).at(-1)?.at ?? NaN;
    await stage.wait('probe', () => probes().length >= 1 && probes()[0].at - heard >= IDLE && state() === 'ESTABLISHED');
    const asked = probes()[0].at;
    await stage.wait('answered', () => stage.seen.some((seen) => seen.at > asked && atPort(WATCHED, segment('client', 'ACK', { seq: 1, ack: 1, length: 0 }))(seen)) && state() === 'ESTABLISHED');

    await stage.pause(TRAVEL);
    stage.say('cut');
    const cut = stage.seen.length;
    for (const from of ROLES) stage.accident({ from, match: () => true, times: Infinity, action: 'drop', label: 'dead' });
    await stage.until(() => state() === 'CLOSED', 10 * SECOND);
    // By the engine's clock: on a busy machine several may reach the line together.
    const sent = stage.moments.filter(({ reason }) => reason?.rule.name === 'keep-alive-probe');
    const times = sent.filter(({ conn }) => conn === sent[0].conn).map(({ at }) => at).slice(-PROBES);
    const lost = probes().filter(({ fate }) => fate === 'lost').length;
    const patient = times.every((at, i) => i === 0 || at - times[i - 1] >= INTERVAL);
    stage.must('probes', lost === PROBES && patient, `${lost} probes without an answer`, { probes: PROBES, interval: inMilliseconds(INTERVAL) });
    const error = watched.server.takeFailure();
    const farewell = stage.seen.slice(cut).some((seen) => seen.from === 'server' && seen.flags.includes('RST'));
    stage.must('timed-out', error === 'ETIMEDOUT' && farewell, error || 'no error', { error });
    stage.must('freed', state() === 'CLOSED' && stage.decided('keep-alive-over'), `the server is in ${state()}`);

    const more = stage.seen.slice(cut).filter(atPort(TRUSTING, () => true));
    stage.must('trusting', stage.state('server', TRUSTING, trusting.port) === 'ESTABLISHED' && more.length === 0, `${more.length} segments of the other connection`);
  },
};
