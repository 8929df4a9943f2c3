/** Which labs answer a claim, and which of them are played to prove it. */
import { LABS } from '../all.js';
import type { Lab } from '../lab.js';
import type { Claim } from './claim.js';

/** All labs that answer it, in the order in which a learner meets them. */
export const labsThatAnswer = ({ number }: Claim): readonly Lab[] => LABS.filter(({ entries }) => entries.includes(number));

/** Those that the claim names, in its order; where it names none, all. */
export function labsToPlay(claim: Claim): readonly Lab[] {
  const all = labsThatAnswer(claim);
  const named = (claim.labs ?? []).flatMap((id) => all.filter((lab) => lab.id === id));
  return named.length > 0 ? named : all;
}
