/** recv(2) and its kin, in the order of Linux's checks (tcp_recvmsg): text that is there comes before the error or the end. */
import { seqDiff } from '../util/seq.js';
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
  if ((flags & Linux.MSG_OOB) !== 0) return recvUrgent(socket, flags, length);
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
    if (this.copied > 0 && (this.copied >= this.target || socket.endpoint?.connection.atMark === true)) return this.result();
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
    if ((this.call.flags & Linux.MSG_PEEK) !== 0) {
      const seen = endpoint.connection.peek(this.into, 0, this.into.length);
      this.copied = typeof seen === 'number' ? seen : 0;
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

/** MSG_OOB: the urgent octet, apart from the stream (tcp_recv_urg). Never waits. */
function recvUrgent(socket: BsdSocket, flags: number, length: number): CallResult {
  const octet = socket.endpoint?.connection.receiveUrgent((flags & Linux.MSG_PEEK) === 0) ?? 'no-urgent-data';
  if (octet === 'no-urgent-data') return failed(Errno.EINVAL);
  if (socket.state === Linux.TCP_CLOSE && !socket.peerFinished) return failed(Errno.ENOTCONN);
  if (octet < 0) return socket.receiveEnded ? done(0, { octets: new Uint8Array(0), flags: 0 }) : failed(Errno.EAGAIN);
  if (length <= 0) return done(0, { octets: new Uint8Array(0), flags: Linux.MSG_OOB | Linux.MSG_TRUNC });
  return done(1, { octets: Uint8Array.of(octet), flags: Linux.MSG_OOB });
}

/** Octets that can be read now, as SIOCINQ counts: up to the urgent octet, if that is kept apart. */
export function unreadOctets(socket: BsdSocket): number {
  const { tcb } = socket;
  if (tcb === undefined) return 0;
  const all = tcb.rcvBuf.length;
  if (tcb.urgentInline || !tcb.urgentReceiving) return all;
  const toMark = seqDiff(tcb.rcvUp, tcb.rcvNxt) - 1 + all + (tcb.peerFinished ? 1 : 0);
  return toMark >= 0 && toMark < all ? toMark : all;
}

/** Urgent data is announced and its last octet here, but not taken (POLLPRI). */
export function urgentWaits(socket: BsdSocket): boolean {
  const { tcb } = socket;
  return tcb !== undefined && tcb.urgentReceiving && !tcb.urgentTaken && seqDiff(tcb.rcvUp, tcb.rcvNxt) <= 0;
}
