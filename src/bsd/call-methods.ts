/** The calls as methods with arguments in the manual's order: each begins one call. */
import { littleEndian } from './octets.js';
import type { ControlMessage, PendingCall, PollEntry, SocketAddress, SocketCall } from './sockets.js';

export abstract class CallMethods {
  abstract begin(call: SocketCall): PendingCall;

  /** @param type SOCK_STREAM, with SOCK_NONBLOCK and SOCK_CLOEXEC if wanted */
  socket(domain: number, type: number, protocol = 0): PendingCall {
    return this.begin({ name: 'socket', domain, type, protocol });
  }

  bind(fd: number, address: SocketAddress): PendingCall {
    return this.begin({ name: 'bind', fd, address });
  }

  listen(fd: number, backlog: number): PendingCall {
    return this.begin({ name: 'listen', fd, backlog });
  }

  /** accept(2) and, with flags, accept4(2). */
  accept(fd: number, flags = 0): PendingCall {
    return this.begin({ name: 'accept', fd, flags });
  }

  connect(fd: number, address: SocketAddress): PendingCall {
    return this.begin({ name: 'connect', fd, address });
  }

  write(fd: number, octets: Uint8Array): PendingCall {
    return this.send(fd, octets, 0);
  }

  send(fd: number, octets: Uint8Array, flags = 0): PendingCall {
    return this.begin({ name: 'send', fd, octets: octets.slice(), flags });
  }

  sendto(fd: number, octets: Uint8Array, flags: number, to: SocketAddress): PendingCall {
    return this.begin({ name: 'send', fd, octets: octets.slice(), flags, to });
  }

  /** @param pieces the iovec: one stream of octets */
  sendmsg(fd: number, pieces: readonly Uint8Array[], flags = 0, to?: SocketAddress, control?: readonly ControlMessage[]): PendingCall {
    const octets = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of pieces) {
      octets.set(piece, at);
      at += piece.length;
    }
    return this.begin({ name: 'send', fd, octets, flags, to, control });
  }

  read(fd: number, length: number): PendingCall {
    return this.recv(fd, length, 0);
  }

  recv(fd: number, length: number, flags = 0): PendingCall {
    return this.begin({ name: 'recv', fd, length, flags });
  }

  recvfrom(fd: number, length: number, flags = 0): PendingCall {
    return this.recv(fd, length, flags);
  }

  /** @param controlLength octets for ancillary data; 0 = none wanted */
  recvmsg(fd: number, length: number, flags = 0, controlLength = 0): PendingCall {
    return this.begin({ name: 'recv', fd, length, flags, controlLength });
  }

  /** @param timeout ms; -1 = for ever */
  poll(entries: readonly PollEntry[], timeout: number): PendingCall {
    return this.begin({ name: 'poll', entries, timeout });
  }

  /** @param how SHUT_RD, SHUT_WR, SHUT_RDWR */
  shutdown(fd: number, how: number): PendingCall {
    return this.begin({ name: 'shutdown', fd, how });
  }

  close(fd: number): PendingCall {
    return this.begin({ name: 'close', fd });
  }

  /** @param value an int, or the option's octets */
  setsockopt(fd: number, level: number, option: number, value: number | Uint8Array): PendingCall {
    return this.begin({ name: 'setsockopt', fd, level, option, value: typeof value === 'number' ? littleEndian(value) : value.slice() });
  }

  /** @param length room for the value, octets */
  getsockopt(fd: number, level: number, option: number, length = 4): PendingCall {
    return this.begin({ name: 'getsockopt', fd, level, option, length });
  }

  fcntl(fd: number, command: number, argument = 0): PendingCall {
    return this.begin({ name: 'fcntl', fd, command, argument });
  }

  ioctl(fd: number, request: number): PendingCall {
    return this.begin({ name: 'ioctl', fd, request });
  }

  getsockname(fd: number): PendingCall {
    return this.begin({ name: 'getsockname', fd });
  }

  getpeername(fd: number): PendingCall {
    return this.begin({ name: 'getpeername', fd });
  }
}
