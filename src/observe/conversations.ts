/**
 * Tells conversations apart by addresses and ports, and a new conversation on old ports by its initial number. Remembers
 * a limited number of them: beyond that, those longest silent are forgotten.
 */
import type { Address } from '../util/address.js';
import { ACK, type Segment, SYN } from '../wire/segment.js';
import { Allowance } from './analysis/sendings.js';
import { Conversation, End } from './conversation.js';
import type { Side } from './sighting.js';

/** One in so many is forgotten when there are too many. */
const FORGOTTEN_TOGETHER = 16;

export class Conversations {
  /** By both ends; in the order in which they were last heard. */
  private readonly known = new Map<string, Conversation>();
  private readonly allowance = new Allowance();
  private latest: Conversation | undefined;
  private begun = 0;

  constructor(private readonly most: number) {}

  /** The conversation that a segment belongs to. `reuses`: the stream that had its ports before, -1 = none. */
  of(seg: Segment): { readonly conversation: Conversation; readonly from: Side; readonly reuses: number } {
    const known = this.find(seg);
    const from = known?.sideOf(seg);
    if (known !== undefined && from !== undefined) {
      const reuses = known.differs(seg, from) ? known.stream : -1;
      // A SYN,ACK without its SYN: too little to begin a conversation with.
      if (reuses < 0 || seg.has(ACK)) return { conversation: known, from, reuses };
    }
    const conversation = this.begin(seg, known);
    return { conversation, from: conversation.sideOf(seg) ?? 'left', reuses: known?.stream ?? -1 };
  }

  private find(seg: Segment): Conversation | undefined {
    const { latest } = this;
    if (latest?.sideOf(seg) !== undefined) return latest;
    const key = keyOf(seg);
    const found = this.known.get(key);
    if (found === undefined) return undefined;
    this.known.delete(key);
    this.known.set(key, found);
    this.latest = found;
    return found;
  }

  private begin(seg: Segment, before: Conversation | undefined): Conversation {
    before?.forget();
    const from = new End(seg.src, seg.srcPort);
    const to = new End(seg.dst, seg.dstPort);
    const answers = seg.has(SYN) && seg.has(ACK);
    const made = new Conversation(this.begun++, answers ? to : from, answers ? from : to, this.allowance, before);
    const key = keyOf(seg);
    this.known.delete(key);
    this.known.set(key, made);
    this.latest = made;
    if (this.known.size > this.most) this.forgetSilent();
    return made;
  }

  /** Some at a time: to find the first of a Map costs time for all that were deleted before it. */
  private forgetSilent(): void {
    let left = Math.ceil(this.most / FORGOTTEN_TOGETHER);
    for (const [key, silent] of this.known) {
      silent.forget();
      this.known.delete(key);
      if (--left === 0) return;
    }
  }
}

/** The same for both directions. */
function keyOf({ src, dst, srcPort, dstPort }: Segment): string {
  const a = endKey(src, srcPort);
  const b = endKey(dst, dstPort);
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

const endKey = (address: Address, port: number): string =>
  address.isV4 ? `${address.w3}:${port}` : `${address.w0}:${address.w1}:${address.w2}:${address.w3}:${port}`;
