/** Remembers all that happened, so that it can be checked against what the RFC says, and wakes whoever waits for something. */
import type { Audience, LinkFate, Moment } from '../../trace/moment.js';
import type { Direction } from '../../trace/tracer.js';
import type { TcpState } from '../../tcp/state.js';
import type { Micros } from '../../util/units.js';
import { SegmentReader, type TcpView } from '../../observe/segment-view.js';

/** One thing that happened: a moment of our stack's, or a fate on the link, with its segment read. */
export interface Sight {
  readonly at: Micros;
  readonly conn: number;
  readonly direction: Direction | undefined;
  /** "SYN,ACK"; empty without a TCP segment. */
  readonly flags: string;
  readonly view: TcpView | undefined;
  /** Names of the rules involved, the reason for sending first. */
  readonly rules: readonly string[];
  readonly states: readonly { readonly from: string; readonly to: string }[];
  /** Our state when it was over. */
  readonly after: string;
  /** Only on a sight of the link itself. */
  readonly fate: LinkFate | undefined;
}

export type Test = (sight: Sight) => boolean;

export const going = (direction: Direction, flags: string): Test => (s) => s.fate === undefined && s.direction === direction && s.flags === flags;
export const withRule = (name: string): Test => (s) => s.rules.includes(name);
export const entering = (state: TcpState): Test => (s) => s.states.some((change) => change.to === state);
export const lost = (label: string): Test => (s) => s.fate?.what === 'lost' && s.fate.label === label;

export class Witness implements Audience {
  /** Since the act began. */
  sights: Sight[] = [];
  /** Of the whole demo. */
  readonly all: Sight[] = [];
  private readonly reader = new SegmentReader();
  private readonly waiting = new Set<() => void>();

  /** A new act: what came before counts no more. */
  begin(): void {
    this.sights = [];
  }

  moment({ at, conn, direction, bytes, reason, decisions, states, after }: Moment): void {
    const view = bytes === undefined ? undefined : this.read(bytes);
    const rules = [reason, ...decisions].flatMap((e) => (e === undefined ? [] : [e.rule.name]));
    this.add({ at, conn, direction, flags: view?.flags.join(',') ?? '', view, rules, states, after, fate: undefined });
  }

  fate(fate: LinkFate): void {
    const view = this.read(fate.bytes);
    this.add({ at: fate.at, conn: 0, direction: fate.direction, flags: view?.flags.join(',') ?? '', view, rules: [], states: [], after: '', fate });
  }

  flush(): void {
    // Nothing is held back.
  }

  find(test: Test): Sight | undefined {
    return this.sights.find(test);
  }

  has(test: Test): boolean {
    return this.sights.some(test);
  }

  /** Are there sights that pass these tests one after another? */
  inOrder(...tests: readonly Test[]): boolean {
    let next = 0;
    for (const sight of this.sights) if (tests[next]?.(sight) === true) next++;
    return next === tests.length;
  }

  /** Number of the connection of this act: the first one that changed its state; 0 = none did. */
  get connection(): number {
    return this.sights.find((s) => s.states.length > 0)?.conn ?? 0;
  }

  /** The states our side of a connection has entered. */
  path(conn = this.connection): string[] {
    return this.all.filter((s) => s.conn === conn && conn !== 0).flatMap((s) => s.states.map((change) => change.to));
  }

  /** Resolves as soon as something passes the test, at once if it already has. */
  async until(test: Test): Promise<void> {
    while (!this.has(test)) await new Promise<void>((wake) => this.waiting.add(wake));
  }

  private read(bytes: Uint8Array): TcpView | undefined {
    const view = this.reader.read(bytes);
    return view?.protocol === 'TCP' ? view : undefined;
  }

  private add(sight: Sight): void {
    this.sights.push(sight);
    this.all.push(sight);
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}

/** The port of "192.0.2.1:80" or "[2001:db8::1]:80". */
export const portOf = (endpoint: string): number => Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));
