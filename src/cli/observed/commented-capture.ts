/** Writes captured frames to a pcapng, as they were, each with what there is to say about it as its comment. */
import { CaptureError } from '../../capture/errors.js';
import type { Frame } from '../../capture/frame.js';
import { PcapngWriter } from '../../capture/pcapng-write.js';
import type { Overlooked, Sighting } from '../../observe/sighting.js';
import { Failure } from '../failure.js';
import { isSighting } from './observed-source.js';
import { overlookedComment, sightingComment } from './sighting-comment.js';

export interface CommentedCaptureOptions {
  /** What the capture was taken from: an interface's name, or a file's. */
  readonly from: string;
  /** For the section header: "glasstcp 0.1.0". */
  readonly program: string;
}

export class CommentedCapture {
  private readonly writer: PcapngWriter;
  /** The number in the file of the interface that stands for a link type. */
  private readonly interfaces = new Map<number, number>();
  private written = 0;

  /** @throws Failure when the file cannot be written */
  constructor(readonly path: string, private readonly options: CommentedCaptureOptions) {
    this.writer = orFailure(path, () => new PcapngWriter(path, { application: options.program }));
  }

  /** Describes the interface before the first frame, for who follows the file. @param snap octets of a frame that are kept at most */
  announce(linkType: number, snap: number): void {
    this.interfaces.set(linkType, this.writer.addInterface(this.options.from, '', linkType, snap));
    this.writer.flush();
  }

  get packets(): number {
    return this.written;
  }

  /** What stopped the writing (a full disk), or null. */
  get failure(): Failure | null {
    return this.writer.failure === null ? null : failureOf(this.writer.failure);
  }

  write({ nanos, bytes, length, linkType }: Frame, seen: Sighting | Overlooked): void {
    const comment = isSighting(seen) ? sightingComment(seen) : overlookedComment(seen);
    this.writer.packet(this.interfaceOf(linkType), nanos, bytes, 0, bytes.length, comment, undefined, length);
    this.written++;
  }

  /** What has been written is in the file then. */
  flush(): void {
    this.writer.flush();
  }

  /** Completes the file. Idempotent. @throws Failure if something could not be written, now or before */
  close(): void {
    orFailure(this.path, () => this.writer.close());
  }

  private interfaceOf(linkType: number): number {
    const known = this.interfaces.get(linkType);
    if (known !== undefined) return known;
    const made = this.writer.addInterface(this.options.from, '', linkType);
    this.interfaces.set(linkType, made);
    return made;
  }
}

function orFailure<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw failureOf(error instanceof CaptureError ? error : CaptureError.from(error, path));
  }
}

const failureOf = (error: CaptureError): Failure => new Failure(error.message, error.mend.replace('--capture', '-w'));
