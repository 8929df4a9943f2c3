/**
 * The host's own loopback through raw sockets: the kernel's TCP on 127.0.0.1 or ::1 is the peer. Takes packets for ports that
 * have been claimed and looks at no others; sends to loopback addresses only. Packets are copied in the package's callback
 * and delivered from setImmediate, since neither promises nor exceptions work in that callback.
 */
import { Address } from '../util/address.js';
import type { Clock } from '../util/clock.js';
import type { Micros } from '../util/units.js';
import { PROTO_TCP } from '../wire/ip.js';
import { IPV6_HEADER, writeIpv6 } from '../wire/ipv6.js';
import { Packet } from '../wire/packet.js';
import { DeviceCounters } from './counters.js';
import type { Device } from './device.js';
import { DeviceError } from './errors.js';
import { proveGuard } from './guard-proof.js';
import { libc } from './libc.js';
import { type CheckedRawOptions, checkRawOptions, LARGEST_PACKET, type RawOptions } from './raw-options.js';
import { errnoOf, type RawSocket } from './raw-package.js';
import { RawSender } from './raw-sender.js';
import { attachPortFilter, type OpenedRawSocket, openRawSocket } from './raw-socket.js';
import { RstGuard } from './rst-guard.js';

export type { RawOptions } from './raw-options.js';

/** Packets read at a time before the rest of the loop has its turn. */
const BATCH = 64;
/** The kernel does not tell a raw IPv6 socket the hop limit. */
const UNKNOWN_HOP_LIMIT = 64;

/** Opens the device and proves that the kernel keeps silent for its ports. @throws DeviceError; its `mend` says what to do */
export async function openRaw(options: RawOptions): Promise<RawDevice> {
  if (process.platform !== 'linux') {
    throw new DeviceError('ENOTLINUX', `Raw sockets are used as Linux has them; this is ${process.platform}.`, 'run on Linux, or use --device pipe');
  }
  const checked = checkRawOptions(options);
  libc(); // the guard needs koffi
  const device = new RawDevice(openRawSocket(checked.version), checked, options);
  try {
    if (checked.guard) for (const address of checked.addresses) await proveGuard(device, device.ports, address);
  } catch (error) {
    device.close();
    throw error;
  }
  return device;
}

export class RawCounters extends DeviceCounters {
  /** Packets that came although nobody here has claimed their port; no more was read of them. */
  passedOver = 0;
}

interface Arrived {
  readonly packet: Packet;
  at: Micros;
}

/** Keeps open devices reachable: the package's sockets stop without a word when they are collected. */
const open = new Set<RawDevice>();

export class RawDevice implements Device {
  readonly name = 'lo';
  readonly offload = null;
  readonly partialChecksums = true;
  readonly mtu: number;
  readonly counters = new RawCounters();
  readonly ports: RstGuard;
  private readonly version: 4 | 6;
  private readonly ours: Address;
  private readonly socket: RawSocket;
  private readonly sender: RawSender;
  private readonly clock: Clock;
  /** Copied and not delivered yet; buffers for more. */
  private arrived: Arrived[] = [];
  private readonly spare: Arrived[] = [];
  private readable = false;
  private empty = false;
  /** The filter passes ports that are no longer claimed. */
  private generous = false;
  private immediate: NodeJS.Immediate | null = null;
  private closed = false;
  private receive: (packet: Packet, at: Micros) => void = () => undefined;
  private batchEnd: () => void = () => undefined;

  /** Made by `openRaw`. Owns the socket. */
  constructor({ socket, ownHeader }: OpenedRawSocket, checked: CheckedRawOptions, private readonly options: Pick<RawOptions, 'clock' | 'onLost'>) {
    this.socket = socket;
    this.version = checked.version;
    this.mtu = checked.mtu;
    this.ours = checked.addresses[0];
    this.clock = options.clock;
    this.ports = new RstGuard(checked.addresses, checked.guard, (more) => (more ? this.renewFilter() : this.renewLater()));
    this.sender = new RawSender(socket, this.counters, checked.sendQueue, ownHeader ? 0 : IPV6_HEADER);
    socket.on('message', (octets, source) => this.take(octets, source));
    socket.on('error', (error) => this.noteError(errnoOf(error)));
    socket.on('close', () => this.lose());
    open.add(this);
  }

  open(receive: (packet: Packet, at: Micros) => void, batchEnd: () => void): void {
    this.receive = receive;
    this.batchEnd = batchEnd;
  }

  send(packet: Packet): boolean {
    if (this.closed) return false;
    const to = this.destination(packet);
    if (to === null) {
      this.counters.txRefused++;
      this.counters.lastError = 'EOPTION';
      return false;
    }
    if (!this.sender.send(packet, to)) return false;
    this.schedule();
    return true;
  }

  poll(): void {
    this.drain();
  }

  /** Idempotent. What was to be sent is sent first; the ports are the host's again, and nothing keeps the process alive. */
  close(): void {
    if (this.closed) return;
    this.sender.flush();
    this.shut();
    this.socket.close();
  }

  private shut(): void {
    this.closed = true;
    open.delete(this);
    if (this.immediate !== null) clearImmediate(this.immediate);
    this.immediate = null;
    this.arrived = [];
    this.ports.close();
  }

  private lose(): void {
    if (this.closed) return;
    this.shut();
    this.options.onLost?.(new DeviceError('ELOST', `The raw socket has been lost: ${this.counters.lastError}.`, 'start again; nothing else is needed'));
  }

  /** In the package's callback: the octets are gone when it returns. */
  private take(octets: Uint8Array, source: string): void {
    if (this.closed || !this.isClaimed(octets)) return;
    const slot = this.spare.pop() ?? { packet: new Packet(IPV6_HEADER + LARGEST_PACKET), at: 0 };
    if (this.version === 4) slot.packet.fill(octets);
    else if (!this.fillIpv6(slot.packet, octets, source)) return;
    slot.at = this.clock.now();
    this.arrived.push(slot);
    this.readable = true;
    this.schedule();
  }

  /** Only the destination is looked at. */
  private isClaimed(octets: Uint8Array): boolean {
    const tcp = this.version === 4 ? 4 * (octets[0] & 0xf) : 0;
    if (octets.length < tcp + 4) return false;
    const word = this.version === 4 ? (octets[16] << 24) | (octets[17] << 16) | (octets[18] << 8) | octets[19] : this.ours.w3;
    if (this.ports.has(word, (octets[tcp + 2] << 8) | octets[tcp + 3])) return true;
    this.counters.passedOver++;
    return false;
  }

  /** The kernel gives a raw IPv6 socket no IPv6 header: what is known of it is written, the rest is what is usual. */
  private fillIpv6(packet: Packet, octets: Uint8Array, source: string): boolean {
    const from = Address.parse(source);
    if (from === undefined) return false;
    packet.start = 0;
    packet.end = IPV6_HEADER + octets.length;
    writeIpv6(packet.view, 0, octets.length, PROTO_TCP, from, this.ours, UNKNOWN_HOP_LIMIT, 0, 0);
    packet.bytes.set(octets, IPV6_HEADER);
    return true;
  }

  private noteError(code: string): void {
    this.empty = true;
    if (code !== 'EAGAIN' && code !== 'EINTR') this.counters.lastError = code;
  }

  private renewFilter(): void {
    this.generous = false;
    attachPortFilter(this.socket, this.version, this.ports.list);
  }

  /** Once for all ports given up in this turn: what comes for them meanwhile is passed over. */
  private renewLater(): void {
    this.generous = true;
    this.schedule();
  }

  private schedule(): void {
    this.immediate ??= setImmediate(this.turn);
  }

  private readonly turn = (): void => {
    this.immediate = null;
    try {
      if (this.readable) this.drain();
    } finally {
      if (!this.closed) {
        this.sender.flush();
        if (this.generous) this.renewFilter();
      }
    }
  };

  /** Delivers what has been copied and what else can be read now. */
  private drain(): void {
    this.readable = false;
    this.empty = false;
    let taken = this.deliver();
    for (let reads = 0; reads < BATCH && !this.empty && !this.closed; reads++) {
      this.socket.onRecvReady();
      taken += this.deliver();
    }
    if (taken === 0 || this.closed) return;
    this.counters.wakeUps++;
    this.batchEnd();
  }

  private deliver(): number {
    let taken = 0;
    for (let slot = this.arrived.shift(); slot !== undefined; slot = this.arrived.shift()) {
      taken++;
      this.deliverOne(slot.packet, slot.at);
      this.spare.push(slot);
    }
    return taken;
  }

  private deliverOne(packet: Packet, at: Micros): void {
    const { length } = packet;
    this.counters.rxPackets++;
    this.counters.rxBytes += length;
    packet.gsoSize = length > this.mtu ? this.peerSegment(packet) : 0;
    this.receive(packet, at);
  }

  /** A packet above the MTU is of several segments that the kernel did not cut, each as large as we have asked for. */
  private peerSegment(packet: Packet): number {
    const ip = this.version === 4 ? 4 * (packet.bytes[0] & 0xf) : IPV6_HEADER;
    return Math.max(0, this.mtu - ip - 4 * (packet.bytes[ip + 12] >> 4));
  }

  /** As text; null when the packet would leave this host. */
  private destination({ bytes, start, end }: Packet): string | null {
    if (bytes[start] >> 4 !== this.version) return null;
    if (this.version === 6) {
      for (let i = 24; i < 39; i++) if (bytes[start + i] !== 0) return null;
      return end - start > IPV6_HEADER && bytes[start + 39] === 1 ? '::1' : null;
    }
    if (end - start < 20 || bytes[start + 16] !== 127) return null;
    return `127.${bytes[start + 17]}.${bytes[start + 18]}.${bytes[start + 19]}`;
  }
}
