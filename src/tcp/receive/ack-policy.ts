/** When to acknowledge (RFC 9293 §3.8.6.3, RFC 5681 §4.2): at once, with the second full segment, or after a short wait. */
import { MILLISECOND, type Micros } from '../../util/units.js';
import { R } from '../../trace/book.js';
import { FIN, type Segment } from '../../wire/segment.js';
import type { Tcb } from '../tcb.js';
import { Timer } from '../timers/timer-table.js';
import { ackNow } from './ack-now.js';
import { ackAfterReading, delayFinAck, quickAckPaid, quickAckText, waitedInVain } from './quick-ack.js';
import { memoryExceeded } from './memory.js';
import { earn } from './window.js';

/** Segments smaller than this are not taken for full ones (RFC 9293 §3.7.1: the least that every host accepts). */
const DEFAULT_MSS = 536;

/** `octets` of text are new in order, some of them perhaps kept from before: acknowledge them at once, with the next, or later. */
export function ackText(tcb: Tcb, seg: Segment, octets: number, now: Micros): void {
  if (tcb.config.ackPolicy === 'linux') quickAckText(tcb, seg, octets, now);
  else {
    earn(tcb, seg.dataLength);
    ackSecond(tcb, seg.dataLength, octets, now);
  }
}

/** The RFC's policy: every second full segment at once (SHLD-19), otherwise wait for company. */
function ackSecond(tcb: Tcb, size: number, octets: number, now: Micros): void {
  tcb.ackPending += octets;
  if (size > tcb.rcvMss) tcb.rcvMss = Math.max(size, Math.min(DEFAULT_MSS, tcb.sndMss));
  if (tcb.config.delayedAck === 0) ackNow(tcb, R.SendAck);
  else if (tcb.ackPending >= 2 * tcb.rcvMss) ackNow(tcb, R.SendAckSecond);
  else if (!tcb.ackNow && !tcb.timers.running(Timer.DelayedAck)) {
    tcb.timers.set(Timer.DelayedAck, now + tcb.config.delayedAck);
    tcb.trace?.decision(tcb.id, now, R.AckDelayed, tcb.ackPending, tcb.config.delayedAck / MILLISECOND, 0);
  }
}

/** The peer's FIN: at once, or (Linux) a little later, when the user may have closed, too, and our FIN can carry the ACK. */
export function ackFin(tcb: Tcb, seg: Segment, now: Micros): void {
  if (!seg.has(FIN)) ackNow(tcb, R.SendGapAck); // the FIN has waited for this text
  else if (tcb.config.ackPolicy !== 'linux' || tcb.state !== 'ESTABLISHED' || tcb.config.delayedAck === 0 || memoryExceeded(tcb)) ackNow(tcb, R.SendAck);
  else delayFinAck(tcb, seg, now);
}

/** The delayed-ACK timer fired. */
export function delayedAckDue(tcb: Tcb): void {
  if (tcb.ackPending === 0) return;
  if (tcb.config.ackPolicy === 'linux') waitedInVain(tcb);
  ackNow(tcb, R.SendAckDelayed);
}

/** The user took n octets. */
export function userHasRead(tcb: Tcb, n: number): void {
  if (tcb.config.ackPolicy === 'linux') ackAfterReading(tcb, n);
}

/** Any segment with an ACK pays every acknowledgement owed. */
export function ackPaid(tcb: Tcb): void {
  quickAckPaid(tcb);
  tcb.ackNow = false;
  tcb.ackRule = 0;
  tcb.ackPending = 0;
  tcb.windowUpdateDue = false;
  tcb.dsackDue = false;
  tcb.lastAckSent = tcb.rcvNxt;
  tcb.timers.stop(Timer.DelayedAck);
}
