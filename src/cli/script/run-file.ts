/** One script on one subject: read, run, run again where only the clock was at fault, kept in the capture. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Profile } from '../../bsd/profile.js';
import { PcapngWriter } from '../../capture/pcapng-write.js';
import type { Script } from '../../script/ast.js';
import { ScriptError } from '../../script/errors.js';
import { parseScript } from '../../script/parse.js';
import type { ScriptResult } from '../../script/result.js';
import { runScript } from '../../script/run.js';
import { type Override, type Settings, settingsOf } from '../../script/settings.js';
import type { Subject, SubjectName } from '../../script/subject.js';
import { openSubject } from '../../script/subjects.js';
import { TappedSubject } from '../../script/tapped.js';
import { explainMoment } from '../../trace/explain.js';
import { Failure } from '../failure.js';

export interface RunOptions {
  readonly overrides: readonly Override[];
  /** How many times more, where only the timing was wrong on a real clock. */
  readonly retries: number;
  readonly capture?: PcapngWriter;
  /** Whose behaviour glasstcp shows. */
  readonly profile: Profile;
}

/** A script ready to run. */
export interface Loaded {
  readonly script: Script;
  readonly settings: Settings;
}

/** @throws Failure (status 2) for a file that cannot be read; ScriptError for one that is no script */
export function load(file: string, overrides: readonly Override[]): Loaded {
  const script = parseScript(readText(file), file);
  return { script, settings: settingsOf(script, overrides) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`, 'name files that exist', 2);
  }
}

export function isScriptError(error: unknown): error is ScriptError {
  return error instanceof ScriptError;
}

/** @throws DeviceError when the subject cannot be had here */
export function runOn(name: SubjectName, { script, settings }: Loaded, options: RunOptions): ScriptResult {
  for (let retries = 0; ; retries++) {
    const subject = open(name, script, settings, options);
    const result = { ...runScript(script, subject, settings, dirname(script.file)), retries };
    if (!result.timing || !subject.realTime || retries >= options.retries) return result;
  }
}

function open(name: SubjectName, script: Script, settings: Settings, { capture, profile }: RunOptions): Subject {
  const blockingCalls = script.events.some((event) => event.kind === 'call' && event.endTime !== undefined);
  if (capture === undefined) return openSubject(name, settings.subject, { blockingCalls, profile });
  const wire = capture.addInterface(name, script.file);
  const since = Date.now() * 1_000;
  if (name !== 'engine') {
    const subject = openSubject(name, settings.subject, { blockingCalls, profile });
    const epoch = since - subject.now();
    return new TappedSubject(subject, (direction, octets, at) => capture.packet(wire, epoch + at, octets, 0, octets.length, '', direction));
  }
  // Our own packets say why they are there.
  return openSubject(name, settings.subject, {
    profile,
    moment: (moment) => {
      const { bytes, direction, at } = moment;
      if (bytes !== undefined) capture.packet(wire, since + at, bytes, 0, bytes.length, explainMoment(moment), direction);
    },
  });
}
