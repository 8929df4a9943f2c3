/** The engine as a subject: socket calls over a stack of its own, in virtual time, with every decision kept for the report. */
import type { Profile } from '../bsd/profile.js';
import { SocketCalls } from '../bsd/socket-calls.js';
import type { PendingCall, SocketCall, Sockets } from '../bsd/sockets.js';
import type { Moment } from '../trace/moment.js';
import type { Seq } from '../util/seq.js';
import type { Micros } from '../util/units.js';
import { BlockedCalls } from './blocked-calls.js';
import { type Decision, Diary } from './diary.js';
import { setUp } from './set-up.js';
import type { CommandResult, SeenPacket, Subject, SubjectOptions } from './subject.js';

export interface EngineSubjectExtras {
  /** Other seeds, other initial sequence numbers and ports. Default 1. */
  readonly seed?: number;
  /** Replaces the initial send sequence numbers. */
  readonly iss?: (chosen: Seq) => Seq;
  /** Whose behaviour to show where Linux, our defaults and the RFCs' own values differ. Default 'linux'. */
  readonly profile?: Profile;
  /** Is told every moment, for captures. */
  readonly moment?: (moment: Moment) => void;
}

export function makeEngineSubject(options: SubjectOptions, extras: EngineSubjectExtras = {}): Subject {
  return new EngineSubject(options, extras);
}

class EngineSubject implements Subject, Sockets {
  readonly name = 'engine';
  readonly realTime = false;
  readonly sockets: Sockets = this;
  private readonly calls: SocketCalls;
  private readonly diary: Diary;
  private readonly blocked = new BlockedCalls();

  constructor(options: SubjectOptions, { seed, iss, moment, profile }: EngineSubjectExtras) {
    this.diary = new Diary(moment);
    this.calls = new SocketCalls({
      addresses: [`${options.localAddress}/${options.prefixLength}`], routes: [options.remotePrefix, `${options.localAddress}/${options.prefixLength}`, options.remoteAddress],
      mtu: options.mtu, tracer: this.diary.tracer, profile,
      ...(seed === undefined ? {} : { seed }), ...(iss === undefined ? {} : { iss }),
    });
  }

  now(): Micros {
    return this.calls.now;
  }

  begin(call: SocketCall): PendingCall {
    const pending = this.calls.begin(call);
    this.blocked.add(pending);
    return pending;
  }

  waitUntil(at: Micros): void {
    while (this.calls.now < at && this.calls.packetsWaiting === 0) {
      this.calls.advanceTo(Math.min(at, this.calls.nextDeadline()));
      if (this.blocked.someReturned()) return;
    }
  }

  inject(octets: Uint8Array, segmentSize = 0): void {
    this.calls.packetIn(octets, segmentSize);
  }

  takePacket(): SeenPacket | undefined {
    return this.calls.takePacket();
  }

  command(text: string, scriptFolder: string): CommandResult {
    return setUp(this.calls, text, scriptFolder);
  }

  decisions(since: Micros): readonly Decision[] {
    return this.diary.since(since);
  }

  close(): void {
    this.calls.closeAll();
    this.diary.flush();
  }
}
