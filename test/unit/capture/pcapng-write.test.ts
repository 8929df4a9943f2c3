import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaptureError } from '../../../src/capture/errors.js';
import { LinkType } from '../../../src/capture/frame.js';
import { PcapngWriter } from '../../../src/capture/pcapng-write.js';
import { ACK, SYN } from '../../../src/wire/segment.js';
import { describeIf } from '../../support/kernel.js';
import { tcpPacket } from '../../support/tcp-packet.js';

const folder = mkdtempSync(join(tmpdir(), 'glasstcp-pcapng-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Block {
  readonly type: number;
  readonly body: DataView;
}

/** Takes a capture apart by the format's own rules: a length at both ends of each block, all in multiples of 4. */
function blocksOf(bytes: Uint8Array): Block[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const blocks: Block[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = view.getUint32(at + 4, true);
    expect(size % 4).toBe(0);
    expect(view.getUint32(at + size - 4, true)).toBe(size);
    blocks.push({ type: view.getUint32(at, true), body: new DataView(view.buffer, view.byteOffset + at + 8, size - 12) });
    at += size;
  }
  return blocks;
}

function optionsOf(body: DataView, at: number): Map<number, Uint8Array> {
  const options = new Map<number, Uint8Array>();
  for (;;) {
    const [code, size] = [body.getUint16(at, true), body.getUint16(at + 2, true)];
    if (code === 0) return options;
    options.set(code, new Uint8Array(body.buffer, body.byteOffset + at + 4, size));
    at += 4 + ((size + 3) & ~3);
  }
}

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

describe('PcapngWriter in memory', () => {
  it('writes section, interface and packet with all their options', () => {
    const writer = new PcapngWriter(null, { hardware: 'abacus', os: 'Linux 6', application: 'glasstcp 1' });
    expect(writer.addInterface('glass0', 'towards the kernel')).toBe(0);
    expect(writer.addInterface('é')).toBe(1);
    writer.packet(1, 1_700_000_000_123_456_789n, Uint8Array.of(9, 1, 2, 3, 4, 5, 9), 1, 6, 'snd.una 1→1461', 'out');
    const [section, first, second, packet] = blocksOf(writer.toBytes());
    expect([section.type, section.body.getUint32(0, true)]).toEqual([0x0a0d0d0a, 0x1a2b3c4d]);
    expect([...optionsOf(section.body, 16).values()].map(text)).toEqual(['abacus', 'Linux 6', 'glasstcp 1']);
    expect([first.type, first.body.getUint16(0, true)]).toEqual([1, 101]);
    const options = optionsOf(first.body, 8);
    expect([text(options.get(2)), text(options.get(3)), options.get(9)]).toEqual(['glass0', 'towards the kernel', Uint8Array.of(9)]);
    expect(text(optionsOf(second.body, 8).get(2))).toBe('é');
    expect([packet.type, packet.body.getUint32(0, true)]).toEqual([6, 1]);
    expect((BigInt(packet.body.getUint32(4, true)) << 32n) | BigInt(packet.body.getUint32(8, true))).toBe(1_700_000_000_123_456_789n);
    expect([packet.body.getUint32(12, true), packet.body.getUint32(16, true)]).toEqual([5, 5]);
    expect([20, 21, 22, 23, 24, 25, 26, 27].map((at) => packet.body.getUint8(at))).toEqual([1, 2, 3, 4, 5, 0, 0, 0]);
    expect(text(optionsOf(packet.body, 28).get(1))).toBe('snd.una 1→1461');
    expect(optionsOf(packet.body, 28).get(2)).toEqual(Uint8Array.of(2, 0, 0, 0));
  });

  it('takes microseconds as a number', () => {
    const writer = new PcapngWriter(null);
    writer.packet(writer.addInterface('a'), 1_700_000_000_000_000.25, Uint8Array.of(1), 0, 1);
    const { body } = blocksOf(writer.toBytes())[2];
    expect((BigInt(body.getUint32(4, true)) << 32n) | BigInt(body.getUint32(8, true))).toBe(1_700_000_000_000_000_250n);
  });

  it('writes frames of other link types, cut by a snap length', () => {
    const writer = new PcapngWriter(null);
    const iface = writer.addInterface('eth0', '', LinkType.Ethernet, 96);
    writer.packet(iface, 0n, new Uint8Array(96), 0, 96, '', undefined, 1514);
    writer.packet(iface, 0n, new Uint8Array(60), 0, 60);
    const [, description, cut, whole] = blocksOf(writer.toBytes());
    expect([description.body.getUint16(0, true), description.body.getUint32(4, true)]).toEqual([1, 96]);
    expect([cut, whole].map(({ body }) => [body.getUint32(12, true), body.getUint32(16, true)])).toEqual([[96, 1514], [60, 60]]);
  });

  it('cuts a comment of more than 65,532 octets at a whole character', () => {
    const writer = new PcapngWriter(null);
    writer.packet(writer.addInterface('a'), 0n, new Uint8Array(65_535), 0, 65_535, `x${'€'.repeat(30_000)}`, 'in');
    const { body } = blocksOf(writer.toBytes())[2];
    const comment = text(optionsOf(body, 20 + 65_536).get(1));
    expect(comment).toBe(`x${'€'.repeat(21_843)}`);
  });
});

describe('PcapngWriter to a file', () => {
  it('writes the same bytes as in memory, in pieces, and all of them by close', () => {
    const path = join(folder, 'big.pcapng');
    const writers = [new PcapngWriter(path), new PcapngWriter(null)];
    for (const writer of writers) {
      const iface = writer.addInterface('glass0');
      for (let i = 0; i < 500; i++) writer.packet(iface, i, new Uint8Array(1000).fill(i), 0, 1000, `packet ${i}`, 'in');
    }
    const size = statSync(path).size;
    expect(size).toBeGreaterThan(400_000);
    writers[0].close();
    writers[0].close();
    expect(Buffer.compare(readFileSync(path), writers[1].toBytes())).toBe(0);
  });

  it.each([[join(folder, 'no', 'x.pcapng'), 'ENOENT', 'mkdir -p'], [folder, 'EISDIR', 'demo.pcapng']])('says what mends %s', (path, code, mend) => {
    let seen: unknown;
    try {
      new PcapngWriter(path);
    } catch (error) {
      seen = error;
    }
    expect(seen).toBeInstanceOf(CaptureError);
    expect(seen).toMatchObject({ code, message: expect.stringContaining(path), mend: expect.stringContaining(mend) });
  });

  it('survives a full disk until close, which says so', () => {
    const writer = new PcapngWriter('/dev/full');
    const iface = writer.addInterface('glass0');
    for (let i = 0; i < 200; i++) writer.packet(iface, 0n, new Uint8Array(1000), 0, 1000);
    expect(writer.failure).toMatchObject({ code: 'ENOSPC' });
    expect(() => writer.close()).toThrow('the disk is full');
  });
});

const tshark = spawnSync('tshark', ['--version']).status === 0 ? null : 'tshark is not installed';

describeIf(tshark, 'PcapngWriter, read by tshark', () => {
  it('finds every field', () => {
    const path = join(folder, 'read.pcapng');
    const writer = new PcapngWriter(path, { os: 'Linux' });
    const [a, b] = [writer.addInterface('glass0', 'towards the kernel'), writer.addInterface('glass1')];
    const packets = [tcpPacket(1, SYN), tcpPacket(2, ACK, 33)];
    writer.packet(a, 1_700_000_000_123_456_789n, packets[0].bytes, 0, packets[0].end, 'SYN-SENT → ESTABLISHED', 'out');
    writer.packet(b, 1_700_000_001_000_000_001n, packets[1].bytes, 0, packets[1].end, 'snd.una 1→1461', 'in');
    writer.close();
    const fields = ['frame.time_epoch', 'frame.interface_name', 'frame.interface_description', 'frame.comment', 'frame.packet_flags_direction', 'tcp.len',
      'tcp.checksum.status', 'ip.checksum.status'];
    const run = spawnSync('tshark', ['-r', path, '-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE', '-T', 'fields', '-E', 'separator=|',
      ...fields.flatMap((f) => ['-e', f])], { encoding: 'utf8' });
    const lines = run.stdout.trim().split('\n').map((line) => line.split('|'));
    const direction = (value: string): number => Number(value) & 3;
    expect(lines.map((l) => [...l.slice(0, 4), direction(l[4]), ...l.slice(5)])).toEqual([
      ['1700000000.123456789', 'glass0', 'towards the kernel', 'SYN-SENT → ESTABLISHED', 2, '0', '1', '1'],
      ['1700000001.000000001', 'glass1', '', 'snd.una 1→1461', 1, '33', '1', '1'],
    ]);
  });
});
