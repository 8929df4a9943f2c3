/** A listener with the face of node:net's Server: each connection becomes a Socket; close() waits for those that are open. */
import { EventEmitter } from 'node:events';
import type { Listener } from '../stack/listener.js';
import type { Stack } from '../stack/stack.js';
import type { TcpConfig } from '../tcp/config.js';
import { Address } from '../util/address.js';
import { alreadyListening, badPort, type Ends, listenError, type NetError, serverNotRunning } from './errors.js';
import { familyOf, isPort, type SocketAddress } from './socket-address.js';
import { Socket, type SocketOptions } from './socket.js';
import { callUser } from './user-code.js';

export interface ServerOptions extends SocketOptions {
  /** Settings of the connections that this server takes. */
  readonly config?: Partial<TcpConfig>;
}

export interface ListenOptions {
  /** 0 = a free one, see address(). Default 0. */
  readonly port?: number;
  /** One of the host's addresses, or 0.0.0.0 or :: for all. Default: all. */
  readonly host?: string;
  /** Connections that may wait to be taken; SYNs beyond are dropped. Default 511. */
  readonly backlog?: number;
}

export type ConnectionListener = (socket: Socket) => void;

/** What a server needs of its host. */
export interface ServerHost {
  /** undefined once the host is closed. */
  readonly openStack: Stack | undefined;
  /** Remembers what the host must close, until it closes. */
  track(owned: Socket | Server): void;
}

/** Events: 'listening', 'connection' (socket: Socket), 'error', 'close'. */
export class Server extends EventEmitter {
  private listener: Listener | undefined;
  private readonly sockets = new Set<Socket>();

  /** Servers are made by Host.createServer(). */
  constructor(private readonly host: ServerHost, private readonly options: ServerOptions = {}, onConnection?: ConnectionListener) {
    super();
    if (onConnection !== undefined) this.on('connection', onConnection);
  }

  get listening(): boolean {
    return this.listener !== undefined;
  }

  /**
   * Takes connections from now on; 'listening' or 'error' (EADDRINUSE, EADDRNOTAVAIL) follows.
   * @throws RangeError for a port that cannot be, Error with ERR_SERVER_ALREADY_LISTEN
   */
  listen(options: ListenOptions, onListening?: () => void): this;
  listen(port?: number, onListening?: () => void): this;
  listen(port: number, host?: string, onListening?: () => void): this;
  listen(port: number, host?: string, backlog?: number, onListening?: () => void): this;
  listen(...args: readonly ListenArgument[]): this {
    const { port, host, backlog, onListening } = readArguments(args);
    if (this.listening) throw alreadyListening();
    if (!isPort(port)) throw badPort('options.port', port);
    if (onListening !== undefined) this.once('listening', onListening);
    const error = this.open(port, host, backlog);
    process.nextTick(() => {
      if (error !== null) this.emit('error', error);
      else if (this.listening) this.emit('listening');
    });
    return this;
  }

  private open(port: number, host: string | undefined, backlog: number | undefined): NetError | null {
    const ends: Ends = { address: host ?? '::', port };
    const local = host === undefined ? undefined : Address.parse(host);
    if (host !== undefined && local === undefined) return listenError('not-an-address', ends);
    const stack = this.host.openStack;
    if (stack === undefined) return listenError('stopped', ends);
    const chosen = port === 0 ? stack.freePort() : port;
    if (chosen === undefined) return listenError('address-in-use', ends);
    const listener = stack.listen({ local, port: chosen, backlog, config: this.options.config }, (ready) => this.take(ready));
    if (typeof listener === 'string') return listenError(listener, ends);
    this.listener = listener;
    this.host.track(this);
    return null;
  }

  private take(listener: Listener): void {
    for (let endpoint = listener.accept(); endpoint !== undefined; endpoint = listener.accept()) {
      const socket = new Socket(this.options).adopt(endpoint, this.options);
      this.sockets.add(socket);
      this.host.track(socket);
      socket.once('close', () => this.forget(socket));
      callUser(() => this.emit('connection', socket));
    }
  }

  private forget(socket: Socket): void {
    this.sockets.delete(socket);
    this.closeWhenIdle();
  }

  /** No more connections; 'close' follows once those that are open have closed. Those not yet taken are reset. */
  close(onClose?: (error?: Error) => void): this {
    if (onClose !== undefined) {
      const error = this.listening ? undefined : serverNotRunning();
      this.once('close', () => onClose(error));
    }
    this.listener?.close();
    this.listener = undefined;
    this.closeWhenIdle();
    return this;
  }

  private closeWhenIdle(): void {
    if (this.listener === undefined && this.sockets.size === 0) process.nextTick(() => this.emit('close'));
  }

  /** Where it listens, or null when it does not. */
  address(): SocketAddress | null {
    const { listener } = this;
    if (listener === undefined) return null;
    const { local, port } = listener;
    return local === undefined ? { address: '::', family: 'IPv6', port } : { address: local.toString(), family: familyOf(local), port };
  }

  /** Connections that are open. */
  getConnections(callback: (error: Error | null, count: number) => void): this {
    process.nextTick(callback, null, this.sockets.size);
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
}

type ListenArgument = ListenOptions | number | string | (() => void) | undefined;

/** The forms of listen() in one. */
function readArguments(args: readonly ListenArgument[]): { port: number; host?: string; backlog?: number; onListening?: () => void } {
  const onListening = args.find((arg) => typeof arg === 'function');
  const [first, second, third] = args;
  if (typeof first === 'object') return { port: 0, ...first, onListening };
  const backlog = typeof second === 'number' ? second : third;
  return {
    port: typeof first === 'number' ? first : 0,
    host: typeof second === 'string' ? second : undefined,
    backlog: typeof backlog === 'number' ? backlog : undefined,
    onListening,
  };
}
