/** Segments that a network card would have cut from a super-segment: what is compared is what would be on the cable. */
import type { SeenPacket } from '../script/subject.js';

const FIN = 0x01;
const PSH = 0x08;
const CWR = 0x80;

/** The packet itself unless it says that it is longer than a segment. Checksums of the parts stay as unfinished as the whole's. */
export function segments(packet: SeenPacket): SeenPacket[] {
  const { octets, at, segmentSize = 0 } = packet;
  const v4 = octets.length > 0 && octets[0] >> 4 === 4;
  const tcp = v4 ? (octets[0] & 0xf) * 4 : 40;
  if (segmentSize <= 0 || octets.length < tcp + 20) return [packet];
  const headers = tcp + (octets[tcp + 12] >> 4) * 4;
  const text = octets.length - headers;
  if (text <= segmentSize) return [packet];
  const parts: SeenPacket[] = [];
  for (let from = 0; from < text; from += segmentSize) {
    const length = Math.min(segmentSize, text - from);
    const part = new Uint8Array(headers + length);
    part.set(octets.subarray(0, headers));
    part.set(octets.subarray(headers + from, headers + from + length), headers);
    const view = new DataView(part.buffer);
    if (v4) view.setUint16(2, part.length);
    else view.setUint16(4, part.length - 40);
    view.setUint32(tcp + 4, (view.getUint32(tcp + 4) + from) >>> 0);
    if (from + length < text) part[tcp + 13] &= ~(FIN | PSH);
    if (from > 0) part[tcp + 13] &= ~CWR;
    parts.push({ octets: part, at });
  }
  return parts;
}
