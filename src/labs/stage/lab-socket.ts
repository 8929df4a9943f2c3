/** A socket as the plays of labs use it: the BSD calls on one descriptor, never blocking, with errors by their names. */
import { Errno, errnoName, Linux } from '../../bsd/constants.js';
import type { CallResult, SocketCall } from '../../bsd/sockets.js';
import type { End } from '../ends/end.js';

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const MOST = 1 << 20;
const familyOf = (address: string): number => (address.includes(':') ? Linux.AF_INET6 : Linux.AF_INET);

/** An option's value of type int. */
function int(value: number): Uint8Array {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setInt32(0, value, true);
  return octets;
}

export type CallTold = (call: SocketCall, result: CallResult) => void;

export class LabSocket {
  /** Of the last call: '' or ECONNREFUSED, EAGAIN … */
  error = '';

  private constructor(private readonly end: End, readonly fd: number, private readonly told: CallTold) {}

  /** @param told of each call, after it */
  static open(end: End, told: CallTold = () => undefined): LabSocket {
    const { value, errno } = answer(end, { name: 'socket', domain: familyOf(end.address), type: Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC, protocol: Linux.IPPROTO_TCP });
    if (value < 0) throw new Error(`no socket: ${errnoName(errno)}`);
    return new LabSocket(end, value, told);
  }

  /** @returns this, so that a listener is one line */
  listen(port: number, backlog = 16): this {
    this.reuseAddress().bind(port);
    this.call({ name: 'listen', fd: this.fd, backlog });
    return this;
  }

  /** SO_REUSEADDR: bind(2) does not mind what is in TIME-WAIT on the port, if that had it too. */
  reuseAddress(): this {
    this.option(Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
    return this;
  }

  /** TCP_NODELAY: without Nagle's algorithm, each write is a segment. */
  noDelay(on = true): void {
    this.option(Linux.SOL_TCP, Linux.TCP_NODELAY, on ? 1 : 0);
  }

  bind(port: number, address = this.end.address): this {
    this.call({ name: 'bind', fd: this.fd, address: { family: familyOf(address), address, port } });
    return this;
  }

  /** Begins to connect. `error` is EINPROGRESS then, or why it cannot. */
  connect(address: string, port: number): this {
    this.call({ name: 'connect', fd: this.fd, address: { family: familyOf(address), address, port } });
    return this;
  }

  /** The next connection that is ready; null = none is. */
  accept(): LabSocket | null {
    const { value } = this.call({ name: 'accept', fd: this.fd, flags: Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC });
    return value < 0 ? null : new LabSocket(this.end, value, this.told);
  }

  /** @returns octets taken; 0 when there is no room, -1 after an error */
  send(text: string | Uint8Array, flags = 0): number {
    const octets = typeof text === 'string' ? encoder.encode(text) : text;
    const { value } = this.call({ name: 'send', fd: this.fd, octets, flags: flags | Linux.MSG_NOSIGNAL });
    return value < 0 && this.error === 'EAGAIN' ? 0 : value;
  }

  /**
   * send(2) that blocks until the connection is open: its text goes with the third segment of the handshake.
   * @throws Error on a host that is the kernel, which would block this process
   */
  sendWhenOpen(text: string): void {
    if (this.end.kind === 'kernel') throw new Error('a lab makes no call that blocks');
    const setFlags = (argument: number): void => void this.call({ name: 'fcntl', fd: this.fd, command: Linux.F_SETFL, argument });
    setFlags(0);
    this.call({ name: 'send', fd: this.fd, octets: encoder.encode(text), flags: Linux.MSG_NOSIGNAL });
    setFlags(Linux.O_NONBLOCK);
  }

  /** What has come in, as text; '' = nothing yet, or the end: `ended` tells. */
  receive(most = MOST): string {
    return decoder.decode(this.receiveOctets(most));
  }

  receiveOctets(most = MOST, flags = 0): Uint8Array {
    const { value, octets } = this.call({ name: 'recv', fd: this.fd, length: most, flags });
    if (value === 0) this.ended = true;
    return octets ?? new Uint8Array(0);
  }

  /** The peer has said all it had to say (recv returned 0). */
  ended = false;

  /** Half-close: no more to say, but all ears. */
  shutdown(): void {
    this.call({ name: 'shutdown', fd: this.fd, how: Linux.SHUT_WR });
  }

  close(): void {
    this.call({ name: 'close', fd: this.fd });
  }

  /** SO_LINGER with 0 seconds: close() then resets. */
  lingerZero(): void {
    const value = new Uint8Array(8);
    value[0] = 1;
    this.call({ name: 'setsockopt', fd: this.fd, level: Linux.SOL_SOCKET, option: Linux.SO_LINGER, value });
  }

  option(level: number, option: number, value: number): void {
    this.call({ name: 'setsockopt', fd: this.fd, level, option, value: int(value) });
  }

  getOption(level: number, option: number): number {
    const { octets } = this.call({ name: 'getsockopt', fd: this.fd, level, option, length: 4 });
    return octets === undefined || octets.length < 4 ? NaN : new DataView(octets.buffer, octets.byteOffset).getInt32(0, true);
  }

  /** SO_ERROR: why a connection failed, once; '' = it did not. */
  takeFailure(): string {
    const errno = this.getOption(Linux.SOL_SOCKET, Linux.SO_ERROR);
    return errno === 0 ? '' : errnoName(errno);
  }

  get port(): number {
    return this.call({ name: 'getsockname', fd: this.fd }).address?.port ?? 0;
  }

  private call(call: SocketCall): CallResult {
    const result = answer(this.end, call);
    this.error = result.errno === 0 ? '' : errnoName(result.errno);
    this.told(call, result);
    return result;
  }
}

function answer(end: End, call: SocketCall): CallResult {
  return end.sockets.begin(call, false).result ?? { value: -1, errno: Errno.EAGAIN };
}
