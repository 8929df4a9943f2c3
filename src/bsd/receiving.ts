/** recv(2) and its kin, in the order of Linux's checks (tcp_recvmsg): text that is there comes before the error or the end. */
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { littleEndian } from './octets.js';
import { done, failed, type Outcome } from './outcome.js';
import type { CallResult, ControlMessage, SocketCall } from './sockets.js';

type RecvCall = SocketCall & { readonly name: 'recv' };

export function recv(socket: BsdSocket, call: RecvCall): Outcome {
  const { flags, length } = call;
  if ((flags & Linux.MSG_ERRQUEUE) !== 0) return failed(Errno.EAGAIN);
  if (socket.state === Linux.TCP_LISTEN) return failed(Errno.ENOTCONN);
  if ((flags & Linux.MSG_OOB) !== 0) return failed(Errno.EINVAL);
  const reader = new Reader(socket, call);
  const first = reader.attempt();
  if (first !== undefined) return first;
  if (socket.nonBlocking || (flags & Linux.MSG_DONTWAIT) !== 0 || length < 0) return reader.expired();
  return reader;
}

class Reader {
  private readonly into: Uint8Array;
  private copied = 0;
  readonly patience: number;

  constructor(private readonly socket: BsdSocket, private readonly call: RecvCall) {
    this.into = new Uint8Array(Math.max(0, call.length));
    this.patience = socket.options.receiveTimeout || Infinity;
  }

  attempt(): CallResult | undefined {
    const { socket, call } = this;
    this.take();
    if (this.copied >= this.target && this.copied > 0) return this.result();
    socket.observe();
    if (this.copied > 0) return socket.error !== 0 || socket.receiveEnded ? this.result() : undefined;
    if (call.length === 0 && socket.endpoint !== undefined && socket.endpoint.connection.unread > 0) return this.result();
    if (socket.peerFinished) return this.result();
    if (socket.error !== 0) return failed(socket.takeError());
    if (socket.receiveEnded) return this.result();
    return socket.state === Linux.TCP_CLOSE ? failed(Errno.ENOTCONN) : undefined;
  }

  expired(): CallResult {
    return this.copied > 0 ? this.result() : failed(Errno.EAGAIN);
  }

  /** Octets without which it goes on waiting (sock_rcvlowat). */
  private get target(): number {
    const { flags, length } = this.call;
    return Math.max(1, (flags & Linux.MSG_WAITALL) !== 0 ? length : Math.min(this.socket.options.receiveLowWater, length));
  }

  private take(): void {
    const { endpoint } = this.socket;
    if (endpoint === undefined) return;
    const { rcvBuf } = endpoint.connection.tcb;
    if ((this.call.flags & Linux.MSG_PEEK) !== 0) {
      this.copied = Math.min(rcvBuf.length, this.into.length);
      rcvBuf.peek(0, this.into, 0, this.copied);
      return;
    }
    const given = endpoint.receive(this.into, this.copied, this.into.length);
    if (typeof given === 'number') this.copied += given;
  }

  private result(): CallResult {
    const { socket, call, copied } = this;
    const control = call.controlLength !== undefined && call.controlLength > 0 && socket.options.inq !== 0 ? [this.inqMessage()] : undefined;
    const octets = (call.flags & Linux.MSG_TRUNC) !== 0 ? new Uint8Array(0) : this.into.slice(0, copied);
    return done(copied, { octets, flags: 0, ...(control === undefined ? {} : { control }) });
  }

  /** TCP_CM_INQ: what can be read now; 1 at the end of the stream, so that nobody waits for more. */
  private inqMessage(): ControlMessage {
    const left = unreadOctets(this.socket);
    return { level: Linux.SOL_TCP, type: Linux.TCP_CM_INQ, data: littleEndian(left === 0 && this.socket.peerFinished ? 1 : left) };
  }
}

/** Octets that can be read now, as SIOCINQ counts. */
export const unreadOctets = (socket: BsdSocket): number => socket.endpoint?.connection.unread ?? 0;
