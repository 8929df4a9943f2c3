/** shutdown(2), close(2), and what connect(2) does with AF_UNSPEC. */
import { SECOND } from '../util/units.js';
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { done, failed, type Outcome } from './outcome.js';
import type { CallResult } from './sockets.js';
import type { World } from './world.js';

/** States in which a connection that is thrown away is reset (tcp_need_reset). */
const RESET_STATES: ReadonlySet<number> = new Set([Linux.TCP_ESTABLISHED, Linux.TCP_CLOSE_WAIT, Linux.TCP_FIN_WAIT1, Linux.TCP_FIN_WAIT2, Linux.TCP_SYN_RECV]);

/** tcp_disconnect: the connection or listener is thrown away, the socket can be used again. */
export function disconnect(socket: BsdSocket): void {
  const { state, endpoint, listener } = socket;
  socket.listener = undefined;
  listener?.close();
  if (endpoint !== undefined && endpoint.state !== 'CLOSED') {
    if (RESET_STATES.has(state) || state === Linux.TCP_SYN_SENT) socket.error = Errno.ECONNRESET;
    endpoint.abort();
  }
  socket.detach();
}

/** Nothing more will be received (no packet says so), or sent (FIN), or both. */
export function shutdown(socket: BsdSocket, how: number): Outcome {
  if (how !== Linux.SHUT_RD && how !== Linux.SHUT_WR && how !== Linux.SHUT_RDWR) return failed(Errno.EINVAL);
  const receive = how !== Linux.SHUT_WR;
  const send = how !== Linux.SHUT_RD;
  switch (socket.state) {
    case Linux.TCP_CLOSE:
      mark(socket, receive, send);
      return failed(Errno.ENOTCONN);
    case Linux.TCP_LISTEN:
      if (receive) disconnect(socket);
      return done();
    case Linux.TCP_SYN_SENT:
      disconnect(socket);
      return done();
    default:
      mark(socket, receive, send);
      if (send) socket.endpoint?.close();
      return done();
  }
}

function mark(socket: BsdSocket, receive: boolean, send: boolean): void {
  if (receive) {
    socket.receiveShut = true;
    socket.endpoint?.connection.shutReceive();
  }
  if (send) socket.sendShut = true;
}

/** The descriptor is free at once; with SO_LINGER the call waits until all is acknowledged or the time is up. */
export function close(world: World, fd: number, socket: BsdSocket): Outcome {
  world.descriptors.remove(fd);
  const { endpoint, listener, options } = socket;
  socket.listener = undefined;
  listener?.close();
  if (endpoint === undefined || endpoint.state === 'CLOSED') return done();
  if (options.lingerOn !== 0 && options.lingerTime === 0 && endpoint.connection.unread === 0) {
    endpoint.abort();
    return done();
  }
  endpoint.release();
  world.descriptors.orphan(socket);
  if (options.lingerOn === 0) return done();
  const attempt = (): CallResult | undefined => (ENDING_STATES.has(socket.state) ? undefined : done());
  return attempt() ?? { attempt, patience: options.lingerTime * SECOND, expired: () => done() };
}

/** Our FIN, or what is before it, is not acknowledged. */
const ENDING_STATES: ReadonlySet<number> = new Set([Linux.TCP_FIN_WAIT1, Linux.TCP_CLOSING, Linux.TCP_LAST_ACK]);
