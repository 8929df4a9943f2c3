/**
 * Segments without SYN and RST: what text, ACK and FIN prove of their sender and do to their receiver (RFC 9293 §3.6,
 * §3.10.7.4), and what a segment sent again takes back.
 */
import { type Seq, seqAdd, seqDiff, seqGeq, seqGt, seqLeq, seqLt, seqMax } from '../../util/seq.js';
import { ACK, FIN, type Segment } from '../../wire/segment.js';
import { FAR } from './arrivals.js';
import type { End } from './end.js';

/** A keep-alive repeats the last number that was acknowledged, with an octet of anything or none (RFC 9293 §3.8.4). */
const isKeepAlive = (end: End, segment: Segment): boolean =>
  segment.len <= 1 && !segment.has(FIN) && end.una !== undefined && end.una === end.next && segment.seq === seqAdd(end.una, -1);

/** Carries text or FIN, and all of it has passed before. */
export const isAgain = (end: End, segment: Segment): boolean =>
  segment.len > 0 && end.next !== undefined && seqLeq(segment.end, end.next) && !isKeepAlive(end, segment);

/** What the sender must have known when it sent this, whatever was thought of it. */
export function proves(end: End, segment: Segment, peer: End): void {
  revive(end, segment);
  if (end.ending !== undefined) return;
  if (isAgain(end, segment)) sentAgain(end, segment, peer);
  if (!segment.has(ACK)) return;
  if (end.iss !== undefined && end.irs === undefined) {
    // It waited for a SYN and now acknowledges one that was not seen.
    end.irs = seqAdd(segment.ack, -1);
    end.una = seqAdd(end.iss, 1);
  }
  if (end.acked === undefined || Math.abs(seqDiff(segment.ack, end.acked)) <= FAR) acknowledges(end, segment.ack);
  goesOn(end, segment);
}

function acknowledges(end: End, ack: Seq): void {
  end.acked = end.acked === undefined ? ack : seqMax(end.acked, ack);
  end.arrived.reach(ack);
  const { peerFin, afterPeerFin } = end;
  // It acknowledges text that passed after the FIN, but not the FIN: that was lost on its way.
  if (peerFin !== undefined && afterPeerFin !== undefined && seqLt(end.acked, peerFin) && seqGeq(ack, afterPeerFin)) end.arrived.cut(ack);
}

/** Text, FIN, or the acknowledgement of text: the SYN has been acknowledged, even if that did not pass here. */
function goesOn(end: End, segment: Segment): void {
  if (end.iss === undefined || end.irs === undefined || end.proven) return;
  const first = seqAdd(end.iss, 1);
  if (end.fastOpen && (end.una === undefined || seqLt(end.una, first))) return;
  if (seqLeq(segment.end, first) && seqLeq(segment.ack, seqAdd(end.irs, 1))) return;
  end.proven = true;
  end.una = end.una === undefined ? first : seqMax(end.una, first);
}

/** Neither has the sender an acknowledgement of it, nor, as long as nobody acknowledged it, the receiver the segment. */
function sentAgain(end: End, segment: Segment, peer: End): void {
  if (end.una !== undefined && seqLt(segment.seq, end.una)) end.una = floor(end, segment.seq);
  if (peer.acked !== undefined && seqGeq(peer.acked, segment.end)) return;
  peer.arrived.retract(peer.acked === undefined ? segment.seq : seqMax(segment.seq, peer.acked), segment.end);
}

/** Its SYN stays acknowledged. */
const floor = (end: End, una: Seq): Seq => (end.iss === undefined ? una : seqMax(una, seqAdd(end.iss, 1)));

/** A RST that passed has not ended the connection if its end goes on as if nothing had been. */
function revive(end: End, segment: Segment): void {
  const { ending } = end;
  if (ending === undefined) return;
  const acksMore = (than: Seq | undefined): boolean => segment.has(ACK) && than !== undefined && seqGt(segment.ack, than);
  const alive = ending.own
    ? (ending.mark !== undefined && seqGt(segment.end, ending.mark)) || acksMore(end.acked)
    : isAgain(end, segment) || acksMore(ending.mark);
  if (alive && end.spoke) end.ending = undefined;
}

/** Text, ACK or FIN leaves an end. */
export function sends(end: End, segment: Segment): void {
  end.spoke = true;
  if (end.next === undefined || (seqGt(segment.end, end.next) && seqDiff(segment.end, end.next) <= FAR)) end.next = segment.end;
  if (!segment.has(FIN) || end.fin !== undefined || segment.end !== end.next) return;
  end.fin = segment.end;
  end.finAnswers = end.peerFin !== undefined && segment.has(ACK) && seqGeq(segment.ack, end.peerFin);
}

/** Text, ACK or FIN reaches an end. */
export function receives(end: End, segment: Segment, sender: End): void {
  // In SYN-SENT nothing but SYN and RST counts; a wrong ACK there and in SYN-RECEIVED is answered with RST.
  if (segment.has(ACK)) receivesAck(end, segment.ack);
  if (end.state === 'SYN-SENT' || segment.len === 0) return;
  if (end.peerFin !== undefined && seqLt(segment.end, end.peerFin)) end.afterPeerFin = segment.end;
  end.arrived.take(segment.seq, segment.end);
  if (sender.fin !== undefined) end.peerFin = sender.fin;
}

function receivesAck(end: End, ack: Seq): void {
  const { state } = end;
  if (state === 'SYN-SENT' || state === 'SYN-RECEIVED') {
    const good = end.next !== undefined && end.una !== undefined && seqGt(ack, end.una) && seqLeq(ack, end.next);
    if (!good || state === 'SYN-SENT') end.badAck = ack;
    else end.una = ack;
    return;
  }
  end.una ??= ack;
  end.next ??= ack;
  const more = seqDiff(ack, end.una);
  if (more <= 0 || more > FAR) return;
  end.una = ack;
  // What nobody saw leave was acknowledged: the capture missed it.
  end.next = seqMax(end.next, ack);
}
