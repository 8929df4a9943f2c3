/**
 * SYN and SYN,ACK: what they say of their sender and do to their receiver (RFC 9293 §3.5, §3.10.7.2, §3.10.7.3): the
 * ordinary, the simultaneous and the split handshake, SYNs sent again, Fast Open (RFC 7413).
 */
import { type Seq, seqAdd, seqGt, seqIn, seqLeq } from '../../util/seq.js';
import type { Segment } from '../../wire/segment.js';
import type { InferredState } from '../sighting.js';
import { End } from './end.js';

/** What a segment makes of its sender: the end, which may be a new one, and the state that it was in when it sent it. */
export interface Speaking {
  readonly end: End;
  readonly was: InferredState;
}

/** ISS < SEG.ACK =< SND.NXT (RFC 9293 §3.10.7.3). */
export const ackOpens = (end: End, ack: Seq): boolean =>
  end.iss !== undefined && end.next !== undefined && seqGt(ack, end.iss) && seqLeq(ack, end.next);

/** A SYN without ACK leaves an end. */
export function sendsSyn(end: End, segment: Segment, peer: End): Speaking {
  if (end.ending === undefined && end.iss === segment.seq) {
    synAgain(end);
    return { end, was: end.state };
  }
  // The peer's SYN crosses this one; an end that has acknowledged it answers it by a split handshake.
  const split = end.spoke && end.iss === undefined && end.acked !== undefined && peer.iss !== undefined && end.acked === seqAdd(peer.iss, 1);
  const fresh = End.opens(segment, peer.state === 'SYN-SENT' ? end.heard : undefined);
  fresh.opening = split ? 'passive' : 'active';
  if (split) hearsSyn(fresh);
  return { end: fresh, was: split ? 'LISTEN' : 'CLOSED' };
}

/** Whoever sends its SYN again has had no answer; after an ACK of its own it is only a late copy. */
function synAgain(end: End): void {
  if (end.acked !== undefined) return;
  end.irs = undefined;
  end.una = end.iss;
}

/** A SYN,ACK leaves an end. */
export function sendsSynAck(end: End, segment: Segment): Speaking {
  if (end.iss === segment.seq) return synAckFromKnown(end, segment);
  const heard = end.heard !== undefined && seqIn(segment.ack, seqAdd(end.heard.seq, 1), seqAdd(end.heard.end, 1)) ? end.heard : undefined;
  const fresh = End.opens(segment, undefined);
  fresh.opening = 'passive';
  fresh.irs = heard?.seq ?? seqAdd(segment.ack, -1);
  fresh.fastOpen = heard !== undefined && seqGt(segment.ack, seqAdd(heard.seq, 1));
  answered(fresh, segment);
  return { end: fresh, was: 'LISTEN' };
}

function synAckFromKnown(end: End, segment: Segment): Speaking {
  end.ending = undefined;
  end.irs ??= seqAdd(segment.ack, -1);
  // Sent again: the ACK that completes the handshake has not arrived, unless the end has gone on since.
  if (end.sentSynAck && !end.proven && end.fin === undefined) end.una = end.iss;
  const first = !end.sentSynAck;
  answered(end, segment);
  return { end, was: first ? 'SYN-RECEIVED' : end.state };
}

function answered(end: End, segment: Segment): void {
  end.sentSynAck = true;
  end.acked = segment.ack;
  end.arrived.reach(segment.ack);
}

/** A SYN without ACK reaches an end. */
export function receivesSyn(end: End, segment: Segment): void {
  if (end.irs === segment.seq && end.connected) return;
  end.heard = { seq: segment.seq, end: segment.end };
  if (end.state === 'SYN-SENT') hearsSyn(end);
}

/** An opening end takes the SYN that crossed its own. */
export function hearsSyn(end: End): void {
  if (end.heard === undefined) return;
  end.irs = end.heard.seq;
  end.arrived.reach(seqAdd(end.heard.seq, 1));
  end.heard = undefined;
}

/** A SYN,ACK reaches an end. */
export function receivesSynAck(end: End, segment: Segment): void {
  const { state } = end;
  if (state === 'unknown' && !end.spoke) {
    end.opening = 'active';
    end.iss = seqAdd(segment.ack, -1);
    end.next = segment.ack;
  } else if (state !== 'SYN-SENT' && state !== 'SYN-RECEIVED') return;
  if (!ackOpens(end, segment.ack)) {
    end.badAck = segment.ack;
    return;
  }
  if (end.irs === undefined) {
    end.irs = segment.seq;
    end.arrived.reach(seqAdd(segment.seq, 1));
  }
  end.una = segment.ack;
  end.arrived.take(segment.dataSeq, segment.end);
}
