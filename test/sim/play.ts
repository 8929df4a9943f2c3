/** Plays a scenario to its end and says what was wrong with it; the same scenario again gives the same play. */
import { mkdirSync } from 'node:fs';
import { Network } from '../../src/sim/network.js';
import type { Host, HostOptions } from '../../src/sim/host.js';
import { Random } from '../../src/util/random.js';
import { type Seq, seq } from '../../src/util/seq.js';
import { HOUR, type Micros, MINUTE } from '../../src/util/units.js';
import { drawScenario, type Party, type Scenario, type Wishes } from './scenario.js';
import { EngineWatch } from './engine-watch.js';
import { Talker } from './talker.js';
import { WireWatch } from './wire-watch.js';

export interface Outcome {
  readonly problems: string[];
  readonly packets: number;
  readonly probes: number;
  readonly octets: number;
  /** How each side's connection failed, null = it did not. */
  readonly failures: readonly (string | null)[];
  /** µs of virtual time. */
  readonly took: Micros;
}

export interface Stage {
  /** Folder for two captures, a.pcapng and b.pcapng, with this prefix. */
  readonly capture?: string;
}

const PORT = 7;
const CLIENT_PORT = 40_000;
/** What a run may take before it counts as a livelock. */
const MOST_EVENTS = 400_000;
const LONGEST = 24 * HOUR;

/** A SYN that was late must find another number than the connection before it had. */
function onlyFirst(iss: Seq): (chosen: Seq) => Seq {
  let given = false;
  return (chosen) => {
    const first = !given;
    given = true;
    return first ? iss : chosen;
  };
}

class Play {
  readonly problems: string[] = [];
  private readonly wire: WireWatch;
  private readonly network: Network;
  private readonly talkers: { readonly a: Talker; readonly b: Talker };
  private readonly engine: EngineWatch;
  private readonly start: Micros;

  constructor(private readonly scenario: Scenario, stage: Stage) {
    const { seed } = scenario;
    this.wire = new WireWatch(scenario.mtu);
    const host = (name: 'a' | 'b'): HostOptions => {
      const { config, out, iss }: Party = scenario[name];
      return {
        config, out, watch: this.wire.sink(name),
        iss: iss === null ? undefined : onlyFirst(seq(iss)),
        capture: stage.capture === undefined ? undefined : `${stage.capture}-${name}.pcapng`,
      };
    };
    this.network = new Network({ seed, ipv6: scenario.ipv6, mtu: scenario.mtu, a: host('a'), b: host('b') });
    const talker = (name: 'a' | 'b', own: number, peer: number): Talker =>
      new Talker(name, this.network.clock, new Random(seed * 4 + own), scenario[name].manners, { own, peer });
    this.talkers = { a: talker('a', 1, 2), b: talker('b', 2, 1) };
    this.engine = new EngineWatch(this.network.clock, this.wire, this.talkers);
    this.start = this.network.now();
  }

  run(): Outcome {
    try {
      this.open();
      this.untilOver();
    } catch (error) {
      this.problems.push(`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    this.network.close();
    const { a, b } = this.talkers;
    return {
      problems: [...this.problems, ...this.wire.problems, ...this.engine.problems, ...a.problems, ...b.problems],
      packets: this.wire.packets,
      probes: this.wire.probes,
      octets: a.received + b.received,
      failures: [a.endpoint?.failure ?? null, b.endpoint?.failure ?? null],
      took: this.network.now() - this.start,
    };
  }

  private open(): void {
    const { a, b } = this.network;
    const { talkers } = this;
    if (this.scenario.opening === 'simultaneous') {
      this.connect(b, a, talkers.b, PORT, CLIENT_PORT);
    } else {
      b.stack.listen({ port: PORT }, (listener) => {
        const endpoint = listener.accept();
        if (endpoint === undefined) return;
        if (talkers.b.endpoint === undefined) talkers.b.hold(endpoint);
        else this.problems.push('b accepted a second connection');
      });
    }
    this.connect(a, b, talkers.a, CLIENT_PORT, PORT);
  }

  private connect(from: Host, to: Host, talker: Talker, localPort: number, remotePort: number): void {
    const endpoint = from.stack.connect({ remote: to.address, remotePort, localPort }, talker);
    if (typeof endpoint === 'string') throw new Error(`connect: ${endpoint}`);
    talker.endpoint ??= endpoint;
  }

  private untilOver(): void {
    const { network, talkers, engine } = this;
    let events = 0;
    const empty = (): boolean => network.a.stack.demux.size === 0 && network.b.stack.demux.size === 0;
    const over = (): boolean => {
      engine.check();
      return (empty() && talkers.a.finished && talkers.b.finished) || ++events > MOST_EVENTS;
    };
    if (!network.run(over, LONGEST)) this.problems.push(`not over after a day: ${this.describe()}`);
    else if (events > MOST_EVENTS) this.problems.push(`not over after ${MOST_EVENTS} events: ${this.describe()}`);
    // A SYN that was late may still wake the listener: what it starts must end too.
    network.run(() => network.clock.next === Infinity, 2 * HOUR);
    if (!empty()) this.problems.push(`a connection is left over: ${this.describe()}`);
    if (!this.scenario.broken) this.compare();
  }

  private compare(): void {
    const { a, b } = this.talkers;
    for (const [from, to, name] of [[a, b, 'a → b'], [b, a, 'b → a']] as const) {
      const sends = this.scenario[from === a ? 'a' : 'b'].manners.sends;
      if (from.sent !== sends || to.received !== sends) this.problems.push(`${name}: of ${sends} octets ${from.sent} were sent and ${to.received} received`);
      if (from.endpoint?.failure !== null) this.problems.push(`${name}: the sender's connection failed: ${from.endpoint?.failure ?? 'never opened'}`);
    }
  }

  private describe(): string {
    return (['a', 'b'] as const)
      .map((name) => {
        const { endpoint, sent, received } = this.talkers[name];
        const info = endpoint?.info();
        return `${name} ${info?.state ?? 'none'} sent ${sent} received ${received} notSent ${info?.notSent ?? 0} unacked ${info?.unacked ?? 0} sndWnd ${info?.sndWnd ?? 0}`
          + ` unread ${info?.unread ?? 0} timers ${JSON.stringify(info?.timers ?? [])} (demux ${this.network[name].stack.demux.size})`;
      })
      .join('; ');
  }
}

export const play = (scenario: Scenario, stage: Stage = {}): Outcome => new Play(scenario, stage).run();

/** As `play`, from a seed; a failure is played again for its capture. @returns what to tell a person, or null when all is well */
export function playSeed(seed: number, wishes: Wishes = {}, name = 'properties'): { readonly outcome: Outcome; readonly report: string | null } {
  const scenario = drawScenario(seed, wishes);
  const outcome = play(scenario);
  if (outcome.problems.length === 0) return { outcome, report: null };
  mkdirSync('test-output', { recursive: true });
  const capture = `test-output/${name}-seed-${seed}`;
  play(scenario, { capture });
  const report = [
    `seed ${seed}: ${outcome.problems.join('\n  ')}`,
    `  to see it: ${capture}-a.pcapng and ${capture}-b.pcapng in Wireshark, the reasons beside the packets`,
    `  to play it again: npm run soak -- ${name} --seed ${seed} --runs 1`,
    `  the scenario: ${JSON.stringify(scenario)}`,
  ].join('\n');
  return { outcome, report };
}

/** Consecutive seeds. @returns reports of those that failed, at most five, and totals */
export function playMany(first: number, runs: number, wishes: Wishes = {}, name = 'properties'): { readonly reports: string[]; readonly totals: Totals } {
  const reports: string[] = [];
  const totals = new Totals();
  for (let i = 0; i < runs && reports.length < 5; i++) {
    const { outcome, report } = playSeed(first + i, wishes, name);
    totals.add(outcome);
    if (report !== null) reports.push(report);
  }
  return { reports, totals };
}

export class Totals {
  runs = 0;
  packets = 0;
  probes = 0;
  octets = 0;
  minutes = 0;
  readonly failures: Record<string, number> = {};

  add({ packets, probes, octets, took, failures }: Outcome): void {
    this.runs++;
    this.packets += packets;
    this.probes += probes;
    this.octets += octets;
    this.minutes += took / MINUTE;
    for (const failure of failures) if (failure !== null) this.failures[failure] = (this.failures[failure] ?? 0) + 1;
  }

  toString(): string {
    return `${this.runs} runs: ${this.packets} packets (${this.probes} window probes), ${this.octets} octets delivered, ${Math.round(this.minutes / 60)} h of virtual time; `
      + `ends by failure, where somebody broke the connection: ${JSON.stringify(this.failures)}`;
  }
}
