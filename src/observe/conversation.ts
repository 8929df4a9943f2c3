/** What is remembered of one conversation: its number, its two ends, and what each part of the observer makes of it. */
import type { Address } from '../util/address.js';
import type { Micros } from '../util/units.js';
import { ACK, type Segment, SYN } from '../wire/segment.js';
import { Analysis, type Judgement } from './analysis/analysis.js';
import { Flow } from './analysis/flow.js';
import type { Allowance } from './analysis/sendings.js';
import { viewOf } from './relative.js';
import { endpoint, type TcpView } from './segment-view.js';
import type { Side } from './sighting.js';

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

import { StateInference } from './states.js';
import { ResetReasons } from './resets.js';
export class Conversation {
  readonly states = new StateInference();
  readonly resets = new ResetReasons();
  readonly left: string;
  readonly right: string;
  private readonly fromLeft: Flow;
  private readonly fromRight: Flow;
  private readonly analysis: Analysis;

  /** @param stream its number; @param leftEnd whoever opened it, as far as that is known */
  constructor(readonly stream: number, private readonly leftEnd: End, private readonly rightEnd: End, allowance: Allowance) {
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

  /** A SYN with another initial number than this side's begins another conversation (RFC 9293 §3.4). */
  isOver(seg: Segment, from: Side): boolean {
    const [{ lane }] = this.flows(from);
    return seg.has(SYN) && !seg.has(ACK) && lane.base !== undefined && lane.base !== seg.seq;
  }

  /** The segment with relative numbers. Must see each segment once, before `judge` does. */
  view(seg: Segment, from: Side): TcpView {
    const [fwd, back] = this.flows(from);
    return from === 'left' ? viewOf(seg, this.left, this.right, fwd.lane, back.lane) : viewOf(seg, this.right, this.left, fwd.lane, back.lane);
  }

  judge(number: number, at: Micros, seg: Segment, from: Side): Judgement {
    const [fwd, back] = this.flows(from);
    return this.analysis.pass(number, at, seg, fwd, back);
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
