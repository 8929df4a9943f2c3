/**
 * The engine on a bench: one Connection, a peer played by the test with real octets, explicit time. Every state is
 * reached by segments and calls, as in life; nothing is poked.
 */
import { makeConfig, type TcpConfig } from '../../src/tcp/config.js';
import { Connection } from '../../src/tcp/connection.js';
import type { TcpState } from '../../src/tcp/state.js';
import type { CallError, Tcb } from '../../src/tcp/tcb.js';
import { Address } from '../../src/util/address.js';
import { type Seq, seq, seqAdd, seqDiff } from '../../src/util/seq.js';
import type { Duration, Micros } from '../../src/util/units.js';
import { Packet } from '../../src/wire/packet.js';
import { ACK, RST, Segment, SYN } from '../../src/wire/segment.js';
import { covered } from './coverage.js';
import { Recorder } from './recorder.js';
import { brief, buildPacket, details, octetAt, parsePacket, type Shape, type Socket, text } from './segments.js';

export type { Shape } from './segments.js';

export interface World {
  readonly name: string;
  /** Our initial sequence number and the peer's. */
  readonly iss: number;
  readonly irs: number;
}

/** The tables run in each of these: sequence numbers wrap in the second, cross the sign of an int32 in the third. */
export const WORLDS: readonly World[] = [
  { name: 'plain numbers', iss: 10_000, irs: 70_000 },
  { name: 'ISS and IRS 0xFFFFFFF0', iss: 0xffff_fff0, irs: 0xffff_fff0 },
  { name: 'ISS and IRS 0x7FFFFFF0', iss: 0x7fff_fff0, irs: 0x7fff_fff0 },
];
const [PLAIN] = WORLDS;

export interface Setup {
  readonly world?: World;
  readonly config?: Partial<TcpConfig>;
  readonly mtu?: number;
  readonly ipv6?: boolean;
  /** What the peer's SYN says besides; its window is 65535 unless wnd says otherwise. */
  readonly syn?: Partial<Shape>;
  /** Does the connection know its peer before it hears from it? Default: for active opens only. */
  readonly remoteKnown?: boolean;
}

/** Without options that hide the numbers: tests that want scaling, SACK or timestamps ask for them. */
const BARE: Partial<TcpConfig> = {
  timestamps: false, sack: false, windowScaling: false, receiveBuffer: 65_535, receiveBufferMax: 65_535,
  ackPolicy: 'rfc', invalidRatelimit: 0, requireTimestamps: true, initialReceiveWindow: Infinity, finInClosedWindow: false, nagleMinshall: false, burstSegments: 0,
};
export const START: Micros = 1_000_000;

export class Bench {
  readonly connection: Connection;
  readonly recorder = new Recorder();
  readonly config: TcpConfig;
  readonly world: World;
  readonly us: Socket;
  readonly peer: Socket;
  now: Micros = START;
  private readonly packet = new Packet(70_000);
  private rightEdge: Seq | null = null;
  private readonly segment = new Segment();

  constructor(readonly setup: Setup = {}, active = true) {
    const { ipv6 = false } = setup;
    this.world = setup.world ?? PLAIN;
    this.us = { address: Address.from(ipv6 ? '2001:db8::2' : '192.0.2.2'), port: 7 };
    this.peer = { address: Address.from(ipv6 ? '2001:db8::1' : '192.0.2.1'), port: 40_312 };
    this.config = makeConfig({ ...BARE, ...setup.config });
    const known = setup.remoteKnown ?? active;
    this.connection = new Connection({
      id: 1, config: this.config, local: this.us.address, localPort: this.us.port, mtu: setup.mtu ?? 1500, iss: seq(this.world.iss),
      ...(known ? { remote: this.peer.address, remotePort: this.peer.port } : {}), trace: covered(this.recorder),
    });
  }

  get tcb(): Tcb {
    return this.connection.tcb;
  }

  get state(): TcpState {
    return this.connection.state;
  }

  /** Names of the rules that fired since the last clear(). */
  get rules(): readonly string[] {
    return this.recorder.rules;
  }

  get irs(): Seq {
    return seq(this.world.irs);
  }

  /** A segment arrives now: octets built, and read as the stack does. */
  inject(shape: Shape, from: Socket = this.peer): this {
    parsePacket(buildPacket(shape, from, this.us, this.irs, this.tcb.iss), this.segment);
    this.connection.segmentArrives(this.segment, this.now);
    return this;
  }

  /** Everything that is due now, as brief lines. */
  drain(): string[] {
    return this.segments().map((s) => brief(s, this.tcb.iss, this.irs));
  }

  /** The same with windows and options. */
  drainFully(): string[] {
    return this.segments().map((s) => `${brief(s, this.tcb.iss, this.irs)} ${details(s, this.irs)}`);
  }

  /** Everything that is due now, parsed. Checks what must hold for anything that is ever sent. */
  segments(): Segment[] {
    const out: Segment[] = [];
    while (this.connection.nextSegment(this.packet, this.now)) {
      const segment = parsePacket(Packet.of(this.packet.toBytes()));
      this.checkRightEdge(segment);
      out.push(segment);
      if (out.length > 10_000) throw new Error('output without end');
    }
    expect(this.tcb.queue.inFlight).toBe(this.tcb.queue.recount());
    return out;
  }

  /** A segment arrives, and what it makes due goes out. */
  play(shape: Shape): string[] {
    return this.inject(shape).drain();
  }

  /** Lets time pass, serving each deadline at its own instant. @returns [µs since the call, line] of what was sent */
  timed(duration: Duration): [number, string][] {
    const start = this.now;
    const lines: [number, string][] = [];
    for (let wakes = 0; this.connection.nextDeadline() <= start + duration; wakes++) {
      if (wakes > 10_000) throw new Error('deadlines without end');
      this.now = Math.max(this.now, this.connection.nextDeadline());
      this.connection.timeout(this.now);
      for (const line of this.drain()) lines.push([this.now - start, line]);
    }
    this.now = start + duration;
    return lines;
  }

  /** Lets time pass. @returns what was sent meanwhile */
  pass(duration: Duration): string[] {
    return this.timed(duration).map(([, line]) => line);
  }

  /** Time in which nothing may come due. */
  wait(duration: Duration): this {
    expect(this.timed(duration)).toEqual([]);
    return this;
  }

  /** SEND: octets of the stream, as many as asked. */
  send(octets: number, urgent = false): number | CallError {
    const { tcb } = this;
    const from = seqDiff(tcb.sndBufSeq, tcb.iss) - 1 + tcb.sndBuf.length;
    return this.connection.send(text(from, octets), 0, octets, this.now, urgent);
  }

  /** RECEIVE up to so many octets; they must be the right ones of the stream. */
  receive(octets = 70_000): number | CallError {
    const into = new Uint8Array(octets);
    const first = this.tcb.rcv(this.tcb.rcvNxt) - 1 - this.tcb.rcvBuf.length - (this.tcb.peerFinished ? 1 : 0);
    const n = this.connection.receive(into, 0, octets, this.now);
    if (typeof n === 'number') for (let i = 0; i < n; i++) if (into[i] !== octetAt(first + i)) throw new Error(`octet ${first + i} is wrong`);
    return n;
  }

  close(): CallError | null {
    return this.connection.close(this.now);
  }

  abort(): CallError | null {
    return this.connection.abort(this.now);
  }

  release(): void {
    this.connection.release(this.now);
  }

  /** Preparations are over. */
  clear(): this {
    this.recorder.clear();
    this.connection.takeSignals();
    return this;
  }

  /** Fails unless the connection is where the test thinks it is. */
  in(state: TcpState): this {
    expect(this.state).toBe(state);
    return this.clear();
  }

  /**
   * RCV.NXT + RCV.WND must never move left (RFC 9293 §3.8.6, SHLD-14), except by less than the header can say when windows are
   * scaled (RFC 7323 §2.4 and its appendix F).
   */
  private checkRightEdge(segment: Segment): void {
    if (!segment.has(ACK) || segment.has(RST) || segment.has(SYN)) return;
    const edge = seqAdd(segment.ack, segment.wnd << this.tcb.rcvScale);
    if (this.rightEdge !== null && this.state !== 'LISTEN') expect(seqDiff(edge, this.rightEdge)).toBeGreaterThan(-(1 << this.tcb.rcvScale));
    this.rightEdge = edge;
  }
}
