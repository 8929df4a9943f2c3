/** Sixth: the URG bit (RFC 9293 §3.8.5, §3.10.7.4): RCV.UP <- max(RCV.UP, SEG.UP), the user is told when it moves. */
import { R } from '../../trace/book.js';
import { seqAdd, seqDiff, seqGt } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import type { Segment } from '../../wire/segment.js';
import { forgetUrgentOctet, nextToRead } from '../receive-call.js';
import { report } from '../reports.js';
import { Signal, type Tcb } from '../tcb.js';

export function takeUrgent(tcb: Tcb, seg: Segment, now: Micros): void {
  if (tcb.state !== 'ESTABLISHED' && tcb.state !== 'FIN-WAIT-1' && tcb.state !== 'FIN-WAIT-2') return;
  // The pointer is the octet after the urgent data (MUST-62), or the last of it to those who read RFC 1122.
  const up = seqAdd(seg.seq, seg.urgentPointer + (tcb.config.urgentPointer === 'last' ? 1 : 0));
  if (!seqGt(up, nextToRead(tcb)) || (tcb.urgentReceiving && !seqGt(up, tcb.rcvUp))) return;
  forgetUrgentOctet(tcb);
  tcb.rcvUp = up;
  tcb.urgentTaken = false;
  tcb.urgentReceiving = true;
  tcb.signals |= Signal.Urgent;
  report(tcb, 'urgent', seqDiff(up, nextToRead(tcb)), 0, now);
  tcb.trace?.decision(tcb.id, now, R.UrgentNew, tcb.rcv(up), 0, 0);
}
