/** What is remembered of one conversation: its number, its two ends, and what each part of the observer makes of it. */
import type { Address } from '../util/address.js';
import type { Micros } from '../util/units.js';
import { type Segment, SYN } from '../wire/segment.js';
import { Analysis } from './analysis/analysis.js';
import type { Condition } from './analysis/condition.js';
import { Flow } from './analysis/flow.js';
import type { Allowance } from './analysis/sendings.js';
import type { Passing } from './passing.js';
import { viewOf } from './relative.js';
import { ResetReasons } from './resets.js';
import { endpoint } from './segment-view.js';
import type { Side, Sighting } from './sighting.js';
import { StateInference } from './states.js';

/** An address and a port, to keep. */
export class End {
  readonly address: Address;
  readonly name: string;

  constructor(address: Address, readonly port: number) {
    this.address = address.copy();
    this.name = endpoint(address, port);
  }

  is(address: Address, port: number): boolean {
    return this.port === port && this.address.equals(address);
  }
}

/** What is said of one segment. */
export type Said = Pick<Sighting, 'view' | 'verdicts' | 'states'>;

export class Conversation {
  readonly left: string;
  readonly right: string;
  private readonly fromLeft: Flow;
  private readonly fromRight: Flow;
  private readonly analysis: Analysis;
  private readonly states: StateInference;
  private readonly resets: ResetReasons;

  /**
   * @param stream its number; @param leftEnd whoever opened it, as far as that is known
   * @param before the conversation that its ends had on the same ports: one of them may not have noticed its end
   */
  constructor(readonly stream: number, private readonly leftEnd: End, private readonly rightEnd: End, allowance: Allowance, before?: Conversation) {
    const swapped = before !== undefined && before.left !== leftEnd.name;
    this.states = new StateInference(before?.states, swapped);
    this.resets = new ResetReasons(before?.resets, swapped);
    this.left = leftEnd.name;
    this.right = rightEnd.name;
    this.fromLeft = new Flow(allowance);
    this.fromRight = new Flow(allowance);
    this.analysis = new Analysis(this.fromLeft, this.fromRight);
  }

  /** Who sent this segment; undefined when it is not of this conversation. */
  sideOf({ src, srcPort, dst, dstPort }: Segment): Side | undefined {
    if (this.leftEnd.is(src, srcPort)) return this.rightEnd.is(dst, dstPort) ? 'left' : undefined;
    return this.rightEnd.is(src, srcPort) && this.leftEnd.is(dst, dstPort) ? 'right' : undefined;
  }

  /** A SYN with another initial number than this side's is of another conversation (RFC 9293 §3.4). */
  differs(seg: Segment, from: Side): boolean {
    const [{ lane }] = this.flows(from);
    return seg.has(SYN) && lane.base !== undefined && lane.base !== seg.seq;
  }

  /** Takes note of a segment and says what it is. */
  pass(number: number, at: Micros, segment: Segment, condition: Condition, from: Side): Said {
    const [fwd, back] = this.flows(from);
    const [sender, receiver] = from === 'left' ? [this.left, this.right] : [this.right, this.left];
    fwd.lane.count(segment, back.lane);
    const { said, again, acksNew } = this.analysis.pass(number, at, segment, condition, fwd, back);
    const view = viewOf(segment, sender, receiver, fwd.lane, back.lane, again);
    const passing: Passing = { number, at, from, segment, view, again, acksNew };
    const states = this.states.pass(passing);
    return { view, states, verdicts: [...said, ...this.resets.pass(passing, states)] };
  }

  /** Gives back what it holds of what all share. */
  forget(): void {
    this.fromLeft.sendings.forgetAll();
    this.fromRight.sendings.forgetAll();
  }

  private flows(from: Side): [fwd: Flow, back: Flow] {
    return from === 'left' ? [this.fromLeft, this.fromRight] : [this.fromRight, this.fromLeft];
  }
}
