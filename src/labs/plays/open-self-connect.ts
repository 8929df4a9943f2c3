/** A socket connects to its own address and port: its SYN comes back to it, and that is a simultaneous open with itself (RFC 9293 §3.5, Figure 7). */
import type { Role } from '../ends/end.js';
import type { Lab } from '../lab.js';
import type { LabSocket } from '../stage/lab-socket.js';
import type { Stage } from '../stage/stage.js';
import { tcbOf } from '../stage/tcb-of.js';

const LOOPBACK = '127.0.0.1';
const SELF = 700;
const [FROM, NOBODY] = [701, 702];
const OPEN = 'SYN-SENT SYN-RECEIVED ESTABLISHED';
const CLOSE = 'FIN-WAIT-1 CLOSING TIME-WAIT';

/** From that port of the host's own loopback address to this one. */
const connectTo = (stage: Stage, role: Role, from: number, to: number): LabSocket => stage.host(role).socket().bind(from, LOOPBACK).connect(LOOPBACK, to);

/** The states that glasstcp's connection to itself has entered, as it tells them itself: nothing of it passes the line. */
const entered = (stage: Stage): string => stage.moments.flatMap(({ states }) => states.map(({ to }) => to)).join(' ');

/** Says something to itself. @returns what it has heard */
async function echo(stage: Stage, socket: LabSocket): Promise<string> {
  socket.send('hello');
  let heard = '';
  await stage.until(() => (heard += socket.receive()) === 'hello');
  return heard;
}

export const openSelfConnect: Lab = {
  id: 'open-self-connect',
  section: 'A',
  entries: [9],
  glass: 'client',
  musts: ['open', 'path', 'number', 'echo', 'taken', 'close', 'refused', 'other-host', 'not-on-line'],
  lasts: 1,
  citations: ['RFC 9293 §3.5, Figure 7 (MUST-10)', 'RFC 9293 §3.10.7.3', 'RFC 9293 §3.6, Figure 13'],
  play: async (stage) => {
    stage.say('begin', { port: SELF });
    const socket = connectTo(stage, 'client', SELF, SELF);
    const state = (role: Role): string => stage.state(role, SELF, SELF);
    await stage.until(() => state('client') === 'ESTABLISHED');
    const sockets = stage.world.look('client');
    stage.must('open', sockets.length === 1 && sockets[0].state === 'ESTABLISHED', `sockets: ${sockets.map((one) => one.state).join(', ') || 'none'}`);
    stage.must('path', entered(stage) === OPEN && stage.decided('simultaneous-open'), `it went through ${entered(stage)}`);
    const tcb = tcbOf(stage, 'client', SELF, SELF);
    stage.must('number', tcb !== undefined && tcb.iss === tcb.irs, `ISS ${tcb?.iss}, IRS ${tcb?.irs}`, { isn: tcb?.iss ?? NaN });
    stage.say('echo');
    const heard = await echo(stage, socket);
    stage.must('echo', heard === 'hello', `it heard "${heard}"`);
    const server = stage.client.socket().bind(SELF, LOOPBACK);
    stage.must('taken', server.error === 'EADDRINUSE', `bind() said ${server.error || 'yes'}`, { error: server.error });

    stage.say('close');
    socket.close();
    await stage.until(() => state('client') === 'TIME-WAIT');
    const path = entered(stage);
    stage.must('close', path === `${OPEN} ${CLOSE}`, `it went through ${path}`);

    stage.say('refused', { from: FROM, to: NOBODY });
    const lonely = connectTo(stage, 'client', FROM, NOBODY);
    await stage.until(() => stage.state('client', FROM, NOBODY) === 'CLOSED');
    const error = lonely.error === 'EINPROGRESS' ? lonely.takeFailure() : lonely.error;
    stage.must('refused', error === 'ECONNREFUSED', error || 'no error', { error });

    stage.say('other-host');
    const other = connectTo(stage, 'server', SELF, SELF);
    await stage.until(() => state('server') === 'ESTABLISHED');
    const reached = state('server');
    const echoed = await echo(stage, other);
    stage.must('other-host', reached === 'ESTABLISHED' && echoed === 'hello', `it is in ${reached} and heard "${echoed}"`);
    stage.must('not-on-line', stage.seen.length === 0, `${stage.seen.length} segments were on the line`);
  },
};
