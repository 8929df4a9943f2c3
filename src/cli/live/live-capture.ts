/**
 * A live capture from the first frame to the end: each frame is looked at once, written down with its comment, and shown. Frames
 * are taken in slices, so that those that come meanwhile are fetched.
 */
import type { Frame } from '../../capture/frame.js';
import type { Sniffer } from '../../capture/sniffer.js';
import type { Micros } from '../../util/units.js';
import type { CommentedCapture } from '../observed/commented-capture.js';
import { isSighting, ObservedSource } from '../observed/observed-source.js';
import type { LiveDisplay } from './live-display.js';

/** Why a capture is over. */
export type Ending =
  | { readonly by: 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'count' | 'duration' | 'reader' }
  /** The interface, the listening process, or the disk. */
  | { readonly by: 'failure'; readonly error: Error };

export interface LiveParts {
  readonly sniffer: Pick<Sniffer, 'take' | 'watch' | 'stop' | 'ended' | 'failure' | 'backlog'>;
  readonly display: LiveDisplay;
  readonly copy: Pick<CommentedCapture, 'write' | 'flush' | 'failure'> | null;
  /** Frames after which it ends. */
  readonly count: number;
  /** Nobody reads what is shown any more. */
  readonly readerGone: () => boolean;
}

/** Between two looks at what has come: the pipe from the listening process holds little. */
const SLICE_MS = 3;
/** The file is never further behind: Wireshark may be following it. */
const FLUSH_MS = 500;

export class LiveCapture {
  frames = 0;
  segments = 0;
  conversations = 0;
  private readonly source = new ObservedSource();
  private start: Micros | undefined;
  private ending: Ending | null = null;
  private hurried = false;
  private scheduled = false;
  private over = false;
  private resolve: (ending: Ending) => void = () => undefined;

  constructor(private readonly parts: LiveParts) {}

  /** Never rejects: what goes wrong is the ending. Frames that were there when the end was asked for are still looked at. */
  async run(): Promise<Ending> {
    const { sniffer } = this.parts;
    const over = new Promise<Ending>((resolve) => { this.resolve = resolve; });
    const flushing = setInterval(() => this.settle(), FLUSH_MS);
    sniffer.watch(() => this.schedule());
    const ending = await over;
    clearInterval(flushing);
    this.settle();
    return ending;
  }

  /** The first reason counts. Asked again, it does not wait for the frames that are still to be looked at. */
  end(ending: Ending): void {
    this.hurried ||= this.ending !== null;
    this.ending ??= ending;
    this.parts.sniffer.stop();
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled || this.over) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.slice();
    });
  }

  private slice(): void {
    const { sniffer } = this.parts;
    if (this.isEnough()) return this.finish();
    const until = performance.now() + SLICE_MS;
    for (let frame = sniffer.take(); frame !== undefined; frame = sniffer.take()) {
      this.look(frame);
      if (this.isEnough()) return this.finish();
      if (performance.now() >= until) return this.schedule();
    }
    if (sniffer.ended) this.finish();
  }

  private finish(): void {
    this.over = true;
    this.resolve(this.ending ?? { by: 'failure', error: this.parts.sniffer.failure ?? new Error('the capture ended by itself') });
  }

  /** Looks at the world; whether no frame more is wanted. */
  private isEnough(): boolean {
    const { copy, count, readerGone } = this.parts;
    if (copy?.failure) this.end({ by: 'failure', error: copy.failure });
    else if (readerGone()) this.end({ by: 'reader' });
    else if (this.frames >= count) this.end({ by: 'count' });
    else return this.hurried;
    return true;
  }

  private look(frame: Frame): void {
    const { sniffer, display, copy } = this.parts;
    const seen = this.source.see(frame);
    this.frames++;
    this.start ??= seen.at;
    copy?.write(frame, seen);
    if (!isSighting(seen)) return;
    this.segments++;
    this.conversations = Math.max(this.conversations, seen.stream + 1);
    display.see(seen, this.start, sniffer.backlog);
  }

  /** Now and then, whether or not frames come. */
  private settle(): void {
    this.parts.display.settle();
    this.parts.copy?.flush();
    if (this.parts.copy?.failure) this.schedule();
  }
}
