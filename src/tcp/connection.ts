/**
 * The engine's face: told what happened and when, asked what to send and when to wake. It never calls out, waits or reads a
 * clock. After every call here the owner drains: nextSegment() until it is false, then nextDeadline() and takeSignals().
 */
import type { Address } from '../util/address.js';
import { seqAdd } from '../util/seq.js';
import type { Duration, Micros } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import type { Segment } from '../wire/segment.js';
import { mayReincarnate } from './arrives/sequence.js';
import { segmentArrives } from './arrives/arrives.js';
import * as calls from './calls.js';
import { type FastOpenRequest, openFast } from './fast-open.js';
import { infoOf, type TcpInfo } from './info.js';
import { account } from './output/account.js';
import { Plan, planNext } from './output/plan.js';
import { writeSegment } from './output/write.js';
import { selectWindow } from './receive/window.js';
import { pathMtu } from './segment-size.js';
import type { TcpState } from './state.js';
import { type CallError, type ConnectionOptions, Tcb, type TcpFailure } from './tcb.js';
import { finish } from './timers/ending.js';
import { R } from '../trace/book.js';
import { settleSendTimers } from './timers/send-timers.js';
import { timeout } from './timers/timeout.js';
import { Timer } from './timers/timer-table.js';

const plan = new Plan();

export class Connection {
  /** The variables, for whoever may read them (tests, inspectors). Only the engine writes. */
  readonly tcb: Tcb;

  constructor(options: ConnectionOptions) {
    this.tcb = new Tcb(options);
  }

  get id(): number {
    return this.tcb.id;
  }

  get state(): TcpState {
    return this.tcb.state;
  }

  get failure(): TcpFailure | null {
    return this.tcb.failure;
  }

  get local(): Address {
    return this.tcb.local;
  }

  get localPort(): number {
    return this.tcb.localPort;
  }

  get remote(): Address {
    return this.tcb.remote;
  }

  get remotePort(): number {
    return this.tcb.remotePort;
  }

  /** Octets received and not read. */
  get unread(): number {
    return this.tcb.rcvBuf.length;
  }

  /** The peer's FIN has come: nothing follows what is unread. */
  get peerFinished(): boolean {
    return this.tcb.peerFinished;
  }

  /** §3.10.1. @returns an error's name, or null */
  openActive(now: Micros): CallError | null {
    return this.done(calls.openActive(this.tcb, now), now);
  }

  openPassive(now: Micros): CallError | null {
    return this.done(calls.openPassive(this.tcb, now), now);
  }

  /** §3.10.2. @returns octets of from[start, end) taken, or an error's name */
  send(from: Uint8Array, start: number, end: number, now: Micros, urgent = false): number | CallError {
    return this.done(calls.send(this.tcb, from, start, end, urgent, now), now);
  }

  /** §3.10.3. @returns octets put into into[start, end), or an error's name; 'connection-closing' = the peer's FIN was reached */
  receive(into: Uint8Array, start: number, end: number, now: Micros): number | CallError {
    return this.done(calls.receive(this.tcb, into, start, end, now), now);
  }

  /** §3.10.1 with text in the SYN (RFC 7413). @returns octets of the text taken, or an error's name */
  openFast(request: FastOpenRequest, now: Micros): number | CallError {
    return this.done(openFast(this.tcb, request, now), now);
  }

  /**
   * Before the SYN of a passive OPEN arrives: what Fast Open makes of it (RFC 7413 §4.2.2).
   * @param early take its text, and let the user have the connection, before the handshake is done
   * @param cookie for the SYN,ACK, null = none
   */
  answerFastOpen(early: boolean, cookie: Uint8Array | null, experimental: boolean): void {
    this.tcb.openedEarly = early;
    this.tcb.cookie = cookie;
    this.tcb.cookieExperimental = experimental;
  }

  /** For a connection in SYN-RECEIVED: has its listener room for it once the handshake is done? */
  admit(room: boolean): void {
    this.tcb.admitted = room;
  }

  /** A handshake that was forgotten (RFC 4987 §3.6), as if this SYN had just arrived and the SYN,ACK been sent. @param syn rebuilt from the ACK */
  remember(syn: Segment, now: Micros): void {
    const { tcb } = this;
    segmentArrives(tcb, syn, now);
    if (!planNext(tcb, plan, now)) return;
    selectWindow(tcb, false);
    account(tcb, plan, now);
    tcb.queue.at(0).transmissions++; // when it was sent is not known: no round-trip time may be taken of it
  }

  /** §3.10.4: half-close; what the peer still sends can be received. */
  close(now: Micros): CallError | null {
    return this.done(calls.close(this.tcb, now), now);
  }

  /** §3.10.5 */
  abort(now: Micros): CallError | null {
    return this.done(calls.abort(this.tcb, now), now);
  }

  /** The user goes in both directions, as close(2) does. */
  release(now: Micros): void {
    this.done(calls.release(this.tcb, now), now);
  }

  /** §3.10.7 */
  segmentArrives(segment: Segment, now: Micros): void {
    const { tcb } = this;
    tcb.lastHeardAt = now;
    tcb.keepAlives = 0;
    segmentArrives(tcb, segment, now);
    tcb.trace?.settled(tcb.id, now, tcb);
  }

  /** §3.10.8 */
  timeout(now: Micros): void {
    this.done(timeout(this.tcb, now), now);
  }

  /** A router says what the path carries (RFC 1191, RFC 8201). */
  pathMtu(mtu: number, now: Micros): void {
    this.done(pathMtu(this.tcb, mtu, now), now);
  }

  /** ICMP about a segment of ours that was on its way (RFC 9293 §3.9.2.2). */
  unreachable(hard: boolean, type: number, code: number, now: Micros): void {
    this.done(calls.unreachable(this.tcb, hard, type, code, now), now);
  }

  /** May this SYN end TIME-WAIT (RFC 9293 §3.6.1)? If so reincarnate() makes room for the new connection. */
  acceptsNewIncarnation(segment: Segment): boolean {
    return mayReincarnate(this.tcb, segment);
  }

  /** @returns the least ISS of the new incarnation: beyond everything this one has used */
  reincarnate(now: Micros): number {
    const least = seqAdd(this.tcb.sndNxt, 0x10000 + 1);
    this.done(finish(this.tcb, R.TimeWaitSyn, now), now);
    return least;
  }

  /** Changes the receive buffer, and with it the window offered; at most config.receiveBufferMax octets. Never shrinks. */
  setReceiveBuffer(octets: number, now: Micros): void {
    const { rcvBuf, config } = this.tcb;
    rcvBuf.limit = Math.max(rcvBuf.limit, Math.min(octets, config.receiveBufferMax));
    this.done(null, now);
  }

  /** false = the Nagle algorithm: short segments wait for acknowledgements (RFC 9293 §3.7.4, MUST-17). */
  setNoDelay(on: boolean, now: Micros): void {
    this.tcb.nagle = !on;
    this.done(null, now);
  }

  /** Keep-alives (RFC 9293 §3.8.4), and after how much silence the first one goes out: more than 0. */
  setKeepAlive(on: boolean, idle: Duration, now: Micros): void {
    const { tcb } = this;
    tcb.keepAlive = on;
    tcb.keepAliveIdle = Math.max(1, idle);
    tcb.keepAlives = 0;
    tcb.timers.stop(Timer.KeepAlive); // armed afresh when output settles
    this.done(null, now);
  }

  /** Writes the next segment due into the packet. @returns false when nothing is due now */
  nextSegment(packet: Packet, now: Micros): boolean {
    const { tcb } = this;
    if (!planNext(tcb, plan, now)) {
      settleSendTimers(tcb, now);
      tcb.trace?.settled(tcb.id, now, tcb);
      return false;
    }
    const tcpStart = writeSegment(tcb, plan, packet, now);
    tcb.trace?.segment(tcb.id, now, 'out', packet, tcpStart, plan.rule, plan.a, plan.b, plan.c);
    account(tcb, plan, now);
    tcb.trace?.settled(tcb.id, now, tcb);
    return true;
  }

  /** When to call timeout(); Infinity = never. */
  nextDeadline(): Micros {
    return this.tcb.timers.earliest();
  }

  /** A segment that must not be merged with others is due: drain before the next packet is processed. */
  get owesSeparateAck(): boolean {
    return this.tcb.dupAcksDue > 0;
  }

  /** Bits of Signal raised since the last call. */
  takeSignals(): number {
    const { signals } = this.tcb;
    this.tcb.signals = 0;
    return signals;
  }

  /** §3.10.6 */
  info(): TcpInfo {
    return infoOf(this.tcb);
  }

  private done<T>(result: T, now: Micros): T {
    this.tcb.trace?.settled(this.tcb.id, now, this.tcb);
    return result;
  }
}
