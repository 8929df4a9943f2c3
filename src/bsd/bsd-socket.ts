/**
 * One socket as Linux keeps it: what was set, what it is bound to, its connection or listener, and what its user still has to
 * be told. It begins nothing; the calls do (connecting.ts, listening.ts, transfer.ts, ending.ts).
 */
import type { Endpoint, EndpointOwner } from '../stack/endpoint.js';
import type { Listener } from '../stack/listener.js';
import type { Tcb } from '../tcp/tcb.js';
import type { TcpState } from '../tcp/state.js';
import type { TcpConfig } from '../tcp/config.js';
import type { Address } from '../util/address.js';
import { Linux } from './constants.js';
import { errnoOf, errnoOfFailure } from './failures.js';
import { SendMemory } from './send-memory.js';
import { SocketOptions } from './socket-options.js';
import type { SocketAddress } from './sockets.js';

const STATES: Readonly<Record<TcpState, number>> = {
  'CLOSED': Linux.TCP_CLOSE, 'LISTEN': Linux.TCP_LISTEN, 'SYN-SENT': Linux.TCP_SYN_SENT, 'SYN-RECEIVED': Linux.TCP_SYN_RECV, 'ESTABLISHED': Linux.TCP_ESTABLISHED,
  'FIN-WAIT-1': Linux.TCP_FIN_WAIT1, 'FIN-WAIT-2': Linux.TCP_FIN_WAIT2, 'CLOSE-WAIT': Linux.TCP_CLOSE_WAIT, 'CLOSING': Linux.TCP_CLOSING,
  'LAST-ACK': Linux.TCP_LAST_ACK, 'TIME-WAIT': Linux.TCP_CLOSE,
};

/** How far connect(2) has come: apart from the connection's state, since the user is told of that by calls only. */
export type Phase = 'unconnected' | 'connecting' | 'connected';

export class BsdSocket implements EndpointOwner {
  options = new SocketOptions();
  nonBlocking = false;
  closeOnExec = false;
  /** O_APPEND, O_ASYNC: kept, and without effect. */
  statusFlags = 0;
  phase: Phase = 'unconnected';
  endpoint: Endpoint | undefined;
  /** Of the connection's text that is not acknowledged. */
  sendMemory = new SendMemory();
  listener: Listener | undefined;
  /** connect(2) has succeeded, but its SYN waits for the first text (TCP_FASTOPEN_CONNECT). */
  deferredTo: SocketAddress | undefined;
  /** What the listener's connections begin with; kept up to date when options change. */
  readonly listenerConfig: Partial<{ -readonly [K in keyof TcpConfig]: TcpConfig[K] }> = {};
  /** undefined = any address. */
  local: Address | undefined;
  /** 0 = not bound. */
  localPort = 0;
  /** bind(2) chose address or port: they outlive a connection. */
  boundAddress = false;
  boundPort = false;
  /** An error that the next call is told, once (sk_err); 0 = none. */
  error = 0;
  /** An ICMP error has ended a handshake: it also waits in the error queue, which nobody reads here. */
  errorQueued = false;
  receiveShut = false;
  sendShut = false;
  /** The connection's end by failure has become `error`. */
  private failureTold = false;


  constructor(readonly domain: number) {}

  /** Calls look at the connection themselves, whenever anything happened. */
  signals(): void {
    this.observe();
  }

  /** The state as Linux names it (TCP_ESTABLISHED …): LAST-ACK begins with the call, TIME-WAIT is no socket's state any more. */
  get state(): number {
    if (this.listener !== undefined) return Linux.TCP_LISTEN;
    const { endpoint } = this;
    if (this.deferredTo !== undefined) return Linux.TCP_SYN_SENT;
    if (endpoint === undefined) return Linux.TCP_CLOSE;
    if (endpoint.state === 'CLOSE-WAIT' && endpoint.connection.tcb.closeRequested) return Linux.TCP_LAST_ACK;
    return STATES[endpoint.state];
  }

  get tcb(): Tcb | undefined {
    return this.endpoint?.connection.tcb;
  }

  /** There was a connection and it is over. */
  get over(): boolean {
    return this.endpoint !== undefined && this.state === Linux.TCP_CLOSE;
  }

  /** Nothing more can be read than what is there. */
  get receiveEnded(): boolean {
    return this.receiveShut || this.over || this.peerFinished;
  }

  get sendEnded(): boolean {
    return this.sendShut || this.over;
  }

  get peerFinished(): boolean {
    return this.endpoint?.connection.peerFinished === true;
  }

  /** May text be sent? */
  get open(): boolean {
    const { state } = this;
    return state === Linux.TCP_ESTABLISHED || state === Linux.TCP_CLOSE_WAIT || this.openedEarly;
  }

  get opening(): boolean {
    const { state } = this;
    return (state === Linux.TCP_SYN_SENT || state === Linux.TCP_SYN_RECV) && !this.openedEarly;
  }

  /** Fast Open gave it to its user before the handshake is done. */
  private get openedEarly(): boolean {
    return this.tcb?.openedEarly === true && this.state === Linux.TCP_SYN_RECV;
  }

  /** A failure of the connection becomes the error that calls report; with IP_RECVERR what ICMP says does so, too. */
  observe(): void {
    const { endpoint, options } = this;
    if (endpoint === undefined) return;
    if ((endpoint.connection.remote.isV4 ? options.receiveErrors : options.receiveErrors6) !== 0) this.error = this.takeSoftError() || this.error;
    if (this.failureTold || endpoint.failure === null) return;
    this.failureTold = true;
    this.error = errnoOfFailure(endpoint.connection.tcb) || this.error;
    if (endpoint.connection.tcb.endedByIcmp && this.phase === 'connecting') this.errorQueued = true;
  }

  /** The error, which is then told (sock_error). */
  takeError(): number {
    this.observe();
    const { error } = this;
    this.error = 0;
    return error;
  }

  /** What ICMP said last of a connection that goes on; then it is told. */
  takeSoftError(): number {
    const failure = this.endpoint?.connection.takeSoftError() ?? null;
    return failure === null ? 0 : errnoOf(failure);
  }

  /** Takes a connection. */
  attach(endpoint: Endpoint): void {
    this.endpoint = endpoint;
    this.sendMemory = new SendMemory();
    this.failureTold = false;
    this.local = endpoint.connection.local;
    this.localPort = endpoint.connection.localPort;
    endpoint.attach(this);
    if (this.options.quickAck === 0) endpoint.setQuickAck(false);
  }

  /** Has no connection any more, and can have another. */
  detach(): void {
    this.observe();
    this.endpoint = undefined;
    this.deferredTo = undefined;
    this.phase = 'unconnected';
    this.receiveShut = false;
    this.sendShut = false;
    if (!this.boundAddress) this.local = undefined;
    if (!this.boundPort) this.localPort = 0;
  }

  /** An address as this socket's family writes it. */
  name(address: Address | undefined, port: number): SocketAddress {
    const { domain } = this;
    if (domain === Linux.AF_INET) return { family: domain, address: address?.toString() ?? '0.0.0.0', port };
    if (address === undefined) return { family: domain, address: '::', port };
    return { family: domain, address: address.isV4 ? `::ffff:${address.toString()}` : address.toString(), port };
  }
}
