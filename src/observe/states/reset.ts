/** RST: whom it ends (RFC 9293 §3.5.3, §3.10.7; RFC 5961 §3.2), and what becomes of whoever sends it (§3.5.2, §3.10.5). */
import { type Seq, seqAdd } from '../../util/seq.js';
import { ACK, type Segment } from '../../wire/segment.js';
import type { InferredState } from '../sighting.js';
import type { End } from './end.js';
import { ackOpens } from './opening.js';

/** @returns the state of the sender when it sent the RST */
export function sendsReset(end: End, segment: Segment): InferredState {
  const { state, heard } = end;
  end.heard = undefined;
  const opening = state === 'SYN-SENT' || state === 'SYN-RECEIVED';
  // The answer to a wrong acknowledgement; the end goes on waiting for a right one.
  if (opening && end.badAck === segment.seq && !segment.has(ACK)) return state;
  if (end.ending === undefined) end.ending = { state: 'CLOSED', own: true, mark: segment.seq };
  const refuses = !end.spoke && heard !== undefined && segment.has(ACK) && segment.ack === heard.end;
  return refuses || (state === 'TIME-WAIT' && heard !== undefined) ? 'CLOSED' : state;
}

/** A RST reaches an end. */
export function receivesReset(end: End, segment: Segment, sender: End): void {
  const { state } = end;
  if (end.ending !== undefined || !end.spoke || state === 'CLOSED') return;
  const counts = state === 'SYN-SENT' ? segment.has(ACK) && ackOpens(end, segment.ack) : isExact(end, segment.seq);
  if (!counts) return;
  end.heard = undefined;
  end.ending = { state: state === 'SYN-RECEIVED' && end.opening === 'passive' ? 'LISTEN' : 'CLOSED', own: false, mark: sender.next };
}

/** At RCV.NXT: where everything that passed would put it, or where the end itself last said it was. */
export const isExact = (end: End, seq: Seq): boolean =>
  end.arrived.next === seq || end.acked === seq || (end.irs !== undefined && end.arrived.next === undefined && seq === seqAdd(end.irs, 1));
