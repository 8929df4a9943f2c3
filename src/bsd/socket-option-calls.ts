/** setsockopt(2) and getsockopt(2): finds the row, copies the value as Linux does, and lets the connection hear of the change. */
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { littleEndian } from './octets.js';
import { ipv4Options, ipv6Options } from './options-ip.js';
import { socketOptions } from './options-socket.js';
import { tcpOptions } from './options-tcp.js';
import type { OptionRow } from './option-table.js';
import { done, failed, type Outcome } from './outcome.js';
import { applyOptions } from './settings.js';
import type { World } from './world.js';

function rowOf(socket: BsdSocket, level: number, option: number): OptionRow | undefined {
  switch (level) {
    case Linux.SOL_SOCKET:
      return socketOptions.get(option);
    case Linux.SOL_TCP:
      return tcpOptions.get(option);
    case Linux.SOL_IP:
      return ipv4Options.get(option);
    case Linux.SOL_IPV6:
      return socket.domain === Linux.AF_INET6 ? ipv6Options.get(option) : undefined;
    default:
      return undefined;
  }
}

export function setsockopt(world: World, socket: BsdSocket, level: number, option: number, value: Uint8Array): Outcome {
  if (level === Linux.SOL_SOCKET && value.length < 4) return failed(Errno.EINVAL);
  const row = rowOf(socket, level, option);
  if (row?.set === undefined) return failed(Errno.ENOPROTOOPT);
  const errno = row.set(world, socket, value);
  if (errno !== 0) return failed(errno);
  applyOptions(world, socket);
  return done();
}

/** The value comes in the result's octets: at most `length` of them. */
export function getsockopt(world: World, socket: BsdSocket, level: number, option: number, length: number): Outcome {
  const row = rowOf(socket, level, option);
  if (length < 0) return failed(Errno.EINVAL);
  if (row?.get === undefined) return failed(Errno.ENOPROTOOPT);
  const value = row.get(world, socket);
  if (typeof value === 'number') return failed(value);
  const octets = value instanceof Uint8Array ? value : littleEndian(value.int);
  return done(0, { octets: octets.slice(0, length) });
}
