/** What the study notes say, as data: each entry of their catalogue with the notes' own words, a verdict on each, and where the truth stands. */

/** The five notes, S0 to S4. */
export const NOTES = ['S0', 'S1', 'S2', 'S3', 'S4'] as const;
export type Note = (typeof NOTES)[number];

/** Of the notes: A … H. */
export const SECTION_NAMES = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

/** `open`: asked, or only named, and left without an answer. `analogy`: a picture, which holds up to some point. `footnote`: not about TCP's behaviour. */
export type QuoteVerdict = 'right' | 'imprecise' | 'wrong' | 'open' | 'analogy' | 'footnote';
/** `missing`: belongs to the subject, and no note has it. */
export type Verdict = QuoteVerdict | 'missing';

/** A few words of a note as they stand there, and what is to be thought of them. */
export interface Quote {
  readonly note: Note;
  readonly words: string;
  readonly verdict: QuoteVerdict;
}

export interface Claim {
  /** Of the catalogue, 1 … 87. */
  readonly number: number;
  readonly quotes: readonly Quote[];
  /** Where the truth stands. */
  readonly citations: readonly string[];
  /** Labs that `prove` plays, where not all that answer the entry are wanted. */
  readonly labs?: readonly string[];
  /** The narrator that retells its lab with a note's picture. */
  readonly narrators?: Readonly<Partial<Record<Note, string>>>;
}

/** A claim's text in one language. */
export interface ClaimText {
  /** What the notes say or ask, in a sentence. */
  readonly claim: string;
  /** What is true, and what is not. */
  readonly truth: string;
}

export type ClaimTexts = Readonly<Record<number, ClaimText>>;

/** The worst first: what a reader has to know of an entry whose quotes differ. */
const ORDER: readonly QuoteVerdict[] = ['wrong', 'imprecise', 'open', 'analogy', 'footnote', 'right'];

/** Of a claim as a whole, or of what one note says of it. */
export function verdictOf({ quotes }: Claim, note?: Note): Verdict {
  const asked = note === undefined ? quotes : quotes.filter((quote) => quote.note === note);
  return ORDER.find((verdict) => asked.some((quote) => quote.verdict === verdict)) ?? 'missing';
}

type Say = (note: Note, words: string) => Quote;
const say = (verdict: QuoteVerdict): Say => (note, words) => ({ note, words, verdict });
export const right = say('right');
export const imprecise = say('imprecise');
export const wrong = say('wrong');
export const open = say('open');
export const analogy = say('analogy');
export const footnote = say('footnote');
