/**
 * The states of both ends of a conversation (RFC 9293 §3.3.2), inferred from the segments that passed the place of the capture.
 *
 * Assumed: a segment that passed arrives, in the order in which it passed. Taken back when later segments show otherwise:
 * a SYN, SYN,ACK, FIN or text sent again had not arrived, or its acknowledgement had not; who acknowledges less than a FIN
 * had not got it; who goes on after a RST was not ended by it. An end that answers a SYN was in LISTEN, one that sends a
 * SYN in CLOSED; where no SYN was captured nobody is taken to have closed before. TIME-WAIT lasts until the next SYN: nobody sees it end.
 *
 * `before` is the state in which a segment found an end. Where it is not the `after` of the segment before, something
 * happened that no segment shows, or the onlooker learns that he was wrong.
 */
import { ACK, FIN, RST, type Segment, SYN } from '../wire/segment.js';
import type { Passing } from './passing.js';
import { otherSide, type InferredState, type Side, type StateStep } from './sighting.js';
import { End } from './states/end.js';
import { isAgain, proves, receives, sends } from './states/open.js';
import { hearsSyn, receivesSyn, receivesSynAck, sendsSyn, sendsSynAck, type Speaking } from './states/opening.js';
import { receivesReset, sendsReset } from './states/reset.js';

export interface StateSteps {
  readonly left: StateStep;
  readonly right: StateStep;
}

export class StateInference {
  private readonly ends: Record<Side, End>;

  /**
   * @param before of an earlier conversation on the same ports: a host may still be in TIME-WAIT, or open, when the other begins anew
   * @param swapped left was the right one there
   */
  constructor(before?: StateInference, swapped = false) {
    const { left, right } = before?.ends ?? { left: new End(), right: new End() };
    this.ends = swapped ? { left: right, right: left } : { left, right };
  }

  pass({ segment, from }: Passing): StateSteps {
    const to = otherSide(from);
    const { ends } = this;
    // SYNs that crossed have arrived by now.
    for (const end of [ends.left, ends.right]) if (end.state === 'SYN-SENT') hearsSyn(end);
    const news = segment.has(FIN) || (segment.dataLength > 0 && !isAgain(ends[from], segment));
    const found = this.leaves(segment, from, to);
    const before: Record<Side, InferredState> = { left: 'unknown', right: 'unknown' };
    before[from] = found.sender;
    before[to] = found.receiver;
    arrives(ends[to], segment, ends[from]);
    this.makeSure(segment, from, news);
    return {
      left: { before: before.left, after: ends.left.state },
      right: { before: before.right, after: ends.right.state },
    };
  }

  /** @returns the states in which the segment found both ends */
  private leaves(segment: Segment, from: Side, to: Side): { readonly sender: InferredState; readonly receiver: InferredState } {
    const { ends } = this;
    const sender = ends[from];
    if (segment.has(RST)) return { sender: sendsReset(sender, segment), receiver: ends[to].state };
    if (segment.has(SYN)) {
      const { end, was } = this.opens(segment, sender, ends[to]);
      ends[from] = end;
      return { sender: was, receiver: ends[to].state };
    }
    proves(sender, segment, ends[to]);
    const found = { sender: segment.has(ACK) ? sender.stateAt(sender.acked) : sender.state, receiver: ends[to].state };
    sends(sender, segment);
    return found;
  }

  private opens(segment: Segment, sender: End, receiver: End): Speaking {
    return segment.has(ACK) ? sendsSynAck(sender, segment) : sendsSyn(sender, segment, receiver);
  }

  /** An end whose SYN was not captured is called open once both have spoken, unless it may have closed before. */
  private makeSure(segment: Segment, from: Side, news: boolean): void {
    const { left, right } = this.ends;
    if (segment.has(RST) || segment.has(SYN) || (left.sure && right.sure)) return;
    if (![left, right].every((end) => end.spoke && end.ending === undefined && end.synAcked)) return;
    // The other's whole life was seen: it has not closed before.
    if (left.iss !== undefined || right.iss !== undefined) left.sure = right.sure = true;
    const closing = left.fin !== undefined || right.fin !== undefined;
    if (!closing || (news && this.ends[otherSide(from)].fin !== undefined)) left.sure = right.sure = true;
  }
}

function arrives(end: End, segment: Segment, sender: End): void {
  if (segment.has(RST)) receivesReset(end, segment, sender);
  else if (!segment.has(SYN)) receives(end, segment, sender);
  else if (segment.has(ACK)) receivesSynAck(end, segment);
  else receivesSyn(end, segment);
}
