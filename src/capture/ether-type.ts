/** Where the IP packet begins behind an Ethernet type (IEEE 802.3, 802.1Q, 802.2 with SNAP), and the names of what else there is. */

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
/** 802.1Q, 802.1ad, and what was used before it. */
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100, 0x9200]);
/** Smaller numbers are the frame's length, and an LLC header follows. */
const SMALLEST_TYPE = 0x0600;
const LLC_IP = 0x0606;
const LLC_SNAP = 0xaaaa;
const UNNUMBERED = 0x03;

const NAMES: Readonly<Record<number, string>> = {
  0x0806: 'ARP', 0x8035: 'RARP', 0x8137: 'IPX', 0x8809: 'LACP', 0x8847: 'MPLS', 0x8848: 'MPLS', 0x8863: 'PPPoE discovery', 0x8864: 'PPPoE', 0x888e: '802.1X',
  0x88a2: 'ATA over Ethernet', 0x88cc: 'LLDP', 0x88e5: 'MACsec', 0x88f7: 'PTP', 0x9000: 'Ethernet loopback test',
};
const LLC_NAMES: Readonly<Record<number, string>> = { 0x4242: 'spanning tree', 0xe0e0: 'IPX', 0xf0f0: 'NetBIOS', 0xfefe: 'IS-IS', 0xffff: 'IPX' };

/**
 * @param typeAt of the type's two octets; octets up to `end` are there
 * @param behind what follows the type: directly, except in Linux cooked v2
 * @returns where the IP packet begins, or in words what there is instead
 */
export function behindEtherType(view: DataView, typeAt: number, end: number, behind = typeAt + 2): number | string {
  let type = view.getUint16(typeAt);
  let at = behind;
  while (VLAN_TAGS.has(type)) {
    if (at + 4 > end) return 'cut off within a VLAN tag';
    type = view.getUint16(at + 2);
    at += 4;
  }
  if (type === IPV4 || type === IPV6) return at;
  return type < SMALLEST_TYPE ? behindLength(view, at, end) : nameOf(type);
}

const nameOf = (type: number): string => NAMES[type] ?? `Ethernet type 0x${type.toString(16).padStart(4, '0')}`;

/** LLC names IP itself, or SNAP has an Ethernet type again (RFC 1042). */
function behindLength(view: DataView, at: number, end: number): number | string {
  if (at + 3 > end) return 'cut off within the LLC header';
  const services = view.getUint16(at);
  const unnumbered = view.getUint8(at + 2) === UNNUMBERED;
  if (services === LLC_IP && unnumbered) return at + 3;
  if (services !== LLC_SNAP || !unnumbered) return LLC_NAMES[services] ?? `LLC services 0x${services.toString(16).padStart(4, '0')}`;
  if (at + 8 > end) return 'cut off within the SNAP header';
  const organisation = (view.getUint16(at + 3) << 8) | view.getUint8(at + 5);
  const type = view.getUint16(at + 6);
  if (organisation !== 0) return `SNAP organisation 0x${organisation.toString(16).padStart(6, '0')}`;
  return type === IPV4 || type === IPV6 ? at + 8 : nameOf(type);
}
