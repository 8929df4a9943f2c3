/** Which function answers which call. */
import { bind } from './addresses.js';
import { BsdSocket } from './bsd-socket.js';
import { connect } from './connecting.js';
import { Errno, Linux } from './constants.js';
import { fcntl, getpeername, getsockname, ioctl } from './control.js';
import { close, shutdown } from './ending.js';
import { accept, listen } from './listening.js';
import { done, failed, type Outcome } from './outcome.js';
import { poll } from './polling.js';
import { recv } from './receiving.js';
import { send } from './sending.js';
import { getsockopt, setsockopt } from './socket-option-calls.js';
import type { SocketCall } from './sockets.js';
import type { World } from './world.js';

export function answer(world: World, call: SocketCall): Outcome {
  if (call.name === 'socket') return socket(world, call.domain, call.type, call.protocol);
  if (call.name === 'poll') return poll(world, call.entries, call.timeout);
  const found = world.descriptors.get(call.fd);
  return found === undefined ? failed(Errno.EBADF) : onSocket(world, found, call);
}

type CallOnSocket = Exclude<SocketCall, { readonly name: 'socket' | 'poll' }>;

function onSocket(world: World, target: BsdSocket, call: CallOnSocket): Outcome {
  switch (call.name) {
    case 'bind': return bind(world, target, call.address);
    case 'listen': return listen(world, target, call.backlog);
    case 'accept': return accept(world, target, call.flags);
    case 'connect': return connect(world, target, call.address);
    case 'send': return send(world, target, call);
    case 'recv': return recv(target, call);
    case 'shutdown': return shutdown(target, call.how);
    case 'close': return close(world, call.fd, target);
    case 'setsockopt': return setsockopt(world, target, call.level, call.option, call.value);
    case 'getsockopt': return getsockopt(world, target, call.level, call.option, call.length);
    case 'fcntl': return fcntl(target, call.command, call.argument);
    case 'ioctl': return ioctl(target, call.request);
    case 'getsockname': return getsockname(target);
    case 'getpeername': return getpeername(target);
  }
}

/** SOCK_PACKET */
const LARGEST_TYPE = 10;

/** Streams over TCP, nothing else. */
function socket(world: World, domain: number, type: number, protocol: number): Outcome {
  const flags = type & (Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC);
  const kind = type & ~(Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC);
  if (domain !== Linux.AF_INET && domain !== Linux.AF_INET6) return failed(Errno.EAFNOSUPPORT);
  if (kind < 0 || kind > LARGEST_TYPE || protocol < 0 || protocol > Linux.IPPROTO_MPTCP) return failed(Errno.EINVAL);
  if (kind === Linux.SOCK_DGRAM && protocol === Linux.IPPROTO_TCP) return failed(Errno.EPROTONOSUPPORT);
  if (kind !== Linux.SOCK_STREAM) return failed(Errno.ESOCKTNOSUPPORT);
  if (protocol !== 0 && protocol !== Linux.IPPROTO_TCP) return failed(Errno.EPROTONOSUPPORT);
  if (world.descriptors.isFull) return failed(Errno.EMFILE);
  const made = new BsdSocket(domain);
  made.nonBlocking = (flags & Linux.SOCK_NONBLOCK) !== 0;
  made.closeOnExec = (flags & Linux.SOCK_CLOEXEC) !== 0;
  return done(world.descriptors.add(made));
}
