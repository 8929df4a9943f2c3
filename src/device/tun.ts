/**
 * A Linux TUN interface: the kernel on one side, whole IP packets on ours. Wakes once and reads many: each wake-up takes
 * up to a batch of packets, then lets the rest of the loop have its turn. One packet buffer is lent to every receiver.
 */
import { closeSync } from 'node:fs';
import type { Clock } from '../util/clock.js';
import type { Micros } from '../util/units.js';
import { Packet } from '../wire/packet.js';
import { DeviceCounters } from './counters.js';
import type { Device } from './device.js';
import { DeviceError } from './errors.js';
import { configureLink } from './ip-command.js';
import { EAGAIN, EINTR, type Libc, errnoName, libc } from './libc.js';
import { Readiness } from './poll.js';
import { attachTun } from './tun-ioctl.js';

const DEFAULT_MTU = 1500;
const DEFAULT_BATCH = 128;
/** ENOBUFS: the kernel has no room now. */
const ENOBUFS = 105;
/** What the kernel takes and gives at most; a larger MTU set from outside must not cut packets. */
const LARGEST_PACKET = 65535;

export interface TunOptions {
  /** At most 15 characters; "%d" becomes the first free number. Default "glass%d". */
  readonly name?: string;
  /** Octets, 68 … 65535 (at least 1280 for IPv6). Default 1500. */
  readonly mtu?: number;
  /** The kernel's addresses on the interface, with prefix length: '192.0.2.1/24', '2001:db8::1/64'. */
  readonly addresses: readonly { readonly local: string }[];
  /** Packets taken per wake-up. Default 128. */
  readonly batch?: number;
  readonly clock: Clock;
  /** Told once if the interface disappears under us. */
  readonly onLost?: (error: DeviceError) => void;
}

/** @throws DeviceError when the interface cannot be made or configured; its `mend` says what to do. */
export function openTun(options: TunOptions): TunDevice {
  const mtu = options.mtu ?? DEFAULT_MTU;
  if (!Number.isInteger(mtu) || mtu < 68 || mtu > LARGEST_PACKET) {
    throw new DeviceError('EOPTION', `An MTU of ${mtu} is not possible.`, 'choose 68 to 65535 octets (at least 1280 for IPv6)');
  }
  const calls = libc();
  const { fd, name } = attachTun(options.name ?? 'glass%d');
  try {
    configureLink(name, mtu, options.addresses);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
  return new TunDevice(calls, fd, name, mtu, options);
}

export class TunDevice implements Device {
  readonly offload = null;
  readonly counters = new DeviceCounters();
  private readonly packet = new Packet(LARGEST_PACKET);
  private readonly batch: number;
  private readonly clock: Clock;
  private readiness: Readiness | null = null;
  private receive: (packet: Packet, at: Micros) => void = () => undefined;
  private batchEnd: () => void = () => undefined;
  private closed = false;

  /** Made by `openTun`. Owns the descriptor. */
  constructor(private readonly calls: Libc, private readonly fd: number, readonly name: string, readonly mtu: number,
    private readonly options: TunOptions) {
    this.batch = Math.max(1, options.batch ?? DEFAULT_BATCH);
    this.clock = options.clock;
  }

  open(receive: (packet: Packet, at: Micros) => void, batchEnd: () => void): void {
    if (this.closed) return;
    this.receive = receive;
    this.batchEnd = batchEnd;
    this.readiness ??= new Readiness(this.calls.koffi, this.fd, () => this.drain(), () => this.lose());
  }

  send(packet: Packet): boolean {
    if (this.closed) return false;
    const { bytes, start, end } = packet;
    const length = end - start;
    // A view only for a packet that does not begin at its buffer's beginning: ours always do.
    const sent = this.calls.write(this.fd, start === 0 ? bytes : bytes.subarray(start, end), length);
    if (sent < 0) return this.refused();
    this.counters.txPackets++;
    this.counters.txBytes += length;
    return true;
  }

  /** Idempotent. The interface disappears with it, and so does its hold on the process. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.readiness?.close();
    closeSync(this.fd);
  }

  poll(): void {
    if (!this.closed) this.drain();
  }

  private drain(): void {
    const { packet, clock, calls, fd, batch, counters } = this;
    let taken = 0;
    while (taken < batch) {
      const length = calls.read(fd, packet.bytes, LARGEST_PACKET);
      if (length <= 0) {
        if (length < 0) this.noteReadError();
        break;
      }
      taken++;
      counters.rxBytes += length;
      packet.start = 0;
      packet.end = length;
      packet.gsoSize = 0;
      this.receive(packet, clock.now());
      if (this.closed) return;
    }
    if (taken === 0) return;
    counters.wakeUps++;
    counters.rxPackets += taken;
    this.batchEnd();
    // More may wait, but timers and sockets come first: fairness costs one turn of the loop per batch.
    if (taken === batch) this.readiness?.again();
  }

  private noteReadError(): void {
    const errno = this.calls.errno();
    if (errno !== EAGAIN && errno !== EINTR) this.counters.lastError = errnoName(this.calls.koffi, errno);
  }

  private refused(): boolean {
    const errno = this.calls.errno();
    if (errno === EAGAIN || errno === ENOBUFS || errno === EINTR) this.counters.txFull++;
    else {
      this.counters.txRefused++;
      this.counters.lastError = errnoName(this.calls.koffi, errno);
    }
    return false;
  }

  private lose(): void {
    this.close();
    this.options.onLost?.(new DeviceError('ELOST', `The interface ${this.name} has disappeared: somebody deleted it.`, 'start again; nothing else is needed'));
  }
}
