/** What came of running a script on a subject. */
import type { Duration } from '../util/units.js';
import type { Position } from './ast.js';
import type { SubjectName } from './subject.js';

export type Verdict = 'pass' | 'fail' | 'unsupported' | 'error';

/** One event of the script and what there was of it. */
export interface LadderRow {
  /** Where it stands in the script; undefined for packets that the script does not speak of. */
  readonly at?: Position;
  readonly expected: string;
  /** µs of script time; undefined = not known, or any. */
  readonly expectedAt?: Duration;
  readonly seen: string;
  readonly seenAt?: Duration;
  readonly mark: 'same' | 'differs' | 'missing' | 'extra';
}

/** A variable of tcp_info at the last packet before the difference, and at the difference. */
export interface InfoRow {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

export interface ScriptResult {
  readonly file: string;
  readonly subject: SubjectName;
  readonly verdict: Verdict;
  /** Where in the script it ended, unless it passed. */
  readonly at?: Position;
  /** That event's text. */
  readonly event?: string;
  /** Why, in one sentence; '' for a pass. */
  readonly message: string;
  /** Each difference between the expected and the seen packet. */
  readonly differences: readonly string[];
  /** All that is wrong is when it happened: on a real clock another run may pass. */
  readonly timing: boolean;
  readonly ladder: readonly LadderRow[];
  /** The subject's decisions that led there, each with its citation. Times are µs of script time. */
  readonly decisions: readonly { readonly at: Duration; readonly text: string }[];
  /** tcp_info of the socket under test, where the subject has no decisions to tell. */
  readonly info: readonly InfoRow[];
  /** Differences that --non_fatal lets pass. */
  readonly warnings: readonly string[];
  /** What was printed by `print` in %{ }%. */
  readonly printed: readonly string[];
  /** Settings that have no effect on this subject. */
  readonly ignored: readonly string[];
  /** Length of the run, µs of script time. */
  readonly duration: Duration;
  /** How many times it was run again because only the timing was wrong. */
  readonly retries: number;
}
