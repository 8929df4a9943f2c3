/** A storm of bad packets over a stack with connections in every state, and the account of it afterwards. */
import { Random } from '../../../src/util/random.js';
import { allRules } from '../../../src/trace/rules.js';
import { HOUR, type Micros, MINUTE, SECOND } from '../../../src/util/units.js';
import type { TcpState } from '../../../src/tcp/state.js';
import type { Endpoint } from '../../../src/stack/endpoint.js';
import { IpHeader, PROTO_TCP, readIp } from '../../../src/wire/ip.js';
import type { Packet } from '../../../src/wire/packet.js';
import { Reject } from '../../../src/wire/reject.js';
import { Segment } from '../../../src/wire/segment.js';
import { readTcp } from '../../../src/wire/tcp.js';
import { type Kind, kinds, Mutator } from './mutator.js';
import { Puppet, STATES } from './puppets.js';
import { Victim } from './victim.js';
import { isCredible, Witness } from './witness.js';

/** Of the puppets; strangers knock at a door of their own, so that they cannot keep puppets out. */
const PORT = 80;
const STRANGERS_PORT = 81;
/** Handshakes that strangers may leave half done. */
const SYN_QUEUE = 64;
/** Handshakes that come to nothing are given up soon, so that others have their turn. */
const BRIEF = { r2Syn: 2 * SECOND };
/** Packets between two looks at the puppets. */
const LOOK = 200;
const PER_BATCH = 8;
/** Virtual time between batches. */
const BREATH: Micros = 500;

/** Rules by which a segment, or part of it, is not believed or not wanted. */
const DECLINES: ReadonlySet<string> = new Set([
  'unacceptable', 'unacceptable-reset', 'paws-rejects', 'missing-timestamp', 'trimmed-front', 'trimmed-tail', 'ack-suppressed', 'challenge-reset', 'challenge-syn',
  'no-ack', 'ack-too-old', 'ack-unsent', 'ack-old', 'window-stale', 'text-dropped', 'text-after-fin', 'stray-reset', 'stray-reset-ignored', 'backlog-full',
  'syn-queue-full', 'icmp-ignored', 'listen-ignores-reset', 'listen-refuses-ack', 'listen-drops', 'syn-sent-bad-ack', 'syn-sent-drops-reset', 'syn-sent-drops',
  'syn-received-bad-ack', 'syn-received-reset', 'syn-received-syn', 'reset-exact', 'reset-in-closing',
]);

export class Storm {
  readonly sent: Record<Kind, number> = { spoilt: 0, 'spoilt-mended': 0, aimed: 0, noise: 0, icmp: 0, stranger: 0 };
  /** Packets not let loose because a stack that does right would believe them, and a witness suffer. */
  withheld = 0;
  renewed = 0;
  /** By state: looks at which a puppet had stayed in it. */
  private readonly stayed = new Map<TcpState, number>();
  private looks = 0;
  /** Most connections that the victim had at a time. */
  most = 0;
  readonly problems: string[] = [];
  readonly victim: Victim;
  private readonly random: Random;
  private readonly mutator: Mutator;
  private readonly puppets: Puppet[];
  private readonly witnesses: Witness[];
  private readonly witnessed: ReadonlySet<Endpoint>;
  private readonly ip = new IpHeader();
  private readonly segment = new Segment();
  private nextPort = 1024;

  constructor(readonly seed: number) {
    const victim = new Victim(seed);
    this.victim = victim;
    this.random = new Random(seed);
    const listener = victim.stack.listen({ port: PORT, config: BRIEF }, () => undefined);
    victim.stack.listen({ port: STRANGERS_PORT, synQueue: SYN_QUEUE, config: BRIEF }, () => undefined);
    if (typeof listener === 'string') throw new Error(`listen: ${listener}`);
    this.puppets = STATES.flatMap((state) => ([0, 1] as const).map((family) => new Puppet(state, family, victim, listener, this.random)));
    const run = (until: () => boolean): boolean => victim.clock.run(until, MINUTE);
    this.witnesses = [0, 1, 2, 3].map((i) => Witness.open(victim.stack, victim.peer, (i & 1) as 0 | 1, 9000 + i, i >= 2, run, 10 * i + 1));
    this.witnessed = new Set(this.witnesses.map((w) => w.near.endpoint));
    const targets = (): Endpoint[] => [...this.puppets.map((p) => p.endpoint), ...this.witnessed].filter((e) => e !== undefined && e.state !== 'CLOSED') as Endpoint[];
    let aims = targets();
    let uses = 0;
    this.mutator = new Mutator(victim, this.random, () => (++uses % 64 === 0 ? (aims = targets()) : aims), STRANGERS_PORT);
  }

  /** Lets loose so many packets. */
  blow(packets: number): void {
    const { victim, random } = this;
    for (let i = 0; i < packets;) {
      if (i % LOOK < PER_BATCH) this.look();
      for (let n = random.int(1, PER_BATCH + 1); n > 0 && i < packets; n--, i++) this.one();
      victim.tap.endBatch();
      victim.clock.advance(BREATH);
    }
  }

  private one(): void {
    const { kind, packet } = this.mutator.make();
    if (this.wouldBeBelieved(packet)) {
      this.withheld++;
      return;
    }
    this.sent[kind]++;
    this.victim.tap.inject(packet);
  }

  private wouldBeBelieved(packet: Packet): boolean {
    const { ip, segment: seg } = this;
    if (readIp(packet, ip) !== Reject.None || ip.protocol !== PROTO_TCP || readTcp(packet, ip, seg) !== Reject.None) return false;
    const endpoint = this.victim.stack.demux.find(seg.dst, seg.dstPort, seg.src, seg.srcPort);
    return endpoint !== undefined && this.witnessed.has(endpoint) && isCredible(seg, endpoint.connection.tcb);
  }

  private look(): void {
    const { stack } = this.victim;
    this.looks++;
    for (const puppet of this.puppets) {
      if (puppet.alive) {
        this.stayed.set(puppet.wanted, (this.stayed.get(puppet.wanted) ?? 0) + 1);
        continue;
      }
      puppet.renew(this.nextPort);
      this.renewed++;
      this.nextPort = this.nextPort === 60_000 ? 1024 : this.nextPort + 1;
    }
    for (const { near, far } of this.witnesses) {
      near.say(this.random.int(1, 600));
      far.say(this.random.int(1, 600));
      if (near.endpoint.state !== 'ESTABLISHED' || far.endpoint.state !== 'ESTABLISHED') {
        this.complain(`a witness is in ${near.endpoint.state} (${near.endpoint.failure ?? 'no failure'}), its peer in ${far.endpoint.state} (${far.endpoint.failure ?? 'no failure'})`);
      }
    }
    this.most = Math.max(this.most, stack.demux.size);
  }

  /** Everybody goes home: witnesses finish in peace, puppets are aborted, strangers run out of time. */
  calm(): void {
    const { victim, witnesses } = this;
    for (const { near, far } of witnesses) {
      near.endpoint.close();
      far.endpoint.close();
    }
    const done = (): boolean => witnesses.every((w) => w.complaint === null);
    if (!victim.clock.run(done, HOUR)) this.complain(`witnesses: ${witnesses.map((w) => w.complaint ?? 'well').join('; ')}`);
    for (const { endpoint } of this.puppets) if (endpoint !== undefined && endpoint.state !== 'CLOSED') endpoint.abort();
    victim.clock.run(() => victim.clock.next === Infinity, 24 * HOUR);
    if (victim.stack.demux.size !== 0) this.complain(`${victim.stack.demux.size} connections are left: ${[...victim.stack.demux].map((e) => e.state).join(', ')}`);
    if (victim.peer.demux.size !== 0) this.complain(`${victim.peer.demux.size} connections of the peer are left`);
    if (victim.clock.next !== Infinity) this.complain(`something is still to happen after ${Math.round(victim.clock.now() / SECOND)} s`);
  }

  /** The share of looks at which a connection had stayed in the state since the one before. */
  inState(state: TcpState): number {
    const puppets = this.puppets.filter((p) => p.wanted === state).length;
    return (this.stayed.get(state) ?? 0) / Math.max(1, puppets * this.looks);
  }

  /** What was sent, and what became of it. */
  table(): string {
    const { stack, rules } = this.victim;
    const rows = (title: string, record: Record<string, number>): string[] =>
      [title, ...Object.entries(record).sort((a, b) => b[1] - a[1]).map(([name, n]) => `  ${String(n).padStart(9)}  ${name}`)];
    const counts = rules.byName();
    const declined = Object.fromEntries(allRules().filter((r) => DECLINES.has(r.name) && counts[r.name] !== undefined).map((r) => [`${r.name} (${r.cite})`, counts[r.name]]));
    const octets = this.witnesses.reduce((sum, { near, far }) => sum + near.received + far.received, 0);
    return [
      `fuzz, seed ${this.seed}: ${kinds.reduce((sum, kind) => sum + this.sent[kind], 0)} bad packets, ${this.withheld} more withheld because TCP must believe them`,
      `connections led into a state ${this.renewed} times, at most ${this.most} at once; ${octets} octets of honest traffic meanwhile`,
      `connections that stayed in their state from look to look (every ${LOOK} packets): ${[...new Set(STATES)].map((state) => `${state} ${Math.round(100 * this.inState(state))} %`).join(', ')}`,
      ...rows('sent:', this.sent),
      ...rows('rejected before TCP, by reason:', stack.rejects.toRecord()),
      ...rows('declined by TCP and the stack, by rule:', declined),
    ].join('\n');
  }

  private complain(what: string): void {
    if (this.problems.length < 10) this.problems.push(`${what}, at ${(this.victim.clock.now() / SECOND).toFixed(3)} s`);
  }
}
