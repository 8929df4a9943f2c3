/**
 * The round-trip time that one direction shows at the place of the capture, smoothed as its sender would (RFC 6298 §2), and
 * the timeout that follows. The sender's own is longer by what lies between it and the capture.
 */
/** Milliseconds. Linux goes as low as this; RFC 6298 §2.4 asks for 1 s. */
const LEAST_TIMEOUT = 200;
const ALPHA = 1 / 8;
const BETA = 1 / 4;
const K = 4;

export class RoundTrip {
  /** Milliseconds; 0 = not measured. */
  smoothed = 0;
  private variation = 0;

  /** @param ms from a segment that was sent once (RFC 6298 §3: Karn) to the acknowledgement of it */
  measure(ms: number): void {
    if (this.smoothed === 0) {
      this.smoothed = ms;
      this.variation = ms / 2;
      return;
    }
    this.variation += BETA * (Math.abs(this.smoothed - ms) - this.variation);
    this.smoothed += ALPHA * (ms - this.smoothed);
  }

  /** Milliseconds after which a sender may give up waiting, if it is Linux. */
  get timeout(): number {
    return this.smoothed + Math.max(LEAST_TIMEOUT, K * this.variation);
  }
}
