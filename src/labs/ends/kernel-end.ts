/**
 * This machine's kernel as an end of a lab: real socket calls in a network namespace of its own, and a TUN as its only link, whose
 * other side is the lab's line.
 */
import { closeSync, writeFileSync } from 'node:fs';
import type { QueuedPacket } from '../../bsd/queue-device.js';
import type { PendingCall, SocketCall, Sockets } from '../../bsd/sockets.js';
import { configureLink, ip } from '../../device/ip-command.js';
import { NativeMemory, native } from '../../device/native.js';
import { attachTun } from '../../device/tun-ioctl.js';
import { enterFreshNamespace } from '../../script/kernel/fresh-namespace.js';
import { KernelSockets } from '../../script/kernel/kernel-sockets.js';
import type { Micros } from '../../util/units.js';
import type { End, EndState } from './end.js';
import { InetDiag } from './inet-diag.js';

const LARGEST = 65_535;
const INTERFACE = 'lab0';
const PROTO_TCP = 6;

export class KernelEnd implements End, Sockets {
  readonly kind = 'kernel';
  readonly sockets: Sockets = this;
  /** Readable when the kernel has sent a packet. */
  readonly fd: number;
  private readonly leave: () => void;
  private readonly buffer = new NativeMemory(LARGEST);
  private readonly calls: KernelSockets;
  private readonly diag: InetDiag;

  /**
   * Moves this thread into a fresh namespace until close().
   * @throws DeviceError when namespace or TUN cannot be had
   */
  constructor(readonly address: string, prefix: number, mtu: number, private readonly now: () => Micros) {
    this.leave = enterFreshNamespace();
    try {
      ip('link', 'set', 'lo', 'up');
      this.fd = attachTun(INTERFACE).fd;
      configureLink(INTERFACE, mtu, [{ local: `${address}/${prefix}` }]);
      this.diag = new InetDiag(address.includes(':') ? 10 : 2);
    } catch (error) {
      this.leave();
      throw error;
    }
    this.calls = new KernelSockets(now, (at) => at, () => { throw new Error('a lab makes no call that blocks'); });
  }

  begin(call: SocketCall): PendingCall {
    return this.calls.begin(call, false);
  }

  packetIn(octets: Uint8Array): void {
    this.buffer.octets.set(octets);
    native('write', this.fd, this.buffer.address, octets.length);
  }

  /** Its instant is when we have read it: on a busy machine that is later than the kernel's own. */
  takePacket(): QueuedPacket | undefined {
    for (;;) {
      const length = native('read', this.fd, this.buffer.address, LARGEST).value;
      if (length <= 0) return undefined;
      if (isTcp(this.buffer.octets)) return { octets: this.buffer.octets.slice(0, length), at: this.now() };
    }
  }

  nextDeadline(): Micros {
    return Infinity;
  }

  advanceTo(): void {
    // The kernel has a clock of its own.
  }

  sysctl(name: string, value: string | number): void {
    writeFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, `${value}\n`);
  }

  states(): EndState[] {
    return this.diag.states();
  }

  close(): void {
    for (const fd of this.calls.open) native('close', fd);
    this.diag.close();
    closeSync(this.fd);
    this.buffer.free();
    this.leave();
  }
}

/** Not neighbour discovery, router solicitations, IGMP, which kernels send of themselves. */
const isTcp = (octets: Uint8Array): boolean => (octets[0] >>> 4 === 4 ? octets[9] : octets[6]) === PROTO_TCP;
