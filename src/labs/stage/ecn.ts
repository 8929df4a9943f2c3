/** The ECN field of IP headers (RFC 3168 §5), as hosts set it and routers change it. */
import { checksum } from '../../wire/checksum.js';
import { IPV4_HEADER } from '../../wire/ipv4.js';
import type { Role } from '../ends/end.js';
import { reread } from './options.js';
import type { Seen } from './seen.js';
import type { Stage } from './stage.js';

export const NOT_CAPABLE = 0;
export const CAPABLE = 2;
const [TOS, HEADER_CHECKSUM] = [1, 10];
const CONGESTION_EXPERIENCED = 3;

/** 0 = not ECN-capable, 1 and 2 = ECN-capable (ECT), 3 = has met congestion (CE). */
export const ecnField = (seen: Pick<Seen, 'octets'>): number => reread(seen).ecn;

/** What a router does to an IPv4 packet that it would have to drop otherwise: CE, and the header's checksum anew. */
function markCongestion(octets: Uint8Array): Uint8Array {
  const marked = octets.slice();
  const view = new DataView(marked.buffer);
  marked[TOS] |= CONGESTION_EXPERIENCED;
  view.setUint16(HEADER_CHECKSUM, 0);
  view.setUint16(HEADER_CHECKSUM, checksum(view, 0, IPV4_HEADER));
  return marked;
}

/** The last router before that host is congested: it marks the next packet that may be marked, and no other. */
export function congestBefore(stage: Stage, role: Role): void {
  const end = stage.world.ends[role];
  const packetIn = end.packetIn.bind(end);
  end.packetIn = (octets) => {
    const capable = ecnField({ octets }) === CAPABLE;
    if (capable) end.packetIn = packetIn;
    packetIn(capable ? markCongestion(octets) : octets);
  };
}
