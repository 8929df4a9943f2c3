/** Where in sequence space a segment without text goes. */
import type { Seq } from '../../util/seq.js';
import type { Tcb } from '../tcb.js';

/**
 * The sequence number of a segment without text. The octet of an unanswered probe is not counted: beyond a closed window
 * the peer could not accept even an ACK (RFC 9293 A.2).
 */
export function emptySeq(tcb: Tcb): Seq {
  const { queue } = tcb;
  const last = queue.length > 0 ? queue.at(queue.length - 1) : undefined;
  return last?.probe === true ? last.seq : tcb.sndNxt;
}
