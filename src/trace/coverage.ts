/** Counts how often each rule fired, so that the tests can name the ones that never did. */
import type { Micros } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import { allRules, ruleOf, type Rule } from './rules.js';
import type { Direction, Tracer } from './tracer.js';

export class RuleCoverage implements Tracer {
  private readonly counts = new Map<number, number>();

  decision(_conn: number, _now: Micros, rule: number): void {
    this.count(rule);
  }

  segment(_conn: number, _now: Micros, _direction: Direction, _packet: Packet, _tcpStart: number, rule: number): void {
    this.count(rule);
  }

  state(_conn: number, _now: Micros, _from: string, _to: string, rule: number): void {
    this.count(rule);
  }

  settled(): void {
    // Variables name no rule.
  }

  /** How often the rule with this id fired. */
  fired(rule: number): number {
    return this.counts.get(rule) ?? 0;
  }

  /** Rules of the book that never fired, in the order of the book. */
  missing(): Rule[] {
    return allRules().filter((r) => !this.counts.has(r.id));
  }

  /** Counts by rule name: ids differ from process to process, names do not, so these can be added up. */
  byName(): Record<string, number> {
    const named: Record<string, number> = {};
    for (const [id, n] of this.counts) {
      const rule = ruleOf(id);
      if (rule !== undefined) named[rule.name] = n;
    }
    return named;
  }

  private count(rule: number): void {
    if (rule !== 0) this.counts.set(rule, (this.counts.get(rule) ?? 0) + 1);
  }
}
