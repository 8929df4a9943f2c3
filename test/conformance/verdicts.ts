/** From what the checks showed to one verdict for each requirement, for glasstcp and for the kernel. */
import type { Check } from './checks.js';
import type { Requirement } from './requirements.js';

/** What one check showed: null = it held; else what was seen instead. undefined = it was not run. */
export type Outcome = string | null | undefined;

export interface Verdict {
  readonly requirement: Requirement;
  readonly checks: readonly Check[];
  readonly glasstcp: Judgement;
  readonly kernel: Judgement;
}

export interface Judgement {
  /** missing = nothing shows it. */
  readonly kind: 'holds' | 'by setting' | 'differs' | 'violates' | 'not run' | 'exempt' | 'missing';
  /** Why, or what was seen; '' when there is nothing to say. */
  readonly note: string;
}

const HOLDS: Judgement = { kind: 'holds', note: '' };

/** @param engine, kernel by the check's name */
export function judge(requirements: readonly Requirement[], checks: readonly Check[], engine: ReadonlyMap<string, Outcome>, kernel: ReadonlyMap<string, Outcome>,
  exempt: ReadonlyMap<string, string> = new Map()): Verdict[] {
  return requirements.map((requirement) => {
    const mine = checks.filter((check) => check.claims.includes(requirement.id));
    const reason = exempt.get(requirement.id);
    if (mine.length === 0 && reason !== undefined) return { requirement, checks: [], glasstcp: { kind: 'exempt', note: reason }, kernel: { kind: 'exempt', note: '' } };
    return {
      requirement, checks: mine,
      glasstcp: judgeGlasstcp(mine, engine),
      kernel: judgeKernel(mine, kernel),
    };
  });
}

function judgeGlasstcp(checks: readonly Check[], outcomes: ReadonlyMap<string, Outcome>): Judgement {
  if (checks.length === 0) return { kind: 'missing', note: 'no script and no probe claims it' };
  for (const check of checks) {
    const outcome = outcomes.get(check.name);
    if (outcome === undefined) return { kind: 'not run', note: check.name };
    if (outcome !== null) return { kind: 'violates', note: `${check.name}: ${outcome}` };
  }
  const deviations = checks.map((check) => check.deviation).filter((text) => text !== undefined);
  return deviations.length === 0 ? HOLDS : { kind: 'by setting', note: deviations.join('; ') };
}

function judgeKernel(checks: readonly Check[], outcomes: ReadonlyMap<string, Outcome>): Judgement {
  const judgements = checks.map((check) => judgeKernelBy(check, outcomes.get(check.name)));
  // The worst that any check showed; what was not run counts only when nothing else was.
  for (const kind of ['violates', 'differs', 'holds'] as const) {
    const found = judgements.filter((judgement) => judgement.kind === kind);
    if (found.length > 0) return { kind, note: [...new Set(found.map(({ note }) => note))].filter((note) => note !== '').join('; ') };
  }
  return judgements[0] ?? { kind: 'missing', note: '' };
}

function judgeKernelBy({ name, onKernel }: Check, outcome: Outcome): Judgement {
  if (onKernel.kind === 'measured') return { kind: onKernel.verdict, note: `${onKernel.reason} (measured apart)` };
  if (outcome === undefined) return { kind: 'not run', note: onKernel.kind === 'not run' ? onKernel.reason : 'no kernel to be had' };
  if (outcome === null) return HOLDS;
  switch (onKernel.kind) {
    case 'differs':
    case 'violates': return { kind: onKernel.kind, note: onKernel.reason };
    default: return { kind: 'violates', note: `${name}: ${outcome}` };
  }
}

/** Checks whose claim about the kernel is not what was seen: said to differ, and held; or not said to, and failed. */
export function surprises(checks: readonly Check[], kernel: ReadonlyMap<string, Outcome>): string[] {
  return checks.flatMap((check) => {
    const outcome = kernel.get(check.name);
    if (outcome === undefined) return [];
    const said = check.onKernel.kind === 'differs' || check.onKernel.kind === 'violates';
    if (outcome === null && said) return [`${check.name}: said to fail on the kernel ("${check.onKernel.kind}"), but it holds`];
    if (outcome !== null && !said) return [`${check.name}: fails on the kernel: ${outcome}`];
    return [];
  });
}
