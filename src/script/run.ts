/**
 * Runs a script on a subject, event by event. Packets to the subject and calls are made when they are due; packets from the
 * subject are taken as they come and compared with the next one that the script expects. What the subject still sends when
 * the script is over is nobody's business.
 */
import type { PendingCall } from '../bsd/sockets.js';
import type { Duration, Micros } from '../util/units.js';
import type { CallEvent, Command, CommandEvent, Script, ScriptEvent } from './ast.js';
import { prepareCall, resultDifference, resultText } from './calls.js';
import { Connections } from './connections.js';
import { ScriptError } from './errors.js';
import type { CallContext, Prepared } from './marshal.js';
import type { LadderRow, ScriptResult } from './result.js';
import { Checks } from './run-code.js';
import { Packets } from './run-packets.js';
import type { RunWorld } from './run-world.js';
import type { Settings } from './settings.js';
import { Stop } from './stop.js';
import type { Subject } from './subject.js';
import { type Due, Timeline } from './timeline.js';
import { Values } from './values.js';

/** How long a call that still blocks may hold up the next one. */
const IDLE_WAIT: Duration = 1_000_000;
/** How long a call without `a...b` may block: for ever would be for ever. */
const BLOCK_LIMIT: Duration = 600_000_000;
const BLOCK_LIMIT_REAL: Duration = 20_000_000;
/** Decisions told with a failure go back so many events. */
const DECISIONS_BACK = 3;
/** A subject that answers "go on waiting" so often without anything happening is stuck. */
const IDLE_TURNS = 10_000;

/** A call on its way that the script expects to block. */
interface Blocked {
  readonly event: CallEvent;
  readonly due: Due;
  readonly prepared: Prepared;
  readonly pending: PendingCall;
  /** Script time of its return; undefined = no time was said. */
  readonly end: Duration | undefined;
}

/** @param folder of the script, for commands that name files */
export function runScript(script: Script, subject: Subject, settings: Settings, folder = '.'): ScriptResult {
  return new Run(script, subject, settings, folder).result();
}

class Run implements RunWorld, CallContext {
  readonly connections = new Connections();
  readonly values: Values;
  readonly ladder: LadderRow[] = [];
  readonly warnings: string[] = [];
  timeline: Timeline;
  zeros = true;
  private readonly packets: Packets;
  private readonly checks: Checks;
  private readonly ignored: string[];
  private blocked: Blocked | undefined;
  private event: ScriptEvent | undefined;
  private eventsDone = 0;
  private differences: readonly string[] = [];
  private timing = false;

  constructor(readonly script: Script, readonly subject: Subject, readonly settings: Settings, private readonly folder: string) {
    this.values = new Values(settings.defines);
    this.timeline = new Timeline(settings, subject.now());
    this.packets = new Packets(this);
    this.checks = new Checks(this);
    this.ignored = [...settings.ignored];
  }

  wroteText(): void {
    this.zeros = false;
  }

  result(): ScriptResult {
    let failure: Stop | undefined;
    if (!this.settings.dryRun) {
      failure = this.attempt(() => this.play());
      const cleaning = this.attempt(() => this.cleanUp());
      failure ??= cleaning;
    }
    const decisions = failure === undefined ? [] : this.decisions();
    const info = failure === undefined ? [] : this.checks.infoRows();
    const duration = this.now();
    const closing = this.attempt(() => this.subject.close());
    return this.summary(failure ?? closing, { decisions, info, duration });
  }

  private summary(failure: Stop | undefined, rest: Pick<ScriptResult, 'decisions' | 'info' | 'duration'>): ScriptResult {
    const at = failure?.at ?? (failure === undefined ? undefined : this.event?.at);
    const { ladder, warnings, ignored, differences, timing } = this;
    return {
      file: this.script.file, subject: this.subject.name, verdict: failure?.verdict ?? 'pass', message: failure?.message ?? '',
      ...(at === undefined ? {} : { at }), ...(failure === undefined || this.event === undefined ? {} : { event: this.event.text }),
      differences, timing: failure !== undefined && timing, ladder, warnings, ignored: [...new Set(ignored)], printed: this.checks.printed, retries: 0, ...rest,
    };
  }

  private attempt(what: () => void): Stop | undefined {
    try {
      what();
      return undefined;
    } catch (error) {
      if (error instanceof Stop) return error;
      if (error instanceof ScriptError) return new Stop('error', error.message, { line: error.line, column: error.column });
      throw error;
    }
  }

  private play(): void {
    for (const file of this.settings.initScripts) this.command({ at: { line: 1, column: 1 }, text: file }, 'error');
    for (const command of this.script.setUp) this.command(command, 'error');
    this.subject.atStart?.();
    this.timeline = new Timeline(this.settings, this.subject.now());
    for (const event of this.script.events) {
      this.event = event;
      this.one(event);
      this.checks.sample();
      this.eventsDone++;
    }
    this.event = undefined;
    if (!this.idle()) throw new Stop('error', 'the script ends while a call still blocks', this.blocked?.event.at);
  }

  private one(event: ScriptEvent): void {
    if (event.kind === 'call' && !this.idle() && event.endTime !== undefined) {
      throw new Stop('error', `${event.name}() would block while ${this.blocked?.event.name ?? 'another call'}() of line ${this.blocked?.event.at.line} still does`, event.at);
    }
    const due = this.timeline.begin(event, this.now());
    if (event.kind === 'packet' && event.direction === 'out') {
      this.packets.expect(event, due, (differences, timing) => this.differ(differences, timing));
      return;
    }
    this.waitTo(due, event);
    switch (event.kind) {
      case 'packet':
        this.row(event, due);
        this.packets.send(event);
        break;
      case 'call': this.call(event, due); break;
      case 'command': this.timedCommand(event, due); break;
      case 'code':
        this.row(event, due);
        this.checks.run(event);
    }
    this.settle();
  }

  /** What the packets' part found. @throws Stop unless differences of packets are only warnings */
  private differ(differences: readonly string[], timing: boolean): void {
    if (this.settings.nonFatal.has('packet')) {
      this.warnings.push(`${this.script.file}:${this.event?.at.line}: ${differences.join('; ')}`);
      return;
    }
    this.differences = differences;
    this.timing = timing;
    throw new Stop('fail', differences.length === 1 ? differences[0] : 'the packet is another one than expected', this.event?.at);
  }

  private now(): Duration {
    return this.timeline.scriptTime(this.subject.now());
  }

  private row(event: ScriptEvent, due: Due, mark: LadderRow['mark'] = 'same', seen = ''): void {
    this.ladder.push({ at: event.at, expected: event.text, expectedAt: due.from, seen, seenAt: this.now(), mark });
  }

  /** Until the event is due; packets that come meanwhile are kept. */
  private waitTo(due: Due, event: ScriptEvent): void {
    const at = this.timeline.live(due.from);
    while (this.wait(at));
    if (this.eventsDone === 0) return;
    const wrong = this.timeline.check(this.subject.now(), event.kind === 'packet' ? 'the packet' : event.kind === 'call' ? `${event.name}()` : 'the event');
    if (wrong === undefined) return;
    this.row(event, due, 'differs', 'too late');
    this.timing = true;
    throw new Stop('fail', wrong, event.at);
  }

  private turns = 0;
  private lastNow: Micros = NaN;

  wait(until: Micros): boolean {
    if (this.subject.now() >= until) {
      this.packets.drain();
      return false;
    }
    this.subject.waitUntil(until);
    const came = this.packets.drain();
    this.settle();
    const now = this.subject.now();
    this.turns = came || now !== this.lastNow ? 0 : this.turns + 1;
    this.lastNow = now;
    if (this.turns > IDLE_TURNS) throw new Stop('error', 'the subject lets no time pass');
    return now < until;
  }

  /** Waits a little for the call that blocks. @returns does none block any more */
  private idle(): boolean {
    const until = this.subject.now() + IDLE_WAIT;
    this.settle();
    while (this.blocked !== undefined && this.wait(until));
    return this.blocked === undefined;
  }

  private call(event: CallEvent, due: Due): void {
    const prepared = prepareCall(event, this);
    const blocks = event.endTime !== undefined;
    const pending = this.subject.sockets.begin(prepared.call, blocks);
    const end = event.endTime === undefined ? undefined : due.origin + event.endTime;
    this.packets.drain();
    if (blocks) {
      this.row(event, due);
      this.blocked = { event, due, prepared, pending, end };
      return this.settle();
    }
    const limit = this.subject.now() + (this.subject.realTime ? BLOCK_LIMIT_REAL : BLOCK_LIMIT);
    while (pending.result === undefined && this.wait(limit));
    if (pending.result === undefined) {
      this.row(event, due, 'missing', 'still blocks');
      throw new Stop('fail', `${event.name}() blocks: a call that is to block says until when, as in 0.1...0.3`, event.at);
    }
    this.finish({ event, due, prepared, pending, end });
  }

  /** Looks whether the blocked call has returned, and whether it should have. */
  private settle(): void {
    const { blocked } = this;
    if (blocked?.pending.result === undefined) return;
    this.blocked = undefined;
    this.finish(blocked);
  }

  private finish({ event, due, prepared, pending, end }: Blocked): void {
    const { result } = pending;
    if (result === undefined) return;
    const wrong = resultDifference(event, prepared, result, this);
    if (wrong !== undefined) {
      this.event = event;
      this.row(event, due, 'differs', `${event.name}() = ${resultText(result)}`);
      if (this.settings.nonFatal.has('syscall')) this.warnings.push(`${this.script.file}:${event.at.line}: ${wrong}`);
      else throw new Stop('fail', wrong, event.at);
    } else if (end === undefined) {
      this.row(event, due);
    }
    const late = end === undefined ? undefined : this.timeline.checkEnd(end, pending.endedAt, due.from);
    if (late !== undefined) {
      this.event = event;
      this.row(event, due, 'differs', `${event.name}() returned`);
      this.timing = true;
      throw new Stop('fail', late, event.at);
    }
    prepared.done?.(result);
  }

  private timedCommand(event: CommandEvent, due: Due): void {
    this.row(event, due);
    this.command(event.command, 'fail');
  }

  private command(command: Command, verdict: 'error' | 'fail'): void {
    const { ok, output, ignored } = this.subject.command(command.text, this.folder);
    this.ignored.push(...(ignored ?? []));
    if (!ok) throw new Stop(verdict, `the command \`${command.text.trim()}\` failed${output === '' ? '' : `: ${output.trim()}`}`, command.at);
  }

  /** All of them, whatever happens; the first failure is told. */
  private cleanUp(): void {
    let first: Stop | undefined;
    for (const command of this.script.cleanUp) first ??= this.attempt(() => this.command(command, 'error'));
    if (first !== undefined) throw first;
  }

  /** What was decided since a few events before the difference: the wait for what never came may have been long. */
  private decisions(): ScriptResult['decisions'] {
    const row = this.ladder.at(-DECISIONS_BACK) ?? this.ladder.at(0);
    const from = row?.seenAt ?? row?.expectedAt ?? 0;
    return this.subject.decisions(this.timeline.live(from)).map(({ at, text }) => ({ at: this.timeline.scriptTime(at), text }));
  }
}
