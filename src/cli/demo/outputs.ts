/** The files the demo leaves: the capture and the events. Opened before anything starts, so that a wrong path is told first. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { arch, release, type as osType } from 'node:os';
import { CaptureError } from '../../capture/errors.js';
import { ExplainedCapture } from '../../capture/explained.js';
import { PcapngWriter } from '../../capture/pcapng-write.js';
import type { RealClock } from '../../stack/clock.js';
import type { Audience } from '../../trace/moment.js';
import { Failure } from '../failure.js';
import { JsonEvents } from '../json-events.js';
import type { DemoOptions } from './options.js';

/** Lines of the event file are written together. */
const BUFFER = 64 * 1024;

export class Outputs {
  private readonly writer: PcapngWriter | null;
  private readonly events: EventFile | null;
  private captured: ExplainedCapture | null = null;
  private closed = false;

  /** @throws CaptureError, Failure when a file cannot be written */
  constructor(private readonly options: DemoOptions, program: string) {
    this.events = options.json === null ? null : new EventFile(options.json);
    this.writer = options.capture === null ? null : new PcapngWriter(options.capture, { hardware: arch(), os: `${osType()} ${release()}`, application: program });
  }

  /** Who writes what the audience is told. */
  audiences(interfaceName: string, description: string, clock: RealClock): Audience[] {
    const { writer, events } = this;
    if (writer !== null) this.captured = new ExplainedCapture(writer, { name: interfaceName, description, epoch: clock.epochOffset, language: this.options.language });
    return [...(this.captured === null ? [] : [this.captured]), ...(events === null ? [] : [new JsonEvents((line) => events.write(line))])];
  }

  /** Packets in the capture; null = there is none. */
  get packets(): number | null {
    return this.captured?.packets ?? null;
  }

  /** Completes both files. Idempotent. @throws CaptureError, Failure if something could not be written */
  close(): void {
    const { options, writer, captured, events } = this;
    if (this.closed) return;
    this.closed = true;
    try {
      if (captured !== null) captured.close();
      else writer?.close();
    } catch (error) {
      throw error instanceof CaptureError ? error : CaptureError.from(error, options.capture ?? '');
    } finally {
      events?.close();
    }
  }
}

class EventFile {
  private readonly fd: number;
  private waiting: string[] = [];
  private length = 0;
  private failure: Failure | null = null;

  constructor(private readonly path: string) {
    try {
      this.fd = openSync(path, 'w');
    } catch (error) {
      throw this.explain(error);
    }
  }

  write(line: string): void {
    this.waiting.push(line);
    this.length += line.length;
    if (this.length >= BUFFER) this.flush();
  }

  close(): void {
    this.flush();
    closeSync(this.fd);
    if (this.failure !== null) throw this.failure;
  }

  private flush(): void {
    const bytes = Buffer.from(this.waiting.join(''));
    this.waiting = [];
    this.length = 0;
    try {
      for (let at = 0; at < bytes.length && this.failure === null;) at += writeSync(this.fd, bytes, at);
    } catch (error) {
      this.failure = this.explain(error);
    }
  }

  private explain(error: unknown): Failure {
    const like = CaptureError.from(error, this.path);
    return new Failure(like.message.replace('capture file', 'event file'), like.mend.replace('--capture', '--json').replace('.pcapng', '.jsonl'));
  }
}
