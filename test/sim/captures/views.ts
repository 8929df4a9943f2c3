/** Everything that shows what an onlooker saw, fed with one capture: ladders, tables, JSON, comments. What they print must be text, and fit. */
import pc from 'picocolors';
import { LadderView } from '../../../src/cli/observed/ladder-view.js';
import { overlookedComment, sightingComment } from '../../../src/cli/observed/sighting-comment.js';
import { overlookedJson, sightingJson } from '../../../src/cli/observed/sighting-json.js';
import { TableView } from '../../../src/cli/observed/table-view.js';
import type { Overlooked, Sighting } from '../../../src/observe/sighting.js';
import stringWidth from 'string-width';

const WIDTHS = [60, 84, 130, 200] as const;
const LADDERS = 5;
/** A value that nobody put into words. */
const WORDLESS = /undefined|NaN|Infinity|\[object/;

export class Views {
  private readonly ladder: LadderView;
  private readonly table: TableView;
  private printed = '';
  private readonly width: number;

  /** @param turn which of the terminal's widths, and whether everything is told */
  constructor(turn: number, private readonly problem: (text: string) => void) {
    this.width = WIDTHS[turn % WIDTHS.length];
    const look = { terminal: { width: this.width, colors: pc.createColors(false) }, write: (text: string): void => void (this.printed += text), verbose: (turn & 4) !== 0 };
    this.ladder = new LadderView({ ...look, problems: (turn & 8) !== 0, most: LADDERS });
    this.table = new TableView(look);
  }

  see(seen: Sighting | Overlooked): void {
    this.table.see(seen);
    if ('why' in seen) this.check(overlookedJson(seen, 0) + overlookedComment(seen));
    else {
      this.ladder.see(seen);
      const json = sightingJson(seen, 0);
      JSON.parse(json);
      this.check(json + sightingComment(seen));
    }
  }

  finish(): void {
    this.ladder.finish();
    this.check(this.printed);
    for (const line of this.printed.split('\n')) if (stringWidth(line) > this.width) this.problem(`${stringWidth(line)} columns where there are ${this.width}: ${line}`);
  }

  private check(text: string): void {
    const line = text.split('\n').find((l) => WORDLESS.test(l));
    if (line !== undefined) this.problem(`shows ${line}`);
  }
}
