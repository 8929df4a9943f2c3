/** A segment for a connection in LISTEN (RFC 9293 §3.10.7.2). */
import { R } from '../../trace/book.js';
import { seqAdd } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { ACK, FIN, RST, type Segment, SYN } from '../../wire/segment.js';
import { startSending } from '../calls.js';
import { openEarly } from '../fast-open.js';
import { negotiate } from '../negotiate.js';
import { enter } from '../state.js';
import type { Tcb } from '../tcb.js';
import { replyReset } from './reply.js';
import { holdText } from './text.js';

export function onListen(tcb: Tcb, seg: Segment, now: Micros): void {
  if (seg.has(RST)) {
    tcb.trace?.decision(tcb.id, now, R.ListenIgnoresReset, 0, 0, 0);
    return;
  }
  if (!tcb.remoteGiven) {
    tcb.remote = seg.src.copy();
    tcb.remotePort = seg.srcPort;
  }
  if (seg.has(ACK)) {
    tcb.trace?.decision(tcb.id, now, R.ListenRefusesAck, 0, 0, 0);
    replyReset(tcb, seg, R.SendReset);
    return;
  }
  if (!seg.has(SYN)) {
    tcb.trace?.decision(tcb.id, now, R.ListenDrops, 0, 0, 0);
    return;
  }
  tcb.irs = seg.seq;
  tcb.rcvNxt = seqAdd(seg.seq, 1);
  tcb.rcvAdv = tcb.rcvNxt;
  tcb.lastAckSent = tcb.rcvNxt;
  tcb.passive = true;
  tcb.trace?.decision(tcb.id, now, R.ListenTakesSyn, seg.seq, 0, 0);
  negotiate(tcb, seg, now);
  tcb.sndWnd = seg.wnd;
  tcb.maxSndWnd = seg.wnd;
  tcb.sndWl1 = seg.seq;
  startSending(tcb, now);
  if (tcb.openedEarly) openEarly(tcb, seg, now);
  else if (tcb.config.synText === 'queue') holdText(tcb, seg, now);
  else if (seg.dataLength > 0 || seg.has(FIN)) tcb.trace?.decision(tcb.id, now, R.TextOnSynIgnored, seg.len - 1, 0, 0);
  enter(tcb, 'SYN-RECEIVED', R.ListenTakesSyn, now);
}
