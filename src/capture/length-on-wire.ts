/** How long a frame was that may have been cut: cap hands over 65,535 octets at most and does not say of how many. */
import { LinkType } from './frame.js';

/** cap's snap length: what is shorter is whole. */
export const SNAP = 65_535;

/** Octets before the IP header. */
const LINK_HEADERS: Readonly<Record<number, number>> = {
  [LinkType.Null]: 4, [LinkType.Ethernet]: 14, [LinkType.Raw]: 0, [LinkType.Cooked]: 16, [LinkType.Cooked2]: 20,
};
const IPV6_HEADER = 40;

/** By the IP header's own account where the frame may have been cut and carries one; otherwise what there is. */
export function lengthOnWire(bytes: Uint8Array, linkType: number): number {
  const ip = LINK_HEADERS[linkType];
  if (bytes.length < SNAP || ip === undefined) return bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset + ip, IPV6_HEADER);
  const version = view.getUint8(0) >> 4;
  if (version === 4) return Math.max(bytes.length, ip + view.getUint16(2));
  if (version === 6) return Math.max(bytes.length, ip + IPV6_HEADER + view.getUint16(4));
  return bytes.length;
}
