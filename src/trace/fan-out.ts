/** One tracer that tells several, in the order given. */
import type { Micros } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import type { Direction, Tracer, Variables } from './tracer.js';

class FanOut implements Tracer {
  constructor(private readonly tracers: readonly Tracer[]) {}

  decision(conn: number, now: Micros, rule: number, a: number, b: number, c: number): void {
    for (let i = 0; i < this.tracers.length; i++) this.tracers[i]?.decision(conn, now, rule, a, b, c);
  }

  segment(conn: number, now: Micros, direction: Direction, packet: Packet, tcpStart: number, rule: number, a: number, b: number, c: number): void {
    for (let i = 0; i < this.tracers.length; i++) this.tracers[i]?.segment(conn, now, direction, packet, tcpStart, rule, a, b, c);
  }

  state(conn: number, now: Micros, from: string, to: string, rule: number): void {
    for (let i = 0; i < this.tracers.length; i++) this.tracers[i]?.state(conn, now, from, to, rule);
  }

  settled(conn: number, now: Micros, variables: Variables): void {
    for (let i = 0; i < this.tracers.length; i++) this.tracers[i]?.settled(conn, now, variables);
  }
}

/** A tracer that passes each event on to all of these; the tracer itself when there is only one. */
export function fanOut(...tracers: Tracer[]): Tracer {
  const [only] = tracers;
  return only !== undefined && tracers.length === 1 ? only : new FanOut(tracers);
}
