/** Scenarios: scripts of a peer with a title and what they are about in comments at their head. Their expectations are not looked at. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Script } from '../script/ast.js';
import { parseScript } from '../script/parse.js';
import { type Duration, SECOND } from '../util/units.js';

export interface Scenario {
  /** File name without its ending: what the user calls it. */
  readonly name: string;
  readonly title: string;
  /** One or two sentences. */
  readonly shows: string;
  readonly topics: readonly string[];
  /** How long the subject is observed after the last event. */
  readonly watch: Duration;
  readonly folder: string;
  readonly script: Script;
}

/** For files that do not say. */
const WATCH: Duration = 1 * SECOND;

/** Where the scenarios that come with glasstcp are: beside the sources, which are part of the package. */
export function scenarioFolder(): string {
  const beside = join(__dirname, 'scenarios');
  const root = basename(dirname(__dirname)) === 'dist' ? dirname(dirname(__dirname)) : undefined;
  return root === undefined ? beside : join(root, 'src', 'compare', 'scenarios');
}

export function scenarioNames(folder = scenarioFolder()): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.pkt')).map((file) => file.slice(0, -'.pkt'.length)).sort();
}

/** @throws ScriptError where the text is no script */
export function readScenario(text: string, file: string): Scenario {
  const said = headOf(text);
  const watch = Number(said.get('watch') ?? NaN);
  const name = basename(file).replace(/\.pkt$/, '');
  return {
    name,
    title: said.get('title') ?? name,
    shows: said.get('shows') ?? '',
    topics: (said.get('topics') ?? '').split(/[\s,]+/).filter((t) => t !== ''),
    watch: Number.isFinite(watch) && watch >= 0 ? watch * SECOND : WATCH,
    folder: dirname(file),
    script: parseScript(text, file),
  };
}

export function loadScenario(file: string): Scenario {
  return readScenario(readFileSync(file, 'utf8'), file);
}

export function loadByName(name: string): Scenario {
  return loadScenario(join(scenarioFolder(), `${name}.pkt`));
}

/** `// key: value` lines before anything else; a line that begins deeper goes on with the value before. */
function headOf(text: string): Map<string, string> {
  const said = new Map<string, string>();
  let last = '';
  for (const line of text.split(/\r?\n/)) {
    if (!line.startsWith('//')) break;
    const [, key, value] = /^\/\/ (\w+):\s*(.*)$/.exec(line) ?? [];
    if (key !== undefined) {
      last = key;
      said.set(key, value.trim());
    } else if (last !== '' && /^\/\/\s{3,}\S/.test(line)) {
      said.set(last, `${said.get(last)} ${line.slice(2).trim()}`);
    }
  }
  return said;
}

/** How long playing it takes, and so how long the kernel needs. */
export function lengthOf(scenario: Scenario): Duration {
  const times = schedule(scenario.script);
  return (times[times.length - 1] ?? 0) + scenario.watch;
}

/** When each event is due. Relative times count from the scripted time of the event before, so that every subject sees the same. */
export function schedule({ events }: Script): Duration[] {
  let at: Duration = 0;
  return events.map(({ time }) => {
    if (time.kind === 'absolute') at = Math.max(at, time.from);
    else if (time.kind === 'relative') at += time.from;
    return at;
  });
}
