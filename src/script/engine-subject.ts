/** The engine as a subject: socket calls over a stack of its own, in virtual time, with every decision kept for the report. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SocketCalls } from '../bsd/socket-calls.js';
import type { PendingCall, SocketCall, Sockets } from '../bsd/sockets.js';
import { explanationsOf, formatChange, formatCitation, statePath } from '../trace/explain.js';
import type { Moment } from '../trace/moment.js';
import { Story } from '../trace/story.js';
import type { Seq } from '../util/seq.js';
import type { Micros } from '../util/units.js';
import { readSetUp } from './set-up-text.js';
import type { CommandResult, SeenPacket, Subject, SubjectOptions } from './subject.js';

export interface EngineSubjectExtras {
  /** Other seeds, other initial sequence numbers and ports. Default 1. */
  readonly seed?: number;
  /** Replaces the initial send sequence numbers. */
  readonly iss?: (chosen: Seq) => Seq;
  /** glasstcp as it is, with its own defaults in the place of Linux's where these go against an RFC. Default false. */
  readonly ownDefaults?: boolean;
  /** Is told every moment, for captures. */
  readonly moment?: (moment: Moment) => void;
}

/** Moments kept for a report. */
const MOMENTS = 1_000;
/** Files of commands within files of commands. */
const DEEPEST = 4;

export function makeEngineSubject(options: SubjectOptions, extras: EngineSubjectExtras = {}): Subject {
  return new EngineSubject(options, extras);
}

class EngineSubject implements Subject, Sockets {
  readonly name = 'engine';
  readonly realTime = false;
  readonly sockets: Sockets = this;
  private readonly calls: SocketCalls;
  private readonly story: Story;
  private readonly moments: Moment[] = [];
  /** Calls that block. */
  private waiting: PendingCall[] = [];

  constructor(options: SubjectOptions, { seed, iss, moment, ownDefaults = false }: EngineSubjectExtras) {
    this.story = new Story((told) => {
      this.moments.push(told);
      if (this.moments.length > 2 * MOMENTS) this.moments.splice(0, MOMENTS);
      moment?.(told);
    });
    this.calls = new SocketCalls({
      addresses: [options.localAddress], mtu: options.mtu, tracer: this.story, ownDefaults, ...(seed === undefined ? {} : { seed }), ...(iss === undefined ? {} : { iss }),
    });
  }

  now(): Micros {
    return this.calls.now;
  }

  begin(call: SocketCall): PendingCall {
    const pending = this.calls.begin(call);
    if (pending.result === undefined) this.waiting.push(pending);
    return pending;
  }

  waitUntil(at: Micros): void {
    while (this.calls.now < at && this.calls.packetsWaiting === 0) {
      this.calls.advanceTo(Math.min(at, this.calls.nextDeadline()));
      const still = this.waiting.filter(({ result }) => result === undefined);
      const ended = still.length < this.waiting.length;
      this.waiting = still;
      if (ended) return;
    }
  }

  inject(octets: Uint8Array): void {
    this.calls.packetIn(octets);
  }

  takePacket(): SeenPacket | undefined {
    return this.calls.takePacket();
  }

  /** Settings reach the engine; what else prepares a kernel does nothing here, and is named. */
  command(text: string, scriptFolder: string): CommandResult {
    const ignored: string[] = [];
    const failed = this.run(text, scriptFolder, ignored, 0);
    return { ok: failed === '', output: failed, ignored };
  }

  private run(text: string, folder: string, ignored: string[], depth: number): string {
    for (const step of readSetUp(text)) {
      if (step.kind === 'ignored') ignored.push(step.command);
      else if (step.kind === 'set') {
        if (this.calls.sysctl(step.name, step.value) !== 'set') ignored.push(`${step.name}=${step.value}`);
      } else {
        const failed = depth < DEEPEST ? this.runFile(step.path, folder, ignored, depth) : `${step.path} is too deep`;
        if (failed !== '') return failed;
      }
    }
    return '';
  }

  private runFile(file: string, folder: string, ignored: string[], depth: number): string {
    if (file.endsWith('.py')) {
      ignored.push(file);
      return '';
    }
    try {
      return this.run(readFileSync(resolve(folder, file), 'utf8'), folder, ignored, depth + 1);
    } catch (error) {
      return `${file} cannot be read: ${error instanceof Error ? error.message.split(',')[0] : String(error)}`;
    }
  }

  decisions(since: Micros): { readonly at: Micros; readonly text: string }[] {
    this.story.flush();
    return this.moments.filter(({ at }) => at >= since).flatMap((moment) => linesOf(moment).map((text) => ({ at: moment.at, text })));
  }

  close(): void {
    this.calls.closeAll();
    this.story.flush();
  }
}

/** 'in SYN-RCVD → ESTABLISHED', then a sentence with its citation for each decision, then what changed. */
function linesOf(moment: Moment): string[] {
  const told = explanationsOf(moment);
  const changes = moment.changes.map(formatChange).join(', ');
  const head = `${moment.direction ?? '--'}  ${statePath(moment) || 'no connection'}${changes === '' ? '' : `  (${changes})`}`;
  return [head, ...told.map((e) => `    ${e.text} ${formatCitation(e.rule)}`)];
}
