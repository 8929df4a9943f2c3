/**
 * One host on a network: a device, the time, and a stack between them, with the face of the module node:net. It owns the
 * device from its construction until close().
 */
import { randomBytes } from 'node:crypto';
import type { Device } from '../device/device.js';
import { RealClock } from '../stack/clock.js';
import { parseLocalAddress } from '../stack/local-addresses.js';
import { Stack } from '../stack/stack.js';
import type { TcpConfig } from '../tcp/config.js';
import type { Tracer } from '../trace/tracer.js';
import type { Clock } from '../util/clock.js';
import { connectError } from './errors.js';
import { type ConnectionListener, Server, type ServerHost, type ServerOptions } from './server.js';
import { type ConnectOptions, Socket } from './socket.js';

export interface HostOptions {
  readonly device: Device;
  /** The addresses that are ours, in text: IPv4, IPv6 or both, with or without the prefix of their subnet ("192.0.2.2/24"). At least one. */
  readonly addresses: readonly string[];
  /** Settings of all connections that do not say otherwise. */
  readonly config?: Partial<TcpConfig>;
  /** Is told every decision of the stack: a Story explains them. */
  readonly tracer?: Tracer | null;
  /** Default: the real one. A device with a clock of its own must share it. */
  readonly clock?: Clock;
  /** 16 octets or more that nobody outside can know: initial sequence numbers come from it. Default: random. */
  readonly secret?: Uint8Array;
}

export class Host implements ServerHost {
  readonly stack: Stack;
  /** What is open. */
  private readonly owned = new Set<Socket | Server>();
  private closed = false;

  /** @throws RangeError for an address or a setting that cannot be; it says which */
  constructor({ device, addresses, config, tracer = null, clock = new RealClock(), secret = randomBytes(16) }: HostOptions) {
    if (addresses.length === 0) throw new RangeError('a Host needs at least one address: addresses: ["192.0.2.2"]');
    const ours = addresses.map(parseLocalAddress);
    const networks = ours.flatMap(({ address, prefix }) => (prefix === undefined ? [] : [{ address, prefix }]));
    this.stack = new Stack({ device, clock, addresses: ours.map(({ address }) => address), networks, config, tracer, secret });
  }

  /** The stack; undefined once the host is closed. */
  get openStack(): Stack | undefined {
    return this.closed ? undefined : this.stack;
  }

  createServer(onConnection?: ConnectionListener): Server;
  createServer(options: ServerOptions, onConnection?: ConnectionListener): Server;
  createServer(first: ServerOptions | ConnectionListener = {}, second?: ConnectionListener): Server {
    return typeof first === 'function' ? new Server(this, {}, first) : new Server(this, first, second);
  }

  /**
   * Opens a connection: 'connect' or 'error' follows.
   * @throws RangeError for a port that cannot be
   */
  connect(options: ConnectOptions, onConnect?: () => void): Socket;
  connect(port: number, host: string, onConnect?: () => void): Socket;
  connect(first: ConnectOptions | number, second?: string | (() => void), third?: () => void): Socket {
    const options = typeof first === 'object' ? first : { port: first, host: String(second) };
    const onConnect = typeof second === 'function' ? second : third;
    const socket = new Socket(options);
    if (onConnect !== undefined) socket.once('connect', onConnect);
    if (this.closed) return socket.destroy(connectError('stopped', { address: options.host, port: options.port }));
    socket.open(this.stack, options);
    this.track(socket);
    return socket;
  }

  /** connect() by node:net's other name. */
  createConnection(options: ConnectOptions, onConnect?: () => void): Socket {
    return this.connect(options, onConnect);
  }

  /** For Server and connect(). */
  track(owned: Socket | Server): void {
    this.owned.add(owned);
    owned.once('close', () => this.owned.delete(owned));
  }

  /**
   * Closes servers, resets what is open, forgets what is left and closes the device, at once. To part in peace, end() the
   * sockets and wait for their 'close' first. Idempotent.
   */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const owned of this.owned) {
      if (owned instanceof Server) owned.close();
      else owned.resetAndDestroy();
    }
    for (const endpoint of [...this.stack.demux]) endpoint.abort();
    this.stack.stop();
  }
}
