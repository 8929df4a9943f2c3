/** A passive OPEN that takes anybody: its SYN queue (handshakes under way) and its accept queue (done, not yet taken). */
import type { Address } from '../util/address.js';
import type { TcpConfig } from '../tcp/config.js';
import type { Micros } from '../util/units.js';
import type { Endpoint } from './endpoint.js';
import type { PortHold } from './port-holds.js';

export interface ListenOptions {
  /** Undefined or unspecified: any address of the stack. */
  readonly local?: Address;
  readonly port: number;
  /** Takes connections of this IP version only; default both. */
  readonly version?: 4 | 6;
  /** One more connection than this may wait to be accepted; SYNs are dropped while so many do. As listen(2). Default 511. */
  readonly backlog?: number;
  /** Handshakes under way at a time; beyond that SYN cookies take over. Default: the backlog, as in Linux. */
  readonly synQueue?: number;
  readonly config?: Partial<TcpConfig>;
  /** Connections that Fast Open may take before their handshakes are done (RFC 7413 §5.1); 0 = none. As setsockopt(TCP_FASTOPEN). Default 0. */
  readonly fastOpenQueue?: number;
  /** Fast Open takes text with any SYN, whatever cookie it has. As setsockopt(TCP_FASTOPEN_NO_COOKIE). Default false. */
  readonly fastOpenBare?: boolean;
}

export class Listener {
  readonly port: number;
  readonly local: Address | undefined;
  readonly version: 4 | 6 | undefined;
  /** May change while it listens. */
  backlog: number;
  synQueue: number;
  readonly config: Partial<TcpConfig>;
  /** Its port, where the host's programs share our addresses. */
  hold: PortHold | undefined;
  /** Handshakes under way. */
  embryonic = 0;
  /** May be changed at any time. */
  fastOpenQueue: number;
  fastOpenBare: boolean;
  /** Taken by Fast Open, with handshakes still under way, or ended by a RST a short while ago: until when, µs. */
  unconfirmed = 0;
  readonly fastOpenResets: Micros[] = [];
  /** When a SYN was last answered with a cookie, µs; ACKs are checked for cookies only some time after that. */
  cookieAt: Micros = -Infinity;
  private readonly ready: Endpoint[] = [];
  private head = 0;
  closed = false;

  /** @param onReady called after a batch that made connections ready: take them with accept() */
  constructor(options: ListenOptions, private readonly onReady: (listener: Listener) => void, private readonly onClose: (listener: Listener) => void) {
    this.port = options.port;
    this.local = options.local === undefined || options.local.isUnspecified ? undefined : options.local;
    this.version = options.version;
    this.backlog = options.backlog ?? 511;
    this.synQueue = options.synQueue ?? this.backlog;
    this.config = options.config ?? {};
    this.fastOpenQueue = options.fastOpenQueue ?? 0;
    this.fastOpenBare = options.fastOpenBare ?? false;
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

  /** No further connection may wait to be accepted: a backlog of n holds n + 1, as in Linux. */
  get full(): boolean {
    return this.waiting > this.backlog;
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
