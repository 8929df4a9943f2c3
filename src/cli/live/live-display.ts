/** What is seen of a capture while it runs: lines, or JSON, within the limits of who reads them. */
import type { Sighting } from '../../observe/sighting.js';
import type { Micros } from '../../util/units.js';
import { jsonLine, sightingJson } from '../observed/sighting-json.js';
import { TableView } from '../observed/table-view.js';
import type { Output } from '../output.js';
import type { Terminal } from '../terminal.js';
import { LineLimit } from './line-limit.js';
import type { LiveOptions } from './live-options.js';

export interface LiveDisplay {
  /** Segments shown. */
  readonly shown: number;
  readonly leftOut: number;
  /** @param start instant of the first frame @param backlog 0 … 1: how far behind the capture is */
  see(sighting: Sighting, start: Micros, backlog: number): void;
  /** Says what was left out since it was last said. */
  settle(): void;
}

/** A person cannot read more, and a terminal may be slow. Files and programs get all. */
const LINES_A_SECOND = 200;
/** Of the queue of frames: from here on there is no time for lines. */
const FAR_BEHIND = 0.1;
/** Characters that nobody has read yet. */
const MOST_UNREAD = 1024 * 1024;

export interface DisplayParts {
  readonly out: Output;
  readonly terminal: Terminal;
  /** ms, never going back */
  readonly now: () => number;
}

export function displayFor({ show, verbose }: Pick<LiveOptions, 'show' | 'verbose'>, parts: DisplayParts): LiveDisplay {
  const write = (text: string): void => parts.out.write(text);
  if (show === 'nothing') return { shown: 0, leftOut: 0, see: () => undefined, settle: () => undefined };
  if (show === 'json') {
    const one = (sighting: Sighting, start: Micros): void => write(sightingJson(sighting, start));
    return new LimitedDisplay(parts, Infinity, one, (leftOut) => write(jsonLine({ type: 'left-out', segments: leftOut })));
  }
  const { colors: c, live } = parts.terminal;
  const table = new TableView({ terminal: parts.terminal, write, verbose });
  const tell = (leftOut: number): void => write(c.dim(`      … ${leftOut.toLocaleString('en')} ${leftOut === 1 ? 'segment' : 'segments'} not shown: too many at once\n`));
  return new LimitedDisplay(parts, live ? LINES_A_SECOND : Infinity, (sighting, start) => table.see(sighting, start), tell);
}

class LimitedDisplay implements LiveDisplay {
  private count = 0;
  private readonly limit: LineLimit;

  constructor(
    private readonly parts: DisplayParts, perSecond: number,
    private readonly show: (sighting: Sighting, start: Micros) => void,
    private readonly tell: (leftOut: number) => void,
  ) {
    this.limit = new LineLimit(perSecond);
  }

  get shown(): number {
    return this.count;
  }

  get leftOut(): number {
    return this.limit.leftOut;
  }

  see(sighting: Sighting, start: Micros, backlog: number): void {
    const { out, now } = this.parts;
    if (!this.limit.allows(now(), backlog > FAR_BEHIND || out.unread > MOST_UNREAD)) return;
    this.settle();
    this.show(sighting, start);
    this.count++;
  }

  settle(): void {
    const untold = this.limit.takeUntold();
    if (untold > 0) this.tell(untold);
  }
}
