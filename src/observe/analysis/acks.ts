/** What an acknowledgement and its window mean: duplicates (RFC 5681 §2), windows that close, open or are filled (RFC 9293 §3.8.6). */
import { type Seq, seqAdd, seqGeq, seqGt, seqLeq } from '../../util/seq.js';
import { SYN } from '../../wire/segment.js';
import { verdicts as V } from '../verdicts.js';
import type { Latest } from './flow.js';
import { msBetween, type Occasion } from './occasion.js';
import { judgeAnswer, repeatsNumbers } from './probing.js';
import { noteWindow } from './remarks.js';

export function judgeAck(o: Occasion, latest: Latest): void {
  const { seg, fwd, back } = o;
  if (seg.wnd === 0 && !o.opensOrEnds && (latest !== 'window-probe' || seg.seq !== fwd.next)) o.say(V.ZeroWindow, o.theirs(seg.ack));
  if (o.acks) judgeCoverage(o);
  if (judgeAnswer(o) || !repeatsNumbers(o) || seg.wnd === 0) return;
  if (seg.wnd === fwd.window) o.say(V.DuplicateAck, ++fwd.duplicates, fwd.ackFrame, o.theirs(seg.ack));
  else o.say(V.WindowUpdate, fwd.lane.scaled(fwd.window, back.lane), fwd.lane.scaled(seg.wnd, back.lane));
}

/** Does the capture have all that is acknowledged here for the first time? */
function judgeCoverage(o: Occasion): void {
  const { seg, fwd, back } = o;
  const known = fwd.highestAck ?? back.first;
  if (known === undefined || back.next === undefined || seqLeq(seg.ack, known)) return;
  if (back.passed.covers(known, seg.ack)) return;
  // The octet of a window probe has passed, too; whether it counted is known only now.
  if (seg.ack === back.probed && back.passed.covers(known, seqAdd(seg.ack, -1))) return;
  o.say(V.AckLostSegment, o.theirs(back.passed.endOfRun(known)), o.theirs(seg.ack));
}

/** Takes note of what an acknowledgement says. */
export function noteAck(o: Occasion): void {
  const { seg, fwd, at, number } = o;
  fwd.window = seg.wnd;
  noteWindow(o);
  if (seg.has(SYN)) fwd.takesSack = seg.options.sackPermitted;
  if (!o.acks) return;
  if (seg.ack !== fwd.ack) {
    fwd.duplicates = 0;
    fwd.ackFrame = number;
  }
  fwd.ack = seg.ack;
  fwd.ackAt = at;
  noteSack(o);
  if (fwd.highestAck !== undefined && !seqGt(seg.ack, fwd.highestAck) && !isTakenBack(o, fwd.highestAck)) return;
  fwd.highestAck = seg.ack;
  fwd.highestFrame = number;
  fwd.highestAt = at;
  settle(o, seg.ack);
}

/** A number beyond all that has passed, and now a lower one: that was damaged, or forged, and would make all that follows look old. */
const isTakenBack = ({ seg, back }: Occasion, highest: Seq): boolean => back.next !== undefined && seqGt(highest, back.next) && seqGt(highest, seg.ack);

function noteSack({ seg, fwd }: Occasion): void {
  if (fwd.sacked !== undefined && seqLeq(fwd.sacked, seg.ack)) fwd.sacked = undefined;
  const { sackEdges, sackBlocks } = seg.options;
  for (let i = 0; i < sackBlocks; i++) {
    const right = sackEdges[2 * i + 1] as Seq;
    if (seqGt(right, fwd.sacked ?? seg.ack)) fwd.sacked = right;
  }
}

/** What is acknowledged has been sent, whether it was captured or not. */
function settle({ back, at, number }: Occasion, ack: Seq): void {
  if (back.probed !== undefined && seqGeq(ack, back.probed)) {
    back.reach(back.probed, at, number);
    back.probed = undefined;
  }
  // An acknowledgement of what never passed here may yet be taken back.
  if (back.next === undefined || seqGt(ack, back.next)) return;
  const last = back.sendings.lastBefore(ack);
  if (last?.times === 1) back.roundTrip.measure(msBetween(last.at, at));
  back.passed.forgetBefore(ack);
  back.sendings.forgetBefore(ack);
}

/** Does the text reach exactly to the edge of what the other side offers? */
export function judgeFilling(o: Occasion): void {
  const { seg, fwd, back } = o;
  if (seg.dataLength === 0 || o.opensOrEnds || back.ack === undefined) return;
  const window = back.offered(fwd);
  if (window !== undefined && seg.end === seqAdd(back.ack, window)) o.say(V.WindowFull, o.sent(seg.end), window);
}
