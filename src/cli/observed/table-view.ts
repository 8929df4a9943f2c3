/** Segments as they come, a line each; a conversation's addresses once, where lines have no room for them. */
import type { Overlooked, Sighting } from '../../observe/sighting.js';
import type { Micros } from '../../util/units.js';
import type { Terminal } from '../terminal.js';
import { isSighting } from './observed-source.js';
import { conversationLine, overlookedLine, sightingLines } from './sighting-line.js';

export interface TableViewOptions {
  readonly terminal: Pick<Terminal, 'width' | 'colors'>;
  readonly write: (text: string) => void;
  readonly verbose?: boolean;
}

/** Conversations whose addresses are remembered as told; beyond that they are told again. */
const MOST_TOLD = 10_000;

export class TableView {
  private readonly told = new Set<number>();
  private start: Micros | undefined;

  constructor(private readonly options: TableViewOptions) {}

  /** @param start time 0; the first packet's, by default */
  see(seen: Sighting | Overlooked, start: Micros = seen.at): void {
    this.start ??= start;
    const look = { terminal: this.options.terminal, start: this.start, verbose: this.options.verbose === true };
    if (!isSighting(seen)) return this.print([overlookedLine(seen, look)]);
    this.introduce(seen);
    this.print(sightingLines(seen, look));
  }

  private introduce(sighting: Sighting): void {
    if (this.told.has(sighting.stream)) return;
    if (this.told.size >= MOST_TOLD) this.told.clear();
    this.told.add(sighting.stream);
    const line = conversationLine(sighting, this.options.terminal);
    if (line !== undefined) this.print([line]);
  }

  private print(lines: readonly string[]): void {
    this.options.write(lines.map((line) => `${line.trimEnd()}\n`).join(''));
  }
}
