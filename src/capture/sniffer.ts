/**
 * Listens to a network interface: frames as they pass, in order, each with its instant, and how many were missed. It only
 * listens: it sends nothing and changes nothing, except that the interface is in promiscuous mode meanwhile.
 *
 * cap runs in a process of its own (sniffer-process.ts says why). It gives no timestamps: a frame's is taken when cap hands it
 * over, by the wall clock of the start and a clock that is never set, so that it never goes back.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { CaptureError } from './errors.js';
import type { Frame } from './frame.js';
import { FrameQueue } from './frame-queue.js';
import { interfaceNames } from './interfaces.js';
import { lengthOnWire, SNAP } from './length-on-wire.js';
import { type News, RecordKind, RecordReader } from './sniffer-records.js';

export interface SnifferOptions {
  readonly interfaceName: string;
  /** In libpcap's language; '' = everything. */
  readonly filter: string;
  /** Octets the kernel keeps for us until they are fetched. */
  readonly kernelBuffer: number;
  /** Octets kept here until they are taken; what comes when they are full is dropped and counted. */
  readonly queue: number;
}

export interface Dropped {
  /** By the kernel, whose buffer was full; null = nobody can tell. */
  readonly kernel: number | null;
  /** Here, because they were not taken quickly enough. */
  readonly queue: number;
}

/** How long the listening process may take to end: under a flood cap lets it do nothing else. */
const GRACE_MS = 1_000;

export class Sniffer {
  private readonly queue: FrameQueue;
  private readonly reader = new RecordReader((kind, at, bytes) => this.record(kind, at, bytes));
  private readonly child: ChildProcess;
  private linkType: number | null = null;
  private kernelDropped: number | null = 0;
  private taken = 0;
  private stopping = false;
  private over = false;
  private why: CaptureError | null = null;
  private onNews: () => void = () => undefined;
  private ready: (error: CaptureError | null) => void = () => undefined;

  private constructor(private readonly options: SnifferOptions, start: (args: readonly string[]) => ChildProcess) {
    this.queue = new FrameQueue(options.queue);
    this.child = start([options.interfaceName, options.filter, String(options.kernelBuffer)]);
    this.child.once('error', (error) => this.end(new CaptureError('EIO', `The listening process cannot be started: ${error.message}.`, 'glasstcp doctor says what is missing')));
    this.child.once('close', (status, signal) => this.end(this.stopping ? null : this.reason(signal ?? `status ${status}`)));
    this.child.stdin?.on('error', () => undefined);
    this.child.stderr?.resume();
    (this.child.stdio[3] as Readable | undefined)?.on('data', (chunk: Buffer) => this.reader.feed(chunk)).on('error', () => undefined);
  }

  /** Resolves when it listens. Rejects with a CaptureError: ENOCAP, ENODEV, EPERM, ENETDOWN, EFILTER, EIO. */
  static open(options: SnifferOptions, start: (args: readonly string[]) => ChildProcess = startProcess): Promise<Sniffer> {
    const sniffer = new Sniffer(options, start);
    return new Promise((resolve, reject) => {
      sniffer.ready = (error) => (error === null ? resolve(sniffer) : reject(error));
    });
  }

  /** Of all its frames; -1 = one that has no number. */
  get link(): number {
    return this.linkType ?? -1;
  }

  /** Octets of a frame that are kept at most. */
  get snap(): number {
    return SNAP;
  }

  /** No more frames will come than wait. */
  get ended(): boolean {
    return this.over;
  }

  /** Why it ended without having been stopped; null = it has not. */
  get failure(): CaptureError | null {
    return this.why;
  }

  get dropped(): Dropped {
    return { kernel: this.kernelDropped, queue: this.queue.dropped };
  }

  /** How far behind its taker is: 0 = not at all … 1 = frames are being dropped. */
  get backlog(): number {
    return this.queue.fill;
  }

  /** @param onNews called when frames have come, and when the end has; at once if that was before. */
  watch(onNews: () => void): void {
    this.onNews = onNews;
    if (this.over || this.queue.length > 0) onNews();
  }

  /** The oldest frame that waits. Unlike a file's, its octets are never written to again. */
  take(): Frame | undefined {
    const packet = this.queue.take();
    if (packet === undefined) return undefined;
    const { at, bytes } = packet;
    return { number: ++this.taken, nanos: BigInt(Math.round(at)) * 1_000n, bytes, length: lengthOnWire(bytes, this.link), linkType: this.link };
  }

  /** Listens no longer. Idempotent; `ended` turns true when the last frames are here. */
  stop(): void {
    if (this.stopping) return;
    this.stopping = true;
    this.child.stdin?.end();
    const grace = setTimeout(() => this.child.kill('SIGKILL'), GRACE_MS);
    this.child.once('close', () => clearTimeout(grace));
  }

  private record(kind: number, at: number, bytes: Uint8Array): void {
    if (kind === RecordKind.Packet) this.queue.put({ at, bytes });
    else this.news(JSON.parse(new TextDecoder().decode(bytes)) as News);
    this.onNews();
  }

  private news(news: News): void {
    if ('open' in news) {
      this.linkType = news.open.linkType;
      this.ready(null);
    } else if ('dropped' in news) {
      this.kernelDropped = news.dropped;
    } else {
      const { code, message, mend } = news.refused;
      this.why = new CaptureError(code, message, mend);
    }
  }

  private end(error: CaptureError | null): void {
    if (this.over) return;
    this.over = true;
    this.why ??= error;
    this.ready(this.why);
    this.onNews();
  }

  /** cap aborts its process when the interface fails. */
  private reason(how: string): CaptureError {
    const { interfaceName } = this.options;
    if (how !== 'SIGABRT' || this.linkType === null) {
      return new CaptureError('EIO', `The process that listens to ${interfaceName} has ended (${how}).`, 'npm rebuild cap; glasstcp doctor says what else is missing');
    }
    if (interfaceNames().includes(interfaceName)) {
      return new CaptureError('ENETDOWN', `The interface ${interfaceName} has been taken down.`, `sudo ip link set ${interfaceName} up, and capture again`);
    }
    return new CaptureError('ENODEV', `The interface ${interfaceName} has disappeared.`, 'capture again when it is back');
  }
}

/** The same kind of file as this one: compiled, or read by ts-node. */
function startProcess(args: readonly string[]): ChildProcess {
  const program = join(__dirname, `sniffer-process${extname(__filename)}`);
  return spawn(process.execPath, [...process.execArgv, program, ...args], { stdio: ['pipe', 'ignore', 'pipe', 'pipe'] });
}
