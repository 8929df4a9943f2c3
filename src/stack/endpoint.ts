/**
 * One connection as its user holds it. Every call goes through the stack, which sends what the call made due: nobody can
 * change a connection and forget to drain it.
 */
import type { Timed } from '../util/deadline-heap.js';
import type { Duration, Micros } from '../util/units.js';
import type { Connection } from '../tcp/connection.js';
import type { TcpInfo } from '../tcp/info.js';
import type { PathMtuDiscovery } from '../tcp/path-mtu.js';
import type { CallError, TcpFailure } from '../tcp/tcb.js';
import type { TcpState } from '../tcp/state.js';
import type { TimerSettings } from '../tcp/timers/settings.js';
import type { Listener } from './listener.js';
import type { PortHold } from './port-holds.js';

/** Who is told of signals (bits of Signal), after the batch of packets that raised them. */
export interface EndpointOwner {
  signals(endpoint: Endpoint, signals: number): void;
}

/** What an endpoint needs of its stack. */
export interface Drainer {
  now(): Micros;
  /** Sends what is due and moves the deadlines: after every call. */
  touch(endpoint: Endpoint): void;
  /** Makes sure that raised signals are told. */
  wake(endpoint: Endpoint): void;
}

export class Endpoint implements Timed {
  deadline: Micros = Infinity;
  heapIndex = -1;
  demuxHash = 0;
  /** Waits for the end of the batch. */
  dirty = false;
  /** Signals not told yet. */
  pending = 0;
  /** In the list of those to be told. */
  announced = false;
  /** The listener whose SYN queue it is in, until it is established. */
  listener: Listener | undefined;
  /** The listener for which Fast Open took it, until its handshake is done. */
  earlyFor: Listener | undefined;
  /** Its local port, where the host's programs share our addresses. */
  hold: PortHold | undefined;
  /** Octets that went with the SYN of a Fast Open. */
  sentWithSyn = 0;
  private owner: EndpointOwner | undefined;

  constructor(readonly connection: Connection, private readonly stack: Drainer) {}

  get state(): TcpState {
    return this.connection.state;
  }

  get failure(): TcpFailure | null {
    return this.connection.failure;
  }

  /** From now on signals go to this owner; those raised before are told too. */
  attach(owner: EndpointOwner): void {
    this.owner = owner;
    this.connection.tcb.attended = true;
    if (this.pending !== 0) this.stack.wake(this);
  }

  /** Tells the owner. For the stack only. */
  dispatch(): void {
    if (this.owner === undefined) return;
    const signals = this.pending;
    this.pending = 0;
    if (signals !== 0) this.owner.signals(this, signals);
  }

  /** Queues octets of from[start, end); with `more` a segment that is not full waits for the next call, with `record` what follows begins a new segment. @returns octets taken (Signal.Writable says when to go on), or an error's name */
  send(from: Uint8Array, start = 0, end = from.length, urgent = false, more = false, record = false): number | CallError {
    const taken = this.connection.send(from, start, end, this.stack.now(), urgent, more, record);
    this.stack.touch(this);
    return taken;
  }

  /** Takes received octets. @returns how many, 0 = none yet, or an error's name; 'connection-closing' = end of the stream */
  receive(into: Uint8Array, start = 0, end = into.length): number | CallError {
    const given = this.connection.receive(into, start, end, this.stack.now());
    this.stack.touch(this);
    return given;
  }

  /** The same without taking them. */
  peek(into: Uint8Array, start = 0, end = into.length): number | CallError {
    return this.connection.peek(into, start, end);
  }

  /** Forgets what is queued and was never sent (RFC 9293 §3.9.1.7). @returns octets, or an error's name */
  flush(): number | CallError {
    const forgotten = this.connection.flush(this.stack.now());
    this.stack.touch(this);
    return forgotten;
  }

  /** Half-close (RFC 9293 §3.10.4). */
  close(): CallError | null {
    const error = this.connection.close(this.stack.now());
    this.stack.touch(this);
    return error;
  }

  /** RST (RFC 9293 §3.10.5). */
  /** Forgets a handshake whose listener has gone. */
  drop(): void {
    this.connection.drop(this.stack.now());
    this.stack.touch(this);
  }

  abort(): CallError | null {
    const error = this.connection.abort(this.stack.now());
    this.stack.touch(this);
    return error;
  }

  /** As close(2): nobody reads or writes any more; the connection ends by itself. */
  release(): void {
    this.connection.release(this.stack.now());
    this.stack.touch(this);
  }

  setReceiveBuffer(octets: number): void {
    this.connection.setReceiveBuffer(octets, this.stack.now());
    this.stack.touch(this);
  }

  setNoDelay(on: boolean): void {
    this.connection.setNoDelay(on, this.stack.now());
    this.stack.touch(this);
  }

  /** Only full segments go out while it is on, 200 ms at most (Linux's TCP_CORK). */
  setCork(on: boolean): void {
    this.connection.setCork(on, this.stack.now());
    this.stack.touch(this);
  }

  /** Acknowledge at once for now, or wait for our own text (Linux's TCP_QUICKACK). */
  setQuickAck(on: boolean): void {
    this.connection.setQuickAck(on, this.stack.now());
    this.stack.touch(this);
  }

  /** @param idle silence before the first probe, µs; undefined leaves it as it is */
  setKeepAlive(on: boolean, idle: Duration = this.connection.timers.keepAliveIdle): void {
    this.connection.setKeepAlive(on, idle, this.stack.now());
    this.stack.touch(this);
  }

  /** R1, R2, user timeout, keep-alives and other patience (RFC 9293 MUST-21). @throws RangeError for a value out of range */
  setTimers(changes: Partial<TimerSettings>): void {
    this.connection.setTimers(changes, this.stack.now());
    this.stack.touch(this);
  }

  /** DSCP of what is sent from now on, 0 … 63 (RFC 9293 §3.9.1.9, SHLD-21). */
  setDscp(dscp: number): void {
    this.connection.setDscp(dscp);
  }

  /** TTL or hop limit of what is sent from now on, 1 … 255 (MUST-49). */
  setTtl(ttl: number): void {
    this.connection.setTtl(ttl);
  }

  /** IPv4 options of every segment from now on (RFC 9293 MUST-51), as ipOptionArea() makes them. @returns false when they cannot be sent */
  setIpOptions(area: Uint8Array): boolean {
    return this.connection.setIpOptions(area, this.stack.now());
  }

  /** How the path's MTU is found, as Linux's IP_MTU_DISCOVER says it. */
  setPathMtuDiscovery(mode: PathMtuDiscovery): void {
    this.connection.setPathMtuDiscovery(mode, this.stack.now());
    this.stack.touch(this);
  }

  info(): TcpInfo {
    return this.connection.info();
  }
}
