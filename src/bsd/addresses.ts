/** Addresses and ports: what a socket may bind to, who has the port already, and which family an address must be of. */
import { Address } from '../util/address.js';
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { keptValue } from './options-kept.js';
import { done, failed, type Outcome } from './outcome.js';
import type { SocketAddress } from './sockets.js';
import type { World } from './world.js';

/** The address of a call as a socket of this family takes it. @returns an errno when it is not one */
export function addressFor(socket: BsdSocket, given: SocketAddress): Address | number {
  if (given.family !== socket.domain) return Errno.EAFNOSUPPORT;
  const address = Address.parse(given.address);
  if (address === undefined) return Errno.EINVAL;
  return socket.domain === Linux.AF_INET && !address.isV4 ? Errno.EAFNOSUPPORT : address;
}

/** bind(2) */
export function bind(world: World, socket: BsdSocket, given: SocketAddress): Outcome {
  const anyAddress = given.family === Linux.AF_UNSPEC && socket.domain === Linux.AF_INET && given.address === '0.0.0.0';
  const address = anyAddress ? new Address() : addressFor(socket, given);
  if (typeof address === 'number') return failed(address);
  if (socket.domain === Linux.AF_INET6 && socket.options.v6Only !== 0 && address.isV4) return failed(Errno.EINVAL);
  const anywhere = keptValue(socket, Linux.SOL_IP, Linux.IP_FREEBIND) !== 0 || keptValue(socket, Linux.SOL_IP, Linux.IP_TRANSPARENT) !== 0;
  if (!address.isUnspecified && !address.isLoopback && !anywhere && !world.stack.addresses.some((a) => a.equals(address))) return failed(Errno.EADDRNOTAVAIL);
  if (socket.state !== Linux.TCP_CLOSE || socket.localPort !== 0) return failed(Errno.EINVAL);
  // An AF_INET6 socket on ::ffff:0.0.0.0 takes IPv4 only, but on every address.
  const errno = takePort(world, socket, address.isUnspecified ? undefined : address, given.port);
  if (errno !== 0) return failed(errno);
  socket.boundAddress = !address.isUnspecified;
  socket.boundPort = given.port !== 0;
  return done();
}

/** Binds to the port, or to any free one. @returns errno, 0 = done */
export function takePort(world: World, socket: BsdSocket, address: Address | undefined, port: number): number {
  const chosen = port !== 0 ? port : world.stack.freePort((p) => portTaken(world, socket, address, p, false));
  if (chosen === undefined) return Errno.EADDRINUSE;
  if (port !== 0 && portTaken(world, socket, address, port, false)) return Errno.EADDRINUSE;
  socket.local = address;
  socket.localPort = chosen;
  return 0;
}

/** inet_csk_bind_conflict: does another socket keep this one from the port? @param listening it is to listen there */
export function portTaken(world: World, socket: BsdSocket, address: Address | undefined, port: number, listening: boolean): boolean {
  for (const other of world.descriptors) {
    if (other === socket || other.localPort !== port || !overlap(socket, address, other)) continue;
    const bothReuse = socket.options.reuseAddress !== 0 && other.options.reuseAddress !== 0 && other.listener === undefined;
    const bothReusePort = socket.options.reusePort !== 0 && other.options.reusePort !== 0;
    if (listening ? other.listener !== undefined && !bothReusePort : !bothReuse && !bothReusePort) return true;
  }
  return false;
}

function overlap(socket: BsdSocket, address: Address | undefined, other: BsdSocket): boolean {
  if (address !== undefined && other.local !== undefined) return address.equals(other.local);
  const here = versionsOf(socket, address);
  const there = versionsOf(other, other.local);
  return (here & there) !== 0;
}

/** Bits: 1 = IPv4, 2 = IPv6. */
export function versionsOf(socket: BsdSocket, address: Address | undefined): number {
  if (address !== undefined) return address.isV4 ? 1 : 2;
  if (socket.domain === Linux.AF_INET) return 1;
  return socket.options.v6Only !== 0 ? 2 : 3;
}
