/**
 * The wire between a script and the kernel's TCP: a TUN interface with the offloads of an Ethernet card (so that the kernel
 * sends and takes super-segments as it does on one), and a packet socket on it, because only that says when a packet was sent.
 */
import { closeSync } from 'node:fs';
import { attachTun } from '../../device/tun-ioctl.js';
import type { SeenPacket } from '../subject.js';
import { NativeMemory, must, native } from './native.js';

const IFF_VNET_HDR = 0x4000;
const VNET_HEADER = 10;
const GSO_TCPV4 = 1;
const GSO_TCPV6 = 4;
const TUNSETOFFLOAD = 0x400454d0;
/** TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN */
const OFFLOADS = 0xf;
const AF_PACKET = 17;
const SOCK_RAW = 3;
/** htons(ETH_P_ALL) */
const ALL_PROTOCOLS = 0x0300;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const SNIFFER_BUFFER = 2 * 1024 * 1024;
const SIOCGSTAMP = 0x8906;
const MSG_DONTWAIT = 0x40;
const PACKET_OUTGOING = 4;
const LARGEST = 65_535 + VNET_HEADER;
/** struct sockaddr_ll */
const SOCKADDR_LL = 20;
const PKTTYPE_AT = 10;

export class ScriptWire {
  readonly name: string;
  /** Readable when the kernel has sent a packet. */
  readonly snifferFd: number;
  private readonly tunFd: number;
  private readonly buffer = new NativeMemory(LARGEST);
  private readonly from = new NativeMemory(SOCKADDR_LL + 4);
  private readonly stamp = new NativeMemory(16);

  /** @throws DeviceError */
  constructor(name: string) {
    const { fd, name: given } = attachTun(name, IFF_VNET_HDR);
    this.tunFd = fd;
    this.name = given;
    must('Giving the TUN the offloads of a network card', 'ioctl', fd, TUNSETOFFLOAD, OFFLOADS);
    this.snifferFd = must('Opening a packet socket', 'socket', AF_PACKET, SOCK_RAW, ALL_PROTOCOLS);
    this.bindSniffer();
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
    const { buffer, from, stamp } = this;
    for (;;) {
      from.view.setUint32(SOCKADDR_LL, SOCKADDR_LL, true);
      const length = native('recvfrom', this.snifferFd, buffer.address, LARGEST, MSG_DONTWAIT, from.address, from.address + BigInt(SOCKADDR_LL)).value;
      if (length < 0) return undefined;
      if (from.octets[PKTTYPE_AT] !== PACKET_OUTGOING) continue;
      const octets = buffer.octets.slice(0, length);
      must('Asking when a packet was sent', 'ioctl', this.snifferFd, SIOCGSTAMP, stamp.address);
      const at = Number(stamp.view.getBigInt64(0, true)) * 1_000_000 + Number(stamp.view.getBigInt64(8, true));
      // The kernel counts a packet as under way until somebody has read it.
      native('read', this.tunFd, buffer.address, LARGEST);
      return { octets, at };
    }
  }

  close(): void {
    closeSync(this.snifferFd);
    closeSync(this.tunFd);
  }

  private bindSniffer(): void {
    const name = new NativeMemory(this.name.length + 1);
    for (let i = 0; i < this.name.length; i++) name.octets[i] = this.name.charCodeAt(i);
    const address = new NativeMemory(SOCKADDR_LL);
    address.view.setUint16(0, AF_PACKET, true);
    address.view.setUint16(2, ALL_PROTOCOLS, true);
    address.view.setInt32(4, must('Finding the TUN', 'if_nametoindex', name.address), true);
    must('Listening on the TUN', 'bind', this.snifferFd, address.address, SOCKADDR_LL);
    const size = new NativeMemory(4);
    size.view.setInt32(0, SNIFFER_BUFFER, true);
    must('Enlarging the packet socket', 'setsockopt', this.snifferFd, SOL_SOCKET, SO_RCVBUF, size.address, 4);
    native('ioctl', this.snifferFd, SIOCGSTAMP, this.stamp.address); // switches stamping on before it matters
  }
}
