/**
 * Round-trip time and retransmission timeout (RFC 6298). The backed-off RTO lives here, not in the timer, so that
 * stopping or restarting the timer never loses it.
 */
import { type Duration, MILLISECOND, SECOND } from '../util/units.js';
import type { TcpConfig } from './config.js';

/** Clock granularity G (RFC 6298 §4): arrival stamps are finer, the timers that use them are not. */
const GRANULARITY: Duration = 1 * MILLISECOND;
/** RFC 6298 (5.7): the RTO after a SYN had to be retransmitted. */
const RTO_AFTER_LOST_SYN: Duration = 3 * SECOND;

export class RoundTrip {
  /** µs; -1 = not measured yet. */
  srtt: Duration = -1;
  rttvar: Duration = 0;
  latest: Duration = -1;
  min: Duration = Infinity;
  /** Without back-off. */
  private base: Duration;
  /** Doublings since the last sample. */
  backoff = 0;

  constructor(private readonly config: TcpConfig) {
    this.base = config.rtoInitial;
  }

  /** The retransmission timeout in force. */
  get rto(): Duration {
    return Math.min(this.base * 2 ** this.backoff, this.config.rtoMax);
  }

  /** RFC 6298 (2.2), (2.3) */
  sample(rtt: Duration): void {
    this.latest = rtt;
    if (rtt < this.min) this.min = rtt;
    if (this.srtt < 0) {
      this.srtt = rtt;
      this.rttvar = rtt / 2;
    } else {
      this.rttvar = 0.75 * this.rttvar + 0.25 * Math.abs(this.srtt - rtt);
      this.srtt = 0.875 * this.srtt + 0.125 * rtt;
    }
    this.base = Math.max(this.config.rtoMin, this.srtt + Math.max(GRANULARITY, 4 * this.rttvar));
    // Karn's algorithm: the backed-off timeout stays until there is a clean sample (RFC 6298 §3, §5).
    this.backoff = 0;
  }

  /** A measurement was possible, if not one to learn from. */
  endBackoff(): void {
    this.backoff = 0;
  }

  /** RFC 6298 (5.5) */
  backOff(): void {
    if (this.rto < this.config.rtoMax) this.backoff++;
  }

  /** RFC 6298 (5.7): the handshake needed a retransmission and gave no sample. */
  synWasLost(): void {
    if (this.srtt >= 0) return;
    this.base = Math.max(this.base, RTO_AFTER_LOST_SYN);
    this.backoff = 0;
  }
}
