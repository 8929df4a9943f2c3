/** `glasstcp capture` without an interface: its command line, its endings, what it leaves out under a flood, and its summary. */
import { PassThrough } from 'node:stream';
import { type Frame, LinkType } from '../../../src/capture/frame.js';
import { type Ending, LiveCapture, type LiveParts } from '../../../src/cli/live/live-capture.js';
import { displayFor, type LiveDisplay } from '../../../src/cli/live/live-display.js';
import { LineLimit } from '../../../src/cli/live/line-limit.js';
import { type LiveArguments, readLiveOptions } from '../../../src/cli/live/live-options.js';
import { liveSummaryJson, liveSummaryText } from '../../../src/cli/live/live-summary.js';
import { Failure } from '../../../src/cli/failure.js';
import { Output } from '../../../src/cli/output.js';
import { terminalOf } from '../../../src/cli/terminal.js';
import { ACK, SYN } from '../../../src/wire/segment.js';
import { tcpPacket } from '../../support/tcp-packet.js';

const PLAIN = terminalOf({ columns: 100 }, { NO_COLOR: '1' });
const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Slices are short on a slow machine: whoever needs it to be true fails if it never is. */
async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 10_000 && !isSo(); i++) await soon();
}

let number = 0;
const frame = (bytes: Uint8Array): Frame => ({ number: ++number, nanos: 1_750_000_000_000_000_000n + BigInt(number) * 1_000n, bytes, length: bytes.length, linkType: LinkType.Raw });
const segment = (flags: number = ACK): Frame => frame(tcpPacket(number, flags).toBytes());
const udp = (): Frame => {
  const bytes = tcpPacket(number, ACK).toBytes();
  bytes[9] = 17;
  return frame(bytes);
};

/** An interface as a list of frames. */
class FakeSniffer {
  readonly frames: Frame[] = [];
  ended = false;
  failure: LiveParts['sniffer']['failure'] = null;
  backlog = 0;
  stopped = 0;
  private news: () => void = () => undefined;

  take(): Frame | undefined {
    return this.frames.shift();
  }

  watch(news: () => void): void {
    this.news = news;
    news();
  }

  stop(): void {
    this.stopped++;
  }

  come(...frames: Frame[]): void {
    this.frames.push(...frames);
    this.news();
  }

  end(failure: LiveParts['sniffer']['failure'] = null): void {
    this.ended = true;
    this.failure = failure;
    this.news();
  }
}

const captures: LiveCapture[] = [];
afterEach(async () => {
  // Twice: at once.
  for (const capture of captures.splice(0)) [0, 1].forEach(() => capture.end({ by: 'SIGTERM' }));
  await soon();
});

function start(changes: Partial<LiveParts> = {}): { sniffer: FakeSniffer; capture: LiveCapture; ending: () => Ending | undefined; written: Frame[] } {
  const sniffer = new FakeSniffer();
  const written: Frame[] = [];
  const display: LiveDisplay = { shown: 0, leftOut: 0, see: () => undefined, settle: () => undefined };
  const copy = { write: (f: Frame) => void written.push(f), flush: () => undefined, failure: null };
  const capture = new LiveCapture({ sniffer, display, copy, count: Infinity, readerGone: () => false, ...changes });
  captures.push(capture);
  let ending: Ending | undefined;
  void capture.run().then((e) => { ending = e; });
  return { sniffer, capture, ending: () => ending, written };
}

describe('a live capture', () => {
  test('counts frames, segments, conversations, and writes everything down', async () => {
    const { sniffer, capture, written, ending } = start();
    sniffer.come(segment(SYN), udp(), segment(ACK), frame(new Uint8Array(3)));
    await until(() => capture.frames === 4);
    expect([capture.frames, capture.segments, capture.conversations, written.length, ending()]).toEqual([4, 2, 1, 4, undefined]);
    capture.end({ by: 'duration' });
    sniffer.end();
    await soon();
  });

  test('Ctrl-C: what is there is still looked at, then it is over', async () => {
    const { sniffer, capture, ending } = start();
    sniffer.come(segment(), segment());
    capture.end({ by: 'SIGINT' });
    await until(() => capture.frames === 2);
    await soon();
    expect([capture.frames, ending(), sniffer.stopped]).toEqual([2, undefined, 1]);
    sniffer.come(segment());
    sniffer.end();
    await until(() => ending() !== undefined);
    expect([capture.frames, ending()]).toEqual([3, { by: 'SIGINT' }]);
  });

  test('Ctrl-C twice: at once', async () => {
    const { sniffer, capture, ending } = start();
    capture.end({ by: 'SIGINT' });
    capture.end({ by: 'SIGTERM' });
    await soon();
    await soon();
    expect([sniffer.ended, ending()]).toEqual([false, { by: 'SIGINT' }]);
  });

  test('-c: not one frame more', async () => {
    const { sniffer, capture, written, ending } = start({ count: 2 });
    sniffer.come(segment(), segment(), segment());
    await until(() => ending() !== undefined);
    expect([capture.frames, written.length, ending()]).toEqual([2, 2, { by: 'count' }]);
    expect(sniffer.stopped).toBeGreaterThan(0);
    sniffer.come(segment());
    await soon();
    expect(capture.frames).toBe(2);
  });

  test('a reader who has gone, a disk that is full, an interface that has disappeared', async () => {
    const reader = start({ readerGone: () => true });
    const full = new Failure('the disk is full');
    const disk = start({ copy: { write: () => undefined, flush: () => undefined, failure: full } });
    const error = { name: 'CaptureError', code: 'ENODEV', message: 'gone', mend: '' } as never;
    const link = start();
    link.sniffer.frames.push(segment());
    link.sniffer.end(error);
    await until(() => [reader, disk, link].every(({ ending }) => ending() !== undefined));
    expect([reader.ending(), disk.ending(), link.ending()]).toEqual([{ by: 'reader' }, { by: 'failure', error: full }, { by: 'failure', error }]);
    expect(link.capture.frames).toBe(1);
  });

  test('a disk that fills up while nothing passes is noticed', async () => {
    const full = new Failure('the disk is full');
    const copy = { write: () => undefined, failure: null as Failure | null, flush: () => { copy.failure = full; } };
    const { ending } = start({ copy });
    for (let i = 0; i < 100 && ending() === undefined; i++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ending()).toEqual({ by: 'failure', error: full });
  });

  test('many frames are taken in slices: the loop turns meanwhile', async () => {
    const { sniffer, capture, ending } = start();
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    sniffer.come(...Array.from({ length: 20_000 }, () => segment()));
    capture.end({ by: 'duration' });
    sniffer.end();
    await until(() => ending() !== undefined);
    clearInterval(turning);
    expect(capture.frames).toBe(20_000);
    expect(turns).toBeGreaterThan(0);
  });
});

describe('lines', () => {
  test('so many a second, the rest counted and told once', () => {
    const limit = new LineLimit(3);
    const shown = (at: number): number => Array.from({ length: 10 }, () => limit.allows(at, false)).filter(Boolean).length;
    expect([shown(0), shown(500), limit.takeUntold(), limit.takeUntold(), shown(1_000), limit.leftOut]).toEqual([3, 0, 17, 0, 3, 24]);
  });

  test('none for the rest of a second in which we are behind', () => {
    const limit = new LineLimit(Infinity);
    expect([limit.allows(0, false), limit.allows(1, true), limit.allows(999, false), limit.allows(1_000, false)]).toEqual([true, false, false, true]);
  });

  /** What is printed of 300 segments in the same second. */
  function printed(show: 'lines' | 'json' | 'nothing', live: boolean, backlog = 0): { text: string; display: LiveDisplay } {
    const stream = new PassThrough();
    let text = '';
    stream.on('data', (chunk: Buffer) => { text += String(chunk); });
    const display = displayFor({ show, verbose: false }, { out: new Output(stream), terminal: { ...PLAIN, live }, now: () => 0 });
    const { capture, sniffer } = start({ display });
    sniffer.backlog = backlog;
    sniffer.come(...Array.from({ length: 300 }, () => segment()));
    return { get text() { return text; }, display, capture } as never;
  }

  const all = async (result: ReturnType<typeof printed>): Promise<string[]> => {
    await until(() => result.display.shown + result.display.leftOut === 300);
    result.display.settle();
    await soon();
    return result.text.trimEnd().split('\n');
  };

  test('a person sees as many as can be read, and how many not', async () => {
    const result = printed('lines', true);
    const lines = await all(result);
    expect(lines.filter((line) => line.includes('ACK'))).toHaveLength(200);
    expect(lines.at(-1)).toMatch(/… 100 segments not shown: too many at once/);
    expect(result.display).toMatchObject({ shown: 200, leftOut: 100 });
  });

  test('a file or a program gets all of them', async () => {
    expect((await all(printed('lines', false))).filter((line) => line.includes('ACK'))).toHaveLength(300);
    const json = (await all(printed('json', true))).map((line) => JSON.parse(line) as { type: string });
    expect(json.map(({ type }) => type)).toEqual(Array<string>(300).fill('segment'));
  });

  test('but not while the capture is behind, and then it says so', async () => {
    expect((await all(printed('json', false, 0.5))).map((line) => JSON.parse(line) as unknown)).toEqual([{ type: 'left-out', segments: 300 }]);
  });

  test('a reader who does not read costs lines, never memory', async () => {
    const stream = new PassThrough({ highWaterMark: 1 });
    const out = new Output(stream);
    const display = displayFor({ show: 'json', verbose: false }, { out, terminal: PLAIN, now: () => 0 });
    const { sniffer, capture } = start({ display });
    sniffer.come(...Array.from({ length: 5_000 }, () => segment()));
    await until(() => capture.frames === 5_000);
    expect(out.unread).toBeLessThan(1024 * 1024 + 4_096);
    expect(display.leftOut).toBeGreaterThan(0);
    expect(display.shown + display.leftOut).toBe(5_000);
  });
});

describe('the command line', () => {
  const read = (args: Partial<LiveArguments>): unknown => readLiveOptions({ interface: 'lo', filter: 'tcp', buffer: '32768', ...args }, () => ['lo', 'eth0']);

  test('as it is when nothing is said, and when all is', () => {
    expect(read({})).toEqual({
      interfaceName: 'lo', filter: 'tcp', write: undefined, count: Infinity, duration: Infinity, kernelBuffer: 32 * 1024 * 1024, show: 'lines', json: false, verbose: false,
    });
    expect(read({ filter: '', write: 'a', count: '7', duration: '.5', buffer: '128', json: true, verbose: true })).toEqual({
      interfaceName: 'lo', filter: '', write: 'a', count: 7, duration: 0.5, kernelBuffer: 128 * 1024, show: 'json', json: true, verbose: true,
    });
    expect(read({ json: true, quiet: true })).toMatchObject({ show: 'nothing', json: true });
    expect(read({ write: '-' })).toMatchObject({ show: 'nothing', write: '-' });
  });

  test.each<[Partial<LiveArguments>, RegExp]>([
    [{ interface: undefined }, /-i is missing/],
    [{ interface: '' }, /cannot be the name/],
    [{ interface: 'sixteen-letters-' }, /cannot be the name/],
    [{ count: '0' }, /-c takes .* not "0"/],
    [{ count: '1.5' }, /-c takes/],
    [{ count: '-3' }, /-c takes/],
    [{ duration: '0' }, /--duration takes/],
    [{ duration: '1e3' }, /--duration takes/],
    [{ duration: '9999999' }, /--duration takes/],
    [{ duration: '.' }, /--duration takes/],
    [{ buffer: '127' }, /--buffer takes/],
    [{ buffer: '2097152' }, /--buffer takes/],
    [{ buffer: 'much' }, /--buffer takes/],
    [{ write: '' }, /-w needs/],
    [{ quiet: true, verbose: true }, /exclude/],
    [{ json: true, write: '-' }, /both want/],
  ])('%j is refused', (args, words) => {
    let thrown: unknown;
    try {
      read(args);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: 'Failure', status: 2, message: expect.stringMatching(words), mend: expect.stringMatching(/./) });
  });
});

describe('the summary', () => {
  const base = {
    interfaceName: 'eth0', seconds: 12.3456, ending: { by: 'SIGINT' }, frames: 1234, segments: 1233, conversations: 1, display: { shown: 1000, leftOut: 233 },
    copy: { path: "it's.pcapng", packets: 1234 }, dropped: { kernel: 0, queue: 0 },
  } as const;

  test('in words', () => {
    expect(liveSummaryText(base, PLAIN)).toBe([
      'captured  1,234 frames on eth0 in 12.3 s, until Ctrl-C',
      'of them   1,233 TCP segments in 1 conversation, 1 other packet',
      'shown     1,000 segments; 233 left out, because they were too many at once',
      "written   1,234 frames, to it's.pcapng",
      'dropped   0 by the kernel, 0 by glasstcp',
      "open it   wireshark 'it'\\''s.pcapng'",
      '',
    ].join('\n'));
  });

  test.each([
    [{ kernel: 5, queue: 0 }, '5 by the kernel, 0 by glasstcp: a larger --buffer or a narrower -f helps'],
    [{ kernel: 0, queue: 5 }, '0 by the kernel, 5 by glasstcp: --quiet or a narrower -f helps'],
    [{ kernel: null, queue: 0 }, 'unknown how many by the kernel, 0 by glasstcp'],
  ])('drops: %j', (dropped, words) => {
    expect(liveSummaryText({ ...base, copy: null, display: null, dropped }, PLAIN).split('\n').at(-2)).toBe(`dropped   ${words}`);
  });

  test('as JSON', () => {
    expect(JSON.parse(liveSummaryJson({ ...base, ending: { by: 'failure', error: new Error('x') }, copy: { path: 'a', packets: null } }))).toEqual({
      type: 'summary', interface: 'eth0', seconds: 12.346, ended: 'failure', frames: 1234, segments: 1233, others: 1, conversations: 1, shown: 1000, leftOut: 233,
      written: { file: 'a', frames: null }, dropped: { kernel: 0, queue: 0 },
    });
  });
});
