/** Opens a raw socket for TCP through the package raw-socket, set up as the raw device needs it, and renews its filter. */
import { readdirSync, readlinkSync } from 'node:fs';
import { DeviceError } from './errors.js';
import { must } from './native.js';
import { ADDRESS_FAMILY, errnoOf, loadRawPackage, type RawSocket } from './raw-package.js';
import { LARGEST_PACKET } from './raw-options.js';
import { FilterInMemory, FPROG_SIZE, portFilter, SO_ATTACH_FILTER, SOL_SOCKET } from './socket-filter.js';

const IPPROTO_TCP = 6;
const IPPROTO_IP = 0;
const IP_HDRINCL = 3;
const IPPROTO_IPV6 = 41;
const IPV6_HDRINCL = 36;
const SO_DETACH_FILTER = 27;
const SO_RCVBUF = 8;
/** Beyond what this system allows everybody; takes CAP_NET_ADMIN. */
const SO_RCVBUFFORCE = 33;
/** Octets: the kernel's peer may send a whole window before we read. */
const RECEIVE_BUFFER = 8 * 1024 * 1024;
const F_SETFD = 2;
const FD_CLOEXEC = 1;

export interface OpenedRawSocket {
  readonly socket: RawSocket;
  /** Packets sent have our own IP header; otherwise the kernel writes one. */
  readonly ownHeader: boolean;
}

/** @throws DeviceError ENORAWSOCKET, EPERM … */
export function openRawSocket(version: 4 | 6): OpenedRawSocket {
  const library = loadRawPackage();
  const before = socketDescriptors();
  let socket: RawSocket;
  try {
    socket = library.createSocket({ protocol: IPPROTO_TCP, addressFamily: ADDRESS_FAMILY[version], bufferSize: LARGEST_PACKET });
  } catch (error) {
    throw refused(errnoOf(error as Error));
  }
  closeOnExec(before);
  attachPortFilter(socket, version, []);
  if (!tryOption(socket, SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER)) tryOption(socket, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER);
  if (version === 6) return { socket, ownHeader: tryOption(socket, IPPROTO_IPV6, IPV6_HDRINCL, 1) };
  socket.setOption(IPPROTO_IP, IP_HDRINCL, 1);
  return { socket, ownHeader: true };
}

/**
 * From now on only segments to these ports are queued for us: other connections on lo cost us nothing. A filter that the kernel
 * has no room for (net.core.optmem_max) is done without.
 */
export function attachPortFilter(socket: RawSocket, version: 4 | 6, ports: Iterable<number>): void {
  const filter = new FilterInMemory(portFilter(version, ports));
  try {
    socket.setOption(SOL_SOCKET, SO_ATTACH_FILTER, filter.fprog, FPROG_SIZE);
  } catch {
    tryOption(socket, SOL_SOCKET, SO_DETACH_FILTER, 0);
  } finally {
    filter.free();
  }
}

function tryOption(socket: RawSocket, level: number, option: number, value: number): boolean {
  try {
    socket.setOption(level, option, value);
    return true;
  } catch {
    return false;
  }
}

/** The package does not say which descriptor it has: it is the socket that was not there before. Children shall not inherit it. */
function closeOnExec(before: ReadonlyMap<string, string>): void {
  for (const [fd, socket] of socketDescriptors()) {
    if (before.get(fd) !== socket) must('Keeping a raw socket from children', 'fcntl', Number(fd), F_SETFD, FD_CLOEXEC);
  }
}

/** Open sockets of this process: what /proc/self/fd says of each descriptor. */
function socketDescriptors(): Map<string, string> {
  const found = new Map<string, string>();
  for (const fd of readdirSync('/proc/self/fd')) {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      if (target.startsWith('socket:')) found.set(fd, target);
    } catch {
      // the descriptor of this very listing, closed by now
    }
  }
  return found;
}

function refused(code: string): DeviceError {
  if (code === 'EPERM' || code === 'EACCES') {
    return new DeviceError(code, `A raw socket may be opened only with CAP_NET_RAW, which this process does not have (${code}).`,
      'run with sudo, or with --isolated in a private network namespace, '
      + 'or give the capability to Node (every program it runs then has it): sudo setcap cap_net_raw+ep "$(readlink -f "$(command -v node)")"');
  }
  if (code === 'EAFNOSUPPORT') {
    return new DeviceError(code, 'This kernel has no IPv6, so there is no raw socket for it.', 'use 127.0.0.1 in place of ::1');
  }
  return new DeviceError(code, `A raw socket cannot be opened: ${code}.`, 'glasstcp doctor says what is missing; or use --device tun');
}
