/** A segment for a connection in SYN-SENT (RFC 9293 §3.10.7.3). */
import { R } from '../../trace/book.js';
import { seqAdd, seqGt, seqLeq } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { ACK, FIN, RST, type Segment, SYN, URG } from '../../wire/segment.js';
import { takeFastOpenAnswer } from '../fast-open.js';
import { delivered, timestampNow } from '../loss/acknowledged.js';
import { negotiate } from '../negotiate.js';
import { ackNow } from '../receive/ack-now.js';
import { delayFirstAck } from '../receive/quick-ack.js';
import { reserveOneSegment } from '../receive/memory.js';
import { noteWindow } from '../segment-size.js';
import { enter } from '../state.js';
import { Signal, type Tcb } from '../tcb.js';
import { fail } from '../timers/ending.js';
import { takeFin } from './fin.js';
import { replyReset } from './reply.js';
import { reportReset } from './reset.js';
import { deliverHeld, holdText } from './text.js';
import { takeUrgent } from './urgent.js';

export function onSynSent(tcb: Tcb, seg: Segment, now: Micros): void {
  // first, the ACK bit
  const acked = seg.has(ACK);
  if (acked && (seqLeq(seg.ack, tcb.iss) || seqGt(seg.ack, tcb.sndNxt))) {
    tcb.trace?.decision(tcb.id, now, R.SynSentBadAck, tcb.snd(seg.ack), 0, 0);
    if (!seg.has(RST)) replyReset(tcb, seg, R.SendReset);
    return;
  }
  if (acked && seg.options.hasTimestamps && !echoesOurs(tcb, seg, now)) {
    if (!seg.has(RST)) replyReset(tcb, seg, R.SendReset);
    return;
  }
  // second, the RST bit
  if (seg.has(RST)) {
    if (acked) reportReset(tcb, seg, now);
    if (acked) fail(tcb, 'refused', R.SynSentRefused, now);
    else tcb.trace?.decision(tcb.id, now, R.SynSentDropsReset, 0, 0, 0);
    return;
  }
  // fourth, the SYN bit (third, security: docs/deviations.md)
  if (!seg.has(SYN)) {
    tcb.trace?.decision(tcb.id, now, R.SynSentDrops, 0, 0, 0);
    return;
  }
  takeSyn(tcb, seg, now);
  if (acked) establish(tcb, seg, now);
  else openBothSides(tcb, seg, now);
}

/** The timestamp echoed must be one that a SYN of this connection had (as Linux asks); some hosts echo nothing. */
function echoesOurs(tcb: Tcb, seg: Segment, now: Micros): boolean {
  const echo = seg.options.tsEcr;
  if (!tcb.config.timestamps || echo === 0) return true;
  const first = timestampNow(tcb, tcb.openedAt);
  const last = timestampNow(tcb, now);
  if (((echo - first) | 0) >= 0 && ((last - echo) | 0) >= 0) return true;
  tcb.trace?.decision(tcb.id, now, R.SynSentBadEcho, echo, first, last);
  return false;
}

function takeSyn(tcb: Tcb, seg: Segment, now: Micros): void {
  tcb.irs = seg.seq;
  tcb.rcvNxt = seqAdd(seg.seq, 1);
  tcb.rcvAdv = seqAdd(tcb.rcvNxt, tcb.lastWndSent);
  tcb.lastAckSent = tcb.rcvNxt;
  negotiate(tcb, seg, now);
  tcb.sndWnd = seg.wnd;
  noteWindow(tcb, seg.wnd);
  tcb.sndWl1 = seg.seq;
  tcb.sndWl2 = seg.ack;
}

/** Our SYN is acknowledged: ESTABLISHED, and what else the segment carries goes on at the sixth step. */
function establish(tcb: Tcb, seg: Segment, now: Micros): void {
  delivered(tcb, seg, now);
  reserveOneSegment(tcb);
  tcb.softError = null;
  tcb.trace?.decision(tcb.id, now, R.Established, seg.seq, 0, 0);
  enter(tcb, 'ESTABLISHED', R.Established, now);
  if (tcb.cookieAsked || tcb.synText > 0) takeFastOpenAnswer(tcb, seg, now);
  tcb.signals |= Signal.Connected | Signal.Writable;
  if (tcb.writePending) delayFirstAck(tcb, now);
  else ackNow(tcb, R.SendAck);
  if (seg.has(URG)) takeUrgent(tcb, seg, now);
  holdText(tcb, seg, now);
  deliverHeld(tcb, now);
  if (seg.has(FIN) || tcb.peerFinKnown) takeFin(tcb, seg, now);
}

/** SYN × SYN (Fig. 7, MUST-10): answer with SYN,ACK; the SYN already sent keeps its number. */
function openBothSides(tcb: Tcb, seg: Segment, now: Micros): void {
  tcb.trace?.decision(tcb.id, now, R.SimultaneousOpen, 0, 0, 0);
  holdText(tcb, seg, now);
  enter(tcb, 'SYN-RECEIVED', R.SimultaneousOpen, now);
  tcb.synDue = true;
}
