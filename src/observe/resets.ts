/**
 * The reasons of resets: why a RST was most likely sent, whether its receiver may heed it (RFC 9293 §3.5.3, RFC 5961 §3.2),
 * and whether it comes from whom it says. One instance per conversation; shown every segment, it speaks at RSTs.
 */
import { Explanation } from '../trace/moment.js';
import { seqDiff, seqIn, seqAdd } from '../util/seq.js';
import { RST } from '../wire/segment.js';
import type { Passing } from './passing.js';
import { resetCauses as C, resetFates as F } from './reset-verdicts.js';
import { type Case, causeOf, isOpen } from './resets/causes.js';
import { Speaker } from './resets/speaker.js';
import { otherSide, type Side, type StateStep } from './sighting.js';

/** Paths change by a hop or two within a connection; more is another host. */
const HOPS_APART = 4;

export class ResetReasons {
  private readonly speakers: Record<Side, Speaker>;

  /** @param before of an earlier conversation on the same ports; @param swapped left was the right one there */
  constructor(before?: ResetReasons, swapped = false) {
    const { left, right } = before?.speakers ?? { left: new Speaker(), right: new Speaker() };
    this.speakers = swapped ? { left: right, right: left } : { left, right };
  }

  /** @returns for a RST, what is to be said of it, its cause first; nothing for other segments */
  pass(passing: Passing, states: { readonly left: StateStep; readonly right: StateStep }): Explanation[] {
    const { from, segment, view, at } = passing;
    const to = otherSide(from);
    const { [from]: sender, [to]: receiver } = this.speakers;
    const told: Explanation[] = [];
    if (segment.has(RST)) {
      const c: Case = { segment, view, at, sender, receiver, own: states[from], peer: states[to] };
      const cause = causeOf(c);
      told.push(cause);
      const fate = fateOf(c);
      if (fate !== undefined) told.push(fate);
      sender.doubted = fate?.rule === F.Challenged;
      // A scanner makes its SYNs itself, with any TTL; the RST is the host's.
      const stranger = cause.rule === C.SynScan ? undefined : otherHops(c);
      if (stranger !== undefined) told.push(stranger);
    }
    sender.note(passing, receiver);
    return told;
  }
}

/** Why it does not count; undefined = it does, or nothing is known of its receiver. */
function fateOf({ segment, view, receiver, peer }: Case): Explanation | undefined {
  if (peer.before !== peer.after) return undefined;
  if (peer.before === 'SYN-SENT') return new Explanation(F.BesideSyn, 0, 0, 0);
  const { acked, window } = receiver;
  if (!isOpen(peer.before) || acked === undefined) return undefined;
  // An empty window still takes what stands at its beginning.
  const inside = seqIn(segment.seq, acked, seqAdd(acked, Math.max(window, 1)));
  const next = receiver.ackedShown;
  return new Explanation(inside ? F.Challenged : F.Outside, inside ? next + seqDiff(segment.seq, acked) : view.seq, next, 0);
}

function otherHops({ segment, sender }: Case): Explanation | undefined {
  const { ttl } = sender;
  return ttl !== undefined && Math.abs(ttl - segment.ttl) >= HOPS_APART ? new Explanation(F.OtherHops, segment.ttl, ttl, 0) : undefined;
}
