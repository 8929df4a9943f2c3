/** Small TCP packets with right checksums, for tests of what carries them. */
import { Address } from '../../src/util/address.js';
import { seq } from '../../src/util/seq.js';
import { writeIpv4 } from '../../src/wire/ipv4.js';
import { Packet } from '../../src/wire/packet.js';
import { writeTcpChecksum, writeTcpHeader } from '../../src/wire/tcp.js';

const SRC = Address.from('192.0.2.1');
const DST = Address.from('192.0.2.2');

/** @param seqNumber tells packets apart; @param text octets of text */
export function tcpPacket(seqNumber: number, flags: number, text = 0): Packet {
  const packet = new Packet(1500);
  packet.end = 40 + text;
  writeIpv4(packet.view, 0, 20 + text, 6, SRC, DST, 64, 0, 0);
  writeTcpHeader(packet.view, 20, 1000, 2000, seq(seqNumber), seq(1), 20, flags, 65535, 0);
  packet.bytes.fill(0x61, 40, packet.end);
  writeTcpChecksum(packet.view, 20, packet.end, SRC, DST);
  return packet;
}

export const seqOf = (packet: Packet): number => packet.view.getUint32(packet.start + 24);
