/** RST in answer to a segment (RFC 9293 §3.5.2): noted here, sent by output. */
import { type Seq, seqAdd } from '../../util/seq.js';
import { ACK, type Segment } from '../../wire/segment.js';
import type { Tcb } from '../tcb.js';

/** <SEQ=SEG.ACK><CTL=RST> for a segment with ACK, <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK> for one without. */
export function replyReset(tcb: Tcb, seg: Segment, rule: number, octets = 0): void {
  const withAck = (seg.flags & ACK) !== 0;
  tcb.reset.due = true;
  tcb.reset.rule = rule;
  tcb.reset.octets = octets;
  tcb.reset.active = false;
  tcb.reset.withAck = !withAck;
  tcb.reset.seq = withAck ? seg.ack : (0 as Seq);
  tcb.reset.ack = withAck ? (0 as Seq) : seqAdd(seg.seq, seg.len);
}
