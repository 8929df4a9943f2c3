/**
 * BSD socket calls over a stack of their own, in explicit time: packets in, packets out, calls with Linux's results and error
 * numbers, a clock that moves when it is told to. For script runners and any other program: docs/socket-calls.md.
 */
import { VirtualClock } from '../sim/virtual-clock.js';
import { parseLocalAddress } from '../stack/local-addresses.js';
import { Stack } from '../stack/stack.js';
import type { Tracer } from '../trace/tracer.js';
import type { Address } from '../util/address.js';
import { Random } from '../util/random.js';
import type { Seq } from '../util/seq.js';
import type { Micros } from '../util/units.js';
import { answer } from './answer.js';
import { Errno, Linux } from './constants.js';
import { CallMethods } from './call-methods.js';
import { FdTable } from './fd-table.js';
import { keysOf } from './fast-open.js';
import { failed, Operation } from './outcome.js';
import { hostSettings, playing, type Profile } from './profile.js';
import { QueueDevice, type QueuedPacket } from './queue-device.js';
import type { PendingCall, SocketCall, Sockets } from './sockets.js';
import { applyOptions } from './settings.js';
import type { Tcb } from '../tcp/tcb.js';
import type { Unsafe } from '../tcp/unsafe.js';
import { Sysctls, type SysctlAnswer } from './sysctls.js';
import { connectionInfo, tcpInfo } from './tcp-info.js';
import type { World } from './world.js';

export interface SocketCallsOptions {
  /** Our addresses, of both families if wanted, with their subnets: '192.0.2.2/24'. @throws RangeError for what is no address */
  readonly addresses: readonly string[];
  /** What can be reached beside the subnets of our addresses: '198.51.100.0/24'; connect(2) to anything else is ENETUNREACH. Default: everything. */
  readonly routes?: readonly string[];
  /** Largest IP packet, octets. Default 1500. */
  readonly mtu?: number;
  /** Fixes initial sequence numbers, ports and timestamps. Default 1. */
  readonly seed?: number;
  /** When time begins, µs. Default 1 s: 0 reads as "never" in places. */
  readonly start?: Micros;
  /** Is told every decision. */
  readonly tracer?: Tracer | null;
  /** Whose behaviour to show where Linux, our defaults and the RFCs' own values differ. Default 'linux'. */
  readonly profile?: Profile;
  /** Replaces the initial send sequence numbers. */
  readonly iss?: (chosen: Seq) => Seq;
}

const within = (remote: Address, { address, prefix = Infinity }: { readonly address: Address; readonly prefix?: number | undefined }): boolean =>
  remote.isV4 === address.isV4 && remote.commonPrefix(address) >= Math.min(128, prefix + (address.isV4 ? 96 : 0));

const DEFAULT_START: Micros = 1_000_000;
const SECRET_OCTETS = 32;
/** Rounds of "somebody's wait is over" at one instant; more would be a wait that ends for ever. */
const MOST_ROUNDS = 100_000;

export class SocketCalls extends CallMethods implements Sockets {
  private readonly clock: VirtualClock;
  private readonly device: QueueDevice;
  private readonly world: World;
  private readonly pending: Operation[] = [];

  constructor(options: SocketCallsOptions) {
    super();
    const { addresses, routes, mtu = 1500, seed = 1, start = DEFAULT_START, tracer = null, iss, profile = 'linux' } = options;
    this.clock = new VirtualClock(start);
    this.device = new QueueDevice(mtu, () => this.clock.now());
    const secret = new Uint8Array(SECRET_OCTETS);
    new Random(seed).fill(secret);
    const locals = addresses.map(parseLocalAddress);
    const networks = locals.flatMap(({ address, prefix }) => (prefix === undefined ? [] : [{ address, prefix }]));
    const sysctls = new Sysctls();
    const config = playing({ sysctls, profile }, hostSettings(sysctls), null);
    const stack = new Stack({ device: this.device, clock: this.clock, addresses: locals.map(({ address }) => address), networks, secret, tracer, iss, config });
    const reachable = routes?.map(parseLocalAddress);
    const reaches = (remote: Address): boolean => reachable === undefined || [...networks, ...reachable].some((network) => within(remote, network));
    this.world = { stack, sysctls, descriptors: new FdTable(), profile, reaches, now: () => this.clock.now() };
  }

  /** µs */
  get now(): Micros {
    return this.clock.now();
  }

  /** The next instant at which something happens by itself: a timer, or a call that gives up. Infinity = nothing will. */
  nextDeadline(): Micros {
    return this.pending.reduce((earliest, { deadline }) => Math.min(earliest, deadline), this.clock.next);
  }

  /** Moves the clock, serving every deadline on the way at its own instant. An instant that is past changes nothing. */
  advanceTo(now: Micros): void {
    for (let next = this.nextDeadline(); next <= now; next = this.nextDeadline()) {
      if (next > this.clock.now()) this.clock.advance(next - this.clock.now());
      else this.clock.step(next);
      this.settle();
    }
    if (now > this.clock.now()) this.clock.advance(now - this.clock.now());
  }

  /**
   * An IP packet arrives now. All that it makes happen at once has happened when this returns.
   * @param segmentSize text of each of the segments that a network card has joined into this packet; 0 = it is one
   */
  packetIn(octets: Uint8Array, segmentSize = 0): void {
    this.device.arrive(octets, segmentSize);
    this.settle();
  }

  /** The oldest packet sent and not taken. */
  takePacket(): QueuedPacket | undefined {
    return this.device.take();
  }

  /** Packets sent and not taken. */
  get packetsWaiting(): number {
    return this.device.waiting;
  }

  /** A call begins now. Its result is there when this returns, unless it blocks: then it comes with a packet or with time. */
  begin(call: SocketCall): PendingCall {
    const operation = new Operation(call, this.clock.now());
    operation.begin(answer(this.world, call));
    if (operation.result === undefined) this.pending.push(operation);
    this.settle();
    return operation;
  }

  /** Sets a setting by its sysctl name, for connections made from now on (and the listeners there are). */
  sysctl(name: string, value: string | number): SysctlAnswer;
  /** @returns the value as text; undefined = no such setting */
  sysctl(name: string): string | undefined;
  sysctl(name: string, value?: string | number): string | undefined {
    const { sysctls } = this.world;
    if (value === undefined) return sysctls.get(name);
    const result = sysctls.set(name, String(value));
    if (result === 'set') this.settingsChanged(name);
    return result;
  }

  /** Leaves out what protects TCP, for connections made from now on; null = nothing any more. For labs alone. */
  becomeUnsafe(variant: Unsafe | null): void {
    const { sysctls } = this.world;
    sysctls.own = { ...sysctls.own, unsafe: variant };
    this.settingsChanged('unsafe');
  }

  /** As in a kernel, limits and timers change for connections that are open, too. */
  private settingsChanged(name: string): void {
    const { descriptors, stack, sysctls } = this.world;
    Object.assign(stack.config, playing(this.world, hostSettings(sysctls), null));
    for (const socket of descriptors) applyOptions(this.world, socket);
    if (name.endsWith('tcp_fastopen_key')) stack.fastOpen.setKeys(keysOf(sysctls.get(name) ?? ''));
    if (name.endsWith('ip_local_port_range')) {
      const [first, last] = sysctls.numbers(name);
      stack.setPorts(first, last);
    }
  }

  /** struct tcp_info under Linux's names: times in µs, windows in segments. @throws RangeError when fd is no open socket */
  tcpInfo(fd: number): Record<string, number> {
    const socket = this.world.descriptors.get(fd);
    if (socket === undefined) throw new RangeError(`descriptor ${fd} is not an open socket`);
    return tcpInfo(this.world, socket);
  }

  /** The same of a connection that may have no descriptor (any more), for inspectors: tells nobody anything. */
  connectionInfo(tcb: Tcb): Record<string, number> {
    return connectionInfo(this.world, tcb);
  }

  /** The stack underneath, for inspectors. */
  get stack(): Stack {
    return this.world.stack;
  }

  /** Descriptors that are open. */
  get descriptors(): readonly number[] {
    return this.world.descriptors.descriptors;
  }

  /** From now on socket(2) and accept(2) give no descriptor of this number or above: EMFILE (RLIMIT_NOFILE). Infinity = no limit, the default. */
  limitDescriptors(limit: number): void {
    this.world.descriptors.limit = limit;
  }

  /** Everything at this instant: what the stack still owes, and calls whose wait is over, in the order in which they began. */
  private settle(): void {
    const now = this.clock.now();
    for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
      while (this.clock.next <= now) this.clock.step(now);
      const ended = this.pending.findIndex((operation) => operation.retry(now));
      if (ended < 0) return;
      this.pending.splice(ended, 1);
    }
  }

  /** Closes every descriptor with a RST where there is a connection, and forgets calls that wait. */
  closeAll(): void {
    for (const operation of this.pending.splice(0)) operation.cancel(failed(Errno.EINTR), this.clock.now());
    for (const fd of this.world.descriptors.descriptors) {
      this.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_LINGER, Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0));
      this.close(fd);
    }
  }
}
