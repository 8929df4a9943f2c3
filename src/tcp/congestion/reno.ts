/** Reno (RFC 5681): slow start, congestion avoidance by byte counting (RFC 3465), half the flight on loss. */
import type { Micros } from '../../util/units.js';
import type { CongestionControl, CongestionWindow } from './congestion.js';

export class Reno implements CongestionControl {
  readonly name = 'reno';
  /** Octets acknowledged since cwnd last grew in congestion avoidance (RFC 3465 §2.1). */
  private credit = 0;
  /** Slow start after a timeout: what ACKs report may have left the network long ago, so L = 1 (RFC 3465 §2.3). */
  private afterTimeout = false;
  private priorCwnd = 0;
  private priorSsthresh = 0;

  /** @param slowStartLimit most segments by which one ACK grows cwnd in slow start (RFC 3465's L) */
  constructor(private readonly slowStartLimit: number) {}

  onAck(w: CongestionWindow, _now: Micros, acked: number, _flight: number, _rtt: number, cwndLimited: boolean): void {
    if (!cwndLimited) return;
    const left = w.cwnd < w.ssthresh ? this.slowStart(w, acked) : acked;
    if (left === 0) return;
    this.afterTimeout = false;
    this.credit += left;
    if (this.credit >= w.cwnd) {
      this.credit -= w.cwnd;
      w.cwnd += w.smss;
    }
  }

  /** @returns octets left for congestion avoidance: without a limit one ACK may reach far beyond ssthresh */
  private slowStart(w: CongestionWindow, acked: number): number {
    if (this.slowStartLimit !== Infinity) {
      w.cwnd += Math.min(acked, (this.afterTimeout ? 1 : this.slowStartLimit) * w.smss);
      return 0;
    }
    const growth = Math.min(acked, w.ssthresh - w.cwnd);
    w.cwnd += growth;
    return acked - growth;
  }

  /** RFC 5681 §3.2 step 2, equation (4) */
  onCongestion(w: CongestionWindow, _now: Micros, flight: number): void {
    this.remember(w);
    w.ssthresh = Math.max(Math.floor(flight / 2), 2 * w.smss);
    w.cwnd = w.ssthresh;
    this.credit = 0;
  }

  /** RFC 5681 §3.1: loss window of one segment; ssthresh is held when the same data times out again. */
  onTimeout(w: CongestionWindow, _now: Micros, flight: number, again: boolean): void {
    if (!again) {
      this.remember(w);
      w.ssthresh = Math.max(Math.floor(flight / 2), 2 * w.smss);
    }
    w.cwnd = w.smss;
    this.credit = 0;
    this.afterTimeout = true;
  }

  /**
   * RFC 5681 §4.1: restart from no more than the initial window; RFC 2861 §3: step by step, remembering in ssthresh what the path
   * carried.
   */
  onIdle(w: CongestionWindow, _now: Micros, halvings: number): void {
    if (halvings !== Infinity) w.ssthresh = Math.max(w.ssthresh, Math.floor(0.75 * w.cwnd));
    w.cwnd = Math.max(Math.floor(w.cwnd / 2 ** halvings), Math.min(w.cwnd, w.initial));
    this.credit = 0;
  }

  onUndo(w: CongestionWindow): void {
    w.cwnd = Math.max(w.cwnd, this.priorCwnd);
    w.ssthresh = Math.max(w.ssthresh, this.priorSsthresh);
  }

  private remember(w: CongestionWindow): void {
    this.priorCwnd = w.cwnd;
    this.priorSsthresh = w.ssthresh;
  }
}
