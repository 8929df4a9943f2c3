/**
 * Who reacts to congestion: an algorithm edits a window that the connection owns. Who marks a segment lost (loss/) and who
 * sends it again (output/) are others. All amounts are octets (RFC 5681 §2).
 */
import type { Duration, Micros } from '../../util/units.js';

export interface CongestionWindow {
  cwnd: number;
  ssthresh: number;
  /** Sender maximum segment size, RFC 5681's SMSS. */
  smss: number;
  /** Initial window IW and restart window RW (RFC 5681 §3.1, §4.1). */
  initial: number;
}

export interface CongestionControl {
  readonly name: string;
  /** New data was acknowledged outside loss recovery. `cwndLimited`: the window was in use, so it may grow. */
  onAck(w: CongestionWindow, now: Micros, ackedOctets: number, flight: number, rtt: Duration, cwndLimited: boolean): void;
  /** Loss found by duplicate ACKs (or a mark): once per window of data. */
  onCongestion(w: CongestionWindow, now: Micros, flight: number): void;
  /** The retransmission timer fired; `again` when it fires for the same data again. */
  onTimeout(w: CongestionWindow, now: Micros, flight: number, again: boolean): void;
  /** Nothing was sent for longer than the RTO: the window is halved so many times, but not below the restart window; Infinity = to it. */
  onIdle(w: CongestionWindow, now: Micros, halvings: number): void;
  /** A reaction turned out to be unfounded. */
  onUndo(w: CongestionWindow, now: Micros): void;
}

/** One for each connection: they keep state. @param settings slowStartLimit as in TcpConfig */
export type CongestionControlFactory = (settings: { readonly slowStartLimit: number }) => CongestionControl;

export function initialCongestionWindow(smss: number, segments: number): CongestionWindow {
  return { cwnd: segments * smss, ssthresh: Infinity, smss, initial: segments * smss };
}
