/** Options of a segment that plays look at, as they lie in its octets. */
import { IpHeader, readIp } from '../../wire/ip.js';
import { Packet } from '../../wire/packet.js';
import { Segment } from '../../wire/segment.js';
import { readTcp } from '../../wire/tcp.js';
import type { Seen } from './seen.js';

/** A segment that has passed, read anew; checksums are not looked at. */
export function reread({ octets }: Pick<Seen, 'octets'>): Segment {
  const packet = Packet.of(octets);
  const [header, segment] = [new IpHeader(), new Segment()];
  readIp(packet, header);
  readTcp(packet, header, segment, false);
  return segment;
}

/** Octets of the Fast Open cookie; 0 = asks for one, -1 = no such option (RFC 7413 §4.1.1). */
export const cookieOctets = (seen: Seen): number => reread(seen).options.cookieLength;
