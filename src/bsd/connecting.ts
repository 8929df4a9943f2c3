/** connect(2), step by step as inet_stream_connect has it: the socket's phase and the connection's state are two things. */
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { disconnect } from './ending.js';
import { defer } from './fast-open.js';
import { done, failed, type Outcome } from './outcome.js';
import { start } from './starting.js';
import type { CallResult, SocketAddress } from './sockets.js';
import type { World } from './world.js';

export function connect(world: World, socket: BsdSocket, to: SocketAddress): Outcome {
  if (to.family === Linux.AF_UNSPEC) {
    disconnect(socket);
    return done();
  }
  if (socket.phase === 'connected') return failed(Errno.EISCONN);
  if (socket.deferredTo !== undefined) return failed(Errno.EISCONN);
  const already = socket.phase === 'connecting';
  if (!already) {
    if (socket.state !== Linux.TCP_CLOSE || socket.endpoint !== undefined) return failed(Errno.EISCONN);
    const errno = (socket.options.fastOpenConnect === 0 ? undefined : defer(world, socket, to)) ?? start(world, socket, to);
    if (socket.deferredTo !== undefined) return done();
    if (errno !== 0) return failed(errno);
  }
  const waiting = already ? Errno.EALREADY : Errno.EINPROGRESS;
  const attempt = (): CallResult | undefined => conclude(socket);
  const first = attempt();
  if (first !== undefined) return first;
  if (socket.nonBlocking) return failed(waiting);
  return { attempt, patience: socket.options.sendTimeout || Infinity, expired: () => failed(waiting) };
}

/** What has become of the handshake? undefined = it goes on. */
export function conclude(socket: BsdSocket): CallResult | undefined {
  if (socket.opening) return undefined;
  if (socket.state === Linux.TCP_CLOSE) {
    const errno = socket.takeError() || Errno.ECONNABORTED;
    socket.detach();
    return failed(errno);
  }
  socket.phase = 'connected';
  return done();
}
