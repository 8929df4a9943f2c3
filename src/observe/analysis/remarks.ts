/**
 * What else is worth a word, and has no counterpart in Wireshark: SACK blocks (RFC 2018, RFC 2883), ECN (RFC 3168), Fast
 * Open (RFC 7413), urgent data, old acknowledgements, text that is partly old, windows that shrink or are exceeded.
 */
import { type Seq, seqAdd, seqDiff, seqGeq, seqGt, seqLeq, seqLt, seqMax } from '../../util/seq.js';
import { CWR, ECE, RST, SYN, URG } from '../../wire/segment.js';
import { verdicts as V } from '../verdicts.js';
import type { Latest } from './flow.js';
import type { Occasion } from './occasion.js';

/** The IP header's ECN field when a router has marked the packet (RFC 3168 §5). */
const CONGESTION_EXPERIENCED = 3;

export function remark(o: Occasion, latest: Latest, again: boolean): void {
  const { seg, fwd } = o;
  if (seg.has(SYN)) remarkOpening(o);
  else remarkScaling(o);
  if (seg.options.sackBlocks > 0) remarkSack(o);
  if (seg.ecn === CONGESTION_EXPERIENCED) o.say(V.CongestionExperienced);
  if (!seg.has(SYN)) remarkEcn(o);
  if (seg.has(URG)) o.say(V.Urgent, o.sent(seqAdd(seg.seq, seg.urgentPointer)), seg.urgentPointer);
  if (o.acks && fwd.highestAck !== undefined && seqLt(seg.ack, fwd.highestAck)) o.say(V.OldAck, o.theirs(seg.ack), fwd.highestFrame, o.theirs(fwd.highestAck));
  if (!again && latest === 'ordinary') remarkOverlap(o);
  if (latest === 'ordinary') remarkWindow(o);
}

function remarkOpening(o: Occasion): void {
  const { seg } = o;
  if (seg.dataLength > 0) o.say(V.FastOpenText, seg.dataLength);
  if (seg.options.cookieLength === 0) o.say(V.FastOpenAsked);
  if (seg.options.cookieLength > 0) o.say(o.acks ? V.FastOpenGranted : V.FastOpenCookie, seg.options.cookieLength);
  if (o.acks && seg.has(ECE) && !seg.has(CWR)) o.say(V.EcnAgreed);
  else if (!o.acks && seg.has(ECE) && seg.has(CWR)) o.say(V.EcnOffered);
}

/** Windows of which nobody can know what they stand for; said once for each direction. */
function remarkScaling(o: Occasion): void {
  if (o.fwd.scalingDoubted || o.seg.has(RST) || o.fwd.lane.isSettled(o.back.lane)) return;
  o.fwd.scalingDoubted = true;
  o.say(V.ScalingUnknown, o.seg.wnd);
}

function remarkSack(o: Occasion): void {
  const { sackEdges, sackBlocks } = o.seg.options;
  const [left, right] = [sackEdges[0] as Seq, sackEdges[1] as Seq];
  const inSecond = sackBlocks > 1 && seqGeq(left, sackEdges[2] as Seq) && seqLeq(right, sackEdges[3] as Seq);
  const twice = seqLeq(right, o.seg.ack) || inSecond;
  o.say(twice ? V.DuplicateSack : V.Sack, o.theirs(left), o.theirs(right), sackBlocks);
}

function remarkEcn(o: Occasion): void {
  if (o.seg.has(ECE)) o.say(V.EcnEcho);
  if (o.seg.has(CWR)) o.say(V.WindowReduced);
}

/** Text of which a part had passed before. */
function remarkOverlap(o: Occasion): void {
  const { seg, fwd, back } = o;
  if (seg.dataLength === 0) return;
  const settled = back.highestAck !== undefined && seqLt(seg.seq, back.highestAck) ? back.highestAck : seg.seq;
  const fresh = fwd.passed.endOfRun(settled);
  if (fresh !== seg.seq && seqLt(fresh, seg.end)) o.say(V.PartlyNew, o.sent(seg.seq), o.sent(fresh), seqDiff(seg.end, fresh));
}

/** The right edge of what a side offers: it should not move back, and nobody should send beyond it. */
function remarkWindow(o: Occasion): void {
  const { seg, fwd, back } = o;
  if (back.edge !== undefined && seg.dataLength > 0 && seqGt(seg.end, back.edge)) o.say(V.BeyondWindow, o.sent(back.edge), seqDiff(seg.end, back.edge));
  const edge = edgeOf(o);
  if (edge === undefined || fwd.latestEdge === undefined || isOvertaken(o)) return;
  // A scaled window is rounded: what is lost that way is no shrinking.
  const shrunk = seqDiff(fwd.latestEdge, edge);
  if (shrunk >= fwd.lane.scaled(1, back.lane)) o.say(V.WindowShrunk, shrunk, o.theirs(edge));
}

/** Takes note of what is offered. */
export function noteWindow(o: Occasion): void {
  const { seg, fwd, back } = o;
  const edge = edgeOf(o);
  if (edge === undefined) return;
  // What is acknowledged has not passed here: the next segment tells whether that was an error.
  if (back.next !== undefined && seqGt(seg.ack, back.next)) {
    fwd.edge = undefined;
    fwd.latestEdge = undefined;
    return;
  }
  fwd.edge = fwd.edge === undefined ? edge : seqMax(fwd.edge, edge);
  if (!isOvertaken(o)) fwd.latestEdge = edge;
}

/** An old window is no news (RFC 9293 §3.10.7.4: SND.WL1, SND.WL2). */
const isOvertaken = ({ seg, fwd }: Occasion): boolean =>
  (fwd.next !== undefined && seqLt(seg.seq, fwd.next)) || (fwd.highestAck !== undefined && seqLt(seg.ack, fwd.highestAck));

/** After the last octet that a segment's sender offers to take; undefined where nobody can know. */
function edgeOf({ seg, acks, fwd, back }: Occasion): Seq | undefined {
  if (!acks || seg.has(RST) || !fwd.lane.isSettled(back.lane)) return undefined;
  return seqAdd(seg.ack, fwd.lane.window(seg, back.lane));
}
