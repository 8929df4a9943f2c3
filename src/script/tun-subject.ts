/** glasstcp in real time as a subject: the same socket calls as the engine subject's, on a TUN of its own, by the wall clock. */
import type { Profile } from '../bsd/profile.js';
import { SocketCalls } from '../bsd/socket-calls.js';
import type { PendingCall, SocketCall, Sockets } from '../bsd/sockets.js';
import type { Micros } from '../util/units.js';
import { BlockedCalls } from './blocked-calls.js';
import { type Decision, Diary } from './diary.js';
import { enterFreshNamespace } from './kernel/fresh-namespace.js';
import { awaitReadable, beRealTime, wallClock } from './kernel/kernel-time.js';
import { StackWire } from './kernel/stack-wire.js';
import { setUp } from './set-up.js';
import type { CommandResult, SeenPacket, Subject, SubjectOptions } from './subject.js';

const INTERFACE = 'tun0';

export class TunSubject implements Subject, Sockets {
  readonly name = 'tun';
  readonly realTime = true;
  readonly sockets: Sockets = this;
  private readonly leave: () => void;
  private readonly wire: StackWire;
  private readonly calls: SocketCalls;
  private readonly diary = new Diary();
  private readonly start: Micros;
  /** Sent by glasstcp and not taken yet. */
  private readonly waiting: SeenPacket[] = [];
  private readonly blocked = new BlockedCalls();
  private closed = false;

  /** @throws DeviceError when namespace, TUN or packet socket cannot be had */
  constructor(options: SubjectOptions, profile: Profile = 'linux') {
    this.calls = new SocketCalls({ addresses: [options.localAddress], mtu: options.mtu, tracer: this.diary.tracer, profile });
    this.leave = enterFreshNamespace();
    try {
      this.wire = new StackWire(INTERFACE, options.mtu);
    } catch (error) {
      this.leave();
      throw error;
    }
    this.start = wallClock() - this.calls.now;
    beRealTime(true);
  }

  now(): Micros {
    return wallClock() - this.start;
  }

  begin(call: SocketCall): PendingCall {
    this.turn();
    const pending = this.calls.begin(call);
    this.blocked.add(pending);
    this.flush();
    return pending;
  }

  waitUntil(at: Micros): void {
    while (this.now() < at) {
      if (this.turn() || this.waiting.length > 0) return;
      const until = Math.min(at, this.calls.nextDeadline());
      awaitReadable([this.wire.stackFd, this.wire.scriptFd], until - this.now());
    }
    this.turn();
  }

  inject(octets: Uint8Array): void {
    this.wire.inject(octets);
    this.turn();
  }

  takePacket(): SeenPacket | undefined {
    this.turn();
    return this.waiting.shift();
  }

  command(text: string, scriptFolder: string): CommandResult {
    return setUp(this.calls, text, scriptFolder);
  }

  decisions(since: Micros): readonly Decision[] {
    return this.diary.since(since);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    beRealTime(false);
    this.wire.close();
    this.leave();
  }

  /** One turn of the stack: what has come, what is due, what it makes go out. @returns has a call that blocked returned */
  private turn(): boolean {
    this.calls.advanceTo(this.now());
    for (let octets = this.wire.read(); octets !== undefined; octets = this.wire.read()) this.calls.packetIn(octets);
    this.flush();
    return this.blocked.someReturned();
  }

  private flush(): void {
    for (let packet = this.calls.takePacket(); packet !== undefined; packet = this.calls.takePacket()) this.wire.write(packet.octets);
    for (let packet = this.wire.take(); packet !== undefined; packet = this.wire.take()) this.waiting.push({ octets: packet.octets, at: packet.at - this.start });
  }
}
