/** `glasstcp read`: what it prints of small captures, in each format and width, and what it says of files that are not well. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pc from 'picocolors';
import stringWidth from 'string-width';
import { LinkType } from '../../../../src/capture/frame.js';
import { readCapture } from '../../../../src/capture/read.js';
import { readOptions } from '../../../../src/cli/observed/read-options.js';
import { readAndShow } from '../../../../src/cli/observed/reading.js';
import { Output } from '../../../../src/cli/output.js';
import { capture, exchange, refusal, udp } from '../../../support/observed-captures.js';

const folder = mkdtempSync(join(tmpdir(), 'glasstcp-read-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);
const file = (name: string, bytes: Uint8Array): string => {
  writeFileSync(path(name), bytes);
  return path(name);
};

const small = file('small.pcap', capture([...exchange(), ...refusal(), udp()]));

interface Shown {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function read(name: string, args: Readonly<Record<string, unknown>> = {}, width = 100): Promise<Shown> {
  const texts = { out: '', err: '' };
  const out = new Output(new Writable({
    write: (chunk: Buffer, _, done) => {
      texts.out += chunk.toString();
      done();
    },
  }));
  const terminal = { width, colors: pc.createColors(false), live: false };
  const options = readOptions({ file: name, format: 'ladder', ...args });
  const status = await readAndShow(options, { terminal, out, complain: (text) => void (texts.err += text), program: 'glasstcp test' });
  return { status, ...texts };
}

const objects = (text: string): Record<string, unknown>[] => text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
const flat = (text: string): string => text.replace(/[│┆\s]+/g, ' ');

describe('what is shown', () => {
  test('ladders one after another, then the summary', async () => {
    const { status, out, err } = await read(small);
    expect([...out.matchAll(/^══ #(\d)/gm)].map(([, n]) => n)).toEqual(['0', '1']);
    expect(flat(out)).toContain('octets from 1461 on again: first sent in frame 7');
    expect(flat(out)).toContain('refuses it: nobody listens on this port');
    expect(out).toContain('FIN-WAIT-1');
    expect(out).toContain('16 frames, 15 of them TCP; the others: 1 × UDP.');
    expect(out.indexOf('══ #1')).toBeLessThan(out.indexOf('Conversations'));
    expect({ status, err }).toEqual({ status: 0, err: '' });
  });

  test('a table, each packet a line', async () => {
    const { out } = await read(small, { format: 'table' }, 200);
    const numbers = out.split('\n').map((line) => /^ +(\d+) {3}\d+\.\d{6} /.exec(line)?.[1]).filter((n) => n !== undefined);
    expect(numbers).toEqual(Array.from({ length: 16 }, (_, i) => String(i + 1)));
  });

  test('JSON: packets, conversations, a summary', async () => {
    const all = objects((await read(small, { format: 'json' })).out);
    expect(all.map(({ type }) => type)).toEqual([...Array.from({ length: 15 }, () => 'segment'), 'other', 'conversation', 'conversation', 'summary']);
    expect(all[8]).toMatchObject({ number: 9, stream: 0, from: 'right', at: 8000, checksum: 'good', verdicts: [{ rule: 'retransmission' }] });
    expect(all[10]).toMatchObject({ states: { left: { before: 'ESTABLISHED', after: 'FIN-WAIT-1' }, right: { before: 'ESTABLISHED', after: 'CLOSE-WAIT' } } });
    expect(all[16]).toMatchObject({ stream: 0, at: 0, left: { end: '192.0.2.1:40312', octets: 80 }, right: { end: '192.0.2.2:80', retransmittedSegments: 1 } });
    expect(all[18]).toMatchObject({ frames: 16, segments: 15, others: { UDP: 1 }, trouble: [] });
  });

  test('--quiet: only the summary', async () => {
    const { out } = await read(small, { quiet: true });
    expect(out.startsWith('Conversations\n')).toBe(true);
    expect(objects((await read(small, { quiet: true, format: 'json' })).out).map(({ type }) => type)).toEqual(['conversation', 'conversation', 'summary']);
  });

  test('--stream: only that conversation, several allowed', async () => {
    expect((await read(small, { stream: '1' })).out).not.toContain('══ #0');
    expect((await read(small, { stream: '1' })).out).toContain('2 frames, all TCP.');
    expect((await read(small, { stream: ['0', '1'] })).out).toContain('15 frames, all TCP.');
    expect((await read(small, { stream: '0,1' })).out).toContain('══ #1');
  });

  test('--problems: only what there is something to say about', async () => {
    const table = await read(small, { problems: true, format: 'table' }, 200);
    expect([...table.out.matchAll(/^ +(\d+) {3}\d/gm)].map(([, n]) => n)).toEqual(['9', '15']);
    const json = objects((await read(small, { problems: true, format: 'json' })).out);
    expect(json.filter(({ type }) => type === 'segment').map(({ number }) => number)).toEqual([9, 15]);
    expect(json.some(({ type }) => type === 'other')).toBe(false);
  });

  test('-c: so many frames', async () => {
    expect((await read(small, { count: '3' })).out).toContain('3 frames, all TCP.');
  });

  test('--verbose: every segment says what it is', async () => {
    expect(flat((await read(small, { verbose: true })).out)).toContain('text: octets 1…80; acknowledges everything before 1');
  });

  test('many conversations: the first ladders, all in the summary, and how to see the others', async () => {
    const many = file('many.pcap', capture(Array.from({ length: 40 }, (_, i) => exchange(41_000 + i, 20 * i)).flat()));
    const { out } = await read(many);
    expect([...out.matchAll(/^══ #(\d+)/gm)]).toHaveLength(5);
    expect(flat(out)).toContain(`Not all are drawn. Another one: glasstcp read ${many} --stream N;`);
    expect(out).toContain('15 more conversations: --verbose lists all, --format json as data.');
    expect(objects((await read(many, { format: 'json', quiet: true })).out)).toHaveLength(41);
    expect([...(await read(many, { stream: ['38', '39', '1', '2', '3', '4', '5'] })).out.matchAll(/^══ #(\d+)/gm)]).toHaveLength(7);
  });

  test.each([60, 84, 100, 160])('no line is wider than %d columns', async (width) => {
    for (const format of ['ladder', 'table']) {
      for (const verbose of [false, true]) {
        const { out } = await read(small, { format, verbose }, width);
        for (const line of out.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }
    }
  });

  test.each(Object.entries(LinkType).filter(([name]) => name !== 'Ipv4' && name !== 'Ipv6'))('behind link type %s', async (_, linkType) => {
    const { out, status } = await read(file('link.pcap', capture([...exchange(), ...refusal()], linkType)), { quiet: true });
    expect(out).toContain('15 frames, all TCP.');
    expect(status).toBe(0);
  });
});

describe('files that are not well', () => {
  const whole = capture(exchange());

  test('cut off in the middle of a packet: what can be read, then what is wrong, and status 1', async () => {
    const { status, out, err } = await read(file('cut.pcap', whole.subarray(0, whole.length - 20)));
    expect(status).toBe(1);
    expect(out).toContain('══ #0');
    expect(out).toContain('12 frames, all TCP.');
    expect(flat(out)).toContain('Damaged: ');
    expect(err).toMatch(/^error: .*cut\.pcap is damaged: .+\n$/);
    expect(objects((await read(path('cut.pcap'), { format: 'json', quiet: true })).out).pop()).toMatchObject({ trouble: [expect.any(String)] });
  });

  test('without packets: says so, and all is well', async () => {
    const { status, out } = await read(file('none.pcap', capture([])));
    expect({ status, out }).toEqual({ status: 0, out: 'There are no packets in it.\n' });
  });

  test('packets cut by a snap length are read', async () => {
    const cut = capture(exchange().map(({ nanos, bytes }) => ({ nanos, bytes: bytes.subarray(0, 64), length: bytes.length + 14 })));
    const { out, status } = await read(file('snap.pcap', cut), { format: 'json' });
    expect(status).toBe(0);
    const segments = objects(out).filter(({ type }) => type === 'segment');
    expect(segments).toHaveLength(13);
    expect(segments[5]).toMatchObject({ checksum: 'unknown', segment: { length: 1460 } });
    expect(flat((await read(path('snap.pcap'), { quiet: true })).out)).toContain('4 segments were not captured whole: checksums cannot be verified.');
  });

  test.each([
    ['missing', () => path('nowhere.pcap'), /there is no such file/],
    ['empty', () => file('empty.pcap', new Uint8Array(0)), /empty/],
    ['no capture', () => file('text.txt', Buffer.from('GET / HTTP/1.1\r\nHost: example.net\r\n\r\n')), /no capture/],
    ['a folder', () => folder, /folder/],
  ])('%s', async (_, name, words) => {
    await expect(read(name())).rejects.toThrow(words);
  });

  (process.getuid?.() === 0 ? test.skip : test)('unreadable (not for root, who may read everything)', async () => {
    const name = file('secret.pcap', whole);
    chmodSync(name, 0);
    await expect(read(name)).rejects.toThrow(/may not read/);
  });
});

describe('written again with comments', () => {
  const tshark = spawnSync('tshark', ['--version']).status === 0;

  test('the same frames, times and link layers, each TCP one with a comment', async () => {
    const { out } = await read(small, { quiet: true, write: path('copy.pcapng') });
    expect(flat(out)).toContain('copy.pcapng, 16 packets, each with its explanation');
    const [was, is] = [small, path('copy.pcapng')].map((name) => [...readCapture(readFileSync(name)).frames()].map((frame) => ({ ...frame, bytes: Buffer.from(frame.bytes).toString('hex') })));
    expect(is).toEqual(was);
  });

  (tshark ? test : test.skip)('tshark (if installed) reads it without complaint', async () => {
    await read(small, { quiet: true, write: path('tshark.pcapng') });
    const { stdout, stderr } = spawnSync('tshark', ['-r', path('tshark.pcapng'), '-T', 'fields', '-e', 'frame.number', '-e', 'frame.comment', '-Y', 'tcp'], { encoding: 'utf8' });
    expect(stderr.replace(/^Running as user .*\n/, '')).toBe('');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(15);
    for (const line of lines) expect(line).toMatch(/^\d+\t(left|no segment)/);
    expect(execFileSync('tshark', ['-r', path('tshark.pcapng'), '-Y', '_ws.malformed'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })).toBe('');
  });

  test('only the conversations asked for', async () => {
    await read(small, { stream: '1', quiet: true, write: path('one.pcapng') });
    expect([...readCapture(readFileSync(path('one.pcapng'))).frames()]).toHaveLength(2);
  });

  test('never over the capture that is read, by whatever name', async () => {
    const original = file('original.pcap', capture(exchange()));
    linkSync(original, path('link.pcapng'));
    for (const name of [original, path('link.pcapng')]) await expect(read(original, { write: name })).rejects.toThrow(/is the capture that is read/);
    expect(readFileSync(original)).toEqual(Buffer.from(capture(exchange())));
  });

  test('a place that cannot be written is told before anything is shown', async () => {
    await expect(read(small, { write: path('no/where.pcapng') })).rejects.toMatchObject({ message: expect.stringContaining('cannot be written') as string, status: 1 });
    mkdirSync(path('dir'));
    await expect(read(small, { write: path('dir') })).rejects.toMatchObject({ mend: expect.stringContaining('-w') as string });
    expect(existsSync(path('no'))).toBe(false);
  });
});

describe('options', () => {
  test.each([
    [{ format: 'xml' }, '--format knows no "xml"'],
    [{ stream: 'x' }, '--stream takes the number of a conversation'],
    [{ stream: '-1' }, '--stream takes the number'],
    [{ count: '0' }, '-c takes a number of frames'],
    [{ count: 'many' }, '-c takes a number of frames'],
    [{ quiet: true, verbose: true }, 'exclude each other'],
    [{ write: '' }, '-w needs the name of a file'],
    [{ file: '' }, 'a capture file is missing'],
  ])('%j', (args, words) => {
    expect(() => readOptions({ file: 'x', format: 'ladder', ...args })).toThrow(expect.objectContaining({ message: expect.stringContaining(words) as string, status: 2 }) as Error);
  });

  test('a conversation that is not there', async () => {
    await expect(read(small, { stream: '7' })).rejects.toMatchObject({ message: 'there is no conversation 7 in this capture: it has numbers 0 to 1.', status: 2 });
  });
});
