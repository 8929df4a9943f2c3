/**
 * BSD socket calls as data: what is asked and what came of it. glasstcp (socket-calls.ts) and the kernel (script/kernel) both
 * answer them, so that one script drives either. Numbers (families, flags, levels, options, errnos) are Linux's: constants.ts.
 */
import type { Micros } from '../util/units.js';

/** An address with a port, as in sockaddr_in and sockaddr_in6. */
export interface SocketAddress {
  /** AF_INET, AF_INET6, or AF_UNSPEC (connect: dissolve the association). */
  readonly family: number;
  /** As text: '192.0.2.1', '2001:db8::1', '::ffff:192.0.2.1'. */
  readonly address: string;
  readonly port: number;
}

/** One element of poll(2)'s array. */
export interface PollEntry {
  readonly fd: number;
  /** POLLIN | POLLOUT … */
  readonly events: number;
}

/** Ancillary data of sendmsg(2) and recvmsg(2). */
export interface ControlMessage {
  readonly level: number;
  readonly type: number;
  readonly data: Uint8Array;
}

/** One call with its arguments. `octets` are copied before the call returns. */
export type SocketCall =
  | { readonly name: 'socket'; readonly domain: number; readonly type: number; readonly protocol: number }
  | { readonly name: 'bind'; readonly fd: number; readonly address: SocketAddress }
  | { readonly name: 'listen'; readonly fd: number; readonly backlog: number }
  | { readonly name: 'accept'; readonly fd: number; readonly flags: number }
  | { readonly name: 'connect'; readonly fd: number; readonly address: SocketAddress }
  /** write(2), send(2), sendto(2) and sendmsg(2) in one. */
  | { readonly name: 'send'; readonly fd: number; readonly octets: Uint8Array; readonly flags: number; readonly to?: SocketAddress; readonly control?: readonly ControlMessage[]
    /** A length at an address where there is no memory (NULL), in place of octets. */
    readonly nowhere?: number }
  /** read(2), recv(2), recvfrom(2) and recvmsg(2) in one. */
  | { readonly name: 'recv'; readonly fd: number; readonly length: number; readonly flags: number; readonly controlLength?: number }
  | { readonly name: 'shutdown'; readonly fd: number; readonly how: number }
  | { readonly name: 'close'; readonly fd: number }
  | { readonly name: 'setsockopt'; readonly fd: number; readonly level: number; readonly option: number; readonly value: Uint8Array }
  /** The value comes in CallResult.octets, at most `length` of them. */
  | { readonly name: 'getsockopt'; readonly fd: number; readonly level: number; readonly option: number; readonly length: number }
  | { readonly name: 'fcntl'; readonly fd: number; readonly command: number; readonly argument: number }
  /** SIOCINQ, SIOCOUTQ …: the number comes in CallResult.octets (int, little-endian). */
  | { readonly name: 'ioctl'; readonly fd: number; readonly request: number }
  /** @param timeout ms; -1 = for ever. revents come in CallResult.revents. */
  | { readonly name: 'poll'; readonly entries: readonly PollEntry[]; readonly timeout: number }
  | { readonly name: 'getsockname'; readonly fd: number }
  | { readonly name: 'getpeername'; readonly fd: number };

/** What came of a call. As with the real calls `value` is -1 exactly when `errno` is not 0. */
export interface CallResult {
  readonly value: number;
  /** 0, or Linux's number: EAGAIN = 11 … */
  readonly errno: number;
  /** Octets read (recv), the option's value (getsockopt), the number asked for (ioctl). */
  readonly octets?: Uint8Array;
  /** The peer (accept, recvfrom, getpeername) or ourselves (getsockname). */
  readonly address?: SocketAddress;
  /** recvmsg's msg_flags: MSG_TRUNC, MSG_CTRUNC, MSG_OOB … */
  readonly flags?: number;
  readonly control?: readonly ControlMessage[];
  /** poll's answers, in the order of the entries. */
  readonly revents?: readonly number[];
}

/** A call on its way: finished at once unless it blocks. */
export interface PendingCall {
  readonly call: SocketCall;
  readonly startedAt: Micros;
  /** undefined while the call blocks. */
  readonly result: CallResult | undefined;
  /** When it returned; NaN while it blocks. */
  readonly endedAt: Micros;
}

/** Whoever answers socket calls. */
export interface Sockets {
  /**
   * Begins a call. One on a non-blocking socket, or that can be served at once, has its result when this returns.
   * @param mayBlock the caller goes on meanwhile and looks again later. false = if the call would block, wait here (the real
   *   kernel), or leave it pending all the same (virtual time, which only the caller can move)
   */
  begin(call: SocketCall, mayBlock: boolean): PendingCall;
}
