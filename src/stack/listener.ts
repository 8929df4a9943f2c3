/** A passive OPEN that takes anybody: its SYN queue (handshakes under way) and its accept queue (done, not yet taken). */
import type { Address } from '../util/address.js';
import type { TcpConfig } from '../tcp/config.js';
import type { Endpoint } from './endpoint.js';

export interface ListenOptions {
  /** Undefined or unspecified: any address of the stack. */
  readonly local?: Address;
  readonly port: number;
  /** Takes connections of this IP version only; default both. */
  readonly version?: 4 | 6;
  /** Established connections that may wait to be accepted; more SYNs are dropped. Default 511. */
  readonly backlog?: number;
  /** Handshakes under way at a time. Default 1024. */
  readonly synQueue?: number;
  readonly config?: Partial<TcpConfig>;
}

export class Listener {
  readonly port: number;
  readonly local: Address | undefined;
  readonly version: 4 | 6 | undefined;
  /** May change while it listens. */
  backlog: number;
  synQueue: number;
  readonly config: Partial<TcpConfig>;
  /** Handshakes under way. */
  embryonic = 0;
  private readonly ready: Endpoint[] = [];
  private head = 0;
  closed = false;

  /** @param onReady called after a batch that made connections ready: take them with accept() */
  constructor(options: ListenOptions, private readonly onReady: (listener: Listener) => void, private readonly onClose: (listener: Listener) => void) {
    this.port = options.port;
    this.local = options.local === undefined || options.local.isUnspecified ? undefined : options.local;
    this.version = options.version;
    this.backlog = options.backlog ?? 511;
    this.synQueue = options.synQueue ?? 1024;
    this.config = options.config ?? {};
  }

  get waiting(): number {
    return this.ready.length - this.head;
  }

  /** Does it take connections to this address of ours? */
  takes(local: Address): boolean {
    return this.local === undefined ? this.version === undefined || (this.version === 4) === local.isV4 : this.local.equals(local);
  }

  /** Would both take the same connections, neither being more specific? */
  sameAs(other: Listener): boolean {
    if (this.local !== undefined && other.local !== undefined) return this.local.equals(other.local);
    return this.local === other.local && (this.version === undefined || other.version === undefined || this.version === other.version);
  }

  /** The next established connection, or undefined. */
  accept(): Endpoint | undefined {
    if (this.waiting === 0) return undefined;
    const endpoint = this.ready[this.head];
    this.head++;
    if (this.head === this.ready.length) {
      this.ready.length = 0;
      this.head = 0;
    }
    return endpoint;
  }

  /** For the stack: a handshake is done. */
  push(endpoint: Endpoint): void {
    this.ready.push(endpoint);
  }

  /** For the stack: tell the user. */
  announce(): void {
    if (this.waiting > 0 && !this.closed) this.onReady(this);
  }

  /** No more SYNs are taken; connections that were not accepted are reset, handshakes under way are dropped. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (let endpoint = this.accept(); endpoint !== undefined; endpoint = this.accept()) endpoint.abort();
    this.onClose(this);
  }
}
