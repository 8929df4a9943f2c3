/** fcntl(2), ioctl(2), getsockname(2), getpeername(2). */
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { littleEndian } from './octets.js';
import { done, failed, type Outcome } from './outcome.js';
import { unreadOctets } from './receiving.js';
import { unackedOctets, unsentOctets } from './sending.js';

export function fcntl(socket: BsdSocket, command: number, argument: number): Outcome {
  switch (command) {
    case Linux.F_GETFL:
      return done(Linux.O_RDWR | socket.statusFlags | (socket.nonBlocking ? Linux.O_NONBLOCK : 0));
    case Linux.F_SETFL:
      socket.statusFlags = argument & (Linux.O_APPEND | Linux.O_ASYNC);
      socket.nonBlocking = (argument & Linux.O_NONBLOCK) !== 0;
      return done();
    case Linux.F_GETFD:
      return done(socket.closeOnExec ? Linux.FD_CLOEXEC : 0);
    case Linux.F_SETFD:
      socket.closeOnExec = (argument & Linux.FD_CLOEXEC) !== 0;
      return done();
    case Linux.F_GETOWN:
    case Linux.F_SETOWN:
      return done();
    default:
      return failed(Errno.EINVAL);
  }
}

/** What is asked for comes as an int in the result's octets. */
export function ioctl(socket: BsdSocket, request: number): Outcome {
  const { tcb } = socket;
  const listening = socket.listener !== undefined;
  switch (request) {
    case Linux.SIOCINQ:
      return listening ? failed(Errno.EINVAL) : number(socket.opening ? 0 : unreadOctets(socket));
    case Linux.SIOCOUTQ:
      return listening ? failed(Errno.EINVAL) : number(tcb === undefined || socket.opening ? 0 : unackedOctets(tcb));
    case Linux.SIOCOUTQNSD:
      return listening ? failed(Errno.EINVAL) : number(tcb === undefined || socket.opening ? 0 : unsentOctets(tcb));
    case Linux.SIOCATMARK:
      return number(socket.endpoint?.connection.atMark === true ? 1 : 0);
    case Linux.FIONBIO:
      return failed(Errno.EFAULT);
    default:
      return failed(Errno.ENOTTY);
  }
}

const number = (value: number): Outcome => done(0, { octets: littleEndian(value) });

export function getsockname(socket: BsdSocket): Outcome {
  return done(0, { address: socket.name(socket.local, socket.localPort) });
}

export function getpeername(socket: BsdSocket): Outcome {
  const { endpoint } = socket;
  if (endpoint === undefined || socket.state === Linux.TCP_CLOSE || socket.state === Linux.TCP_SYN_SENT) return failed(Errno.ENOTCONN);
  return done(0, { address: socket.name(endpoint.connection.remote, endpoint.connection.remotePort) });
}
