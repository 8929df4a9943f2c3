/**
 * What the text of a segment is (and its SYN and FIN, which count as text): new, sent again, overtaken on the way, or
 * behind a gap. Sequence numbers: RFC 9293 §3.4; retransmission: §3.8.1, RFC 5681 §3.2.
 */
import { type Seq, seqAdd, seqGeq, seqGt, seqLeq, seqLt, seqMax } from '../../util/seq.js';
import { ACK, FIN, RST, type Segment, SYN } from '../../wire/segment.js';
import { type Verdict, verdicts as V } from '../verdicts.js';
import { sayCause } from './cause.js';
import type { Flow, Latest } from './flow.js';
import type { Occasion } from './occasion.js';

/** Text so soon after what follows it was overtaken; later it was sent again. Where the round trip is known, that decides. */
const OVERTAKEN_WITHIN_MS = 3;
/** A retransmission so soon after duplicate ACKs was caused by them. */
const FAST_WITHIN_MS = 20;
/** Duplicate ACKs that suffice for that: the third may not have been captured, or the sender counts SACKed segments. */
const ENOUGH_DUPLICATES = 2;
/** Gaps that one segment may be remembered to have filled. */
const MOST_PIECES = 8;

/** @param rtt milliseconds of the handshake's round trip, 0 = unknown. @returns is all of it old? */
export function judgeText(o: Occasion, latest: Latest, rtt: number): boolean {
  const { seg, fwd, back } = o;
  if (fwd.next !== undefined && seqGt(seg.seq, fwd.next) && !seg.has(RST)) o.say(V.LostSegment, o.sent(fwd.next), o.sent(seg.seq));
  if (!o.occupies) return false;
  const from = unsettled(seg.seq, back);
  const again = seqGeq(from, seg.end) || fwd.passed.covers(from, seg.end);
  if (latest !== 'ordinary') return again;
  if (seg.dataLength > 0 && back.highestAck !== undefined && seqLeq(seg.end, back.highestAck)) {
    o.say(V.SpuriousRetransmission, o.sent(seg.seq), back.highestFrame, o.ms(back.highestAt));
  } else if (fwd.next !== undefined && seqLt(seg.seq, fwd.next) && !isBehindProbe(seg, fwd.next)) {
    judgeOld(o, fwd.next, again, rtt);
  }
  return again;
}

/** New text with an old octet in front: that of a probe, which may not have counted. */
const isBehindProbe = (seg: Segment, next: Seq): boolean => seg.dataLength > 1 && seg.seq === seqAdd(next, -1);

/** Text that begins before what has passed, and is not acknowledged. */
function judgeOld(o: Occasion, next: Seq, again: boolean, rtt: number): void {
  const { seg, fwd, back } = o;
  if (isFast(o, back)) {
    o.say(V.FastRetransmission, o.sent(seg.seq), back.duplicates, o.ms(back.ackAt));
  } else if (!again && seg.end !== next && o.ms(fwd.nextAt) < (rtt > 0 ? rtt : OVERTAKEN_WITHIN_MS)) {
    o.say(V.OutOfOrder, o.sent(seg.seq), fwd.nextFrame, o.ms(fwd.nextAt));
  } else {
    sayAgain(o, rtt);
  }
}

const isFast = (o: Occasion, back: Flow): boolean => back.duplicates >= ENOUGH_DUPLICATES && back.ack === o.seg.seq && o.ms(back.ackAt) < FAST_WITHIN_MS;

function sayAgain(o: Occasion, rtt: number): void {
  const { seg, fwd, back } = o;
  const sending = fwd.sendings.find(seg.seq);
  if (sending === undefined) {
    // Only a SYN or FIN can be acknowledged here: text that is has been dealt with.
    if (back.highestAck !== undefined && seqGeq(back.highestAck, seg.end)) sayNeedless(o);
    else o.say(V.RetransmissionUnseen, o.sent(seg.seq), o.ms(fwd.nextAt));
    return;
  }
  const { frame, times } = sending;
  const ms = o.ms(sending.at);
  if (seg.has(SYN)) o.say(synAgain(o), times + 1, frame, ms);
  else if (seg.has(FIN) && seg.dataLength === 0) o.say(V.RetransmittedFin, o.sent(seg.seq), frame, ms);
  else o.say(V.Retransmission, o.sent(seg.seq), frame, ms);
  sayCause(o, sending, rtt);
}

/** A SYN or FIN again that was acknowledged: the acknowledgement has not arrived, or not yet. */
function sayNeedless(o: Occasion): void {
  const { highestFrame, highestAt } = o.back;
  if (!o.seg.has(SYN)) o.say(V.NeedlessFin, highestFrame, o.ms(highestAt));
  else if (o.acks && !o.fwd.synAcked) o.say(V.CrossedSyn);
  else o.say(o.acks ? V.NeedlessSynAck : V.NeedlessSyn, highestFrame, o.ms(highestAt));
}

function synAgain({ acks, fwd }: Occasion): Verdict {
  if (!acks) return V.RetransmittedSyn;
  return fwd.synAcked ? V.RetransmittedSynAck : V.CrossedSyn;
}

/** Takes note of what has passed. */
export function noteText({ seg, fwd, back, at, number }: Occasion, latest: Latest): void {
  if (latest === 'window-probe' && seg.seq === fwd.next) {
    fwd.probed = seg.end;
    return;
  }
  fwd.first ??= seg.seq;
  if (seg.has(SYN) && seg.has(ACK)) fwd.synAcked = true;
  fwd.reach(seg.end, at, number);
  if (seg.len === 0) return;
  const from = unsettled(seg.seq, back);
  if (!seqLt(from, seg.end)) return;
  fwd.sendings.mark(from, seg.end, at);
  let gap = fwd.passed.endOfRun(from);
  for (let pieces = 0; pieces < MOST_PIECES && seqLt(gap, seg.end); pieces++) {
    const end = fwd.passed.endOfGap(gap, seg.end);
    fwd.sendings.add(gap, end, at, number);
    gap = fwd.passed.endOfRun(end);
  }
  fwd.passed.add(from, seg.end);
}

/** A number, or the first one after it that is not acknowledged: what is acknowledged is not remembered. */
const unsettled = (number: Seq, back: Flow): Seq => (back.highestAck === undefined ? number : seqMax(number, back.highestAck));
