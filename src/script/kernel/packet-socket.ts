/** A packet socket on one interface: what passes there, with the instant the kernel saw it; and a way to send there. */
import { closeSync } from 'node:fs';
import type { SeenPacket } from '../subject.js';
import { NativeMemory, must, native } from '../../device/native.js';

const AF_PACKET = 17;
const SOCK_RAW = 3;
/** htons(ETH_P_ALL) */
const ALL_PROTOCOLS = 0x0300;
const SOL_SOCKET = 1;
const SO_RCVBUF = 8;
const BUFFER = 2 * 1024 * 1024;
const SIOCGSTAMP = 0x8906;
const MSG_DONTWAIT = 0x40;
const LARGEST = 65_535;
/** struct sockaddr_ll */
const SOCKADDR_LL = 20;
const PKTTYPE_AT = 10;

/** Who sent a packet: somebody else to this host (PACKET_HOST), or the host itself (PACKET_OUTGOING). */
export const Passing = { Incoming: 0, Outgoing: 4 } as const;

export class PacketSocket {
  /** Readable when a packet has passed, be it of the kind wanted or not. */
  readonly fd: number;
  private readonly buffer = new NativeMemory(LARGEST);
  private readonly from = new NativeMemory(SOCKADDR_LL + 4);
  private readonly stamp = new NativeMemory(16);

  /** @throws DeviceError */
  constructor(interfaceName: string) {
    this.fd = must('Opening a packet socket', 'socket', AF_PACKET, SOCK_RAW, ALL_PROTOCOLS);
    const name = new NativeMemory(interfaceName.length + 1);
    for (let i = 0; i < interfaceName.length; i++) name.octets[i] = interfaceName.charCodeAt(i);
    const address = new NativeMemory(SOCKADDR_LL);
    address.view.setUint16(0, AF_PACKET, true);
    address.view.setUint16(2, ALL_PROTOCOLS, true);
    address.view.setInt32(4, must('Finding the interface', 'if_nametoindex', name.address), true);
    must('Listening on the interface', 'bind', this.fd, address.address, SOCKADDR_LL);
    const size = new NativeMemory(4);
    size.view.setInt32(0, BUFFER, true);
    must('Enlarging the packet socket', 'setsockopt', this.fd, SOL_SOCKET, SO_RCVBUF, size.address, 4);
    native('ioctl', this.fd, SIOCGSTAMP, this.stamp.address); // switches stamping on before it matters
    for (const memory of [name, address, size]) memory.free();
  }

  /** The oldest packet of that kind; undefined = none waits. `at` is µs since 1970. */
  take(kind: number): SeenPacket | undefined {
    const { buffer, from, stamp } = this;
    for (;;) {
      from.view.setUint32(SOCKADDR_LL, SOCKADDR_LL, true);
      const length = native('recvfrom', this.fd, buffer.address, LARGEST, MSG_DONTWAIT, from.address, from.address + BigInt(SOCKADDR_LL)).value;
      if (length < 0) return undefined;
      if (from.octets[PKTTYPE_AT] !== kind) continue;
      must('Asking when a packet passed', 'ioctl', this.fd, SIOCGSTAMP, stamp.address);
      return { octets: buffer.octets.slice(0, length), at: Number(stamp.view.getBigInt64(0, true)) * 1_000_000 + Number(stamp.view.getBigInt64(8, true)) };
    }
  }

  /** Hands the interface a packet to send. @returns did it take it */
  send(octets: Uint8Array): boolean {
    this.buffer.octets.set(octets);
    return native('send', this.fd, this.buffer.address, octets.length, 0).value === octets.length;
  }

  close(): void {
    closeSync(this.fd);
    for (const memory of [this.buffer, this.from, this.stamp]) memory.free();
  }
}
