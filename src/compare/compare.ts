/** One scenario, both recordings, the verdict. */
import { align, type Row } from './align.js';
import { type Divergence, divergencesOf } from './divergences.js';
import type { About, Explanation } from './explanations.js';
import { KNOWLEDGE } from './knowledge.js';
import { breaches } from './requirements.js';
import type { Recording, SentEntry } from './recording.js';
import type { Scenario } from './scenario.js';

/** From best to worst. `not compared`: one of the two could not be recorded. */
export const VERDICTS = ['same', 'both allowed', 'kernel violates', 'unexplained', 'glasstcp violates', 'not compared'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One reason for differences, with all that it explains. */
export interface Finding {
  readonly verdict: Exclude<Verdict, 'same' | 'not compared'>;
  /** undefined for what is unexplained. */
  readonly explanation: Omit<Explanation, 'explains'> | undefined;
  readonly divergences: readonly Divergence[];
}

export interface Comparison {
  readonly scenario: Pick<Scenario, 'name' | 'title' | 'shows' | 'topics'> & { readonly text: string };
  readonly rows: readonly Row[];
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** Why it was not compared. */
  readonly failure?: string;
  /** Settings of the script without effect on glasstcp. */
  readonly ignored: readonly string[];
}

/** Does the run end with exit status 1 because of it? */
export const isFailure = (verdict: Verdict): boolean => VERDICTS.indexOf(verdict) >= VERDICTS.indexOf('unexplained');

export function compareRecordings(scenario: Scenario, glasstcp: Recording, kernel: Recording, knowledge: readonly Explanation[] = KNOWLEDGE): Comparison {
  const { name, title, shows, topics, script } = scenario;
  const facts = { name, title, shows, topics, text: script.text };
  const failure = [glasstcp.failure, kernel.failure].find((f) => f !== undefined);
  if (failure !== undefined) return { scenario: facts, rows: [], findings: [], verdict: 'not compared', failure, ignored: glasstcp.ignored };
  const rows = align(glasstcp, kernel);
  const about: About = { scenario, again: repeats([glasstcp, kernel]), sentBy: (side) => sentOf(side === 'kernel' ? kernel : glasstcp) };
  const known = group(divergencesOf(rows), about, knowledge);
  const findings = [...known, ...breaches(scenario, glasstcp, kernel).filter((breach) => !known.some((k) => saysTheSame(k, breach)))];
  return { scenario: facts, rows, findings, verdict: worst(findings), ignored: glasstcp.ignored };
}

/** Knowledge of a difference may name the requirement that is broken already. */
function saysTheSame(known: Finding, breach: Finding): boolean {
  return known.verdict === breach.verdict && breach.explanation?.requirements.some((id) => known.explanation?.requirements.includes(id)) === true;
}

const sentOf = ({ entries }: Recording): SentEntry[] => entries.filter((e) => e.kind === 'sent');

/** Text or a flag with a number that its sender had sent before. */
function repeats(recordings: readonly Recording[]): (entry: SentEntry) => boolean {
  const found = new Set<SentEntry>();
  for (const recording of recordings) {
    const highest = new Map<string, number>();
    for (const entry of sentOf(recording)) {
      const { packet } = entry;
      if (packet.protocol !== 'tcp') continue;
      const end = packet.seq + packet.length + (/[SF]/.test(packet.flags) ? 1 : 0);
      const before = highest.get(packet.conversation) ?? -1;
      if (end <= before && end > packet.seq) found.add(entry);
      highest.set(packet.conversation, Math.max(before, end));
    }
  }
  return (entry) => found.has(entry);
}

function group(divergences: readonly Divergence[], about: About, knowledge: readonly Explanation[]): Finding[] {
  const groups = new Map<Explanation | undefined, Divergence[]>();
  for (const divergence of divergences) {
    const explanation = knowledge.find((e) => e.explains(divergence, about));
    groups.set(explanation, [...(groups.get(explanation) ?? []), divergence]);
  }
  return [...groups].map(([explanation, list]) => ({ verdict: explanation?.judgement ?? 'unexplained', explanation: withoutPredicate(explanation), divergences: list }));
}

function withoutPredicate(explanation: Explanation | undefined): Omit<Explanation, 'explains'> | undefined {
  if (explanation === undefined) return undefined;
  const { id, title, judgement, requirements, why, linux, glasstcp } = explanation;
  return { id, title, judgement, requirements, why, linux, glasstcp };
}

const worst = (findings: readonly Finding[]): Verdict => VERDICTS[Math.max(0, ...findings.map((f) => VERDICTS.indexOf(f.verdict)))];
