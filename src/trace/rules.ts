/**
 * Rules: every decision the stack takes has one, with an id, a name, a citation, a level and a sentence made of the
 * numbers at hand. They feed the ladder, the packet comments, the documentation and the coverage check of the tests.
 */

/** How strongly the source asks for it; `note` = a decision the source leaves to us. */
export type Level = 'MUST' | 'SHOULD' | 'MAY' | 'note';
export type Citation = `RFC ${number} ${string}` | 'Linux' | 'glasstcp';

export interface Rule {
  readonly id: number;
  /** kebab-case, unique. */
  readonly name: string;
  readonly cite: Citation;
  readonly level: Level;
  /** The sentence, in plain words. Run only when somebody reads it. */
  readonly say: (a: number, b: number, c: number) => string;
}

/** The sentences of rules in another language, by the rules' names. */
export type Sentences = Readonly<Record<string, Rule['say']>>;

const all: Rule[] = [];
const names = new Set<string>();

/** Adds one rule to the book and returns its id, the number that call sites pass to the Tracer. Ids start at 1. */
export function rule(name: string, cite: Citation, level: Level, say: Rule['say']): number {
  if (names.has(name)) throw new Error(`two rules are called ${name}`);
  names.add(name);
  const id = all.length + 1;
  all.push({ id, name, cite, level, say });
  return id;
}

/** The rule of an id; undefined for 0 and unknown ids. */
export const ruleOf = (id: number): Rule | undefined => all[id - 1];

/** The rule of a name; undefined for unknown names. */
export const ruleNamed = (name: string): Rule | undefined => all.find((r) => r.name === name);

/** The whole book, in the order of ids. */
export const allRules = (): readonly Rule[] => all;
