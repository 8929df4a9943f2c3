/**
 * What people are told: a Moment is one thing that happened to one connection (a segment in, a segment out, a timer, a
 * call) with the decisions it led to and what it changed. Made by story.ts; read by the ladder, the capture, the JSON.
 */
import type { Micros } from '../util/units.js';
import type { Rule } from './rules.js';
import type { Direction } from './tracer.js';

/** A rule applied to the numbers of one occasion. */
export class Explanation {
  readonly numbers: readonly [number, number, number];

  constructor(
    readonly rule: Rule,
    a: number,
    b: number,
    c: number,
  ) {
    this.numbers = [a, b, c];
  }

  /** For a rule whose numbers nobody gave: a state change names only the rule. A sentence without numbers needs none. */
  static unnumbered(rule: Rule): Explanation {
    return rule.say.length === 0 ? new Explanation(rule, 0, 0, 0) : new Explanation(rule, NaN, NaN, NaN);
  }

  /** The sentence. Composed when it is read, because most are folded away unread. Without numbers, the rule's name. */
  get text(): string {
    const [a, b, c] = this.numbers;
    return Number.isNaN(a) ? this.rule.name.replaceAll('-', ' ') : this.rule.say(a, b, c);
  }

  /** Says the same thing: the same rule with the same numbers. */
  equals(other: Explanation): boolean {
    return this.rule === other.rule && this.numbers.every((n, i) => Object.is(n, other.numbers[i]));
  }
}

export interface StateChange {
  readonly from: string;
  readonly to: string;
  readonly because: Explanation | undefined;
}

/** One variable before and after. Sequence numbers count from the side's first one, as Wireshark shows them. */
export interface VariableChange {
  /** snd.una, snd.nxt, snd.wnd, rcv.nxt, rcv.wnd, cwnd, ssthresh, pipe (octets), srtt, rto (µs; srtt -1 = not measured). */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface Moment {
  /** Counts moments from 1, in the order they were finished. */
  readonly serial: number;
  /** When the segment passed, or when the first decision was taken. */
  readonly at: Micros;
  /** 0 = the stack itself: no connection is concerned. */
  readonly conn: number;
  /** `event`: no packet: a timer, a call, a decision not to send. */
  readonly kind: 'segment' | 'event';
  readonly direction?: Direction;
  /** A copy of the whole IP packet. */
  readonly bytes?: Uint8Array;
  /** Why the segment was sent. */
  readonly reason?: Explanation;
  readonly decisions: readonly Explanation[];
  readonly states: readonly StateChange[];
  /** The connection's state before and after; empty when there is no connection. */
  readonly before: string;
  readonly after: string;
  readonly changes: readonly VariableChange[];
}

/** Whoever is told moments, and what the link did to packets. */
export interface Audience {
  moment(moment: Moment): void;
  fate(fate: LinkFate): void;
  /** Tells what is still held back. */
  flush(): void;
}

/** What an impaired link did to a packet; told by the link, because the stack cannot know. */
export interface LinkFate {
  readonly at: Micros;
  /** As our side sees it: `out` = we sent it. */
  readonly direction: Direction;
  /** The whole IP packet as it was sent, before any damage. */
  readonly bytes: Uint8Array;
  readonly what: 'lost' | 'duplicated' | 'corrupted' | 'delayed' | 'reordered' | 'injected';
  /** Which impairment it was, for people: "the 2nd SYN,ACK, by script". May be empty. */
  readonly label: string;
}
