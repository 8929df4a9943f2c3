/** Packets made by hand: any header one may wish for, with checksums that are right. */
import type { Address } from '../../../src/util/address.js';
import type { Seq } from '../../../src/util/seq.js';
import { PROTO_TCP } from '../../../src/wire/ip.js';
import { checksum, pseudoHeaderSum } from '../../../src/wire/checksum.js';
import { writeIpv4 } from '../../../src/wire/ipv4.js';
import { writeIpv6 } from '../../../src/wire/ipv6.js';
import type { Packet } from '../../../src/wire/packet.js';
import { writeTcpChecksum, writeTcpHeader } from '../../../src/wire/tcp.js';

export interface Forged {
  src: Address;
  dst: Address;
  srcPort: number;
  dstPort: number;
  seq: number;
  ack: number;
  flags: number;
  wnd: number;
  urgentPointer: number;
  /** Raw octets of the option area, a multiple of 4, at most 40. */
  options: Uint8Array;
  text: Uint8Array;
}

export function forge(f: Forged, into: Packet): Packet {
  const { view } = into;
  const v4 = f.src.isV4;
  const tcp = v4 ? 20 : 40;
  const headerLength = 20 + f.options.length;
  const length = headerLength + f.text.length;
  if (v4) writeIpv4(view, 0, length, PROTO_TCP, f.src, f.dst, 64, 0, 1);
  else writeIpv6(view, 0, length, PROTO_TCP, f.src, f.dst, 64, 0, 0);
  into.start = 0;
  into.end = tcp + length;
  into.gsoSize = 0;
  writeTcpHeader(view, tcp, f.srcPort, f.dstPort, f.seq as Seq, f.ack as Seq, headerLength, f.flags, f.wnd, f.urgentPointer);
  into.bytes.set(f.options, tcp + 20);
  into.bytes.set(f.text, tcp + headerLength);
  writeTcpChecksum(view, tcp, into.end, f.src, f.dst);
  return into;
}

/** Makes the checksums of a spoilt packet right again, as far as one can tell where they belong. */
export function mend(packet: Packet, src: Address, dst: Address): void {
  const { view } = packet;
  if (packet.length < 20) return;
  const v4 = view.getUint8(0) >> 4 === 4;
  const tcp = v4 ? (view.getUint8(0) & 15) * 4 : 40;
  if (v4) {
    view.setUint16(2, packet.length);
    if (tcp >= 20 && tcp <= packet.end) {
      view.setUint16(10, 0);
      view.setUint16(10, checksum(view, 0, tcp));
    }
  } else if (packet.length >= 40) {
    view.setUint16(4, packet.length - 40);
  }
  const length = packet.end - tcp;
  if (length < 20) return;
  view.setUint16(tcp + 16, 0);
  view.setUint16(tcp + 16, checksum(view, tcp, packet.end, pseudoHeaderSum(src, dst, PROTO_TCP, length)));
}
