/**
 * Bursts: new text of several segments that goes out together. Linux hands a burst to the device as one large segment and sets
 * PSH at its end, so that the peer's host passes on at once what it has joined (RFC 9293 §3.9.1.2 leaves PSH before the last queued
 * octet open). How long one is follows the path: what it carries in a millisecond, and never more than half of cwnd.
 */
import { type Duration, MILLISECOND, SECOND } from '../../util/units.js';
import type { Tcb } from '../tcb.js';
import { nagleHolds } from './nagle.js';

/** The largest packet that a device takes, and how long the path may need for one. */
const LARGEST = 65_536;
const SPAN: Duration = 1.024 * MILLISECOND;
/** In slow start the path is expected to carry twice cwnd in a round trip, later a little more than cwnd (Linux's pacing ratios). */
const SLOW_START_RATIO = 2;
const AVOIDANCE_RATIO = 1.2;

/**
 * Called for each new segment of text, before it counts as sent. @param usable octets of the peer's window that are left
 * @returns segments of the burst that ends with this one, 0 = it does not end, or there is none
 */
export function endsBurst(tcb: Tcb, length: number, unsent: number, usable: number): number {
  if (tcb.burstLeft === 0) {
    if (length < tcb.sndMss) return 0;
    tcb.burstLength = burstLength(tcb, unsent, usable);
    tcb.burstLeft = Math.max(0, tcb.burstLength - 1);
    return 0;
  }
  tcb.burstLeft--;
  if (length < tcb.sndMss) tcb.burstLeft = 0; // the window has become smaller meanwhile
  return tcb.burstLeft === 0 ? tcb.burstLength : 0;
}

/** Segments that go out together now, the first of them full. */
function burstLength(tcb: Tcb, unsent: number, usable: number): number {
  const { sndMss, window, pipe } = tcb;
  const half = Math.max(1, Math.floor(window.cwnd / sndMss / 2));
  const most = Math.min(half, Math.floor((window.cwnd - pipe) / sndMss), Math.max(tcb.config.burstSegments, Math.floor(octetsTogether(tcb) / sndMss)));
  const full = Math.floor(Math.min(unsent, usable) / sndMss);
  if (most <= full) return most;
  if (Math.min(unsent, usable) === full * sndMss) return full;
  if (unsent <= usable) return restFollows(tcb) ? full + 1 : full;
  // A rest of the window: SEND itself, with more to come, fills it, too.
  return tcb.config.halfWindowSegments && (tcb.moreComing || restFollows(tcb)) ? full + 1 : full;
}

/** The last segment, which is not full (or fills the rest of the window), need not wait. */
function restFollows(tcb: Tcb): boolean {
  if (tcb.closeRequested) return true;
  return !tcb.corked && !tcb.moreComing && (tcb.config.nagleMinshall ? !nagleHolds(tcb) : !tcb.nagle);
}

/** What the path is expected to carry in SPAN; before the first round trip is known, as much as there is. */
function octetsTogether(tcb: Tcb): number {
  const { window, rtt } = tcb;
  if (rtt.srtt <= 0) return LARGEST;
  const ratio = window.cwnd < window.ssthresh / 2 ? SLOW_START_RATIO : AVOIDANCE_RATIO;
  const rate = (ratio * Math.max(window.cwnd, tcb.flight)) / (rtt.srtt / SECOND);
  return Math.min(LARGEST, (rate * SPAN) / SECOND);
}
