import { spawn } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as pathOf, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CaptureError } from '../../../src/capture/errors.js';
import { openCapture, readCapture } from '../../../src/capture/read.js';
import { join, numbers, octets, pcapFile, PcapngFile, type Recorded } from '../../support/capture-file.js';

const folder = mkdtempSync(pathOf(tmpdir(), 'glasstcp-open-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const packet = (length: number): Recorded => ({ nanos: 5_000n, bytes: new Uint8Array(length).fill(7) });
const SMALL = pcapFile([packet(60), packet(61)], { linkType: 1, littleEndian: true });

function write(name: string, bytes: Uint8Array | string): string {
  writeFileSync(pathOf(folder, name), bytes);
  return pathOf(folder, name);
}

function refusal(open: () => unknown): CaptureError {
  try {
    open();
  } catch (error) {
    if (error instanceof CaptureError) return error;
    throw error;
  }
  throw new Error('it was opened');
}

it.each<[string, Uint8Array | string, RegExp, RegExp]>([
  ['nothing', '', /it is empty/, /-U/],
  ['gzip', gzipSync(SMALL), /it is compressed by gzip/, /^gunzip --keep \/.*gzip {3}# or: zcat \/.*gzip \|/],
  ['zstd', octets('28b52ffd 00'), /by zstd/, /zstdcat/],
  ['xz', octets('fd377a585a0000'), /by xz/, /xzcat/],
  ['bzip2', 'BZh91AY', /by bzip2/, /bzcat/],
  ['lz4', octets('04224d18'), /by lz4/, /lz4cat/],
  ['zip', 'PK\x03\x04', /a ZIP archive/, /unzip/],
  ['netmon2', 'GMBU\x00\x02', /Microsoft Network Monitor 2/, /editcap/],
  ['netmon1', 'RTSS\x00\x02', /Microsoft Network Monitor 1/, /editcap/],
  ['snoop', 'snoop\0\0\0\0\0\0\x02', /snoop/, /editcap/],
  ['navtel', octets('a12b3c4d'), /Navtel/, /editcap/],
  ['text', '12:00:01.5 IP 192.0.2.1.80 > 192.0.2.2.4000: Flags [S]\n', /it is text/, /tcpdump -w/],
  ['elf', octets('7f454c46 02010100 0000'), /begins with 7f 45 4c 46 02 01 01 00, as neither/, /file '?\//],
  ['three octets', octets('d4c3b2'), /begins with d4 c3 b2, as/, /file/],
  ['half a pcap', SMALL.subarray(0, 23), /ends within its header: 23 of 24 octets are there/, /again/],
  ['half a pcapng', new PcapngFile().section(true).bytes().subarray(0, 27), /ends within its header: 27 of 28/, /again/],
  ['bad pcapng', join(octets('0a0d0d0a 1c000000 4d3c2b1b'), new Uint8Array(30)), /byte-order magic is damaged/, /again/],
])('refuses %s, and says what it is', (name, bytes, message, mend) => {
  const path = write(name, bytes);
  const error = refusal(() => openCapture(path));
  expect(error).toMatchObject({ code: 'ENOCAPTURE', message: expect.stringMatching(message), mend: expect.stringMatching(mend) });
  expect(error.message).toContain(path);
  expect(refusal(() => readCapture(Buffer.from(bytes))).message).toMatch(message);
});

it.each([
  [() => pathOf(folder, 'none.pcap'), 'ENOENT', /there is no such file/, /^ls "\$\(dirname '.*none\.pcap'\)"/],
  [() => folder, 'EISDIR', /it is a folder/, /ls '/],
  [() => pathOf(write('file', 'x'), 'y'), 'ENOTDIR', /part of its path is a file/, /FILE/],
])('says why a file cannot be opened (%#)', (path, code, message, mend) => {
  const error = refusal(() => openCapture(path()));
  expect(error).toMatchObject({ code, message: expect.stringMatching(message), mend: expect.stringMatching(mend) });
  expect(error.toString()).not.toMatch(/--capture|written/);
});

it('names a file whose name has all that shells and replacements know', () => {
  const path = write('$& $\' 100%.pcap', gzipSync(SMALL));
  expect(refusal(() => openCapture(path)).mend).toBe(`gunzip --keep ${path}   # or: zcat ${path} | glasstcp read -`);
});

it('reads a file as it reads memory, and lets it go', () => {
  const before = readdirSync('/proc/self/fd').length;
  const reader = openCapture(write('small.pcap', SMALL));
  expect(Array.from(reader.frames(), ({ number, bytes }) => [number, bytes.length])).toEqual([[1, 60], [2, 61]]);
  refusal(() => openCapture(write('bad', 'x')));
  const early = openCapture(write('small.pcap', SMALL));
  early.close();
  expect(readdirSync('/proc/self/fd')).toHaveLength(before);
});

it('holds a window of a file, not the file', () => {
  const path = pathOf(folder, 'large.pcapng');
  const hole = 512 * 1024 * 1024;
  const size = numbers(true, [hole + 12, 4]);
  const first = join(new PcapngFile().section(true).iface({ linkType: 1 }).enhanced(0, packet(1000)).bytes(), numbers(true, [99, 4]), size);
  const last = join(size, ...new PcapngFile().section(true).iface({ linkType: 1 }).enhanced(0, packet(262_144)).blocks);
  const fd = openSync(path, 'w');
  writeSync(fd, first);
  ftruncateSync(fd, first.length + hole);
  writeSync(fd, last, 0, last.length, first.length + hole);
  closeSync(fd);
  const before = process.memoryUsage().arrayBuffers;
  const reader = openCapture(path);
  const seen: [number, number][] = [];
  for (const { number, bytes } of reader.frames()) seen.push([number, bytes.length]);
  expect([seen, reader.trouble]).toEqual([[[1, 1000], [2, 262_144]], []]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 * 1024);
});

it('reads a large pcap through its window, packets across the edges whole', () => {
  const packets = Array.from({ length: 400 }, (_, i) => ({ nanos: BigInt(i) * 1000n, bytes: new Uint8Array(1 + ((i * 7919) % 5000)).fill(i) }));
  const reader = openCapture(write('many.pcap', pcapFile(packets, { linkType: 1, littleEndian: false })));
  let i = 0;
  for (const { number, nanos, bytes } of reader.frames()) {
    expect([number, nanos]).toEqual([i + 1, packets[i].nanos]);
    expect(Buffer.compare(bytes, packets[i].bytes)).toBe(0);
    i++;
  }
  expect([i, reader.trouble]).toEqual([400, []]);
});

describe('standard input', () => {
  const program = `
    const { openCapture } = require('./src/capture/read.ts');
    try {
      const reader = openCapture('-');
      for (const { number, bytes } of reader.frames()) console.log(number, bytes.length);
      console.log(JSON.stringify(reader.trouble));
    } catch (error) { console.log(error.toString()); }`;

  function run(...pieces: readonly Uint8Array[]): Promise<string> {
    const child = spawn(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', program], { cwd: resolve(__dirname, '../../..'), stdio: ['pipe', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (pieces.length > 1 && out.startsWith('1 60\n')) child.stdin.end(pieces[1]);
    });
    if (pieces.length > 1) child.stdin.write(pieces[0]);
    else child.stdin.end(pieces[0]);
    return new Promise((done) => child.on('close', () => done(out)));
  }

  it('is read as it comes', async () => {
    // The rest is sent only when the first packet has been read.
    expect(await run(SMALL.subarray(0, 24 + 16 + 60 + 3), SMALL.subarray(24 + 16 + 60 + 3))).toBe('1 60\n2 61\n[]\n');
  }, 60_000);

  it('may be no capture', async () => {
    expect(await run(new Uint8Array(gzipSync(SMALL)))).toBe('Standard input is no capture that can be read: it is compressed by gzip.\n  to mend it: gunzip --keep FILE   # or: zcat FILE | glasstcp read -\n');
  }, 60_000);
});
