/**
 * Plays a scenario to a subject and writes down what it does. Nothing is checked: packets and calls happen when the script says,
 * counted from the scripted time of the event before, so that every subject sees the same; `>` lines only let time pass.
 */
import { Linux } from '../bsd/constants.js';
import type { PendingCall } from '../bsd/sockets.js';
import type { CallEvent, PacketEvent, ScriptEvent } from '../script/ast.js';
import { prepareCall, resultText } from '../script/calls.js';
import { Connections } from '../script/connections.js';
import type { CallContext, Prepared } from '../script/marshal.js';
import { readSeen } from '../script/seen.js';
import { type Settings, settingsOf } from '../script/settings.js';
import { Stop } from '../script/stop.js';
import type { SeenPacket, Subject, SubjectOptions } from '../script/subject.js';
import { Values } from '../script/values.js';
import type { Duration, Micros } from '../util/units.js';
import { Conversations } from './conversations.js';
import { damage, damageOf } from './damage.js';
import type { Entry, Recording, SharedEntry } from './recording.js';
import { type Scenario, schedule } from './scenario.js';
import { segments } from './super-segments.js';

/** What differs from machine to machine and is not TCP's to decide. The rest stays as this kernel has it. */
const PINS = 'sysctl -q net.ipv4.tcp_congestion_control=reno; sysctl -q net.ipv4.tcp_rmem="4096 131072 6291456"';
/** How long a call on its way may hold up the schedule, where the script has calls that block. */
const PATIENCE: Duration = 50_000;

export type OpenSubject = (options: SubjectOptions) => Subject;

/** @throws whatever `open` does */
export function record(scenario: Scenario, open: OpenSubject): Recording {
  const settings = settingsOf(scenario.script);
  const subject = open(settings.subject);
  try {
    return new Recorder(scenario, subject, settings).recording();
  } finally {
    subject.close();
  }
}

class Recorder implements CallContext {
  readonly connections = new Connections();
  readonly values: Values;
  private readonly conversations: Conversations;
  private readonly entries: Entry[] = [];
  private readonly ignored: string[] = [];
  /** No call may stop the schedule, unless the script speaks of calls that block. */
  private readonly neverBlock: boolean;
  private blocked: { readonly index: number; readonly entry: number; readonly pending: PendingCall; readonly prepared: Prepared } | undefined;
  private start: Micros = 0;

  constructor(private readonly scenario: Scenario, private readonly subject: Subject, readonly settings: Settings) {
    this.values = new Values(settings.defines);
    this.conversations = new Conversations(this.connections, settings);
    this.neverBlock = !scenario.script.events.some((e) => e.kind === 'call' && e.endTime !== undefined);
  }

  wroteText(): void {
    // The text is not compared.
  }

  recording(): Recording {
    const { script, watch } = this.scenario;
    try {
      for (const text of [PINS, ...script.setUp.map((c) => c.text)]) this.command(text);
      const due = schedule(script);
      this.start = this.subject.now();
      script.events.forEach((event, index) => {
        this.waitTo(due[index]);
        this.play(event, index, due[index]);
      });
      this.waitTo((due[due.length - 1] ?? 0) + watch);
      this.explain();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      return { subject: this.subject.name, entries: [], ignored: [], failure: `${script.file}:${error.at?.line ?? 1}: ${error.message}` };
    }
    return { subject: this.subject.name, entries: this.entries, ignored: [...new Set(this.ignored)] };
  }

  private command(text: string): void {
    const { ok, output, ignored } = this.subject.command(text, this.scenario.folder);
    this.ignored.push(...(ignored ?? []));
    if (!ok) throw new Stop('error', `the command \`${text.trim()}\` failed: ${output}`);
  }

  private waitTo(due: Duration): void {
    const at = this.start + due;
    let idle = 0;
    while (this.subject.now() < at && idle < 10_000) {
      const before = this.subject.now();
      this.subject.waitUntil(at);
      const came = this.drain();
      this.settle();
      idle = came || this.subject.now() !== before ? 0 : idle + 1;
    }
    this.drain();
  }

  private drain(): boolean {
    let came = false;
    for (let packet = this.subject.takePacket(); packet !== undefined; packet = this.subject.takePacket()) {
      for (const segment of segments(packet)) this.sent(segment);
      came = true;
    }
    return came;
  }

  private sent(packet: SeenPacket): void {
    const { text, packet: described } = this.conversations.describe(readSeen(packet));
    this.entries.push({ kind: 'sent', at: Math.max(0, packet.at - this.start), text, packet: described, reasons: [] });
  }

  private play(event: ScriptEvent, index: number, at: Duration): void {
    const text = withoutTime(event.text);
    const entry = { index, line: event.at.line, at, text, reasons: [] };
    if (event.kind === 'packet' && event.direction === 'in') {
      this.entries.push({ ...entry, kind: 'in', result: '' });
      this.inject(event);
    } else if (event.kind === 'call') {
      this.call(event, entry);
    } else if (event.kind === 'command') {
      this.entries.push({ ...entry, kind: 'command', result: '' });
      this.command(event.command.text);
    }
    this.drain();
  }

  private inject(event: PacketEvent): void {
    const octets = this.conversations.build(event);
    const how = damageOf(event, this.scenario.script.text);
    if (how !== undefined) damage(octets, how, event);
    this.subject.inject(octets);
  }

  private call(event: CallEvent, entry: Pick<SharedEntry, 'index' | 'line' | 'at' | 'text' | 'reasons'>): void {
    const place = this.entries.length;
    this.entries.push({ ...entry, kind: 'call', result: 'blocks' });
    let prepared: Prepared;
    try {
      if (this.blocked !== undefined) throw new Stop('error', 'another call still blocks');
      prepared = prepareCall(event, this);
    } catch (error) {
      if (!(error instanceof Stop) || error.verdict === 'unsupported') throw error;
      this.answer(place, `not made: ${error.message}`);
      return;
    }
    const pending = this.subject.sockets.begin(prepared.call, !this.neverBlock);
    this.blocked = { index: entry.index, entry: place, pending, prepared };
    this.settle();
    const until = this.subject.now() + PATIENCE;
    while (this.blocked !== undefined && event.endTime === undefined && this.subject.now() < until) {
      this.subject.waitUntil(until);
      this.drain();
      this.settle();
    }
  }

  /** Looks whether the call has returned. */
  private settle(): void {
    const { blocked } = this;
    const result = blocked?.pending.result;
    if (blocked === undefined || result === undefined) return;
    this.blocked = undefined;
    const { prepared, entry } = blocked;
    const { name } = prepared.call;
    const value = name === 'getsockopt' && result.octets?.length === 4 ? ` [${new DataView(result.octets.buffer, result.octets.byteOffset).getInt32(0, true)}]` : '';
    const plain = prepared.givesFd === true && result.value >= 0 ? 'a socket' : resultText(result);
    this.answer(entry, `${plain}${value}`);
    if (this.neverBlock && (name === 'socket' || name === 'accept') && result.value >= 0) {
      this.subject.sockets.begin({ name: 'fcntl', fd: result.value, command: Linux.F_SETFL, argument: Linux.O_RDWR | Linux.O_NONBLOCK }, false);
    }
    try {
      prepared.done?.(result);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
    }
  }

  private answer(place: number, result: string): void {
    const entry = this.entries[place];
    if (entry.kind !== 'sent') this.entries[place] = { ...entry, result };
  }

  /** Puts the subject's decisions with the packets that they were about: each packet's moment has its direction and its instant. */
  private explain(): void {
    const moments = momentsOf(this.subject.decisions(this.start), this.start);
    this.entries.forEach((entry, i) => {
      const direction = entry.kind === 'sent' ? 'out' : entry.kind === 'in' ? 'in' : undefined;
      if (direction === undefined) return;
      const found = moments.findIndex((m) => m.direction === direction && Math.abs(m.at - entry.at) < 2);
      if (found >= 0) this.entries[i] = { ...entry, reasons: moments.splice(found, 1)[0].sentences };
    });
  }
}

interface Told {
  readonly at: Duration;
  readonly direction: string;
  readonly sentences: string[];
}

/** Decisions come as lines: a head with the direction, then sentences, indented. */
function momentsOf(decisions: readonly { readonly at: Micros; readonly text: string }[], start: Micros): Told[] {
  const moments: Told[] = [];
  for (const { at, text } of decisions) {
    if (text.startsWith(' ')) moments[moments.length - 1]?.sentences.push(text.trim());
    else moments.push({ at: at - start, direction: text.split(' ', 1)[0], sentences: [] });
  }
  return moments;
}

/** '+0.01 < S …' → '< S …' */
const withoutTime = (text: string): string => text.replace(/^\s*(?:\*|\+?[\d.]+(?:~\+?[\d.]+|\.\.\.[\d.]+)?)\s+/, '').replace(/\s*\/\/.*$/, '');
