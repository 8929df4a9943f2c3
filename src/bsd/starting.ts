/** A handshake of ours begins. */
import type { ConnectError } from '../stack/stack.js';
import { addressFor } from './addresses.js';
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { settingsFor } from './settings.js';
import type { SocketAddress } from './sockets.js';
import type { World } from './world.js';

/** @param text for the SYN of a Fast Open @returns errno, 0 = it has begun */
export function start(world: World, socket: BsdSocket, to: SocketAddress, text?: Uint8Array): number {
  const remote = addressFor(socket, to);
  if (typeof remote === 'number') return remote;
  const { local } = socket;
  if (socket.domain === Linux.AF_INET6 && socket.options.v6Only !== 0 && remote.isV4) return Errno.ENETUNREACH;
  const ours = world.stack.addresses.some((address) => address.equals(remote));
  // Nobody listens within, unless whoever carries our packets brings those of a loopback address back.
  if (remote.isUnspecified || ours !== remote.isLoopback) return Errno.ECONNREFUSED;
  if (remote.isMulticast || remote.isBroadcast) return Errno.ENETUNREACH;
  if ((local !== undefined && local.isV4 !== remote.isV4) || !world.reaches(remote)) return Errno.ENETUNREACH;
  const endpoint = world.stack.connect(
    {
      remote, remotePort: to.port, local, localPort: socket.localPort === 0 ? undefined : socket.localPort, config: settingsFor(world, socket, remote.isV4),
      fastOpen: text !== undefined || socket.options.fastOpenConnect !== 0, fastOpenBare: socket.options.fastOpenNoCookie !== 0, text,
    },
    socket,
  );
  if (typeof endpoint === 'string') return errnoOfConnect(endpoint, to.port);
  socket.attach(endpoint);
  socket.phase = 'connecting';
  return 0;
}

function errnoOfConnect(error: ConnectError, port: number): number {
  switch (error) {
    case 'no-local-address':
      return Errno.ENETUNREACH;
    case 'no-port-left':
    case 'address-in-use':
      return Errno.EADDRNOTAVAIL;
    case 'invalid-address': // a broadcast address of a subnet of ours, or port 0
      return port === 0 ? Errno.EINVAL : Errno.ENETUNREACH;
    default:
      return Errno.EINVAL;
  }
}
