/**
 * Is the congestion window in use? Only then may acknowledgements grow it (RFC 5681 §3.1, RFC 7661): a window that was never
 * filled says nothing about the path. As Linux keeps it: the strongest sign of each window of data counts.
 */
import { seqLt } from '../../util/seq.js';
import type { Tcb } from '../tcb.js';

/** New text was sent, or not sent because cwnd is full. @param full there is no room for another segment */
export function noteUse(tcb: Tcb, full: boolean): void {
  const { flight } = tcb;
  const newWindow = !seqLt(tcb.sndUna, tcb.useEnd);
  if (!newWindow && !full && (tcb.cwndLimited || flight <= tcb.mostInFlight)) return;
  tcb.cwndLimited = full;
  tcb.mostInFlight = flight;
  tcb.useEnd = tcb.sndNxt;
}

/** In slow start half of the window in use will do: it is to grow to twice what was acknowledged. */
export function windowInUse(tcb: Tcb): boolean {
  const { cwnd, ssthresh } = tcb.window;
  return tcb.cwndLimited || (cwnd < ssthresh && cwnd < 2 * tcb.mostInFlight);
}
