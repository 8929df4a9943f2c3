/**
 * The flight recorder: the last N events in arrays made once, so that it can always be on; an event allocates nothing.
 * Sentences are made when somebody asks what led here (a failed test, an InvariantError).
 */
import type { Micros } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import { formatCitation } from './explain.js';
import { ruleOf } from './rules.js';
import type { Direction, Tracer } from './tracer.js';

const DECISION = 0;
const IN = 1;
const OUT = 2;
const STATE = 3;
/** at, a, b, c */
const NUMBERS = 4;

export class RingSink implements Tracer {
  private readonly kinds: Uint8Array;
  private readonly conns: Float64Array;
  private readonly rules: Int32Array;
  private readonly numbers: Float64Array;
  /** Index into `states`, for from and to. */
  private readonly moves: Uint8Array;
  /** State names in the order first met: there are eleven. */
  private readonly states: string[] = [];
  private written = 0;

  /** @param capacity events kept, at least 1. */
  constructor(private readonly capacity = 256) {
    this.kinds = new Uint8Array(capacity);
    this.conns = new Float64Array(capacity);
    this.rules = new Int32Array(capacity);
    this.numbers = new Float64Array(capacity * NUMBERS);
    this.moves = new Uint8Array(capacity * 2);
  }

  decision(conn: number, now: Micros, rule: number, a: number, b: number, c: number): void {
    this.write(DECISION, conn, now, rule, a, b, c);
  }

  segment(conn: number, now: Micros, direction: Direction, packet: Packet, _tcpStart: number, rule: number, a: number, b: number, c: number): void {
    if (direction === 'in') this.write(IN, conn, now, 0, packet.length, 0, 0);
    else this.write(OUT, conn, now, rule, a, b, c);
  }

  state(conn: number, now: Micros, from: string, to: string, rule: number): void {
    const slot = this.written % this.capacity;
    this.moves[2 * slot] = this.stateIndex(from);
    this.moves[2 * slot + 1] = this.stateIndex(to);
    this.write(STATE, conn, now, rule, 0, 0, 0);
  }

  settled(): void {
    // The decisions are what a post-mortem wants.
  }

  /** The last n events (fewer when fewer are kept), oldest first, one line each. */
  last(n: number): string[] {
    const count = Math.min(Math.max(0, Math.floor(n)), this.written, this.capacity);
    const lines: string[] = [];
    for (let i = this.written - count; i < this.written; i++) lines.push(this.line(i % this.capacity));
    return lines;
  }

  private write(kind: number, conn: number, now: Micros, rule: number, a: number, b: number, c: number): void {
    const slot = this.written % this.capacity;
    this.kinds[slot] = kind;
    this.conns[slot] = conn;
    this.rules[slot] = rule;
    const at = slot * NUMBERS;
    this.numbers[at] = now;
    this.numbers[at + 1] = a;
    this.numbers[at + 2] = b;
    this.numbers[at + 3] = c;
    this.written++;
  }

  private stateIndex(name: string): number {
    const known = this.states.indexOf(name);
    return known >= 0 ? known : this.states.push(name) - 1;
  }

  private line(slot: number): string {
    const [now = 0, a = 0, b = 0, c = 0] = this.numbers.subarray(slot * NUMBERS, (slot + 1) * NUMBERS);
    const head = `${(now / 1e6).toFixed(6)} #${this.conns[slot]}`;
    const rule = ruleOf(this.rules[slot]);
    const why = rule === undefined ? '' : `${rule.say(a, b, c)} ${formatCitation(rule)}`;
    switch (this.kinds[slot]) {
      case IN:
        return `${head} in: a packet of ${a} octets`;
      case OUT:
        return `${head} out: ${why}`;
      case STATE: {
        const move = `${this.states[this.moves[2 * slot]]} → ${this.states[this.moves[2 * slot + 1]]}`;
        return rule === undefined ? `${head} ${move}` : `${head} ${move} (${rule.name})`;
      }
      default:
        return `${head} ${why}`;
    }
  }
}
