/** What is known about differences: what explains them, whether the RFCs allow both ways, and what turns one into the other. */
import type { Divergence } from './divergences.js';
import { kindOf } from './align.js';
import type { SentEntry, SentSegment } from './recording.js';
import type { Scenario } from './scenario.js';

export type Judgement = 'both allowed' | 'kernel violates' | 'glasstcp violates';

export interface Explanation {
  readonly id: string;
  /** A few words. */
  readonly title: string;
  readonly judgement: Judgement;
  /** Requirements of RFC 9293 by their names, or other RFCs by section. */
  readonly requirements: readonly string[];
  /** One to three sentences: what each does and why it may, or may not. */
  readonly why: string;
  /** What makes the kernel do as glasstcp does; '' = nothing. */
  readonly linux: string;
  /** What makes glasstcp do as the kernel does; '' = nothing. */
  readonly glasstcp: string;
  readonly explains: (divergence: Divergence, about: About) => boolean;
}

/** What a judgement may look at. */
export interface About {
  readonly scenario: Pick<Scenario, 'name' | 'topics'>;
  /** Has the same text been sent before by the same side? */
  readonly again: (entry: SentEntry) => boolean;
  /** All that it sent. */
  readonly sentBy: (side: 'glasstcp' | 'kernel') => readonly SentEntry[];
}

export const within = (about: About, ...names: readonly string[]): boolean => names.includes(about.scenario.name);

export const segmentOf = (entry: SentEntry | undefined): SentSegment | undefined => (entry?.packet.protocol === 'tcp' ? entry.packet : undefined);

export const ours = (d: Divergence): SentSegment | undefined => (d.what === 'result' ? undefined : segmentOf(d.glasstcp));
export const theirs = (d: Divergence): SentSegment | undefined => (d.what === 'result' ? undefined : segmentOf(d.kernel));
/** Whichever there is. */
export const either = (d: Divergence): SentSegment | undefined => ours(d) ?? theirs(d);

export const isKind = (d: Divergence, ...kinds: readonly string[]): boolean => {
  const segment = either(d);
  return segment !== undefined && kinds.includes(kindOf(segment));
};

export const isField = (d: Divergence, ...fields: readonly string[]): boolean => d.what === 'field' && fields.includes(d.field);

/** Present on one side, or at another time, or with other numbers: the consequences of sending at another moment. */
export const isMoved = (d: Divergence): boolean => d.what === 'only glasstcp' || d.what === 'only kernel' || isField(d, 'time', 'seq', 'length', 'psh', 'flags', 'ack');
