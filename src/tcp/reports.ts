/**
 * Asynchronous reports (RFC 9293 §3.9.1.8): errors that do not end the connection, and what else the user did not ask for but
 * must be able to hear of (MUST-47). They wait in the TCB, and Signal.Report says so; a user who does not want them turns them off (SHLD-20).
 */
import type { Micros } from '../util/units.js';
import { Signal, type Tcb } from './tcb.js';

/**
 * `icmp`: an ICMP message about a segment of ours; `retransmissions`: R1 reached; `urgent`: the urgent pointer moved;
 * `reset`: the RST that ended the connection came with words of the peer.
 */
export type ReportKind = 'icmp' | 'retransmissions' | 'urgent' | 'reset';

/** What the RFC calls ERROR_REPORT(reason, subreason). */
export interface ErrorReport {
  readonly kind: ReportKind;
  /** icmp: type and code; retransmissions: how many so far; urgent: octets between what is unread and the end of urgent data; otherwise 0. */
  readonly type: number;
  readonly code: number;
  /** When it happened. */
  readonly at: Micros;
  /** reset: what the RST said, in printable ASCII (RFC 9293 §3.5.3, SHLD-2); otherwise ''. */
  readonly text: string;
}

/** Reports kept for a user who does not come for them: the oldest are forgotten first. */
const MOST_REPORTS = 32;

/** Notes a report for the user, unless he does not want any. */
export function report(tcb: Tcb, kind: ReportKind, type: number, code: number, now: Micros, text = ''): void {
  if (!tcb.errorReports) return;
  if (tcb.reports.length === MOST_REPORTS) tcb.reports.shift();
  tcb.reports.push({ kind, type, code, at: now, text });
  tcb.signals |= kind === 'icmp' || kind === 'retransmissions' ? Signal.Report | Signal.Delivery : Signal.Report;
}

/** The reports since the last call, oldest first. */
export function takeReports(tcb: Tcb): ErrorReport[] {
  const { reports } = tcb;
  tcb.reports = [];
  return reports;
}

/** SHLD-20: off, nothing is noted or signalled any more, and what is noted is forgotten. */
export function setErrorReports(tcb: Tcb, on: boolean): void {
  tcb.errorReports = on;
  if (!on) tcb.reports = [];
}
