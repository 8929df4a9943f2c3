/**
 * Where the acts are played: says what comes next, lets people read, waits no longer than it should, moves text from one
 * side to the other and checks it by hash, and keeps the checklist.
 */
import { SECOND } from '../../util/units.js';
import type { Checklist } from './checklist.js';
import type { DemoOptions } from './options.js';
import { type DemoKey, sayIn, type Values } from './text/say.js';
import type { Peer } from './peer.js';
import { formatPath } from './state-path.js';
import { portOf, type Test, type Witness } from './witness.js';
import type { World } from './world.js';

/** A step that did not come to its end: what was waited for is on the checklist. */
export class Stuck extends Error {
  override readonly name = 'Stuck';
}

/** Who tells the audience what is going on: the ladder. */
export interface Narrator {
  act(title: string, left: string, right: string): void;
  note(text: string): void;
  countdown(secondsLeft: number): void;
}

/** What is told at the end of one conversation. */
export interface Tally {
  readonly title: string;
  readonly conn: number;
  readonly ourPort: number;
  readonly peerPort: number;
  /** Octets whose SHA-256 was the same on both sides. */
  verifiedOut: number;
  verifiedIn: number;
}

/** Between steps, so that a person can follow. */
const PAUSE_MS = 600;
const SHORT_PAUSE_MS = 60;
/** Longest wait for one thing; with random loss, timeouts double and double. */
const PATIENCE_S = 15;
const PATIENCE_WITH_LOSS_S = 300;
const POLL_MS = 20;

export interface StageParts {
  readonly world: World;
  readonly witness: Witness;
  readonly checks: Checklist;
  readonly narrator: Narrator | null;
  readonly options: DemoOptions;
  /** Aborted with an Error when the demo is to end early. */
  readonly signal: AbortSignal;
}

export class Stage {
  readonly tallies: Tally[] = [];
  private seed: number;
  private readonly known: Values;
  private readonly voice;

  constructor(private readonly parts: StageParts) {
    const { options, world: { thePeer } } = parts;
    this.seed = options.seed;
    this.known = { peer: thePeer, Peer: thePeer.slice(0, 1).toUpperCase() + thePeer.slice(1), twoMsl: this.twoMsl };
    this.voice = sayIn(options.language);
  }

  /** A sentence of the demo's. It knows the peer and 2MSL; of octets, thousands are grouped. */
  readonly say = (key: DemoKey, values: Values = {}): string => {
    const { octets } = values;
    return this.voice(key, { ...this.known, ...values, ...(octets === undefined ? {} : { octets: octets.toLocaleString('en') }) });
  };

  get world(): World {
    return this.parts.world;
  }

  get witness(): Witness {
    return this.parts.witness;
  }

  get checks(): Checklist {
    return this.parts.checks;
  }

  /** 2MSL in seconds. */
  get twoMsl(): number {
    return 2 * this.parts.options.msl;
  }

  /** Begins an act. Ports are named where they are known beforehand. */
  act(title: string, ourPort: number | null, peerPort: number | null): void {
    const { narrator, world } = this.parts;
    this.nextConversation();
    narrator?.act(title, place('glasstcp', world.ours, ourPort), place(world.peerName, world.theirs, peerPort));
  }

  /** What was seen so far counts no more: another conversation begins. */
  nextConversation(): void {
    this.witness.begin();
  }

  /** Says what comes next, after a pause. */
  async step(text: string): Promise<void> {
    const { narrator, options, world } = this.parts;
    await this.pause(options.quiet ? SHORT_PAUSE_MS : PAUSE_MS);
    world.look();
    narrator?.note(text);
  }

  pause(milliseconds: number): Promise<void> {
    return this.interruptible(new Promise((resolve) => setTimeout(resolve, milliseconds)));
  }

  /** @param what what must happen, as a sentence. @throws Stuck when it does not in time, or fails */
  async wait<T>(what: string, happening: Promise<T>): Promise<T> {
    const seconds = this.patience;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(this.say('too-late', { seconds }))), seconds * 1_000);
    });
    try {
      const result = await this.interruptible(Promise.race([happening, late]));
      // What led to it may not have been told yet: the story is flushed at the end of the event loop's turn.
      await new Promise((resolve) => setImmediate(resolve));
      return result;
    } catch (error) {
      if (this.parts.signal.aborted) throw error;
      this.checks.expect(what, false, error instanceof Error ? error.message : String(error));
      throw new Stuck(what);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Waits until something is seen. */
  async see(what: string, test: Test): Promise<void> {
    await this.wait(what, this.witness.until(test));
  }

  /** Moves seeded text from one side to the other; both sides' hashes must agree. */
  async transfer(from: 'us' | 'peer', octets: number, what: string): Promise<void> {
    const { us, peer } = this.world;
    const [sender, receiver]: [Peer, Peer] = from === 'us' ? [us, peer] : [peer, us];
    const seed = ++this.seed;
    const [sent, received] = await this.wait(what, Promise.all([sender.send(octets, seed), receiver.receive(octets)]));
    this.checks.same(this.say('intact', { what }), sent, received);
    const tally = this.tallies.at(-1);
    if (tally === undefined || sent !== received) return;
    if (from === 'us') tally.verifiedOut += octets;
    else tally.verifiedIn += octets;
  }

  /** From now on octets count for this act's conversation, whose ports are those of its SYN. */
  openTally(title: string): Tally {
    const syn = this.witness.find((s) => s.flags === 'SYN');
    const [from, to] = [portOf(syn?.view?.from ?? ''), portOf(syn?.view?.to ?? '')];
    const [ourPort, peerPort] = syn?.direction === 'out' ? [from, to] : [to, from];
    const tally = { title, conn: this.witness.connection, ourPort, peerPort, verifiedOut: 0, verifiedIn: 0 };
    this.tallies.push(tally);
    return tally;
  }

  /** Our path through the states must be exactly this, and the peer's, which is waited for. */
  async expectPaths({ ourPort, peerPort }: Tally, ours: readonly string[], theirs: readonly string[]): Promise<void> {
    const { checks, say, witness, world } = this;
    checks.same(say('our-states', { states: ours.join(', ') }), ours.join(' '), witness.path().join(' '));
    const path = (): string[] => world.peerPath(peerPort, ourPort).map((step) => step.state);
    await this.poll(() => path().length >= theirs.length, this.patience);
    checks.expect(say('peer-states', { states: theirs.join(', ') }), path().slice(0, theirs.length).join(' ') === theirs.join(' '),
      say('saw', { seen: formatPath(world.peerPath(peerPort, ourPort)) || say('none') }));
  }

  /** Counts down what is left of 2MSL until our side is CLOSED, or should be. */
  async countDown(): Promise<void> {
    const { narrator, witness, world } = { ...this.parts };
    const closed = (): boolean => witness.path().at(-1) === 'CLOSED';
    const left = (): number => {
      const since = witness.sights.filter((s) => s.rules.includes('time-wait-restart') || s.states.some((c) => c.to === 'TIME-WAIT')).at(-1)?.at ?? 0;
      return this.twoMsl - (world.clock.now() - since) / SECOND;
    };
    const tick = (): boolean => {
      if (!closed() && left() > 0) narrator?.countdown(left());
      return closed();
    };
    await this.poll(tick, this.patience + this.twoMsl);
    narrator?.countdown(0);
  }

  private get patience(): number {
    return this.parts.options.loss > 0 ? PATIENCE_WITH_LOSS_S : PATIENCE_S;
  }

  /** Asks again and again, for so long at most. */
  private async poll(condition: () => boolean, seconds: number): Promise<void> {
    const end = performance.now() + seconds * 1_000;
    while (!condition() && performance.now() < end) await this.pause(POLL_MS);
  }

  private interruptible<T>(happening: Promise<T>): Promise<T> {
    const { signal } = this.parts;
    return new Promise((resolve, reject) => {
      const interrupt = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', interrupt, { once: true });
      if (signal.aborted) interrupt();
      // In any case: a happening that fails later, with nobody waiting, must not be an unhandled rejection.
      void happening.then(resolve, reject).finally(() => signal.removeEventListener('abort', interrupt));
    });
  }
}

function place(name: string, address: string, port: number | null): string {
  if (port === null) return `${name} ${address}`;
  return `${name} ${address.includes(':') ? `[${address}]` : address}:${port}`;
}
