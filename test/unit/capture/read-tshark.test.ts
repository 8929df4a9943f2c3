/** Captures made octet by octet, read by tshark and by us: frame numbers, times, lengths, addresses, ports and text must be the same. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import { LinkType } from '../../../src/capture/frame.js';
import { ipPacketOf, LONGEST_IP_PACKET } from '../../../src/capture/link-layer.js';
import { PcapngWriter } from '../../../src/capture/pcapng-write.js';
import { type CaptureReader, openCapture } from '../../../src/capture/read.js';
import { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import { IpHeader, PROTO_TCP, readIp } from '../../../src/wire/ip.js';
import { Packet } from '../../../src/wire/packet.js';
import { Reject } from '../../../src/wire/reject.js';
import { Segment } from '../../../src/wire/segment.js';
import { readTcp } from '../../../src/wire/tcp.js';
import { carries, ethernet, framed, octets, pcapFile, PcapngFile, type Recorded } from '../../support/capture-file.js';
import { describeIf } from '../../support/kernel.js';
import { buildPacket } from '../../support/segments.js';

const folder = mkdtempSync(pathOf(tmpdir(), 'glasstcp-tshark-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const missing = ['tshark', 'editcap', 'mergecap'].filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
const reason = missing.length === 0 ? null : `${missing.join(', ')} not installed`;

const T = 1_700_000_000_123_456_789n;
const HOST = { 4: { address: Address.from('192.0.2.1'), port: 80 }, 6: { address: Address.from('2001:db8::1'), port: 80 } };
const PEER = { 4: { address: Address.from('192.0.2.2'), port: 4000 }, 6: { address: Address.from('2001:db8::2'), port: 4001 } };
const segment = (version: 4 | 6, at: number, data: number): Uint8Array =>
  buildPacket({ flags: 'P.', seq: at, ack: 1, data, ts: [1, 2] }, PEER[version], HOST[version], seq(0xffff_ff00), seq(200)).toBytes();

/** What a link type may carry: whole, padded, cut, of both versions, and what is no IP. */
function packetsOf(linkType: number, littleEndian: boolean): Recorded[] {
  const list: Recorded[] = [];
  const add = (bytes: Uint8Array, kept = bytes.length): void => void list.push({ nanos: T + BigInt(list.length) * 1_000_111_222n, bytes: bytes.subarray(0, kept), length: bytes.length });
  for (const version of ([4, 6] as const).filter((v) => carries(linkType, v))) {
    const one = framed(linkType, segment(version, 1, 100), littleEndian);
    add(one);
    add(framed(linkType, segment(version, 101, 0), littleEndian));
    add(framed(linkType, segment(version, 101, 1448), littleEndian), one.length - 100 + 20);
  }
  if (linkType !== LinkType.Ethernet) return list;
  for (const type of ['8100 0064 0800', '88a8 0064 8100 00c8 0800', '007c aaaa 03 000000 0800']) add(ethernet(type, segment(4, 1, 64)));
  add(ethernet('0806', octets('0001 0800 06 04 0001 020000000001 c0000201 000000000000 c0000202')));
  add(Buffer.concat([ethernet('0800', segment(4, 1, 1)), new Uint8Array(7)]));
  return list;
}

const FIELDS = ['frame.number', 'frame.time_epoch', 'frame.len', 'frame.cap_len', 'ip.src', 'ipv6.src', 'tcp.srcport', 'tcp.seq_raw', 'tcp.len'];

function byTshark(path: string): string[] {
  const run = spawnSync('tshark', ['-r', path, '-T', 'fields', '-E', 'separator=|', ...FIELDS.flatMap((field) => ['-e', field])], { encoding: 'utf8' });
  return run.stdout.trimEnd().split('\n');
}

function byUs(path: string): string[] {
  const reader = openCapture(path);
  const lines = linesOf(reader);
  expect(reader.trouble).toEqual([]);
  return lines;
}

function linesOf(reader: CaptureReader): string[] {
  const [packet, ip, tcp] = [new Packet(LONGEST_IP_PACKET), new IpHeader(), new Segment()];
  return Array.from(reader.frames(), (frame) => {
    const { number, nanos, length, bytes } = frame;
    const time = `${nanos / 1_000_000_000n}.${(nanos % 1_000_000_000n).toString().padStart(9, '0')}`;
    const line = [number, time, length, bytes.length];
    if (typeof ipPacketOf(frame, packet) === 'string' || readIp(packet, ip) !== Reject.None || ip.protocol !== PROTO_TCP) return [...line, '', '', '', '', ''].join('|');
    expect(readTcp(packet, ip, tcp, false)).toBe(Reject.None);
    const from = ip.src.toString();
    return [...line, ip.version === 4 ? from : '', ip.version === 6 ? from : '', tcp.srcPort, tcp.seq >>> 0, tcp.dataLength].join('|');
  });
}

function agree(name: string, bytes: Uint8Array, expected: number): void {
  const path = pathOf(folder, name);
  writeFileSync(path, bytes);
  const lines = byUs(path);
  expect(lines).toHaveLength(expected);
  expect(lines).toEqual(byTshark(path));
}

const TYPES = Object.entries(LinkType);
const ORDERS = [['little', true], ['big', false]] as const;

describeIf(reason, 'read by tshark and by us', () => {
  it.each(TYPES.flatMap(([name, linkType]) => ORDERS.flatMap(([order, le]) => (['micro', 'nano'] as const).map((resolution) => [name, order, resolution, linkType, le] as const))))(
    'pcap, %s, %s-endian, %sseconds', (name, order, resolution, linkType, littleEndian) => {
      const packets = packetsOf(linkType, littleEndian);
      agree(`${name}-${order}-${resolution}.pcap`, pcapFile(packets, { linkType, littleEndian, resolution }), packets.length);
    }, 60_000);

  it.each(ORDERS.flatMap(([order, le]) => [undefined, 0, 3, 6, 9, 0x80 + 10, 0x80 + 30].map((resolution) => [order, resolution, le] as const)))(
    'pcapng with all link types, %s-endian, resolution %s', (order, resolution, littleEndian) => {
      const file = new PcapngFile().section(littleEndian);
      let expected = 0;
      for (const [name, linkType] of TYPES) file.iface({ linkType, name, resolution });
      TYPES.forEach(([, linkType], i) => {
        for (const packet of packetsOf(linkType, littleEndian)) {
          expected += 2;
          file.enhanced(i, packet, 'with a comment').old(i, packet);
        }
      });
      agree(`all-${order}-${resolution}.pcapng`, file.bytes(), expected);
    }, 60_000);

  it('sections of both byte orders, and what lies between packets', () => {
    const packet = packetsOf(LinkType.Ethernet, true)[0];
    const file = new PcapngFile().section(true).iface({ linkType: 113 }).iface({ linkType: 1, offset: -7n }).enhanced(1, packet).block(5, octets('00000000 0000000000000000'));
    file.section(false).iface({ linkType: 1, offset: 3600n, resolution: 9 }).enhanced(0, packet).block(0xbad, octets('00007ed9 01020304')).block(77).enhanced(0, packet);
    const path = pathOf(folder, 'sections.pcapng');
    writeFileSync(path, file.bytes());
    // tshark gives the custom block number 3.
    const [lines, theirs] = [byUs(path), byTshark(path)];
    expect(lines.map((line) => line.split('|')[0])).toEqual(['1', '2', '4']);
    expect(lines).toEqual([theirs[0], theirs[1], theirs[3]]);
  });

  it.each([['pcap'], ['nsecpcap'], ['modpcap'], ['pcapng']])('what editcap makes of a pcapng as %s', (format) => {
    const [from, to] = [pathOf(folder, 'from.pcapng'), pathOf(folder, `to.${format}`)];
    const file = new PcapngFile().section(true).iface({ linkType: 1, resolution: 9 });
    for (const packet of packetsOf(LinkType.Ethernet, true)) file.enhanced(0, packet);
    writeFileSync(from, file.bytes());
    expect(spawnSync('editcap', ['-F', format, from, to], { encoding: 'utf8' }).stderr).not.toContain('can\'t');
    expect(byUs(to)).toEqual(byTshark(to));
  });

  it('what mergecap makes of captures of different link types, and editcap of long frames', () => {
    const [eth, cooked, both, cut] = ['eth', 'cooked', 'both', 'cut'].map((name) => pathOf(folder, `${name}.pcapng`));
    writeFileSync(eth, pcapFile(packetsOf(LinkType.Ethernet, true), { linkType: LinkType.Ethernet, littleEndian: true }));
    writeFileSync(cooked, pcapFile(packetsOf(LinkType.Cooked2, false), { linkType: LinkType.Cooked2, littleEndian: false, resolution: 'nano' }));
    expect(spawnSync('mergecap', ['-w', both, eth, cooked]).status).toBe(0);
    expect(spawnSync('editcap', ['-s', '96', both, cut]).status).toBe(0);
    for (const path of [both, cut]) expect(byUs(path)).toEqual(byTshark(path));
  });

  it('what PcapngWriter writes of frames that a snap length cut', () => {
    const path = pathOf(folder, 'written.pcapng');
    const writer = new PcapngWriter(path);
    const iface = writer.addInterface('eth0', 'cut at 96', LinkType.Ethernet, 96);
    for (const { nanos, bytes, length } of packetsOf(LinkType.Ethernet, true)) writer.packet(iface, nanos, bytes, 0, Math.min(bytes.length, 96), 'why', 'in', length);
    writer.close();
    const lines = byUs(path);
    expect(lines).toHaveLength(11);
    expect(lines).toEqual(byTshark(path));
  });

  it('a file cut anywhere: as many packets as tshark reads', () => {
    const packets = packetsOf(LinkType.Ethernet, true).slice(0, 3);
    const file = new PcapngFile().section(true).iface({ linkType: 1 });
    for (const packet of packets) file.enhanced(0, packet);
    for (const [name, bytes] of [['cut.pcap', pcapFile(packets, { linkType: 1, littleEndian: true })], ['cut.pcapng', file.bytes()]] as const) {
      for (const part of [0.4, 0.6, 0.8, 0.99]) {
        const path = pathOf(folder, name);
        writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * part)));
        const reader = openCapture(path);
        expect(linesOf(reader)).toEqual(byTshark(path).filter((line) => line !== ''));
        expect(reader.trouble).toEqual([expect.stringMatching(/^The file ends in the middle of /)]);
      }
    }
  }, 60_000);
});
