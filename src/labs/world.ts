/** What a lab is played in: two hosts, the line between them, and time. It moves packets and moves time, in one place. */
import type { Duration, Micros } from '../util/units.js';
import { type End, type EndState, ROLES, type Role } from './ends/end.js';
import { type Arrival, Line, type Sent } from './line.js';
import type { Time } from './time.js';

export interface WorldParts {
  readonly ends: Readonly<Record<Role, End>>;
  readonly time: Time;
  /** One way, µs. */
  readonly delay: Readonly<Record<Role, Duration>>;
}

/** A packet that is about to enter the line. */
export interface Outgoing {
  readonly from: Role;
  readonly at: Micros;
  readonly octets: Uint8Array;
  /** No host sends it: it comes from the script of the lab. */
  readonly injected: boolean;
}

/** Who is told of what happens. */
export interface Observer {
  /** Before a host's packet enters the line, or an injected one arrives: may take as long as it likes, as pace() may. */
  about?(packet: Outgoing): Promise<void>;
  sent(sent: Sent): void;
  /** What has arrived at a host, before the host does anything about it. */
  arrived(arrival: Arrival, at: Micros): void;
  /** What a host's sockets are, looked at after it has sent or been sent something. */
  states(role: Role, states: readonly EndState[], at: Micros): void;
  /** After each turn: may take as long as it likes (a person reads). Virtual time stands still meanwhile. */
  pace(): Promise<void>;
}

/** Rounds of packets to and fro at one instant; more would be two hosts that never fall silent. */
const MOST_ROUNDS = 200_000;

export class World {
  readonly line: Line;
  readonly ends: Readonly<Record<Role, End>>;
  private readonly time: Time;
  /** Injected, and not yet announced. */
  private readonly sudden: Sent[] = [];

  constructor({ ends, time, delay }: WorldParts, private readonly observer: Observer) {
    this.ends = ends;
    this.time = time;
    this.line = new Line(delay, (sent) => {
      if (sent.fate === 'injected') this.sudden.push(sent);
      observer.sent(sent);
    });
  }

  now(): Micros {
    return this.time.now();
  }

  /** Lets time pass until the condition holds, for so long at most. @returns does it hold */
  async until(condition: () => boolean, limit: Duration): Promise<boolean> {
    const end = this.now() + limit;
    for (;;) {
      await this.turn();
      await this.observer.pace();
      if (condition()) return true;
      if (this.now() >= end) return false;
      await this.collectAll(); // what the condition made the hosts send: a read that opens a window, say
      await this.time.waitUntil(Math.min(end, this.nextEvent()));
    }
  }

  /** Looks at a host's sockets now. */
  look(role: Role): readonly EndState[] {
    const states = this.ends[role].states();
    this.observer.states(role, states, this.now());
    return states;
  }

  close(): void {
    for (const role of ROLES) this.ends[role].close();
  }

  private nextEvent(): Micros {
    return Math.min(this.line.nextArrival, this.ends.client.nextDeadline(), this.ends.server.nextDeadline());
  }

  /** Everything that is due now. */
  private async turn(): Promise<void> {
    for (const { from, at, octets } of this.sudden.splice(0)) await this.observer.about?.({ from, at, octets, injected: true });
    const now = this.now();
    for (const role of ROLES) this.ends[role].advanceTo(now);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const moved = await this.collectAll();
      if (!this.deliver() && !moved) return;
    }
  }

  private async collectAll(): Promise<boolean> {
    let moved = false;
    for (const role of ROLES) moved = (await this.collect(role)) || moved;
    return moved;
  }

  private async collect(role: Role): Promise<boolean> {
    let moved = false;
    for (let packet = this.ends[role].takePacket(); packet !== undefined; packet = this.ends[role].takePacket()) {
      const { octets, at } = packet;
      // Its states before the answer moves it on.
      if (!moved) this.look(role);
      await this.observer.about?.({ from: role, at, octets, injected: false });
      this.line.send(role, octets, at);
      moved = true;
    }
    return moved;
  }

  /** One packet: what it makes its receiver send comes before the next one. */
  private deliver(): boolean {
    const arrival = this.line.take(this.now());
    if (arrival === undefined) return false;
    const end = this.ends[arrival.to];
    end.advanceTo(this.now());
    this.observer.arrived(arrival, this.now());
    end.packetIn(arrival.octets);
    this.look(arrival.to);
    return true;
  }
}
