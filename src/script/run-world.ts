/** What the parts of a run share. */
import type { Micros } from '../util/units.js';
import type { Script } from './ast.js';
import type { Connections } from './connections.js';
import type { LadderRow } from './result.js';
import type { Settings } from './settings.js';
import type { Subject } from './subject.js';
import type { Timeline } from './timeline.js';

export interface RunWorld {
  readonly script: Script;
  readonly subject: Subject;
  readonly settings: Settings;
  readonly connections: Connections;
  readonly ladder: LadderRow[];
  readonly warnings: string[];
  timeline: Timeline;
  /** All that was written so far were zeros. */
  zeros: boolean;
  /** Lets time pass until then, or until something happened. @returns is there time left */
  wait(until: Micros): boolean;
}
