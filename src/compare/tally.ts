/** How many comparisons ended how. */
import { type Comparison, type Verdict, VERDICTS } from './compare.js';

export function tally(comparisons: readonly Pick<Comparison, 'verdict'>[]): Readonly<Record<Verdict, number>> {
  const counts = Object.fromEntries(VERDICTS.map((v) => [v, 0])) as Record<Verdict, number>;
  for (const { verdict } of comparisons) counts[verdict]++;
  return counts;
}

/** '42 the same, 48 both allowed, 4 where the kernel violates a requirement' */
export function tallyText(comparisons: readonly Pick<Comparison, 'verdict'>[]): string {
  const counts = tally(comparisons);
  const words: Readonly<Record<Verdict, string>> = {
    'same': 'the same', 'both allowed': 'differ and both may', 'kernel violates': 'show the kernel breaking a rule', 'unexplained': 'unexplained',
    'glasstcp violates': 'show glasstcp breaking a rule', 'not compared': 'not compared',
  };
  return VERDICTS.filter((v) => counts[v] > 0 || v === 'glasstcp violates' || v === 'unexplained').map((v) => `${counts[v]} ${words[v]}`).join(', ');
}
