/** Eighth: the FIN bit (RFC 9293 §3.10.7.4). A FIN has its own number, so one that comes early waits like text. */
import { R } from '../../trace/book.js';
import { seqAdd, seqGt } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { FIN, type Segment } from '../../wire/segment.js';
import { ackFin } from '../receive/ack-policy.js';
import { enter } from '../state.js';
import { Signal, type Tcb } from '../tcb.js';
import { enterTimeWait } from '../timers/ending.js';

/** Where the peer's text ends: noted before the text is taken, since nothing that is kept may lie beyond. */
export function noteFin(tcb: Tcb, seg: Segment): void {
  if (tcb.peerFinKnown) return;
  tcb.peerFinKnown = true;
  tcb.peerFinSeq = seqAdd(seg.seq, seg.dataLength);
  tcb.reassembly.cut(tcb.peerFinSeq);
}

export function takeFin(tcb: Tcb, seg: Segment, now: Micros): void {
  if (tcb.state === 'CLOSED') return; // the text before it ended the connection
  if (tcb.peerFinished || !tcb.peerFinKnown) return;
  if (tcb.rcvNxt === tcb.peerFinSeq) return consumeFin(tcb, seg, now);
  if (!seg.has(FIN)) return;
  tcb.trace?.decision(tcb.id, now, R.FinOutOfOrder, tcb.rcv(tcb.peerFinSeq), tcb.rcv(tcb.rcvNxt), 0);
  if (seg.dataLength === 0) tcb.dupAcksDue++;
}

function consumeFin(tcb: Tcb, seg: Segment, now: Micros): void {
  tcb.trace?.decision(tcb.id, now, R.FinReceived, tcb.rcv(tcb.peerFinSeq), 0, 0);
  tcb.peerFinished = true;
  tcb.dsackDue = false; // the peer need not know any more what came twice
  tcb.rcvNxt = seqAdd(tcb.rcvNxt, 1);
  if (seqGt(tcb.rcvNxt, tcb.rcvAdv)) tcb.rcvAdv = tcb.rcvNxt;
  tcb.signals |= Signal.PeerFinished | Signal.Readable;
  ackFin(tcb, seg, now);
  switch (tcb.state) {
    case 'ESTABLISHED':
      return enter(tcb, 'CLOSE-WAIT', R.FinReceived, now);
    case 'FIN-WAIT-1':
      if (tcb.finSent && seqGt(tcb.sndUna, tcb.finSeq)) return enterTimeWait(tcb, R.FinWithAck, now);
      tcb.trace?.decision(tcb.id, now, R.FinSimultaneous, 0, 0, 0);
      return enter(tcb, 'CLOSING', R.FinSimultaneous, now);
    case 'FIN-WAIT-2':
      return enterTimeWait(tcb, R.FinInFinWait2, now);
  }
}
