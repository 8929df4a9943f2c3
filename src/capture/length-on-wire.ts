/** How long a frame was that may have been cut: cap hands over 65,535 octets at most and does not say of how many. */
import { Packet } from '../wire/packet.js';
import { ipPacketOf, LONGEST_IP_PACKET } from './link-layer.js';

/** cap's snap length: what is shorter is whole. */
export const SNAP = 65_535;

let scratch: Packet | null = null;

/** By the IP header's own account where the frame may have been cut and carries one; otherwise what there is. */
export function lengthOnWire(bytes: Uint8Array, linkType: number): number {
  if (bytes.length < SNAP) return bytes.length;
  scratch ??= new Packet(LONGEST_IP_PACKET);
  const captured = ipPacketOf({ number: 0, nanos: 0n, bytes, length: bytes.length, linkType }, scratch);
  return typeof captured === 'string' ? bytes.length : bytes.length + Math.max(0, scratch.length - captured);
}
