/** The decisions of glasstcp while a script runs, kept so far back as a failure's report may want them. */
import { explanationsOf, formatChange, formatCitation, statePath } from '../trace/explain.js';
import type { Moment } from '../trace/moment.js';
import { Story } from '../trace/story.js';
import type { Tracer } from '../trace/tracer.js';
import type { Micros } from '../util/units.js';

export interface Decision {
  readonly at: Micros;
  readonly text: string;
}

/** Moments kept. */
const MOST = 1_000;

export class Diary {
  private readonly story: Story;
  private readonly moments: Moment[] = [];

  /** @param also is told every moment as well, for captures */
  constructor(also?: (moment: Moment) => void) {
    this.story = new Story((moment) => {
      this.moments.push(moment);
      if (this.moments.length > 2 * MOST) this.moments.splice(0, MOST);
      also?.(moment);
    });
  }

  get tracer(): Tracer {
    return this.story;
  }

  since(at: Micros): Decision[] {
    this.flush();
    return this.moments.filter((moment) => moment.at >= at).flatMap((moment) => linesOf(moment).map((text) => ({ at: moment.at, text })));
  }

  flush(): void {
    this.story.flush();
  }
}

/** 'in SYN-RCVD → ESTABLISHED', then a sentence with its citation for each decision, then what changed. */
function linesOf(moment: Moment): string[] {
  const told = explanationsOf(moment);
  const changes = moment.changes.map(formatChange).join(', ');
  const head = `${moment.direction ?? '--'}  ${statePath(moment) || 'no connection'}${changes === '' ? '' : `  (${changes})`}`;
  return [head, ...told.map((e) => `    ${e.text} ${formatCitation(e.rule)}`)];
}
