/**
 * A connection with the face of node:net's Socket: events, properties and settings; the stream is in tcp-stream.ts. Differs
 * from node:net: destroy(error) resets the connection, so that the peer does not take a torn stream for a whole one; ends'
 * addresses stay known after the end; no names are looked up.
 */
import { addAbortSignal } from 'node:stream';
import type { Endpoint } from '../stack/endpoint.js';
import type { Stack } from '../stack/stack.js';
import type { TcpConfig } from '../tcp/config.js';
import type { TcpInfo } from '../tcp/info.js';
import { Address } from '../util/address.js';
import { MILLISECOND } from '../util/units.js';
import { badPort, connectError, notAnAddress, socketClosed } from './errors.js';
import { type Family, familyOf, isPort, type SocketAddress } from './socket-address.js';
import { type StreamOptions, TcpStream } from './tcp-stream.js';

export interface SocketOptions extends StreamOptions {
  /** true = short segments do not wait for acknowledgements (no Nagle algorithm). Default: as configured. */
  readonly noDelay?: boolean;
  /** Default: as configured. */
  readonly keepAlive?: boolean;
  /** Milliseconds of silence before the first keep-alive; 0 = as configured. */
  readonly keepAliveInitialDelay?: number;
}

export interface ConnectOptions extends SocketOptions {
  /** An IP address in text. */
  readonly host: string;
  /** 1 … 65535 */
  readonly port: number;
  /** Default: the first of the host's addresses of the same family. */
  readonly localAddress?: string;
  /** Default: an ephemeral port. */
  readonly localPort?: number;
  /** Milliseconds without activity before 'timeout', the handshake included. */
  readonly timeout?: number;
  /** Aborting it destroys the socket. */
  readonly signal?: AbortSignal;
  /** Settings of this connection alone. */
  readonly config?: Partial<TcpConfig>;
}

export type ReadyState = 'opening' | 'open' | 'readOnly' | 'writeOnly' | 'closed';

/**
 * Events, beside those of stream.Duplex: 'connect', 'ready'; 'timeout' (see setTimeout); 'close' (hadError: boolean).
 * Errors have Node's codes: ECONNREFUSED, ECONNRESET, ETIMEDOUT, EPIPE … (errors.ts).
 */
export class Socket extends TcpStream {
  /** Sockets are made by Host.connect() and by Server. */
  constructor(options: SocketOptions = {}) {
    super(options);
  }

  /** For Host: begins the handshake; what goes wrong is told by 'error'. @throws RangeError for a port that cannot be */
  open(stack: Stack, options: ConnectOptions): this {
    const { host: address, port, localAddress, localPort, config } = options;
    if (!isPort(port)) throw badPort('Port', port);
    if (localPort !== undefined && !isPort(localPort)) throw badPort('options.localPort', localPort);
    this.ends = { address, port, localAddress, localPort };
    this.connecting = true;
    if (options.timeout !== undefined) this.setTimeout(options.timeout);
    if (options.signal !== undefined) addAbortSignal(options.signal, this);
    if (this.destroyed) return this;
    const remote = Address.parse(address);
    if (remote === undefined) return this.destroy(notAnAddress(address, port));
    const local = localAddress === undefined ? undefined : Address.parse(localAddress);
    if (localAddress !== undefined && local === undefined) return this.destroy(connectError('no-local-address', this.ends));
    const endpoint = stack.connect({ remote, remotePort: port, local, localPort: localPort === 0 ? undefined : localPort, config }, this);
    if (typeof endpoint === 'string') return this.destroy(connectError(endpoint, this.ends));
    return this.own(endpoint, options);
  }

  /** For Server: takes over an established connection. */
  adopt(endpoint: Endpoint, options: SocketOptions): this {
    this.own(endpoint, options);
    endpoint.attach(this);
    this.read(0);
    return this;
  }

  private own(endpoint: Endpoint, { noDelay, keepAlive, keepAliveInitialDelay }: SocketOptions): this {
    this.endpoint = endpoint;
    if (noDelay !== undefined) this.setNoDelay(noDelay);
    if (keepAlive !== undefined) this.setKeepAlive(keepAlive, keepAliveInitialDelay);
    return this;
  }

  /** Sends RST and destroys the socket: the peer gets ECONNRESET. */
  resetAndDestroy(): this {
    if (this.endpoint === undefined) return this.destroy(socketClosed());
    if (!this.destroyed) this.endpoint.abort();
    return this.destroy();
  }

  /** Ends, and destroys the socket once all that was written is handed over. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  /** After so many milliseconds without activity 'timeout' is emitted; the socket lives on. 0 = never. */
  setTimeout(timeout: number, callback?: () => void): this {
    this.idle.set(this.destroyed ? 0 : timeout);
    if (callback === undefined) return this;
    return timeout === 0 ? this.off('timeout', callback) : this.once('timeout', callback);
  }

  /** true = short segments are sent at once (RFC 9293 MUST-17). */
  setNoDelay(on = true): this {
    this.endpoint?.setNoDelay(on);
    return this;
  }

  /** @param initialDelay milliseconds of silence before the first probe; 0 leaves it as it is */
  setKeepAlive(on = false, initialDelay = 0): this {
    this.endpoint?.setKeepAlive(on, initialDelay > 0 ? initialDelay * MILLISECOND : undefined);
    return this;
  }

  /** Does nothing, for programs written for node:net: a TUN keeps the process alive until its Host is closed. */
  ref(): this {
    return this;
  }

  /** See ref(). */
  unref(): this {
    return this;
  }

  /** The TCP's own view (RFC 9293 §3.10.6 STATUS), also after the end; undefined before connecting. */
  info(): TcpInfo | undefined {
    return this.endpoint?.info();
  }

  /** The number under which tracers and captures know this connection. */
  get connectionId(): number | undefined {
    return this.endpoint?.connection.id;
  }

  /** Milliseconds, as set; undefined = none. */
  get timeout(): number | undefined {
    return this.idle.timeout === 0 ? undefined : this.idle.timeout;
  }

  /** Octets written, those that still wait in the stream included. */
  get bytesWritten(): number {
    return this.handedOver + this.writableLength;
  }

  /** Not connected (yet, or any more). */
  get pending(): boolean {
    return this.endpoint === undefined || this.connecting || this.destroyed;
  }

  get readyState(): ReadyState {
    if (this.connecting) return 'opening';
    if (this.readable) return this.writable ? 'open' : 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  }

  get localAddress(): string | undefined {
    return this.endpoint?.connection.local.toString();
  }

  get localPort(): number | undefined {
    return this.endpoint?.connection.localPort;
  }

  get localFamily(): Family | undefined {
    return familyOf(this.endpoint?.connection.local);
  }

  get remoteAddress(): string | undefined {
    return this.connecting ? undefined : this.endpoint?.connection.remote.toString();
  }

  get remotePort(): number | undefined {
    return this.connecting ? undefined : this.endpoint?.connection.remotePort;
  }

  get remoteFamily(): Family | undefined {
    return this.connecting ? undefined : familyOf(this.endpoint?.connection.remote);
  }

  /** Our end; empty before connecting. */
  address(): SocketAddress | Record<string, never> {
    const { localAddress: address, localPort: port, localFamily: family } = this;
    return address === undefined || port === undefined || family === undefined ? {} : { address, family, port };
  }
}
