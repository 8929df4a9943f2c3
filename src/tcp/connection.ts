/**
 * The engine's face: told what happened and when, asked what to send and when to wake. It never calls out, waits or reads a
 * clock. After every call here the owner drains: nextSegment() until it is false, then nextDeadline() and takeSignals().
 */
import type { Address } from '../util/address.js';
import { type Seq, seqAdd } from '../util/seq.js';
import { type Duration, type Micros, SECOND } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import type { Segment } from '../wire/segment.js';
import { mayReincarnate } from './arrives/sequence.js';
import { segmentArrives } from './arrives/arrives.js';
import * as calls from './calls.js';
import { type FastOpenRequest, openFast } from './fast-open.js';
import { infoOf, type TcpInfo } from './info.js';
import { icmpArrives, takeSoftError } from './icmp-errors.js';
import { setIpOptions } from './ip-options.js';
import { account } from './output/account.js';
import { Plan, planNext } from './output/plan.js';
import { writeSegment } from './output/write.js';
import { setQuickAck } from './receive/quick-ack.js';
import { forgetPathMtu, learnPathMtu, packetTooBig, type PathMtu, type PathMtuDiscovery, setPathMtuDiscovery } from './path-mtu.js';
import { type ErrorReport, setErrorReports, takeReports } from './reports.js';
import { selectWindow } from './receive/window.js';
import type { TcpConfig } from './config.js';
import type { TcpState } from './state.js';
import { type CallError, type ConnectionOptions, Tcb, type TcpFailure } from './tcb.js';
import { fail, finish } from './timers/ending.js';
import { R } from '../trace/book.js';
import { changeSettings } from './timers/change-settings.js';
import * as receiving from './receive-call.js';
import { growMemory, setClamp, setReceiveMemory } from './receive/memory.js';
import { settleSendTimers } from './timers/send-timers.js';
import type { TimerSettings } from './timers/settings.js';
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

  /**
   * §3.10.2. `urgent`: the last of them ends urgent data; `more`: more will follow, so that a segment that is not full waits (MSG_MORE);
   * `record`: what follows begins a segment of its own (MSG_EOR).
   * @returns octets of from[start, end) taken, or an error's name
   */
  send(from: Uint8Array, start: number, end: number, now: Micros, urgent = false, more = false, record = false): number | CallError {
    return this.done(calls.send(this.tcb, from, start, end, urgent, now, more, record), now);
  }

  /** §3.10.3. @returns octets put into into[start, end), or an error's name; 'connection-closing' = the peer's FIN was reached */
  receive(into: Uint8Array, start: number, end: number, now: Micros): number | CallError {
    return this.done(receiving.receive(this.tcb, into, start, end, now), now);
  }

  /** The same without taking them: they will be received again. */
  peek(into: Uint8Array, start: number, end: number): number | CallError {
    return receiving.peek(this.tcb, into, start, end);
  }

  /** The last octet of urgent data, out of band: given once. @returns the octet, -1 = announced, not here yet, or 'no-urgent-data' */
  receiveUrgent(take = true): number | 'no-urgent-data' {
    return receiving.receiveUrgent(this.tcb, take);
  }

  /** Is the last octet of urgent data next? (sockatmark(3)) */
  get atMark(): boolean {
    return receiving.atMark(this.tcb);
  }

  /** Octets unread up to the last that came with PSH (MAY-17). */
  get pushedUnread(): number {
    return receiving.pushedUnread(this.tcb);
  }

  /** SO_OOBINLINE: true = urgent data is part of the stream; false = its last octet is only given by receiveUrgent(). */
  setUrgentInline(on: boolean): void {
    this.tcb.urgentInline = on;
  }

  /** shutdown(SHUT_RD): after what is unread RECEIVE says 'connection-closing'. The peer is told nothing. */
  shutReceive(): CallError | null {
    return receiving.shutReceive(this.tcb);
  }

  /** FLUSH (RFC 9293 §3.9.1.7): forgets what is queued and was never sent. @returns octets, or an error's name */
  flush(now: Micros): number | CallError {
    return this.done(calls.flush(this.tcb, now), now);
  }

  /** Linux's TCP_CORK: only full segments, until it is off; what is not full waits 200 ms at most (swsOverride). */
  setCork(on: boolean, now: Micros): void {
    calls.setCork(this.tcb, on);
    this.done(null, now);
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
  drop(now: Micros): void {
    if (this.tcb.state === 'SYN-RECEIVED') fail(this.tcb, 'aborted', R.HandshakeDropped, now);
    else calls.abort(this.tcb, now);
    this.done(null, now);
  }

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
    tcb.probesUnanswered = 0;
    tcb.rcvDscp = segment.dscp;
    segmentArrives(tcb, segment, now);
    tcb.trace?.settled(tcb.id, now, tcb);
  }

  /** §3.10.8 */
  timeout(now: Micros): void {
    this.done(timeout(this.tcb, now), now);
  }

  /**
   * A router says that a segment of ours did not fit (RFC 1191, RFC 8201).
   * @param mtu octets of the IP packet that would; 0 = it does not say
   * @returns what is known of the path now, for others to the same host; null = nothing new
   */
  pathMtu(mtu: number, now: Micros): PathMtu | null {
    return this.done(packetTooBig(this.tcb, mtu, now), now);
  }

  /** Another connection to the same host was told how narrow the path is. */
  learnPathMtu(path: PathMtu, now: Micros): void {
    this.done(learnPathMtu(this.tcb, path, now), now);
  }

  /** An ICMP error about a segment of ours that was outstanding (RFC 9293 §3.9.2.2), by the numbers of the connection's own family. */
  icmpArrives(type: number, code: number, now: Micros): void {
    this.done(icmpArrives(this.tcb, type, code, now), now);
  }

  /** May this SYN end TIME-WAIT (RFC 9293 §3.6.1)? If so reincarnate() makes room for the new connection. */
  acceptsNewIncarnation(segment: Segment): boolean {
    this.tcb.incarnationRule = mayReincarnate(this.tcb, segment);
    return this.tcb.incarnationRule !== 0;
  }

  /** @returns the least ISS of the new incarnation: beyond everything this one has used */
  reincarnate(now: Micros): Seq {
    const { tcb } = this;
    if (tcb.incarnationRule !== 0) tcb.trace?.decision(tcb.id, now, tcb.incarnationRule, 0, 0, 0);
    this.done(finish(tcb, R.TimeWaitSyn, now), now);
    return leastSuccessor(tcb);
  }

  /** In TIME-WAIT: may an active OPEN of ours take the connection's place? See TcpConfig.timeWaitReuse. */
  isReplaceable({ timeWaitReuse, timeWaitReuseDelay }: TcpConfig, now: Micros): boolean {
    const { state, timestamps, tsRecentAt } = this.tcb;
    return timeWaitReuse && state === 'TIME-WAIT' && timestamps && now - tsRecentAt > timeWaitReuseDelay;
  }

  /** An active OPEN of ours takes its place. @returns the least ISS of that, as in reincarnate() */
  giveWay({ timeWaitReuseDelay }: TcpConfig, now: Micros): Seq {
    const { tcb } = this;
    tcb.trace?.decision(tcb.id, now, R.TimeWaitReused, timeWaitReuseDelay / SECOND, 0, 0);
    this.done(finish(tcb, R.TimeWaitReused, now), now);
    return leastSuccessor(tcb);
  }

  /** Changes the receive buffer, and with it the window offered; at most config.receiveBufferMax octets. Never shrinks. */
  setReceiveBuffer(octets: number, now: Micros): void {
    const { rcvBuf, config } = this.tcb;
    rcvBuf.limit = Math.max(rcvBuf.limit, Math.min(octets, config.receiveBufferMax));
    this.done(null, now);
  }

  /** Changes the memory for received text, where that is counted (TcpConfig.receiveMemory). What was offered stays offered. */
  setReceiveMemory(octets: number, now: Micros): void {
    setReceiveMemory(this.tcb, octets);
    this.done(null, now);
  }

  /** The user waits for so many octets at once: they need room, where memory is counted. */
  makeRoom(octets: number, now: Micros): void {
    if (this.tcb.rcvMemory > 0) growMemory(this.tcb, octets);
    this.done(null, now);
  }

  /** Bounds the window offered from now on, where memory is counted (Linux's TCP_WINDOW_CLAMP). What was offered stays offered. */
  setWindowClamp(octets: number, now: Micros): void {
    if (this.tcb.rcvMemory > 0) setClamp(this.tcb, octets);
    this.done(null, now);
  }

  /** false = the Nagle algorithm: short segments wait for acknowledgements (RFC 9293 §3.7.4, MUST-17). */
  setNoDelay(on: boolean, now: Micros): void {
    this.tcb.nagle = !on;
    if (on && this.tcb.unsent > 0) {
      this.tcb.overrideDue = true; // what waits is pushed out once, corked or not
      this.tcb.heldBy = 0;
    }
    this.done(null, now);
  }

  /** Linux's TCP_QUICKACK: true = acknowledge what waits and for now at once, false = wait for our own text to carry it. Not for ever: the policy goes on. */
  setQuickAck(on: boolean, now: Micros): void {
    setQuickAck(this.tcb, on);
    this.done(null, now);
  }

  /** Keep-alives (RFC 9293 §3.8.4), and after how much silence the first one goes out: more than 0. */
  setKeepAlive(on: boolean, idle: Duration, now: Micros): void {
    const { tcb } = this;
    tcb.keepAlive = on;
    tcb.settings.keepAliveIdle = Math.max(1, idle);
    tcb.keepAlives = 0;
    tcb.timers.stop(Timer.KeepAlive); // armed afresh when output settles
    this.done(null, now);
  }

  /**
   * Changes how patient the connection is: R1, R2 and the other limits (MUST-21), user timeout, keep-alives, FIN-WAIT-2. They
   * hold from the next deadline on; one that is now too late is moved. A user timeout set here is the user's: the peer's advice does not change it.
   * @throws RangeError for a value that TcpConfig does not allow
   */
  setTimers(changes: Partial<TimerSettings>, now: Micros): void {
    changeSettings(this.tcb, changes);
    this.done(null, now);
  }

  /** The patience in force. */
  get timers(): Readonly<TimerSettings> {
    return this.tcb.settings;
  }

  /** Asynchronous reports since the last call, oldest first (RFC 9293 §3.9.1.8); Signal.Report says that there are some. */
  takeReports(): ErrorReport[] {
    return takeReports(this.tcb);
  }

  /** false = no reports and no Signal.Delivery (SHLD-20). */
  setErrorReports(on: boolean): void {
    setErrorReports(this.tcb, on);
  }

  /** What ICMP said last of a connection that goes on, and nothing has got through since: told once, as Linux's SO_ERROR does; or null. */
  takeSoftError(): TcpFailure | null {
    return takeSoftError(this.tcb);
  }

  /** DSCP of what is sent from now on, 0 … 63 (SHLD-21; SHLD-23 advises against changing it during a connection). */
  setDscp(dscp: number): void {
    this.tcb.dscp = dscp & 63;
  }

  /** TTL or hop limit of what is sent from now on, 1 … 255 (MUST-49). */
  setTtl(ttl: number): void {
    this.tcb.ttl = Math.min(255, Math.max(1, ttl));
  }

  /** IPv4 options of every segment from now on (MUST-51), as ipOptionArea() makes them. @returns false when they cannot be sent */
  setIpOptions(area: Uint8Array, now: Micros): boolean {
    return this.done(setIpOptions(this.tcb, area), now);
  }

  /** How the path's MTU is found, from now on. */
  setPathMtuDiscovery(mode: PathMtuDiscovery, now: Micros): void {
    this.done(setPathMtuDiscovery(this.tcb, mode, now), now);
  }

  /** Writes the next segment due into the packet. @returns false when nothing is due now */
  nextSegment(packet: Packet, now: Micros): boolean {
    const { tcb } = this;
    if (now >= tcb.pathMtuExpires) forgetPathMtu(tcb, now);
    if (!planNext(tcb, plan, now)) {
      tcb.burstLeft = 0;
      settleSendTimers(tcb, now);
      tcb.chronograph.settle(tcb, now);
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
    return this.tcb.dupAcksDue > 0 || this.tcb.dsackDue;
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

/** The ISS of the next connection of the same two sockets lies beyond all numbers of this one. */
const leastSuccessor = (tcb: Tcb): Seq => seqAdd(tcb.sndNxt, 0x10000 + 1);
