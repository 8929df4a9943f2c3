/** The sniffer with a fake cap and a fake process: copies at once, order, limits, drops, refusals, and every way it can end. */
import { type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { CaptureError } from '../../../src/capture/errors.js';
import { FrameQueue } from '../../../src/capture/frame-queue.js';
import { interfaceNames } from '../../../src/capture/interfaces.js';
import { lengthOnWire, SNAP } from '../../../src/capture/length-on-wire.js';
import { linkTypeOf, loadCap, refusal } from '../../../src/capture/libpcap.js';
import { PacketPump } from '../../../src/capture/packet-pump.js';
import { Sniffer } from '../../../src/capture/sniffer.js';
import { type News, RecordKind, RecordReader, RecordWriter } from '../../../src/capture/sniffer-records.js';

interface Heard {
  readonly kind: number;
  readonly at: number;
  readonly bytes: number[];
}

/** Collects what a RecordWriter has written so far. */
function collector(): { readonly writer: RecordWriter; readonly heard: () => Heard[] } {
  const chunks: Buffer[] = [];
  const heard = (): Heard[] => {
    const all: Heard[] = [];
    const reader = new RecordReader((kind, at, bytes) => all.push({ kind, at, bytes: [...bytes] }));
    for (const chunk of chunks) reader.feed(chunk);
    return all;
  };
  return { writer: new RecordWriter((octets) => chunks.push(Buffer.from(octets))), heard };
}

const newsOf = (heard: readonly Heard[]): News[] =>
  heard.filter(({ kind }) => kind === RecordKind.News).map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()) as News);
const packetsOf = (heard: readonly Heard[]): number[][] => heard.filter(({ kind }) => kind === RecordKind.Packet).map(({ bytes }) => bytes);

describe('records', () => {
  test('survive any cutting of the stream, and a record without its end is not told', () => {
    const chunks: Buffer[] = [];
    const writer = new RecordWriter((octets) => chunks.push(Buffer.from(octets)));
    for (let i = 0; i < 20; i++) writer.add(RecordKind.Packet, 1.75e15 + i + 0.25, Uint8Array.from({ length: i * 7 }, () => i));
    writer.flush();
    const all = Buffer.concat(chunks);
    for (const step of [1, 3, 16, 17, 1000, all.length]) {
      const heard: Heard[] = [];
      const reader = new RecordReader((kind, at, bytes) => heard.push({ kind, at, bytes: [...bytes] }));
      const end = all.length - 1;
      for (let at = 0; at < end; at += step) reader.feed(all.subarray(at, Math.min(at + step, end)));
      expect(heard.map(({ at }) => at)).toEqual(Array.from({ length: 19 }, (_, i) => 1.75e15 + i + 0.25));
      expect(heard[18]?.bytes).toEqual(Array(18 * 7).fill(18));
    }
  });

  test('go out by themselves before there is no room', () => {
    const sizes: number[] = [];
    const writer = new RecordWriter((octets) => sizes.push(octets.length));
    for (let i = 0; i < 9; i++) writer.add(RecordKind.Packet, 0, new Uint8Array(SNAP));
    expect(sizes).toEqual([3 * (SNAP + 16), 3 * (SNAP + 16)]);
    writer.flush();
    writer.flush();
    expect(sizes).toHaveLength(3);
  });
});

describe('the pump', () => {
  const session = new EventEmitter();
  const buffer = Buffer.alloc(16);
  let now = 1_000_000;
  let dropped: number | null = 0;
  const pass = (...octets: number[]): void => {
    buffer.set(octets);
    session.emit('packet', octets.length);
  };

  beforeEach(() => session.removeAllListeners());

  test("copies each packet out of cap's one buffer at once", async () => {
    const { writer, heard } = collector();
    new PacketPump(session, buffer, { writer, now: () => now, dropped: () => 0 });
    pass(1, 2, 3);
    pass(4, 5);
    buffer.fill(9);
    await new Promise((resolve) => setImmediate(resolve));
    expect(packetsOf(heard())).toEqual([[1, 2, 3], [4, 5]]);
  });

  test('one write for the packets of one turn of the loop; under a flood, by the clock', async () => {
    let writes = 0;
    const writer = new RecordWriter(() => writes++);
    new PacketPump(session, buffer, { writer, now: () => now, dropped: () => 0 });
    for (let i = 0; i < 100; i++) pass(i);
    const before = writes;
    await new Promise((resolve) => setImmediate(resolve));
    expect(writes - before).toBe(1);
    pass(1);
    now += 30_000;
    pass(2);
    expect(writes - before).toBe(2);
  });

  test('tells what the kernel dropped when that has changed, also within a flood, and that nobody can tell', () => {
    const { writer, heard } = collector();
    const pump = new PacketPump(session, buffer, { writer, now: () => now, dropped: () => dropped });
    pump.account();
    pump.account();
    dropped = 5;
    now += 300_000;
    pass(1);
    dropped = null;
    pump.account();
    expect(newsOf(heard())).toEqual([{ dropped: 0 }, { dropped: 5 }, { dropped: null }]);
  });
});

describe('the queue', () => {
  const packet = (octets: number, at = 0): { at: number; bytes: Uint8Array } => ({ at, bytes: new Uint8Array(octets) });

  test('keeps order and never more than its limit; the rest is counted', () => {
    const queue = new FrameQueue(10 * (1_000 + 256));
    for (let i = 0; i < 25; i++) queue.put(packet(1_000, i));
    expect([queue.length, queue.dropped, queue.fill]).toEqual([10, 15, 1]);
    expect(Array.from({ length: 11 }, () => queue.take()?.at)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, undefined]);
    expect(queue.fill).toBe(0);
    queue.put(packet(1_000, 99));
    expect(queue.take()?.at).toBe(99);
  });

  test('a hundred thousand packets pass a queue that is never empty', () => {
    const queue = new FrameQueue(1_000_000);
    let next = 0;
    let inOrder = 0;
    for (let i = 0; i < 100_000; i++) {
      queue.put(packet(10, i));
      if (i >= 100 && queue.take()?.at === next++) inOrder++;
    }
    expect([queue.length, queue.dropped, inOrder]).toEqual([100, 0, 99_900]);
  });
});

describe('libpcap', () => {
  const missing = Object.assign(new Error("Cannot find module 'cap'\nRequire stack: …"), { code: 'MODULE_NOT_FOUND' });
  const unbuilt = Object.assign(new Error("Cannot find module '../build/Release/cap.node'\n…"), { code: 'MODULE_NOT_FOUND' });
  const foreign = Object.assign(new Error('libpcap.so.0.8: cannot open shared object file'), { code: 'ERR_DLOPEN_FAILED' });

  test.each([
    ['the package is missing', missing, /is not installed/, /libpcap-dev make g\+\+ python3 && npm install/],
    ['it was not built', unbuilt, /cannot be loaded/, /libpcap-dev make g\+\+ python3 && npm rebuild cap$/],
    ['libpcap is gone', foreign, /libpcap\.so\.0\.8/, /npm rebuild cap$/],
  ])('%s', (_, error, message, mend) => {
    const thrown = ((): unknown => {
      try {
        return loadCap(() => { throw error; });
      } catch (e) {
        return e;
      }
    })();
    expect(thrown).toBeInstanceOf(CaptureError);
    expect(thrown).toMatchObject({ code: 'ENOCAP', message: expect.stringMatching(message), mend: expect.stringMatching(mend) });
  });

  test.each([
    ['No such device exists', 'eth7', false, 'ENODEV', /no interface eth7/, /lo, eth0, any/],
    ['socket: Operation not permitted', 'lo', false, 'EPERM', /CAP_NET_RAW/, /sudo.*setcap cap_net_raw\+ep/],
    ["You don't have permission to capture on that device", 'lo', false, 'EPERM', /CAP_NET_RAW/, /setcap/],
    ['That device is not up', 'eth0', false, 'ENETDOWN', /eth0 is not up/, /ip link set eth0 up/],
    ["can't parse filter expression: syntax error", 'lo', true, 'EFILTER', /"tcp prot" is refused by libpcap: can't parse filter expression: syntax error/, /pcap-filter/],
    ['Unable to set snaplen', 'any', false, 'EIO', /any: Unable to set snaplen/, /doctor/],
  ])('%s', (words, name, listening, code, message, mend) => {
    const error = refusal(words, name, 'tcp prot', listening, ['lo', 'eth0']);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message), mend: expect.stringMatching(mend) });
  });

  test("link types by cap's names", () => {
    expect(['ETHERNET', 'RAW', 'NULL', 'LINKTYPE_LINUX_SLL', 'Unknown linktype 276', 'nonsense'].map(linkTypeOf)).toEqual([1, 101, 0, 113, 276, -1]);
  });

  test("interfaces by the kernel's list", () => {
    expect(interfaceNames('Inter-|   Receive\n face |bytes\n    lo:       0 0\nwlan0.5: 12 1\n eth0:9 1\n')).toEqual(['lo', 'wlan0.5', 'eth0']);
  });
});

describe('how long a frame was', () => {
  const frame = (head: readonly number[], length = SNAP): Uint8Array => Uint8Array.from({ length }, (_, i) => head[i] ?? 0);
  const ethernet = (type: number, ip: readonly number[]): number[] => [...Array<number>(12).fill(0), type >> 8, type & 0xff, ...ip];

  test.each([
    ['cut, IPv4', frame(ethernet(0x0800, [0x45, 0, 0xff, 0xff])), 1, 65_549],
    ['cut, IPv6', frame(ethernet(0x86dd, [0x60, 0, 0, 0, 0xff, 0xff])), 1, 65_589],
    ['cut, with a VLAN tag', frame(ethernet(0x8100, [0, 7, 0x08, 0, 0x45, 0, 0xff, 0xff])), 1, 65_553],
    ['cut, neither', frame(ethernet(0x0806, [0x12])), 1, SNAP],
    ['cut, unknown link', frame([0x45, 0, 0xff, 0xff]), 127, SNAP],
    ['exactly as long', frame([0x45, 0, 0xff, 0xff]), 101, SNAP],
    ['not cut', frame(ethernet(0x0800, [0x45, 0, 0xff, 0xff]), 60), 1, 60],
    ['nothing at all', frame([], 0), 1, 0],
  ])('%s', (_, bytes, linkType, length) => expect(lengthOnWire(bytes, linkType)).toBe(length));
});

describe('the sniffer', () => {
  class FakeProcess extends EventEmitter {
    readonly stdin = new PassThrough();
    readonly stderr = new PassThrough();
    readonly pipe = new PassThrough();
    readonly stdio = [this.stdin, null, this.stderr, this.pipe];
    readonly killed: string[] = [];
    readonly writer = new RecordWriter((octets) => void this.pipe.write(Buffer.from(octets)));

    kill(signal: string): boolean {
      this.killed.push(signal);
      return true;
    }

    tell(...news: News[]): void {
      for (const item of news) this.writer.tell(item);
      this.writer.flush();
    }
  }

  const options = { interfaceName: 'lo', filter: 'tcp', kernelBuffer: 1, queue: 10_000 };
  const soon = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  async function open(changes: Partial<typeof options> = {}): Promise<{ child: FakeProcess; sniffer: Sniffer; args: readonly string[] }> {
    const child = new FakeProcess();
    let args: readonly string[] = [];
    const opening = Sniffer.open({ ...options, ...changes }, (given) => {
      args = given;
      return child as unknown as ChildProcess;
    });
    child.tell({ open: { linkType: 1 } });
    return { child, sniffer: await opening, args };
  }

  test('hands over numbered frames with their instants, and what was dropped where', async () => {
    const { child, sniffer, args } = await open();
    expect(args).toEqual(['lo', 'tcp', '1']);
    let news = 0;
    sniffer.watch(() => news++);
    for (let i = 0; i < 100; i++) child.writer.add(RecordKind.Packet, 1.75e15 + i, Uint8Array.of(i));
    child.tell({ dropped: 7 });
    await soon();
    expect(news).toBeGreaterThan(0);
    expect(sniffer.take()).toEqual({ number: 1, nanos: 1_750_000_000_000_000_000n, bytes: Buffer.of(0), length: 1, linkType: 1 });
    expect(sniffer.take()).toMatchObject({ number: 2, nanos: 1_750_000_000_000_001_000n });
    expect(sniffer.dropped).toEqual({ kernel: 7, queue: 100 - Math.floor(10_000 / 257) });
    expect(sniffer.backlog).toBeGreaterThan(0.9);
  });

  test('frames that came before anybody watched are told at once', async () => {
    const { child, sniffer } = await open();
    child.writer.add(RecordKind.Packet, 0, Uint8Array.of(1));
    child.writer.flush();
    await soon();
    let news = 0;
    sniffer.watch(() => news++);
    expect(news).toBe(1);
  });

  test("a refusal has the listening process's words", async () => {
    const child = new FakeProcess();
    const opening = Sniffer.open(options, () => child as unknown as ChildProcess);
    child.tell({ refused: { code: 'EPERM', message: 'no', mend: 'sudo' } });
    await soon();
    child.emit('close', 1, null);
    await expect(opening).rejects.toMatchObject({ name: 'CaptureError', code: 'EPERM', message: 'no', mend: 'sudo' });
  });

  test('a process that cannot be started, or ends before it listens', async () => {
    for (const [event, ...values] of [['error', new Error('spawn EAGAIN')], ['close', null, 'SIGSEGV'], ['close', null, 'SIGABRT']]) {
      const child = new FakeProcess();
      const opening = Sniffer.open(options, () => child as unknown as ChildProcess);
      child.emit(event as string, ...values);
      await expect(opening).rejects.toMatchObject({ name: 'CaptureError', code: 'EIO' });
    }
  });

  test.each([
    ['glass-no-such', 'ENODEV', /has disappeared/],
    ['lo', 'ENETDOWN', /has been taken down/],
  ])('an abort is %s failing, and the frames before it are kept', async (interfaceName, code, message) => {
    const { child, sniffer } = await open({ interfaceName });
    child.writer.add(RecordKind.Packet, 5, Uint8Array.of(1));
    child.writer.flush();
    await soon();
    expect(sniffer.ended).toBe(false);
    child.emit('close', null, 'SIGABRT');
    expect(sniffer).toMatchObject({ ended: true, failure: { code, message: expect.stringMatching(message) } });
    expect(sniffer.take()).toMatchObject({ number: 1 });
    expect(sniffer.take()).toBeUndefined();
  });

  test('stop asks once, is no failure, and does not wait for ever', async () => {
    const { child, sniffer } = await open();
    let asked = 0;
    child.stdin.on('finish', () => asked++);
    sniffer.stop();
    sniffer.stop();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect([asked, child.killed]).toEqual([1, ['SIGKILL']]);
    child.emit('close', null, 'SIGKILL');
    expect([sniffer.ended, sniffer.failure]).toEqual([true, null]);
  });

  test('a process that ends by itself is a failure', async () => {
    const { child, sniffer } = await open();
    child.emit('close', 1, null);
    expect(sniffer.failure).toMatchObject({ code: 'EIO', message: 'The process that listens to lo has ended (status 1).' });
  });
});
