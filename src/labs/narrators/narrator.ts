/** What a narrator is: one of the analogies by which people remember the handshake and the close, told beside the real segments. */
import type { Role } from '../ends/end.js';

/** What happens on the line that an analogy may have words for. */
export const CUES = [
  'syn', 'syn-again', 'syn-crossed', 'syn-ack', 'syn-ack-again', 'third-ack', 'third-ack-with-text',
  'fin', 'fin-again', 'fin-acked', 'fin-acked-again', 'fin-both', 'fin-back', 'fin-crossed', 'last-ack',
  'rst', 'lost', 'injected', 'time-wait', 'time-wait-over',
] as const;
export type Cue = (typeof CUES)[number];

/** Sentences with {who} for whose segment it is, and {other}. Where a cue has none, the narrator is silent. */
export interface Narrator {
  /** Of --narrator. */
  readonly id: string;
  /** What the analogy is called. */
  readonly title: string;
  readonly people: Readonly<Record<Role, string>>;
  readonly says: Readonly<Partial<Record<Cue, string>>>;
  /** Where the analogy breaks, told once, after what the cue's segment shows. */
  readonly breaks: Readonly<Partial<Record<Cue, string>>>;
}
