import { LinkType, type Frame } from '../../../src/capture/frame.js';
import { ipPacketOf, LONGEST_IP_PACKET } from '../../../src/capture/link-layer.js';
import { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import { IpHeader, PROTO_TCP, readIp } from '../../../src/wire/ip.js';
import { Packet } from '../../../src/wire/packet.js';
import { Reject } from '../../../src/wire/reject.js';
import { Segment } from '../../../src/wire/segment.js';
import { readTcp } from '../../../src/wire/tcp.js';
import { carries, ethernet, framed, join, octets } from '../../support/capture-file.js';
import { buildPacket } from '../../support/segments.js';

const HOST = { 4: { address: Address.from('192.0.2.1'), port: 80 }, 6: { address: Address.from('2001:db8::1'), port: 80 } };
const PEER = { 4: { address: Address.from('192.0.2.2'), port: 4000 }, 6: { address: Address.from('2001:db8::2'), port: 4000 } };
const packetOf = (version: 4 | 6, text = 30): Uint8Array => buildPacket({ flags: 'P.', seq: 1, ack: 1, data: text }, PEER[version], HOST[version], seq(100), seq(200)).toBytes();
const ALL = Object.entries(LinkType).flatMap(([name, linkType]) => ([4, 6] as const).filter((v) => carries(linkType, v)).map((v) => [name, linkType, v] as const));

/** Full of what was there before: what is not captured must be zeros. */
const into = new Packet(LONGEST_IP_PACKET);
beforeEach(() => into.bytes.fill(0xee));

const frame = (linkType: number, bytes: Uint8Array, length = bytes.length): Frame => ({ number: 1, nanos: 0n, bytes, length, linkType });
const take = (linkType: number, bytes: Uint8Array, length?: number): number | string => ipPacketOf(frame(linkType, bytes, length), into);

/** Octets of text by the account of the readers that come after. */
function textOf(): number {
  const [ip, segment] = [new IpHeader(), new Segment()];
  expect(rejected(ip)).toBe(Reject.None);
  expect(ip.protocol).toBe(PROTO_TCP);
  expect(readTcp(into, ip, segment, false)).toBe(Reject.None);
  return segment.dataLength;
}
const rejected = (ip: IpHeader): Reject => readIp(into, ip);

describe.each(ALL)('%s (%i), IPv%i', (_, linkType, version) => {
  const ip = packetOf(version);
  const whole = framed(linkType, ip);
  const header = whole.length - ip.length;

  it('finds the packet', () => {
    expect(take(linkType, whole)).toBe(ip.length);
    expect(into.toBytes()).toEqual(ip);
  });

  it('does not take padding for text', () => {
    expect(take(linkType, join(whole, new Uint8Array(9).fill(0x55)))).toBe(ip.length);
    expect(into.toBytes()).toEqual(ip);
  });

  it('completes with zeros what was cut off', () => {
    expect(take(linkType, whole.subarray(0, -7), whole.length)).toBe(ip.length - 7);
    expect(into.toBytes()).toEqual(join(ip.subarray(0, -7), new Uint8Array(7)));
  });

  it('says that it is cut off, wherever in the headers', () => {
    const smallest = version === 4 ? 20 : 40;
    for (let length = 0; length < header + smallest; length++) expect(take(linkType, whole.subarray(0, length), whole.length)).toMatch(/^cut off (within|before) the /);
    expect(take(linkType, whole.subarray(0, header + smallest), whole.length)).toBe(smallest);
  });
});

describe('NULL and LOOP', () => {
  it.each([true, false])('NULL has the byte order of the machine that wrote, little-endian: %s', (littleEndian) => {
    expect(take(LinkType.Null, framed(LinkType.Null, packetOf(6), littleEndian))).toBe(90);
    expect(take(LinkType.Null, framed(LinkType.Null, packetOf(4), littleEndian))).toBe(70);
  });
  it.each(['0a', '18', '1a', '1c', '1e'])('knows IPv6 by the family 0x%s', (family) => {
    expect(take(LinkType.Null, join(octets(`${family}000000`), packetOf(6)))).toBe(90);
    expect(take(LinkType.Loop, join(octets(`000000${family}`), packetOf(6)))).toBe(90);
  });
  it.each([
    [LinkType.Null, '11000000', 'protocol family 17'], [LinkType.Null, '00000011', 'protocol family 17'],
    [LinkType.Loop, '02000000', 'protocol family 33554432'], [LinkType.Loop, '000000', 'cut off within the loopback header'],
  ])('link type %i, family %s', (linkType, family, words) => {
    expect(take(linkType, family.length < 8 ? octets(family) : join(octets(family), packetOf(4)))).toBe(words);
  });
});

describe('Ethernet', () => {
  it.each([
    ['802.1Q', '8100 0064 0800'], ['802.1ad', '88a8 0064 8100 00c8 0800'], ['three tags', '9100 0001 8100 0002 8100 0003 0800'],
    ['SNAP', '004e aaaa 03 000000 0800'], ['LLC', '0049 0606 03'], ['SNAP behind a tag', '8100 0064 004e aaaa 03 000000 0800'],
  ])('%s', (_, type) => {
    expect(take(LinkType.Ethernet, ethernet(type, packetOf(4)))).toBe(70);
    expect(textOf()).toBe(30);
  });

  it.each([
    ['0806', 'ARP'], ['88cc', 'LLDP'], ['8847', 'MPLS'], ['1234', 'Ethernet type 0x1234'], ['8100 0064 0806', 'ARP'], ['8100 00', 'cut off within a VLAN tag'], ['8100 0064 81', 'cut off within a VLAN tag'],
    ['0026 4242 03', 'spanning tree'], ['0026 1234 03', 'LLC services 0x1234'], ['0026 0606 13', 'LLC services 0x0606'], ['0026 42', 'cut off within the LLC header'],
    ['0026 aaaa 03 0000', 'cut off within the SNAP header'], ['0026 aaaa 03 00000c 2000', 'SNAP organisation 0x00000c'], ['0026 aaaa 03 000000 0806', 'ARP'],
    ['0800', 'cut off before the IP header'], ['0800 00', 'IP version 0'], ['86dd 50', 'IP version 5'],
  ])('%s is %s', (type, words) => {
    expect(take(LinkType.Ethernet, ethernet(type, new Uint8Array(0)))).toBe(words);
  });

  it('Linux cooked frames have tags and other types, too', () => {
    expect(take(LinkType.Cooked, join(octets('0004 0001 0006 020000000001 0000 8100 0064 0800'), packetOf(4)))).toBe(70);
    expect(take(LinkType.Cooked2, join(octets('8100 0000 00000002 0001 04 06 020000000001 0000 0064 86dd'), packetOf(6)))).toBe(90);
    expect(take(LinkType.Cooked2, octets('0806 0000 00000002 0001 04 06 020000000001 0000'))).toBe('ARP');
  });
});

describe('IPv4', () => {
  const changed = (change: (view: DataView) => void, from = packetOf(4)): Uint8Array => {
    const bytes = from.slice();
    change(new DataView(bytes.buffer));
    return bytes;
  };
  it.each<[string, (view: DataView) => void, string]>([
    ['first fragment', (v) => v.setUint16(6, 0x2000), 'IPv4 fragment'],
    ['last fragment', (v) => v.setUint16(6, 0x0123), 'IPv4 fragment'],
    ['header too short', (v) => v.setUint8(0, 0x44), 'IPv4 header of 16 octets'],
    ['length too short', (v) => v.setUint16(2, 19), 'IPv4 packet of 19 octets with a header of 20'],
  ])('%s', (_, change, words) => {
    expect(take(LinkType.Raw, changed(change))).toBe(words);
  });

  it('options that are cut off', () => {
    expect(take(LinkType.Raw, changed((v) => v.setUint8(0, 0x4f)).subarray(0, 59), 70)).toBe('cut off within the IPv4 header');
  });

  it('the wrong version for the link type', () => {
    expect(take(LinkType.Ipv6, packetOf(4))).toBe('IP version 4');
    expect(take(LinkType.Ipv4, packetOf(6))).toBe('IP version 6');
  });

  it('a length of 0, left to a network card that segments, is the frame\'s', () => {
    const bytes = changed((v) => v.setUint16(2, 0), packetOf(4, 40_000));
    expect(take(LinkType.Ethernet, framed(LinkType.Ethernet, bytes))).toBe(40_040);
    expect(textOf()).toBe(40_000);
    expect(take(LinkType.Ethernet, framed(LinkType.Ethernet, bytes).subarray(0, 96), 40_054)).toBe(82);
    expect(textOf()).toBe(40_000);
    expect(take(LinkType.Ethernet, framed(LinkType.Ethernet, bytes), 65_550)).toBe('IPv4 packet of 65536 octets, longer than its header can say');
  });

  it('a header checksum left to a network card is filled in; a wrong one stays wrong', () => {
    expect(take(LinkType.Raw, changed((v) => v.setUint16(10, 0)))).toBe(70);
    expect(into.toBytes()).toEqual(packetOf(4));
    expect(take(LinkType.Raw, changed((v) => v.setUint16(10, 0x1234)))).toBe(70);
    expect(rejected(new IpHeader())).toBe(Reject.BadIpChecksum);
  });

  it('a packet longer than its frame counts as cut off', () => {
    expect(take(LinkType.Raw, changed((v) => v.setUint16(2, 1500)))).toBe(70);
    expect([into.length, into.bytes[70], into.bytes[1499]]).toEqual([1500, 0, 0]);
  });
});

describe('IPv6', () => {
  it('extension headers pass', () => {
    const bytes = packetOf(6);
    const ip = join(bytes.subarray(0, 40), octets('0600 0104 00000000'), bytes.subarray(40));
    ip[5] += 8;
    ip[6] = 60;
    expect(take(LinkType.Raw, ip)).toBe(98);
    expect(textOf()).toBe(30);
  });

  it('a length of 0 is the frame\'s, unless there is nothing or the packet is a jumbogram', () => {
    const bytes = packetOf(6);
    bytes[4] = bytes[5] = 0;
    expect(take(LinkType.Raw, bytes)).toBe(90);
    expect(textOf()).toBe(30);
    expect(take(LinkType.Raw, bytes.subarray(0, 40))).toBe(40);
    expect(take(LinkType.Raw, bytes, 65_576)).toBe('IPv6 packet of 65576 octets, longer than its header can say');
    bytes[6] = 0;
    expect(take(LinkType.Raw, bytes)).toBe('IPv6 packet of 90 octets, longer than its header can say');
    bytes[6] = 59;
    expect(take(LinkType.Raw, bytes)).toBe(40);
  });

  it('takes the longest packet', () => {
    const bytes = new Uint8Array(LONGEST_IP_PACKET);
    bytes.set(packetOf(6));
    bytes[4] = bytes[5] = 0xff;
    expect(take(LinkType.Raw, bytes)).toBe(LONGEST_IP_PACKET);
    expect(ipPacketOf(frame(LinkType.Raw, bytes), new Packet(1500))).toBe('IP packet of 65575 octets, longer than is read');
  });
});

it('says which link types it does not know', () => {
  expect(take(147, packetOf(4))).toBe('unknown link type 147');
});
