/** A TCP that does as it is told: for tests of what the runner expects of one. Time moves when it is waited for. */
import type { CallResult, PendingCall, SocketCall } from '../../src/bsd/sockets.js';
import type { CommandResult, SeenPacket, Subject } from '../../src/script/subject.js';
import { Address } from '../../src/util/address.js';
import { seq } from '../../src/util/seq.js';
import { buildPacket, type Shape } from './segments.js';

export const LOCAL = { address: Address.from('192.168.0.1'), port: 8080 };
/** Where the script's first peer is. */
export const REMOTE = { address: Address.from('192.0.2.1'), port: 40_001 };
export const ISS = 5_000_000;
/** Where the fake's clock begins, µs. */
export const START = 1_000_000;

class Pending implements PendingCall {
  result: CallResult | undefined;
  endedAt = NaN;

  constructor(readonly call: SocketCall, readonly startedAt: number) {}
}

/** How a call ends: at once, or so many µs after it began. */
export interface Answer extends Partial<CallResult> {
  readonly after?: number;
}

export class FakeSubject implements Subject {
  readonly name = 'engine';
  readonly sockets = this;
  readonly injected: Uint8Array[] = [];
  readonly calls: SocketCall[] = [];
  readonly commands: string[] = [];
  closed = false;
  /** What a command does. */
  commandResult: CommandResult = { ok: true, output: '' };
  private time = START;
  private planned: SeenPacket[] = [];
  private ready: SeenPacket[] = [];
  private ends: { at: number; pending: Pending; result: CallResult }[] = [];
  private nextFd = 10;

  constructor(private readonly answers: Readonly<Record<string, Answer>> = {}, readonly realTime = false, private readonly irs = 0) {}

  /** Will send this at that script time (µs); zeros for data. */
  sends(at: number, shape: Shape, to = REMOTE, from = LOCAL): this {
    const data = typeof shape.data === 'number' ? new Uint8Array(shape.data) : shape.data;
    const packet = buildPacket({ ...shape, ...(data === undefined ? {} : { data }) }, from, to, seq(ISS), seq(this.irs));
    return this.sendsOctets(at, packet.toBytes());
  }

  sendsOctets(at: number, octets: Uint8Array): this {
    this.planned.push({ octets, at: START + at });
    return this;
  }

  now(): number {
    return this.time;
  }

  begin(call: SocketCall): PendingCall {
    this.calls.push(call);
    const { after, ...answer } = this.answers[call.name] ?? {};
    const value = answer.value ?? (call.name === 'socket' || call.name === 'accept' ? this.nextFd++ : 0);
    const result: CallResult = { errno: 0, ...answer, value };
    const pending = new Pending(call, this.time);
    if (after !== undefined) this.ends.push({ at: this.time + after, pending, result });
    else Object.assign(pending, { result, endedAt: this.time });
    return pending;
  }

  waitUntil(at: number): void {
    const next = Math.min(at, ...this.planned.map((p) => p.at), ...this.ends.map((e) => e.at));
    this.time = Math.max(this.time, next);
    this.ready.push(...this.planned.filter((p) => p.at <= this.time));
    this.planned = this.planned.filter((p) => p.at > this.time);
    for (const { pending, result, at: end } of this.ends.filter((e) => e.at <= this.time)) Object.assign(pending, { result, endedAt: end });
    this.ends = this.ends.filter((e) => e.at > this.time);
  }

  inject(octets: Uint8Array): void {
    this.injected.push(octets);
  }

  takePacket(): SeenPacket | undefined {
    this.ready.push(...this.planned.filter((p) => p.at <= this.time));
    this.planned = this.planned.filter((p) => p.at > this.time);
    return this.ready.shift();
  }

  command(text: string): CommandResult {
    this.commands.push(text);
    return this.commandResult;
  }

  decisions(): { at: number; text: string }[] {
    return [{ at: this.time, text: 'a decision [RFC 9293 §3.4, MUST]' }];
  }

  close(): void {
    this.closed = true;
  }
}
