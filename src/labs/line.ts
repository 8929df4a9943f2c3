/**
 * The line between the two hosts of a lab: carries packets in explicit time, with a delay each way and with accidents by script.
 * What becomes of each packet is told, those included that never arrive.
 */
import { IpHeader, PROTO_TCP, readIp } from '../wire/ip.js';
import { Packet } from '../wire/packet.js';
import { Segment } from '../wire/segment.js';
import { readTcp } from '../wire/tcp.js';
import type { Duration, Micros } from '../util/units.js';
import { type Role, otherRole } from './ends/end.js';

/** `hold`: kept until release(); `corrupt`: the given change is made to the octets of the packet. */
export type Action = 'drop' | 'duplicate' | 'hold' | { readonly delay: Duration } | { readonly corrupt: (octets: Uint8Array, tcpStart: number) => void };

/** Strikes the nth segment that matches, and the `times - 1` after it. */
export interface Accident {
  readonly from: Role;
  /** The segment is lent. */
  readonly match: (segment: Segment) => boolean;
  /** From 1. Default 1. */
  readonly nth?: number;
  /** Default 1; Infinity = all from the nth on. */
  readonly times?: number;
  readonly action: Action;
  /** For people: words, or the key of a sentence in `says` of the lab's texts. */
  readonly label: string;
}

export type LineFate = 'lost' | 'duplicated' | 'corrupted' | 'delayed' | 'held' | 'injected';

/** Told when a packet enters the line, before it arrives anywhere. */
export interface Sent {
  /** Counts what has entered the line, from 0. */
  readonly serial: number;
  readonly from: Role;
  readonly at: Micros;
  readonly octets: Uint8Array;
  readonly fate: LineFate | undefined;
  readonly label: string;
}

export interface Arrival {
  /** Of what entered the line. */
  readonly serial: number;
  readonly to: Role;
  readonly octets: Uint8Array;
}

interface Travelling extends Arrival {
  readonly due: Micros;
}

interface Watch {
  readonly accident: Accident;
  seen: number;
}

export class Line {
  private readonly header = new IpHeader();
  private readonly segment = new Segment();
  private watches: Watch[] = [];
  /** In the order of their arrival. */
  private readonly travelling: Travelling[] = [];
  private readonly heldBack: Arrival[] = [];
  private entered = 0;

  /** @param delay each way, µs */
  constructor(private readonly delay: Readonly<Record<Role, Duration>>, private readonly tell: (sent: Sent) => void) {}

  add(accident: Accident): void {
    this.watches.push({ accident, seen: 0 });
  }

  /** From now on nothing more happens by script. */
  clear(): void {
    this.watches = [];
  }

  /** A host sends. */
  send(from: Role, octets: Uint8Array, now: Micros): void {
    const struck = this.strike(from, octets);
    const serial = this.entered++;
    const arrival = { serial, to: otherRole(from), octets };
    const due = now + this.delay[from];
    if (struck === undefined) {
      this.tell({ serial, from, at: now, octets, fate: undefined, label: '' });
      return this.put(arrival, due);
    }
    const { action, label } = struck;
    const told = (fate: LineFate): void => this.tell({ serial, from, at: now, octets, fate, label });
    if (action === 'drop') return told('lost');
    if (action === 'hold') {
      told('held');
      this.heldBack.push(arrival);
    } else if (action === 'duplicate') {
      told('duplicated');
      this.put(arrival, due);
      this.put(arrival, due);
    } else if ('delay' in action) {
      told('delayed');
      this.put(arrival, due + action.delay);
    } else {
      told('corrupted');
      const damaged = octets.slice();
      action.corrupt(damaged, this.header.payloadStart);
      this.put({ ...arrival, octets: damaged }, due);
    }
  }

  /** A packet appears on the line as if the other host had sent it: an old one, or a forged one. */
  inject(to: Role, octets: Uint8Array, at: Micros): void {
    const serial = this.entered++;
    this.tell({ serial, from: otherRole(to), at, octets, fate: 'injected', label: '' });
    this.put({ serial, to, octets }, at);
  }

  /** What was held back goes on now. */
  release(now: Micros): void {
    for (const arrival of this.heldBack.splice(0)) this.put(arrival, now + this.delay[otherRole(arrival.to)]);
  }

  /** Packets held back at the moment. */
  get held(): number {
    return this.heldBack.length;
  }

  get nextArrival(): Micros {
    return this.travelling[0]?.due ?? Infinity;
  }

  /** The next packet whose time has come. */
  take(now: Micros): Arrival | undefined {
    return this.nextArrival <= now ? this.travelling.shift() : undefined;
  }

  private put(arrival: Arrival, due: Micros): void {
    const at = this.travelling.findIndex((other) => other.due > due);
    this.travelling.splice(at < 0 ? this.travelling.length : at, 0, { ...arrival, due });
  }

  private strike(from: Role, octets: Uint8Array): Accident | undefined {
    if (this.watches.length === 0 || !this.read(octets)) return undefined;
    let struck: Accident | undefined;
    for (const watch of this.watches) {
      const { accident } = watch;
      if (accident.from !== from || !accident.match(this.segment)) continue;
      watch.seen++;
      const first = accident.nth ?? 1;
      if (watch.seen >= first && watch.seen < first + (accident.times ?? 1)) struck ??= accident;
    }
    return struck;
  }

  private read(octets: Uint8Array): boolean {
    const packet = Packet.of(octets);
    return readIp(packet, this.header) === 0 && this.header.protocol === PROTO_TCP && readTcp(packet, this.header, this.segment, false) === 0;
  }
}
