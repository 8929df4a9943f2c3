/**
 * What shows that a requirement is met: scripts, which say in their head what they claim, and probes, which are functions for
 * what no packet and no socket call can show. A row of the standard counts only by a run of these.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Profile } from '../../src/bsd/profile.js';

export const SCRIPTS = join(__dirname, 'scripts');

/** What the kernel is expected to do with a script that claims a requirement. */
export type OnKernel =
  | { readonly kind: 'same' }
  /** It does something else, which the standard allows it. */
  | { readonly kind: 'differs'; readonly reason: string }
  | { readonly kind: 'violates'; readonly reason: string }
  /** Takes minutes, so it is not run each time: it was, once, and showed this. */
  | { readonly kind: 'measured'; readonly verdict: KernelVerdict; readonly reason: string }
  | { readonly kind: 'not run'; readonly reason: string };

export type KernelVerdict = 'holds' | 'differs' | 'violates';

export interface Check {
  /** For reports: the script's path below scripts/, or the probe's name. */
  readonly name: string;
  readonly title: string;
  /** Ids of requirements. */
  readonly claims: readonly string[];
  /** Rules that must fire on the engine while it runs. */
  readonly rules: readonly string[];
  readonly onKernel: OnKernel;
  /** Whose behaviour the engine shows; `own` unless the script says so. */
  readonly profile: Profile;
  /** Our default does something else than the SHOULD says, and why; the check then shows the setting that follows it. */
  readonly deviation: string | undefined;
}

export interface ScriptCheck extends Check {
  readonly kind: 'script';
  readonly path: string;
  readonly text: string;
}

/** @returns null = holds; else what was seen instead */
export type ProbeRun = () => string | null;

export interface Probe extends Check {
  readonly kind: 'probe';
  readonly run: ProbeRun;
}

/** A probe with what it needs to say. */
export function probe(name: string, claims: readonly string[], run: ProbeRun, more: Partial<Pick<Check, 'rules' | 'onKernel' | 'deviation'>> = {}): Probe {
  const onKernel = more.onKernel ?? { kind: 'not run', reason: 'about calls and settings that the kernel does not have' };
  return { kind: 'probe', name, title: name, claims, run, rules: more.rules ?? [], onKernel, profile: 'own', deviation: more.deviation };
}

/** All scripts below scripts/, in the order of their names. @throws Error that names a script without claims or with an unknown word */
export function allScripts(folder = SCRIPTS): ScriptCheck[] {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return allScripts(path);
    return entry.name.endsWith('.pkt') ? [readScript(path)] : [];
  });
}

const WORDS = ['claims', 'rules', 'kernel', 'profile', 'deviation'];

/** The head of a script: `// Title.`, then lines `// word: value`. */
export function readScript(path: string): ScriptCheck {
  const text = readFileSync(path, 'utf8');
  const head = text.split('\n').filter((line) => line.startsWith('//')).map((line) => line.slice(2).trim());
  const said = new Map<string, string>();
  for (const line of head) {
    const [, word, value] = /^(\w+): (.+)$/.exec(line) ?? [];
    if (word !== undefined && WORDS.includes(word)) said.set(word, value);
  }
  const claims = listOf(said.get('claims'));
  if (claims.length === 0) throw new Error(`${path} claims no requirement: say "// claims: MUST-13" in its head`);
  return {
    kind: 'script', path, text, claims,
    name: relative(SCRIPTS, path),
    title: head[0] ?? '',
    rules: listOf(said.get('rules')),
    onKernel: onKernel(path, said.get('kernel')),
    profile: profileOf(path, said.get('profile')),
    deviation: said.get('deviation'),
  };
}

const listOf = (text: string | undefined): string[] => (text === undefined ? [] : text.split(',').map((word) => word.trim()).filter((word) => word !== ''));

/** Is the check to be run on the kernel, as scripts are? */
export const runsOnKernel = ({ onKernel: { kind } }: Check): boolean => kind !== 'not run' && kind !== 'measured';

function profileOf(path: string, text = 'own'): Profile {
  if (text !== 'own' && text !== 'linux' && text !== 'rfc') throw new Error(`${path}: "profile: ${text}" must be own, linux or rfc`);
  return text;
}

function onKernel(path: string, text: string | undefined): OnKernel {
  if (text === undefined) return { kind: 'same' };
  const [, verdict, measured] = /^measured: (holds|differs|violates): (.+)$/.exec(text) ?? [];
  if (verdict !== undefined) return { kind: 'measured', verdict: verdict as KernelVerdict, reason: measured };
  const [, kind, reason] = /^(differs|violates|not run): (.+)$/.exec(text) ?? [];
  if (kind === undefined) throw new Error(`${path}: "kernel: ${text}" must be "differs: why", "violates: what", "measured: violates: what" or "not run: why"`);
  return { kind: kind as 'differs' | 'violates' | 'not run', reason };
}
