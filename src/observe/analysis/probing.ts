/** Segments that only ask: keep-alives (RFC 9293 §3.8.4), window probes (§3.8.6.1), and the answers to both. */
import { seqAdd, seqGt, seqLt } from '../../util/seq.js';
import { SYN } from '../../wire/segment.js';
import { verdicts as V } from '../verdicts.js';
import type { Latest } from './flow.js';
import type { Occasion } from './occasion.js';

/** What a segment asks, if it does. Says so. */
export function judgeQuestion(o: Occasion): Latest {
  const { seg, fwd, back } = o;
  if (fwd.next === undefined || seg.dataLength > 1) return 'ordinary';
  const closed = back.window === 0;
  // A FIN may come with the octet.
  if (closed && seg.dataLength === 1 && seg.seq === fwd.next && !seg.has(SYN)) {
    o.say(V.ZeroWindowProbe, o.sent(seg.seq));
    return 'window-probe';
  }
  if (o.opensOrEnds || seg.seq !== seqAdd(fwd.next, -1) || isStillDue(o) || isLate(o)) return 'ordinary';
  if (closed) {
    o.say(V.OldZeroWindowProbe, o.sent(seg.seq));
    return 'window-probe';
  }
  o.say(V.KeepAlive, o.sent(seg.seq), o.ms(Math.max(fwd.latestAt, back.latestAt)));
  return 'keep-alive';
}

/** An octet that nobody has acknowledged is no garbage: it is sent again because it must be. */
const isStillDue = ({ seg, back }: Occasion): boolean => seg.dataLength === 1 && (back.highestAck === undefined || !seqGt(back.highestAck, seg.seq));

/** An old ACK that was overtaken, by a FIN perhaps, may have that number, too; but a question carries the latest acknowledgement. */
const isLate = ({ seg, fwd }: Occasion): boolean => fwd.highestAck !== undefined && seqLt(seg.ack, fwd.highestAck);

/** Is it the answer to a question? Says so. */
export function judgeAnswer(o: Occasion): boolean {
  const { seg, back } = o;
  if (back.latest === 'ordinary' || !saysNothingNew(o)) return false;
  if (back.latest === 'keep-alive' && seg.wnd > 0) o.say(V.KeepAliveAck, o.theirs(seg.ack));
  else if (back.latest === 'window-probe' && seg.wnd === 0) o.say(V.ZeroWindowProbeAck, o.theirs(seg.ack));
  else return false;
  return true;
}

/** No text, and the numbers and the window of the segment before it. */
function saysNothingNew(o: Occasion): boolean {
  return repeatsNumbers(o) && o.seg.wnd === o.fwd.window;
}

/** A bare ACK with the numbers of the segment before it. */
export function repeatsNumbers({ seg, fwd, opensOrEnds, acks }: Occasion): boolean {
  return !opensOrEnds && acks && seg.dataLength === 0 && seg.seq === fwd.next && seg.ack === fwd.ack;
}
