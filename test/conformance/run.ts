/** Runs checks: scripts on the engine and on the kernel, probes on the engine. */
import { dirname } from 'node:path';
import { parseScript } from '../../src/script/parse.js';
import type { ScriptResult } from '../../src/script/result.js';
import { runScript } from '../../src/script/run.js';
import { settingsOf } from '../../src/script/settings.js';
import { openSubject } from '../../src/script/subjects.js';
import type { SubjectName } from '../../src/script/subject.js';
import { explanationsOf } from '../../src/trace/explain.js';
import { type Check, type Probe, runsOnKernel, type ScriptCheck } from './checks.js';
import type { Outcome } from './verdicts.js';

export interface Run {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Checks that had to be run again because only their timing was wrong (a real clock), and how often. */
  readonly retries: ReadonlyMap<string, number>;
}

const isScript = (check: Check): check is ScriptCheck => 'text' in check;
const isProbe = (check: Check): check is Probe => 'run' in check;

/** All checks on glasstcp in virtual time. A script holds if it passes and the rules it names have fired. */
export function runOnEngine(checks: readonly Check[]): Run {
  const outcomes = new Map<string, Outcome>();
  for (const check of checks) {
    if (isScript(check)) outcomes.set(check.name, scriptOnEngine(check));
    else if (isProbe(check)) outcomes.set(check.name, attempt(check.run));
  }
  return { outcomes, retries: new Map() };
}

function scriptOnEngine(check: ScriptCheck): Outcome {
  return attempt(() => {
    const fired = new Set<string>();
    const script = parseScript(check.text, check.path);
    const settings = settingsOf(script);
    const subject = openSubject('engine', settings.subject, {
      profile: check.profile,
      moment: (moment) => {
        for (const { rule } of explanationsOf(moment)) fired.add(rule.name);
      },
    });
    const result = runScript(script, subject, settings, dirname(check.path));
    if (result.verdict !== 'pass') return outcomeOf(result);
    const silent = check.rules.filter((rule) => !fired.has(rule));
    return silent.length === 0 ? null : `passed, but these rules did not fire: ${silent.join(', ')}`;
  });
}

/** A check that throws does not hold; neither does a mutant's endless loop end well, but that is the caller's to time. */
function attempt(run: () => Outcome): Outcome {
  try {
    return run();
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

/**
 * Scripts that are to run there on the kernel (or on glasstcp over a TUN).
 * @param retries how often to run again what failed only by its timing
 */
export function runInRealTime(on: SubjectName, checks: readonly Check[], retries: number, told: (check: Check, outcome: Outcome) => void = () => undefined): Run {
  const outcomes = new Map<string, Outcome>();
  const again = new Map<string, number>();
  for (const check of checks) {
    if (!isScript(check) || (on === 'kernel' && !runsOnKernel(check))) continue;
    const { outcome, count } = scriptInRealTime(on, check, retries);
    outcomes.set(check.name, outcome);
    if (count > 0) again.set(check.name, count);
    told(check, outcome);
  }
  return { outcomes, retries: again };
}

function scriptInRealTime(on: SubjectName, check: ScriptCheck, retries: number): { outcome: Outcome; count: number } {
  for (let count = 0; ; count++) {
    let timing = false;
    const outcome = attempt(() => {
      const script = parseScript(check.text, check.path);
      const settings = settingsOf(script);
      const blockingCalls = script.events.some((event) => event.kind === 'call' && event.endTime !== undefined);
      const subject = openSubject(on, settings.subject, { blockingCalls, profile: check.profile });
      const result = runScript(script, subject, settings, dirname(check.path));
      timing = result.timing;
      return outcomeOf(result);
    });
    if (outcome === null || !timing || count >= retries) return { outcome, count };
  }
}

const outcomeOf = ({ verdict, message, at }: ScriptResult): Outcome => (verdict === 'pass' ? null : `${at === undefined ? '' : `line ${at.line}: `}${message}`);
