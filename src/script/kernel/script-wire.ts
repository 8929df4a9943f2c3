/**
 * The wire between a script and the kernel's TCP: a TUN interface with the offloads of an Ethernet card (so that the kernel
 * sends and takes super-segments as it does on one), and a packet socket on it, because only that says when a packet was sent.
 */
import { closeSync } from 'node:fs';
import { attachTun } from '../../device/tun-ioctl.js';
import type { SeenPacket } from '../subject.js';
import { NativeMemory, must, native } from '../../device/native.js';
import { PacketSocket, Passing } from './packet-socket.js';

const IFF_VNET_HDR = 0x4000;
const VNET_HEADER = 10;
const GSO_TCPV4 = 1;
const GSO_TCPV6 = 4;
const TUNSETOFFLOAD = 0x400454d0;
/** TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN */
const OFFLOADS = 0xf;
const LARGEST = 65_535 + VNET_HEADER;

export class ScriptWire {
  private readonly tunFd: number;
  private readonly sniffer: PacketSocket;
  private readonly buffer = new NativeMemory(LARGEST);

  /** @throws DeviceError */
  constructor(name: string) {
    this.tunFd = attachTun(name, IFF_VNET_HDR).fd;
    must('Giving the TUN the offloads of a network card', 'ioctl', this.tunFd, TUNSETOFFLOAD, OFFLOADS);
    this.sniffer = new PacketSocket(name);
  }

  /** Readable when the kernel has sent a packet. */
  get snifferFd(): number {
    return this.sniffer.fd;
  }

  /** Towards the kernel. @param segmentSize not 0 = a super-segment of so many octets of text each, as a card hands up */
  inject(octets: Uint8Array, segmentSize = 0): void {
    const { octets: to, view, address } = this.buffer;
    to.fill(0, 0, VNET_HEADER);
    if (segmentSize > 0) {
      view.setUint8(1, octets[0] >>> 4 === 4 ? GSO_TCPV4 : GSO_TCPV6);
      view.setUint16(4, segmentSize, true);
    }
    to.set(octets, VNET_HEADER);
    must('Handing the kernel a packet', 'write', this.tunFd, address, VNET_HEADER + octets.length);
  }

  /** The oldest packet that the kernel sent; undefined = none waits. `at` is µs since 1970. */
  take(): SeenPacket | undefined {
    const packet = this.sniffer.take(Passing.Outgoing);
    // The kernel counts a packet as under way until somebody has read it.
    if (packet === undefined) return undefined;
    native('read', this.tunFd, this.buffer.address, LARGEST);
    const { view } = this.buffer;
    const segmentSize = view.getUint8(1) === 0 ? 0 : view.getUint16(4, true);
    return segmentSize > 0 ? { ...packet, segmentSize } : packet;
  }

  close(): void {
    this.sniffer.close();
    closeSync(this.tunFd);
    this.buffer.free();
  }
}
