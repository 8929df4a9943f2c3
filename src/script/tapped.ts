/** A subject with somebody listening on its wire. */
import type { PendingCall, SocketCall, Sockets } from '../bsd/sockets.js';
import type { Micros } from '../util/units.js';
import type { CommandResult, SeenPacket, Subject, SubjectName } from './subject.js';

/** Told of each packet: `in` = towards the subject. */
export type Tap = (direction: 'in' | 'out', octets: Uint8Array, at: Micros) => void;

/** The same subject; its packets are told to the tap when they are injected, and when they are taken. */
export class TappedSubject implements Subject {
  readonly name: SubjectName;
  readonly realTime: boolean;
  readonly sockets: Sockets;

  constructor(private readonly subject: Subject, private readonly tap: Tap) {
    this.name = subject.name;
    this.realTime = subject.realTime;
    this.sockets = { begin: (call: SocketCall, mayBlock: boolean): PendingCall => subject.sockets.begin(call, mayBlock) };
  }

  now(): Micros {
    return this.subject.now();
  }

  waitUntil(at: Micros): void {
    this.subject.waitUntil(at);
  }

  inject(octets: Uint8Array, segmentSize?: number): void {
    this.tap('in', octets, this.subject.now());
    this.subject.inject(octets, segmentSize);
  }

  takePacket(): SeenPacket | undefined {
    const packet = this.subject.takePacket();
    if (packet !== undefined) this.tap('out', packet.octets, packet.at);
    return packet;
  }

  command(text: string, scriptFolder: string): CommandResult {
    return this.subject.command(text, scriptFolder);
  }

  atStart(): void {
    this.subject.atStart?.();
  }

  decisions(since: Micros): readonly { readonly at: Micros; readonly text: string }[] {
    return this.subject.decisions(since);
  }

  close(): void {
    this.subject.close();
  }
}
