/** Writes down what the engine tells its watcher: rules by name, edges between states, segments sent as bytes. */
import { ruleOf } from '../../src/trace/rules.js';
import type { Direction, Tracer } from '../../src/trace/tracer.js';
import type { Micros } from '../../src/util/units.js';
import type { Packet } from '../../src/wire/packet.js';

export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly rule: number;
}

export class Recorder implements Tracer {
  /** Names of the rules of decisions and of segments sent, in order. */
  readonly rules: string[] = [];
  /** The same with their numbers, for tests of what is told. */
  readonly told: { readonly name: string; readonly numbers: readonly number[] }[] = [];
  readonly edges: Edge[] = [];
  readonly sent: { readonly at: Micros; readonly conn: number; readonly bytes: Uint8Array }[] = [];

  decision(_conn: number, _now: Micros, rule: number, a: number, b: number, c: number): void {
    this.note(rule, a, b, c);
  }

  segment(conn: number, now: Micros, direction: Direction, packet: Packet, _tcpStart: number, rule: number, a: number, b: number, c: number): void {
    if (direction === 'in') return;
    this.sent.push({ at: now, conn, bytes: packet.toBytes() });
    this.note(rule, a, b, c);
  }

  state(_conn: number, _now: Micros, from: string, to: string, rule: number): void {
    this.edges.push({ from, to, rule });
  }

  settled(): void {
    // Variables are looked at in the connection itself.
  }

  /** Forgets everything so far; tests ask about what comes after their preparations. */
  clear(): void {
    this.rules.length = 0;
    this.told.length = 0;
    this.edges.length = 0;
    this.sent.length = 0;
  }

  private note(rule: number, a: number, b: number, c: number): void {
    const name = ruleOf(rule)?.name ?? `no rule has number ${rule}`;
    this.rules.push(name);
    this.told.push({ name, numbers: [a, b, c] });
  }
}
