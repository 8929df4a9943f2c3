/** Which labs answer a claim, and which of them are played to prove it. */
import { LABS } from '../all.js';
import type { Lab } from '../lab.js';
import { NARRATORS } from '../narrators/catalog.js';
import { fill, type Language } from '../text/language.js';
import type { Claim, Note } from './claim.js';

/** All labs that answer it, in the order in which a learner meets them. An analogy is answered by the lab that its narrator retells. */
export const labsThatAnswer = ({ number, narrators, labs = [] }: Claim): readonly Lab[] =>
  LABS.filter(({ id, entries }) => entries.includes(number) || (narrators !== undefined && labs.includes(id)));

/** Those that the claim names, in its order; where it names none, all. */
export function labsToPlay(claim: Claim): readonly Lab[] {
  const all = labsThatAnswer(claim);
  const named = (claim.labs ?? []).flatMap((id) => all.filter((lab) => lab.id === id));
  return named.length > 0 ? named : all;
}

/** Who tells a claim's lab in a note's own picture, and where the picture breaks. */
export interface Retelling {
  readonly narrator: string;
  readonly title: string;
  readonly lab: string;
  readonly breaks: readonly string[];
}

/** Of one note, or of all. */
export function retellingsOf(claim: Claim, note: Note | undefined, language: Language): readonly Retelling[] {
  const [lab] = labsToPlay(claim);
  const asked = Object.entries(claim.narrators ?? {}).filter(([of]) => note === undefined || of === note).map(([, id]) => id);
  return NARRATORS[language].filter(({ id }) => asked.includes(id)).map(({ id, title, breaks, people }) => ({
    narrator: id, title, lab: lab?.id ?? '', breaks: Object.values(breaks).map((sentence) => fill(sentence, { who: people.client, other: people.server })),
  }));
}
