/**
 * The stack: devices below, connections inside, users above. It finds whose segment it is, wakes connections at their
 * deadlines, and drains each one that anything happened to: once per batch of packets, after its user has been told. User code never runs inside.
 */
import type { Device } from '../device/device.js';
import { type TcpConfig, makeConfig } from '../tcp/config.js';
import { Connection } from '../tcp/connection.js';
import { ChallengeCount } from '../tcp/receive/challenge.js';
import { type CallError, Signal } from '../tcp/tcb.js';
import { Unsafe } from '../tcp/unsafe.js';
import type { Tracer } from '../trace/tracer.js';
import type { Address } from '../util/address.js';
import type { Alarm, Clock } from '../util/clock.js';
import { DeadlineHeap } from '../util/deadline-heap.js';
import type { Seq } from '../util/seq.js';
import type { Micros } from '../util/units.js';
import { Packet } from '../wire/packet.js';
import { Demux } from './demux.js';
import { type Drainer, Endpoint, type EndpointOwner } from './endpoint.js';
import { confirmEarly, FastOpenCookies } from './fast-open.js';
import { Inbound } from './inbound.js';
import { GuessableNumbers, PURPOSE_FAST_OPEN, PURPOSE_SYN_COOKIE, TupleHash, initialNumbers, keyFor } from './isn.js';
import { type ListenOptions, Listener } from './listener.js';
import { LocalAddresses, type Network } from './local-addresses.js';
import { PathMtus } from './path-mtus.js';
import { type PortHold, PortHolds } from './port-holds.js';
import { PortChooser } from './ports.js';
import { SynCookies } from './syn-cookies.js';

export interface StackOptions {
  readonly device: Device;
  readonly clock: Clock;
  /** The addresses that are ours. */
  readonly addresses: readonly Address[];
  /** The subnets they lie in: tells broadcast addresses, and which address of ours is nearest to a peer. */
  readonly networks?: readonly Network[];
  /** Which of our addresses speaks to a peer; undefined = the stack chooses (RFC 6724). */
  readonly routes?: (remote: Address) => Address | undefined;
  /** 16 octets or more from a source that nobody outside can know; fixed in simulations. */
  readonly secret: Uint8Array;
  readonly config?: Partial<TcpConfig>;
  readonly tracer?: Tracer | null;
  /** Ephemeral ports, both included. Default 32768 … 60999. */
  readonly ports?: { readonly first: number; readonly last: number };
  /** R1 was reached towards this address: IP may look for another way (RFC 9293 §3.8.3, MUST-20). Not for user code. */
  readonly negativeAdvice?: (remote: Address) => void;
  /** For simulations: replaces the initial send sequence numbers chosen by RFC 6528. */
  readonly iss?: (chosen: Seq) => Seq;
}

export interface ConnectOptions {
  readonly remote: Address;
  readonly remotePort: number;
  /** Default: chosen for the peer, see StackOptions.routes (MUST-43, MUST-44). */
  readonly local?: Address;
  /** Default: an ephemeral port. */
  readonly localPort?: number;
  /** Fast Open (RFC 7413), where the configuration allows it: `text` goes with the SYN; how much of it, `sentWithSyn` says. */
  readonly fastOpen?: boolean;
  /** So it does even without a cookie of the peer's. */
  readonly fastOpenBare?: boolean;
  readonly text?: Uint8Array;
  readonly config?: Partial<TcpConfig>;
}

export type ConnectError = 'invalid-address' | 'no-local-address' | 'no-port-left' | 'address-in-use' | CallError;
export type ListenError = 'address-in-use' | 'not-our-address' | 'invalid-port';

/** A port, held. */
interface Held {
  readonly port: number;
  readonly hold: PortHold;
}

/** Segments one connection sends before others, and the device, have their turn. */
const TURN = 64;
const NO_TEXT = new Uint8Array(0);

export class Stack implements Drainer {
  readonly config: TcpConfig;
  readonly tracer: Tracer | null;
  readonly demux = new Demux();
  /** Path MTUs by destination. */
  readonly paths = new PathMtus();
  /** Fast Open's keys, and its memory of peers. */
  readonly fastOpen: FastOpenCookies;
  /** For Inbound. */
  readonly synCookies: SynCookies;
  /** Packets in and out; segments the device had no room for; segments taken although their checksum was left to a network card. */
  readonly counters = { packetsIn: 0, packetsOut: 0, sendQueueFull: 0, checksumsOffloaded: 0 };
  private readonly listeners = new Map<number, Listener[]>();
  private readonly heap = new DeadlineHeap<Endpoint>();
  private readonly alarm: Alarm;
  private readonly hash: TupleHash;
  private readonly guessable = new GuessableNumbers();
  private readonly portChooser: PortChooser;
  private readonly holds: PortHolds;
  private readonly out: Packet;
  private readonly inbound: Inbound;
  private readonly local: LocalAddresses;
  private dirty: Endpoint[] = [];
  private readonly signalled: Endpoint[] = [];
  private readonly readyListeners = new Set<Listener>();
  private lastId = 0;
  private readonly challenges = new ChallengeCount();
  private dispatching = false;
  private stopped = false;

  constructor(private readonly options: StackOptions) {
    this.config = makeConfig(options.config);
    this.tracer = options.tracer ?? null;
    this.hash = new TupleHash(options.secret);
    this.fastOpen = new FastOpenCookies(this.config, keyFor(options.secret, PURPOSE_FAST_OPEN));
    this.synCookies = new SynCookies(keyFor(options.secret, PURPOSE_SYN_COOKIE));
    this.portChooser = new PortChooser(this.hash, options.ports?.first, options.ports?.last);
    this.holds = new PortHolds(options.device.ports);
    this.out = new Packet(Math.max(options.device.mtu, 1280) + 128);
    this.alarm = options.clock.alarm(() => this.onAlarm());
    this.local = new LocalAddresses(options.addresses, options.networks, options.routes);
    this.inbound = new Inbound(this, this.local, this.tracer);
    options.device.open((packet, at) => this.inbound.packet(packet, at), () => this.batchEnd());
  }

  /** Why packets were discarded before TCP saw them. */
  get rejects(): Inbound['rejects'] {
    return this.inbound.rejects;
  }

  now(): Micros {
    return this.options.clock.now();
  }

  get device(): Device {
    return this.options.device;
  }

  get addresses(): readonly Address[] {
    return this.options.addresses;
  }

  /** Ephemeral ports from now on, both included. */
  setPorts(first: number, last: number): void {
    this.portChooser.first = first;
    this.portChooser.last = last;
  }

  /** Active OPEN. @returns the endpoint, or an error's name */
  connect(to: ConnectOptions, owner: EndpointOwner): Endpoint | ConnectError {
    const { remote, remotePort } = to;
    if (this.local.isNoPeer(remote) || !isPort(remotePort)) return 'invalid-address'; // MUST-46
    const local = to.local ?? this.local.choose(remote);
    if (local === undefined) return 'no-local-address';
    if (!this.local.has(local) || local.isV4 !== remote.isV4) return 'no-local-address';
    const held = this.holdPort(local, to);
    if (typeof held === 'string') return held;
    const endpoint = this.createHeld(local, held, to);
    endpoint.attach(owner);
    const request = to.fastOpen === true ? this.fastOpen.request(remote, to.text ?? NO_TEXT, to.fastOpenBare) : undefined;
    const done = request === undefined ? endpoint.connection.openActive(this.now()) : endpoint.connection.openFast(request, this.now());
    if (typeof done === 'string') {
      held.hold.release();
      return done;
    }
    endpoint.sentWithSyn = done ?? 0;
    this.demux.add(endpoint, remote, remotePort);
    this.touch(endpoint);
    return endpoint;
  }

  /** The local port of an active OPEN, and its hold. */
  private holdPort(local: Address, { remote, remotePort, localPort }: ConnectOptions): Held | ConnectError {
    const isTaken = (port: number): boolean => this.demux.find(local, port, remote, remotePort)?.connection.isReplaceable(this.config, this.now()) === false;
    if (localPort === undefined) {
      const used = (port: number): boolean => isTaken(port) || this.listenerFor(local, port) !== undefined;
      return this.holds.chosen([local], (refused) => this.portChooser.choose(local, remote, remotePort, (port) => used(port) || refused(port))) ?? 'no-port-left';
    }
    if (!isPort(localPort)) return 'invalid-address';
    const hold = isTaken(localPort) ? null : this.holds.take([local], localPort);
    return hold === null ? 'address-in-use' : { port: localPort, hold };
  }

  private createHeld(local: Address, { port, hold }: Held, to: ConnectOptions): Endpoint {
    try {
      const endpoint = this.create(local, port, to.remote, to.remotePort, to.config ?? {}, this.replaced(local, port, to));
      endpoint.hold = hold;
      return endpoint;
    } catch (error) { // a configuration out of range is the caller's to hear
      hold.release();
      throw error;
    }
  }

  /** Ends the TIME-WAIT whose place an active OPEN takes. @returns the least ISS of the new connection */
  private replaced(local: Address, port: number, { remote, remotePort }: ConnectOptions): Seq | undefined {
    const old = this.demux.find(local, port, remote, remotePort);
    const least = old?.connection.giveWay(this.config, this.now());
    if (old !== undefined) this.drain(old, this.now());
    return least;
  }

  /** Passive OPEN. @param onReady called after batches with new connections. @returns the listener, or an error's name */
  listen(options: ListenOptions, onReady: (listener: Listener) => void): Listener | ListenError {
    if (!isPort(options.port)) return 'invalid-port';
    const { local } = options;
    if (local !== undefined && !local.isUnspecified && !this.local.has(local)) return 'not-our-address';
    const listener = new Listener(options, onReady, (l) => this.forgetListener(l));
    const others = this.listeners.get(options.port) ?? [];
    if (others.some((o) => o.sameAs(listener))) return 'address-in-use';
    const hold = this.holds.take(this.addresses.filter((address) => listener.takes(address)), options.port);
    if (hold === null) return 'address-in-use';
    listener.hold = hold;
    this.listeners.set(options.port, [...others, listener]);
    return listener;
  }

  /** The listener for an address: a fully specified one goes before one that takes any address. */
  listenerFor(local: Address, port: number): Listener | undefined {
    const candidates = this.listeners.get(port);
    if (candidates === undefined) return undefined;
    return candidates.find((l) => l.local?.equals(local) === true) ?? candidates.find((l) => l.takes(local));
  }

  /** A port nobody listens on, for listen(): an ephemeral one, or undefined. @param taken is it in use otherwise? */
  freePort(taken: (port: number) => boolean = () => false): number | undefined {
    const local = this.addresses[0];
    const used = (port: number): boolean => this.listeners.has(port) || taken(port);
    const found = this.holds.chosen(this.addresses, (refused) => this.portChooser.choose(local, local, 0, (port) => used(port) || refused(port)));
    found?.hold.release();
    return found?.port;
  }

  /** For Inbound: a connection for a SYN that a listener takes; the segment is then fed to it. */
  spawn(listener: Listener, local: Address, localPort: number, remote: Address, remotePort: number, leastIss: Seq | undefined, now: Micros): Endpoint {
    const endpoint = this.create(local.copy(), localPort, remote.copy(), remotePort, listener.config, leastIss);
    endpoint.hold = this.holds.take([local], localPort) ?? undefined; // the listener has the port already
    endpoint.listener = listener;
    listener.embryonic++;
    endpoint.connection.openPassive(now);
    this.demux.add(endpoint, remote, remotePort);
    return endpoint;
  }

  /** The configuration of a listener's connections. */
  configOf(listener: Listener): TcpConfig {
    return Object.keys(listener.config).length === 0 ? this.config : makeConfig(listener.config, this.config);
  }

  /** The timestamp offset of a connection, be there one or not yet. */
  timestampOffset(local: Address, localPort: number, remote: Address, remotePort: number): number {
    return initialNumbers(this.hash, 0, local, localPort, remote, remotePort).timestampOffset;
  }

  private create(local: Address, localPort: number, remote: Address, remotePort: number, changes: Partial<TcpConfig>, leastIss: Seq | undefined): Endpoint {
    const chosen = initialNumbers(this.hash, this.now(), local, localPort, remote, remotePort);
    const config = Object.keys(changes).length === 0 ? this.config : makeConfig(changes, this.config);
    const connection = new Connection({
      id: ++this.lastId,
      config,
      local,
      localPort,
      remote,
      remotePort,
      mtu: this.device.mtu,
      path: this.paths.find(remote, this.now()),
      iss: config.unsafe?.has(Unsafe.predictableIsn) === true ? this.guessable.take() : leastIss ?? this.options.iss?.(chosen.iss) ?? chosen.iss,
      timestampOffset: chosen.timestampOffset,
      trace: this.tracer,
      challenges: this.challenges,
    });
    return new Endpoint(connection, this);
  }

  /** For Inbound: the connection has work to do; it is done at the end of the batch. */
  markDirty(endpoint: Endpoint): void {
    if (endpoint.dirty) return;
    endpoint.dirty = true;
    this.dirty.push(endpoint);
  }

  /** After a user's call: sends what is due. What users call while they are told of a batch is sent together, after it. */
  touch(endpoint: Endpoint): void {
    if (this.dispatching) return this.markDirty(endpoint);
    this.drain(endpoint, this.now());
    this.arm();
  }

  /** Sends what is due, moves the deadline, collects signals, deletes what is CLOSED. */
  drain(endpoint: Endpoint, now: Micros): void {
    const { connection } = endpoint;
    let turn = TURN;
    while (connection.nextSegment(this.out, now)) {
      this.send(this.out);
      if (--turn === 0) {
        this.markDirty(endpoint);
        break;
      }
    }
    this.collect(endpoint);
    if (endpoint.earlyFor !== undefined) confirmEarly(endpoint, now);
    if (connection.state === 'CLOSED' || (endpoint.listener !== undefined && connection.state === 'LISTEN')) this.forget(endpoint);
    else this.heap.set(endpoint, connection.nextDeadline());
  }

  /** For Inbound and the drain: gives a packet to the device. */
  send(packet: Packet): void {
    if (this.device.send(packet)) this.counters.packetsOut++;
    else this.counters.sendQueueFull++;
  }

  /** For Inbound: the packet for answers of the stack itself. */
  get scratch(): Packet {
    return this.out;
  }

  wake(endpoint: Endpoint): void {
    this.announce(endpoint);
    this.arm();
  }

  private collect(endpoint: Endpoint): void {
    const raised = endpoint.connection.takeSignals();
    if ((raised & Signal.NegativeAdvice) !== 0) this.options.negativeAdvice?.(endpoint.connection.remote);
    const signals = raised & ~Signal.NegativeAdvice;
    if (signals === 0) return;
    endpoint.pending |= signals;
    if ((signals & Signal.Connected) !== 0 && (endpoint.connection.tcb.cookieAsked || endpoint.sentWithSyn > 0)) this.fastOpen.learn(endpoint.connection.tcb);
    const { listener } = endpoint;
    if (listener !== undefined && (signals & Signal.Connected) !== 0) {
      endpoint.listener = undefined;
      listener.embryonic--;
      if (listener.closed) {
        endpoint.connection.abort(this.now());
        this.markDirty(endpoint);
      } else {
        listener.push(endpoint);
        this.readyListeners.add(listener);
      }
    }
    this.announce(endpoint);
  }

  private announce(endpoint: Endpoint): void {
    if (endpoint.announced) return;
    endpoint.announced = true;
    this.signalled.push(endpoint);
  }

  private forget(endpoint: Endpoint): void {
    if (endpoint.listener !== undefined) {
      endpoint.listener.embryonic--;
      endpoint.listener = undefined;
    }
    this.heap.remove(endpoint);
    this.demux.remove(endpoint);
    endpoint.hold?.release();
  }

  private forgetListener(listener: Listener): void {
    const rest = (this.listeners.get(listener.port) ?? []).filter((l) => l !== listener);
    if (rest.length > 0) this.listeners.set(listener.port, rest);
    else this.listeners.delete(listener.port);
    for (const endpoint of [...this.demux]) if (endpoint.listener === listener) endpoint.drop();
    listener.hold?.release();
  }

  /**
   * All packets of the wake-up are in: users act first, then everything due is sent, so that an acknowledgement rides on the
   * answer and one ACK serves the whole batch (MUST-58, MUST-59).
   */
  private batchEnd(): void {
    for (const endpoint of this.dirty) this.collect(endpoint);
    this.dispatch();
  }

  private drainDirty(): void {
    const work = this.dirty;
    if (work.length === 0) return;
    this.dirty = [];
    const now = this.now();
    for (const endpoint of work) {
      endpoint.dirty = false;
      this.drain(endpoint, now);
    }
  }

  /** When to be woken: at once if connections or users wait (a user's own call is told after it has returned), else in time. */
  private arm(): void {
    if (this.dispatching || this.stopped) return; // armed when it is done
    const waiting = this.dirty.length > 0 || this.signalled.length > 0 || this.readyListeners.size > 0;
    this.alarm.set(waiting ? this.now() : this.heap.earliest);
  }

  private onAlarm(): void {
    if (this.stopped) return;
    if (this.heap.earliest <= this.now()) this.device.poll?.();
    const now = this.now();
    for (let endpoint = this.heap.peek(); endpoint !== undefined && endpoint.deadline <= now; endpoint = this.heap.peek()) {
      endpoint.connection.timeout(now);
      this.drain(endpoint, now);
    }
    this.batchEnd();
  }

  /** What a user's code throws is the process's to hear; whoever comes after it is told in the next turn. */
  private dispatch(): void {
    if (this.dispatching) return;
    this.dispatching = true;
    let told = 0;
    try {
      for (const listener of this.readyListeners) {
        this.readyListeners.delete(listener);
        listener.announce();
      }
      while (told < this.signalled.length) {
        const endpoint = this.signalled[told++];
        endpoint.announced = false;
        endpoint.dispatch();
      }
    } finally {
      this.signalled.splice(0, told);
      this.dispatching = false;
      this.drainDirty();
      this.arm();
    }
  }

  /** Closes the device. Connections are dropped without a word: abort() them first to tell their peers. */
  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.alarm.set(Infinity);
    this.device.close();
    this.holds.stop(); // after the last packets have gone
  }
}

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;
