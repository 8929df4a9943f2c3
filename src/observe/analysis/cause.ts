/**
 * Why a segment was sent again, as far as an onlooker can tell: duplicate ACKs (RFC 5681 §3.2), SACK (RFC 6675 §5), a
 * tail loss probe (RFC 8985 §7.3), or the retransmission timer (RFC 6298 §5).
 */
import { seqGt } from '../../util/seq.js';
import { SYN } from '../../wire/segment.js';
import { verdicts as V } from '../verdicts.js';
import type { Occasion } from './occasion.js';
import type { Sending } from './sendings.js';

/** RFC 5681 §3.2 */
const THREE = 3;
/** A probe is due after two round trips; clocks, and captures beside the path, take some of that. */
const ROUND_TRIPS_OF_PROBE = 1.5;
/** Of a timeout: the place of the capture sees less than all of it. */
const NEARLY = 0.9;

/** @param rtt of the handshake, milliseconds, 0 = unknown. @param sending what is sent again, before that is noted */
export function sayCause(o: Occasion, sending: Readonly<Sending>, rtt: number): void {
  const { seg, fwd, back } = o;
  const wait = o.ms(sending.lastAt);
  const { timeout } = fwd.roundTrip;
  if (back.duplicates >= THREE && back.ack === seg.seq) {
    o.say(V.AfterDuplicateAcks, back.duplicates, o.sent(seg.seq), wait);
  } else if (back.sacked !== undefined && seqGt(back.sacked, seg.end)) {
    o.say(V.AfterSack, o.sent(seg.seq), o.sent(back.sacked), wait);
  } else if (isProbe(o, sending, wait, Math.max(rtt, fwd.roundTrip.smoothed))) {
    o.say(V.TailLossProbe, wait, Math.max(rtt, fwd.roundTrip.smoothed));
  } else if (wait >= NEARLY * timeout) {
    o.say(V.AfterTimeout, wait, sending.times);
  } else if (wait < rtt / 2) {
    o.say(V.Copied, wait, rtt);
  }
}

/** The last segment, once, after two round trips and before the timer: only senders that use SACK do so. */
function isProbe({ seg, fwd, back }: Occasion, { times }: Readonly<Sending>, wait: number, rtt: number): boolean {
  return times === 1 && rtt > 0 && seg.end === fwd.next && back.sacked !== seg.end && !seg.has(SYN) && fwd.takesSack && back.takesSack
    && wait >= ROUND_TRIPS_OF_PROBE * rtt && wait < NEARLY * fwd.roundTrip.timeout;
}
