/**
 * ICMP errors about a segment of ours (RFC 9293 §3.9.2.2, RFC 1122 §4.2.3.9, RFC 5461): which are hard, which soft, what each
 * means to the user, and what it does to the connection. That the segment was outstanding has been checked (RFC 5927 §4.1).
 */
import { R } from '../trace/book.js';
import type { Micros } from '../util/units.js';
import { report } from './reports.js';
import type { Tcb, TcpFailure } from './tcb.js';
import { fail } from './timers/ending.js';

/** What a message says of the peer's reachability: the failure a user is told if the connection ends because of it. */
export interface IcmpMeaning {
  readonly failure: TcpFailure;
  /** It will not pass by itself (SHLD-26); all others are soft (MUST-56). */
  readonly hard: boolean;
}

const soft = (failure: TcpFailure): IcmpMeaning => ({ failure, hard: false });
const hard = (failure: TcpFailure): IcmpMeaning => ({ failure, hard: true });

const HOST_UNREACHABLE = soft('host-unreachable');
/** RFC 792: fragments did not all arrive. It says that the peer's host is there. */
const REASSEMBLY_TIME = soft('host-unreachable');
const NET_UNREACHABLE = soft('net-unreachable');
const PROTOCOL_ERROR = soft('protocol-error');
const PORT_UNREACHABLE = hard('refused');
const PROHIBITED_V6 = hard('prohibited');

/** By code, 0 … 15 (RFC 792, RFC 1122 §3.2.2.1, RFC 1812 §5.2.7.1). Code 4, fragmentation needed, is the path MTU's business (RFC 1191). */
const UNREACHABLE_V4: readonly (IcmpMeaning | null)[] = [
  NET_UNREACHABLE, HOST_UNREACHABLE, hard('protocol-unreachable'), PORT_UNREACHABLE, null, soft('source-route-failed'),
  NET_UNREACHABLE, soft('host-down'), soft('host-isolated'), NET_UNREACHABLE, HOST_UNREACHABLE, NET_UNREACHABLE,
  HOST_UNREACHABLE, HOST_UNREACHABLE, HOST_UNREACHABLE, HOST_UNREACHABLE,
];

/** By code, 0 … 6 (RFC 4443 §3.1). */
const UNREACHABLE_V6: readonly (IcmpMeaning | null)[] = [
  NET_UNREACHABLE, PROHIBITED_V6, HOST_UNREACHABLE, HOST_UNREACHABLE, PORT_UNREACHABLE, PROHIBITED_V6, PROHIBITED_V6,
];

/** What an error message means; null for types and codes that say nothing to TCP. Numbers are those of the message's own family. */
export function icmpMeaning(v4: boolean, type: number, code: number): IcmpMeaning | null {
  if (v4) {
    if (type === 3) return UNREACHABLE_V4[code] ?? null;
    return type === 11 ? (code === 1 ? REASSEMBLY_TIME : HOST_UNREACHABLE) : type === 12 ? PROTOCOL_ERROR : null;
  }
  if (type === 1) return UNREACHABLE_V6[code] ?? null;
  return type === 3 ? HOST_UNREACHABLE : type === 4 ? PROTOCOL_ERROR : null;
}

/**
 * MUST-54: ends the attempt or the connection where the settings say so; otherwise it is told (SHLD-25), and remembered as the reason
 * to give when the connection times out later.
 */
export function icmpArrives(tcb: Tcb, type: number, code: number, now: Micros): void {
  const meaning = icmpMeaning(tcb.remote.isV4, type, code);
  if (meaning === null) {
    tcb.trace?.decision(tcb.id, now, R.IcmpUnused, type, code, 0);
    return;
  }
  if (ends(tcb, meaning, type, code)) {
    tcb.endedByIcmp = true;
    fail(tcb, meaning.failure, meaning.hard ? R.UnreachableHard : R.UnreachableOpening, now, type, code);
    return;
  }
  tcb.softError = meaning.failure;
  tcb.trace?.decision(tcb.id, now, R.Unreachable, type, code, 0);
  report(tcb, 'icmp', type, code, now);
}

function ends(tcb: Tcb, meaning: IcmpMeaning, type: number, code: number): boolean {
  const { config } = tcb;
  const softEnds = config.softErrorsEndOpening && meaning !== REASSEMBLY_TIME;
  switch (tcb.state) {
    case 'CLOSED':
    case 'LISTEN':
      return false;
    case 'SYN-SENT':
      return meaning.hard || softEnds;
    case 'SYN-RECEIVED':
      if (!tcb.passive) return meaning.hard || softEnds;
      return meaning.hard ? config.hardErrorsAbort : softEnds && !(tcb.remote.isV4 && type === 3 && code > 1); // as in Linux, net and host unreachable
    default:
      return meaning.hard && config.hardErrorsAbort && tcb.queue.length > 0;
  }
}

/** What ICMP said last, and nothing has got through since: told once, as Linux's SO_ERROR does. @returns null when there is nothing to tell */
export function takeSoftError(tcb: Tcb): TcpFailure | null {
  const { softError } = tcb;
  tcb.softError = null;
  return softError;
}
