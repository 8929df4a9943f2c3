/** connect(2), step by step as inet_stream_connect has it: the socket's phase and the connection's state are two things. */
import type { ConnectError } from '../stack/stack.js';
import { addressFor } from './addresses.js';
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { disconnect } from './ending.js';
import { done, failed, type Outcome } from './outcome.js';
import { settingsFor } from './settings.js';
import type { CallResult, SocketAddress } from './sockets.js';
import type { World } from './world.js';

export function connect(world: World, socket: BsdSocket, to: SocketAddress): Outcome {
  if (to.family === Linux.AF_UNSPEC) {
    disconnect(socket);
    return done();
  }
  if (socket.phase === 'connected') return failed(Errno.EISCONN);
  const already = socket.phase === 'connecting';
  if (!already) {
    if (socket.state !== Linux.TCP_CLOSE || socket.endpoint !== undefined) return failed(Errno.EISCONN);
    const errno = start(world, socket, to);
    if (errno !== 0) return failed(errno);
  }
  const waiting = already ? Errno.EALREADY : Errno.EINPROGRESS;
  const attempt = (): CallResult | undefined => conclude(socket);
  const first = attempt();
  if (first !== undefined) return first;
  if (socket.nonBlocking) return failed(waiting);
  return { attempt, patience: socket.options.sendTimeout || Infinity, expired: () => failed(waiting) };
}

/** The handshake begins. @returns errno, 0 = it has begun */
export function start(world: World, socket: BsdSocket, to: SocketAddress): number {
  const remote = addressFor(socket, to);
  if (typeof remote === 'number') return remote;
  const { local } = socket;
  if (socket.domain === Linux.AF_INET6 && socket.options.v6Only !== 0 && remote.isV4) return Errno.ENETUNREACH;
  if (remote.isUnspecified || remote.isMulticast || remote.isBroadcast) return Errno.ENETUNREACH;
  if (local !== undefined && local.isV4 !== remote.isV4) return Errno.ENETUNREACH;
  const endpoint = world.stack.connect(
    { remote, remotePort: to.port, local, localPort: socket.localPort === 0 ? undefined : socket.localPort, config: settingsFor(world, socket, remote.isV4) },
    socket,
  );
  if (typeof endpoint === 'string') return errnoOfConnect(endpoint);
  socket.attach(endpoint);
  socket.phase = 'connecting';
  return 0;
}

function errnoOfConnect(error: ConnectError): number {
  switch (error) {
    case 'no-local-address':
      return Errno.ENETUNREACH;
    case 'no-port-left':
    case 'address-in-use':
      return Errno.EADDRNOTAVAIL;
    default:
      return Errno.EINVAL;
  }
}

/** What has become of the handshake? undefined = it goes on. */
function conclude(socket: BsdSocket): CallResult | undefined {
  if (socket.opening) return undefined;
  if (socket.state === Linux.TCP_CLOSE) {
    const errno = socket.takeError() || Errno.ECONNABORTED;
    socket.detach();
    return failed(errno);
  }
  socket.phase = 'connected';
  return done();
}
