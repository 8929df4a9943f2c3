/**
 * Round-trip time and retransmission timeout: RFC 6298's estimator, or Linux's variant of it. The backed-off RTO lives here,
 * not in the timer, so that stopping or restarting the timer never loses it.
 */
import { type Seq, seqGt } from '../util/seq.js';
import { type Duration, MILLISECOND, SECOND } from '../util/units.js';
import type { TcpConfig } from './config.js';
import type { TimerSettings } from './timers/settings.js';

/** Clock granularity G (RFC 6298 §4): arrival stamps are finer, the timers that use them are not. */
const GRANULARITY: Duration = 1 * MILLISECOND;
/** RFC 6298 (5.7): the RTO after a SYN had to be retransmitted. */
const RTO_AFTER_LOST_SYN: Duration = 3 * SECOND;

export class RoundTrip {
  /** µs; -1 = not measured yet. */
  srtt: Duration = -1;
  /** RFC 6298's RTTVAR; Linux's mean deviation. */
  rttvar: Duration = 0;
  latest: Duration = -1;
  min: Duration = Infinity;
  /** Without back-off. */
  private base: Duration;
  /** Doublings since the last sample. */
  backoff = 0;
  /** Linux: what is added to SRTT, and the largest deviation (times 4) of the round trip that ends when `roundEnd` is acknowledged. */
  private spread: Duration = 0;
  private roundSpread: Duration = 0;
  private roundEnd = 0 as Seq;

  constructor(private readonly config: TcpConfig, private readonly settings: Pick<TimerSettings, 'rtoMin' | 'rtoMax'> = config) {
    this.base = config.rtoInitial;
  }

  /** The retransmission timeout in force. */
  get rto(): Duration {
    return Math.min(this.base * 2 ** this.backoff, this.settings.rtoMax);
  }

  /** A round trip was measured, by the ACK that moved SND.UNA to una while nxt was SND.NXT. */
  sample(rtt: Duration, una: Seq, nxt: Seq): void {
    this.latest = rtt;
    if (rtt < this.min) this.min = rtt;
    if (this.config.rttEstimator === 'linux') this.sampleLinux(rtt, una, nxt);
    else this.sampleRfc6298(rtt);
    // Karn's algorithm: the backed-off timeout stays until there is a clean sample (RFC 6298 §3, §5).
    this.backoff = 0;
  }

  /** RFC 6298 (2.2), (2.3): made for one sample per round trip. */
  private sampleRfc6298(rtt: Duration): void {
    if (this.srtt < 0) {
      this.srtt = rtt;
      this.rttvar = rtt / 2;
    } else {
      this.rttvar = 0.75 * this.rttvar + 0.25 * Math.abs(this.srtt - rtt);
      this.srtt = 0.875 * this.srtt + 0.125 * rtt;
    }
    this.base = Math.max(this.settings.rtoMin, this.srtt + Math.max(GRANULARITY, 4 * this.rttvar));
  }

  /**
   * Linux, made for a sample with every ACK: the spread rises with the largest deviation at once and falls by a quarter of the
   * difference once per round trip; it, not the sum, has the floor. A round trip that becomes much shorter hardly counts as
   * deviation: it would raise the timeout just when the path became faster.
   */
  private sampleLinux(rtt: Duration, una: Seq, nxt: Seq): void {
    if (this.srtt < 0) {
      this.srtt = rtt;
      this.rttvar = rtt / 2;
      this.spread = Math.max(4 * this.rttvar, this.settings.rtoMin);
      this.roundSpread = this.spread;
      this.roundEnd = nxt;
    } else {
      const error = rtt - this.srtt;
      const growth = Math.abs(error) - this.rttvar;
      this.srtt += error / 8;
      this.rttvar += error < 0 && growth > 0 ? growth / 32 : growth / 4;
      this.widen(una, nxt);
    }
    this.base = this.srtt + this.spread;
  }

  private widen(una: Seq, nxt: Seq): void {
    if (4 * this.rttvar > this.roundSpread) this.roundSpread = 4 * this.rttvar;
    if (this.roundSpread > this.spread) this.spread = this.roundSpread;
    if (!seqGt(una, this.roundEnd)) return;
    if (this.roundSpread < this.spread) this.spread -= (this.spread - this.roundSpread) / 4;
    this.roundEnd = nxt;
    this.roundSpread = this.settings.rtoMin;
  }

  /** A measurement was possible, if not one to learn from. */
  endBackoff(): void {
    this.backoff = 0;
  }

  /** RFC 6298 (5.5) */
  backOff(): void {
    if (this.rto < this.settings.rtoMax) this.backoff++;
  }

  /** RFC 6298 (5.7): the handshake needed a retransmission and gave no sample. */
  synWasLost(): void {
    if (this.srtt >= 0) return;
    this.base = Math.max(this.base, RTO_AFTER_LOST_SYN);
    this.backoff = 0;
  }
}
