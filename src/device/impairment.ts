/**
 * What a bad network does to packets, by chance (seeded) or by script ("drop the 2nd SYN,ACK"): the wishes that a Netem
 * carries out, and predicates to write scripts with.
 */
import type { Duration } from '../util/units.js';
import { ACK, FIN, RST, SYN, type Segment } from '../wire/segment.js';

/** `in` = towards our stack, `out` = from our stack. */
export type Direction = 'in' | 'out';

/** For one direction. Everything left out is zero: no harm done. */
export interface Impairment {
  /** One-way delay, µs. */
  readonly delay?: Duration;
  /** ± µs, uniform. Keeps the order of packets: reordering is a wish of its own. */
  readonly jitter?: Duration;
  /** Probability 0 … 1 that a packet is lost, each for itself. */
  readonly loss?: number;
  /**
   * Losses in bursts (Gilbert-Elliott): before each packet a good line turns bad with probability p and a bad one good
   * with probability r (so a bad spell lasts 1/r packets on average); while bad, a packet is lost with lossInBad (1).
   */
  readonly burst?: { readonly p: number; readonly r: number; readonly lossInBad?: number };
  /** Probability that a packet arrives twice. */
  readonly duplicate?: number;
  /** Probability that a packet is held back so that later ones overtake it. */
  readonly reorder?: number;
  /** Extra delay of such a packet, µs. Default 5 ms. */
  readonly reorderBy?: Duration;
  /** It is let go sooner, once so many later packets have overtaken it. Default: only time counts. */
  readonly reorderPackets?: number;
  /** Probability that one random bit of the packet is flipped. */
  readonly corrupt?: number;
  /** Of the link, bit/s. Default: no limit. */
  readonly rate?: number;
  /** Packets held at most, those on their way included (as in Linux's netem). From 1; default 1000. */
  readonly limit?: number;
}

export type GremlinAction = 'drop' | 'duplicate' | 'corrupt' | { readonly delay: Duration };

/** A scripted accident. Counts the TCP segments that match, and strikes the nth and the `times - 1` after it. */
export interface Gremlin {
  /** The segment is lent. Corrupted and unreadable packets are not shown. */
  readonly match: (segment: Segment, direction: Direction) => boolean;
  /** The first match struck, from 1. Default 1. */
  readonly nth?: number;
  /** How many matches are struck; Infinity = all from the nth on. Default 1. */
  readonly times?: number;
  readonly action: GremlinAction;
  /** For people: "the 2nd SYN,ACK is lost". */
  readonly label: string;
}

/** What became of a packet. 'delayed' is told for scripted delays only: the line's own delay is everybody's. */
export type Fate = 'lost' | 'duplicated' | 'corrupted' | 'delayed' | 'reordered' | 'queue-full';

export const isSyn = (s: Segment): boolean => (s.flags & (SYN | ACK | RST)) === SYN;
export const isSynAck = (s: Segment): boolean => (s.flags & (SYN | ACK | RST)) === (SYN | ACK);
export const isFin = (s: Segment): boolean => (s.flags & FIN) !== 0;
export const isRst = (s: Segment): boolean => (s.flags & RST) !== 0;
/** Carries text. */
export const isData = (s: Segment): boolean => s.dataEnd > s.dataStart;
/** An ACK and nothing else: it takes no sequence number. */
export const isPureAck = (s: Segment): boolean => (s.flags & (SYN | ACK | RST | FIN)) === ACK && s.dataEnd === s.dataStart;

/** Narrows a predicate to one direction: `going('out', isData)`. */
export const going = (direction: Direction, match: Gremlin['match']): Gremlin['match'] =>
  (segment, towards) => towards === direction && match(segment, towards);
