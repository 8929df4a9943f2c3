/** What a lab is: a set-up, a play, what must be seen, and its text in every language. */
import type { Duration } from '../util/units.js';
import type { Role } from './ends/end.js';
import type { FigureText } from './figure.js';
import type { Stage } from './stage/stage.js';
import type { Language } from './text/language.js';

export interface LabSetUp {
  /** One way, from that host to the other, µs. Default 10 ms, so that a reader sees who was first. */
  readonly delay?: Partial<Readonly<Record<Role, Duration>>>;
  /** Settings by their sysctl names, before the play. */
  readonly sysctls?: Partial<Readonly<Record<Role, Readonly<Record<string, string | number>>>>>;
  /** Settings of glasstcp alone ("glasstcp.msl"), on whichever host is glasstcp. Unsafe variants are among them. */
  readonly glass?: Readonly<Record<string, string | number>>;
  /** The initial sequence number of a host's connections where that is glasstcp; the kernel's cannot be chosen. 0 … 2^32 - 1. */
  readonly iss?: Partial<Readonly<Record<Role, number>>>;
  readonly ipv6?: boolean;
  readonly mtu?: number;
}

export interface Lab {
  /** kebab-case, unique. */
  readonly id: string;
  /** Of the catalogue of the notes: A … H. */
  readonly section: string;
  /** Entries of the catalogue that it answers. */
  readonly entries: readonly number[];
  /** Which host is glasstcp when the other one is the kernel. */
  readonly glass: Role;
  readonly setUp?: LabSetUp;
  /** Keys of what must be seen: all of them, or the lab fails. */
  readonly musts: readonly string[];
  /** About so many seconds against the kernel; default 1. The longest are begun first. */
  readonly lasts?: number;
  /** RFC sections to read on. */
  readonly citations: readonly string[];
  readonly play: (stage: Stage) => Promise<void>;
}

/** One question with its answer; the run confirms it when the must of that key is seen. */
export interface Question {
  readonly ask: string;
  readonly answer: string;
  /** The must that shows it. */
  readonly shownBy: string;
}

/** A lab's text in one language. Keys of `says` and `musts` are those of the play; {name} stands for a value. */
export interface LabText {
  readonly title: string;
  /** What is to be learned, in a sentence or two. */
  readonly question: string;
  readonly says: Readonly<Record<string, string>>;
  /** Of the figures that the play shows, by their keys. */
  readonly figures?: Readonly<Record<string, FigureText>>;
  /** What must be seen, as a sentence that is true when it was. */
  readonly musts: Readonly<Record<string, string>>;
  /** The explanation, in paragraphs. */
  readonly explanation: readonly string[];
  readonly questions: readonly Question[];
}

/** The labs of one section of the notes, each with its texts, in the order in which a learner meets them. */
export type Section = readonly { readonly lab: Lab; readonly text: Readonly<Record<Language, LabText>> }[];
