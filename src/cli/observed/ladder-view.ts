/**
 * Ladders of several conversations, one after another: the first is drawn as it is read, the others wait until it is over. What waits is
 * bounded; what did not find room is counted and told.
 */
import type { Sighting } from '../../observe/sighting.js';
import type { Micros } from '../../util/units.js';
import { paintRuns, type Terminal, wrap } from '../terminal.js';
import { ObservedLadder } from './observed-ladder.js';
import { isRemarkable } from './remarks.js';

export interface LadderViewOptions {
  readonly terminal: Pick<Terminal, 'width' | 'colors'>;
  readonly write: (text: string) => void;
  readonly verbose?: boolean;
  readonly problems?: boolean;
  /** Ladders drawn at most. */
  readonly most: number;
  /** Characters that may wait; 16 Mi by default. */
  readonly room?: number;
}

const ROOM = 16 * 1024 * 1024;
/** Ladders that say what a handshake is; then it is known. */
const TAUGHT = 2;

/** A ladder, and what of it waits to be printed. */
interface Waiting {
  readonly ladder: ObservedLadder;
  readonly texts: string[];
  /** Segments for which there was no room. */
  left: number;
}

export class LadderView {
  private readonly shown = new Map<number, Waiting>();
  private undrawn = false;
  private room: number;
  private start: Micros | undefined;

  constructor(private readonly options: LadderViewOptions) {
    this.room = options.room ?? ROOM;
  }

  /** Were there conversations that are not drawn? */
  get leftOut(): boolean {
    return this.undrawn;
  }

  /** Conversations that are drawn. */
  get drawn(): readonly number[] {
    return [...this.shown.keys()];
  }

  /** @param start time 0; the first packet's, by default */
  see(sighting: Sighting, start: Micros = sighting.at): void {
    this.start ??= start;
    const waiting = this.shown.get(sighting.stream) ?? this.begin(sighting);
    if (waiting === undefined) return;
    if (this.room <= 0 && !this.isFirst(sighting.stream)) waiting.left++;
    else waiting.ladder.see(sighting);
  }

  /** Draws what waits. */
  finish(): void {
    for (const { ladder, texts, left } of this.shown.values()) {
      ladder.finish();
      texts.forEach((text) => this.options.write(text));
      if (left > 0) this.say(`${left.toLocaleString('en')} more segments of this conversation found no room here: --stream shows it alone.`);
      this.options.write('\n');
    }
    this.shown.clear();
  }

  private begin(sighting: Sighting): Waiting | undefined {
    const { terminal, verbose = false, problems = false, most } = this.options;
    if (problems && !isRemarkable(sighting)) return undefined;
    if (this.shown.size >= most) {
      this.undrawn = true;
      return undefined;
    }
    const texts: string[] = [];
    const teach = this.shown.size < TAUGHT;
    const first = this.shown.size === 0;
    const write = first ? this.options.write : (text: string): void => {
      this.room -= text.length;
      texts.push(text);
    };
    const waiting = { ladder: new ObservedLadder({ terminal, verbose, problems, teach, start: this.start ?? 0, write }), texts, left: 0 };
    this.shown.set(sighting.stream, waiting);
    return waiting;
  }

  private isFirst(stream: number): boolean {
    return this.shown.keys().next().value === stream;
  }

  private say(text: string): void {
    const { write, terminal: { width, colors } } = this.options;
    write(wrap([{ text, paint: colors.yellow }], width).map((runs) => `${paintRuns(runs)}\n`).join(''));
  }
}
