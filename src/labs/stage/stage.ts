/**
 * What the play of a lab has in its hands: two hosts with sockets, the line with its accidents, a voice, and expectations. An
 * expectation that is not met ends the play; its sentence tells a learner what should have been seen, and what was.
 */
import type { CallResult, SocketCall } from '../../bsd/sockets.js';
import type { Moment } from '../../trace/moment.js';
import { type Duration, type Micros, SECOND } from '../../util/units.js';
import { type EndState, otherRole, type Role } from '../ends/end.js';
import type { Figure } from '../figure.js';
import type { Accident } from '../line.js';
import type { World } from '../world.js';
import { forge, type Forged } from './forge.js';
import { Host } from './host.js';
import type { CallTold } from './lab-socket.js';
import type { Seen, Test } from './seen.js';
import { StateLog, type StateSight } from './state-log.js';

/** What must be seen was not: the play is over. */
export class NotSeen extends Error {
  override readonly name = 'NotSeen';

  constructor(readonly key: string, readonly instead: string) {
    super(`${key}: ${instead}`);
  }
}

export type Values = Readonly<Record<string, string | number>>;

/** Who shows the play: the ladder, the report. Keys are those of the lab's text. */
export interface Audience {
  say(key: string, values: Values): void;
  met(key: string, values: Values): void;
  figure(figure: Figure): void;
  /** A program on that host has made a socket call. */
  called?(role: Role, call: SocketCall, result: CallResult, at: Micros): void;
}

/** Nobody waits so long for what comes; a busy machine may. */
const PATIENCE: Duration = 20 * SECOND;

export class Stage {
  readonly client: Host;
  readonly server: Host;
  /** Everything on the line so far. */
  readonly seen: Seen[] = [];
  /** Moments of the host that is glasstcp. */
  readonly moments: Moment[] = [];
  readonly states: Readonly<Record<Role, StateLog>> = { client: new StateLog(), server: new StateLog() };
  private readonly metKeys = new Set<string>();
  private hidden = false;

  constructor(readonly world: World, readonly glass: Role, private readonly audience: Audience) {
    const { client, server } = world.ends;
    const told = (role: Role): CallTold => (call, result) => audience.called?.(role, call, result, this.now());
    this.client = new Host('client', client, server.address, told('client'));
    this.server = new Host('server', server, client.address, told('server'));
  }

  host(role: Role): Host {
    return this[role];
  }

  now(): Micros {
    return this.world.now();
  }

  /** Does the audience not see what happens now? */
  get isHidden(): boolean {
    return this.hidden;
  }

  /** Much of the same: what happens in it is recorded, but the audience is not shown it. What is said there, it hears. */
  async offStage<T>(play: () => Promise<T>): Promise<T> {
    await this.world.until(() => true, 0);
    this.hidden = true;
    try {
      return await play();
    } finally {
      await this.world.until(() => true, 0);
      this.hidden = false;
    }
  }

  /** Tells the audience what comes next, or what this means. */
  say(key: string, values: Values = {}): void {
    this.audience.say(key, values);
  }

  /** Shows what was measured. */
  show(figure: Figure): void {
    this.audience.figure(figure);
  }

  /** @param instead what was seen, for the failure. @throws NotSeen */
  must(key: string, met: boolean, instead = '', values: Values = {}): void {
    if (!met) throw new NotSeen(key, instead);
    this.metKeys.add(key);
    this.audience.met(key, values);
  }

  isMet(key: string): boolean {
    return this.metKeys.has(key);
  }

  /** Waits until a segment has passed that is like this, one that has passed already included. @throws NotSeen */
  async see(key: string, test: Test, limit: Duration = PATIENCE, values: Values = {}): Promise<Seen> {
    await this.world.until(() => this.seen.some(test), limit);
    const found = this.seen.find(test);
    this.must(key, found !== undefined, this.recent(), values);
    return found as Seen;
  }

  /** Waits for something that no segment shows. @throws NotSeen */
  async wait(key: string, condition: () => boolean, limit: Duration = PATIENCE, values: Values = {}): Promise<void> {
    this.must(key, await this.world.until(condition, limit), this.recent(), values);
  }

  /** Waits without expecting anything. @returns did it come */
  until(condition: () => boolean, limit: Duration = PATIENCE): Promise<boolean> {
    return this.world.until(condition, limit);
  }

  /** Lets time pass. */
  async pause(duration: Duration): Promise<void> {
    await this.world.until(() => false, duration);
  }

  /** Something happens on the line, by script. */
  accident(accident: Accident): void {
    this.world.line.add(accident);
  }

  /** What was held back on the line goes on now. */
  release(): void {
    this.world.line.release(this.now());
  }

  /** A packet that has passed, or one like it, arrives at this host as if the other one had sent it now. */
  replay(to: Role, octets: Uint8Array): void {
    this.world.line.inject(to, octets, this.now());
  }

  /** A segment that the other host did not send (any more) arrives at this one. @param fields with `src` and `dst` where it claims to be from or for somebody else */
  inject(to: Role, fields: Omit<Forged, 'src' | 'dst'> & Partial<Pick<Forged, 'src' | 'dst'>>): void {
    this.replay(to, forge({ src: this.host(otherRole(to)).address, dst: this.host(to).address, ...fields }));
  }

  /** Has glasstcp decided by this rule? */
  decided(rule: string): boolean {
    return this.moments.some((m) => m.reason?.rule.name === rule || m.decisions.some((d) => d.rule.name === rule) || m.states.some((s) => s.because?.rule.name === rule));
  }

  /** The state of a host's socket now; CLOSED when there is none. */
  state(role: Role, localPort: number, remotePort: number): string {
    const states: readonly EndState[] = this.world.look(role);
    return states.find((s) => s.localPort === localPort && s.remotePort === remotePort)?.state ?? 'CLOSED';
  }

  /** The states a host's socket has been in. */
  path(role: Role, localPort: number, remotePort: number): readonly StateSight[] {
    return this.states[role].path(localPort, remotePort);
  }

  /** The last few segments, for a failure's message. */
  private recent(): string {
    const last = this.seen.slice(-4).map(({ from, flags, view, fate }) => `${from} ${flags} seq ${view.seq}${view.ack === undefined ? '' : ` ack ${view.ack}`}${view.length > 0 ? ` len ${view.length}` : ''}${fate === undefined ? '' : ` (${fate})`}`);
    return last.length === 0 ? 'no segment at all' : last.join('; ');
  }
}
