/**
 * TCP Fast Open around the connections (RFC 7413 §4.1, §5): cookies of a listener's peers, and what we remember of the cookies
 * that others gave us. The cookie is Linux's: SipHash of both addresses.
 */
import { type TcpConfig, FastOpen } from '../tcp/config.js';
import type { FastOpenRequest } from '../tcp/fast-open.js';
import type { Tcb } from '../tcp/tcb.js';
import { R } from '../trace/book.js';
import type { Address } from '../util/address.js';
import { sipHash } from '../util/siphash.js';
import { type Duration, type Micros, MINUTE } from '../util/units.js';
import type { Segment } from '../wire/segment.js';
import type { Endpoint } from './endpoint.js';
import type { Listener } from './listener.js';

/** Peers remembered; the one learnt first goes when there are more. */
const REMEMBERED = 1024;

/** How long a RST keeps the place of its connection in the queue (RFC 7413 §5.1; Linux): a spoofed SYN that makes its victim say RST must not make room for the next. */
const RESET_HOLD: Duration = MINUTE;

/** What an earlier connection to a peer has taught. */
interface Remembered {
  cookie: Uint8Array | null;
  experimental: boolean;
  mss: number;
  /** A request under the option's own kind went unanswered: the experimental one is tried once (Linux). */
  tryExperimental: 'not yet' | 'now' | 'tried';
}

const NONE = new Uint8Array(0);

export class FastOpenCookies {
  private keys: readonly Uint8Array[];
  private readonly peers = new Map<string, Remembered>();

  /** @param key 16 octets */
  constructor(private readonly config: TcpConfig, key: Uint8Array) {
    this.keys = [key];
  }

  /** Cookies are made with the first key; those of the others are still good (RFC 7413 §4.1.2). @throws RangeError unless each has 16 octets */
  setKeys(keys: readonly Uint8Array[]): void {
    if (keys.length === 0 || keys.some((key) => key.length !== 16)) throw new RangeError('Fast Open takes one key or more, of 16 octets each');
    this.keys = keys.map((key) => key.slice());
  }

  /** The cookie of a peer, 8 octets. */
  cookieFor(peer: Address, local: Address, key = this.keys[0]): Uint8Array {
    const size = peer.isV4 ? 4 : 16;
    const input = new Uint8Array(2 * size);
    const view = new DataView(input.buffer);
    [peer, local].forEach((address, i) => {
      const words = peer.isV4 ? [address.w3] : [address.w0, address.w1, address.w2, address.w3];
      words.forEach((word, j) => { view.setInt32(i * size + 4 * j, word); });
    });
    return sipHash(key, input);
  }

  /** The SYN of an active OPEN whose user wants a Fast Open. @param bare text goes even without a cookie @returns undefined when it is an ordinary one */
  request(peer: Address, text: Uint8Array, bare = false): FastOpenRequest | undefined {
    if ((this.config.fastOpen & FastOpen.Client) === 0) return undefined;
    const known = this.peers.get(peer.toString());
    const cookie = known?.cookie ?? null;
    const mss = known?.mss ?? 0;
    if (bare || (this.config.fastOpen & FastOpen.ClientWithoutCookie) !== 0) return { cookie: null, experimental: false, mss, text };
    if (cookie !== null) return { cookie, experimental: known?.experimental === true, mss, text };
    return { cookie: NONE, experimental: known?.tryExperimental === 'now', mss, text: NONE };
  }

  /** An active Fast Open has had its SYN,ACK. */
  learn(tcb: Tcb): void {
    const peer = tcb.remote.toString();
    const known = this.peers.get(peer) ?? { cookie: null, experimental: false, mss: 0, tryExperimental: 'not yet' };
    if (tcb.peerMss > 0) known.mss = tcb.peerMss;
    if (tcb.cookieReceived !== null) {
      known.cookie = tcb.cookieReceived;
      known.experimental = tcb.cookieReceivedExperimental;
    } else if (known.cookie === null && !tcb.synLost && tcb.synText === 0) {
      known.tryExperimental = tcb.cookieExperimental || known.tryExperimental !== 'not yet' ? 'tried' : 'now';
    }
    this.peers.set(peer, known);
    if (this.peers.size <= REMEMBERED) return;
    const [oldest] = this.peers.keys();
    this.peers.delete(oldest);
  }

  /** Forgets all peers. */
  forget(): void {
    this.peers.clear();
  }

  /** A SYN for a listener made this endpoint: what Fast Open makes of it, before the SYN is processed. */
  consider(endpoint: Endpoint, listener: Listener, seg: Segment, now: Micros): void {
    const { connection } = endpoint;
    const { options } = seg;
    const asked = options.cookieLength;
    if ((this.config.fastOpen & FastOpen.Server) === 0 || (asked < 0 && seg.dataLength === 0)) return;
    const limit = this.queueOf(listener);
    if (limit === 0) return;
    const { trace } = connection.tcb;
    freePlaces(listener, now);
    if (listener.unconfirmed >= limit) {
      trace?.decision(connection.id, now, R.FastOpenQueueFull, limit, 0, 0);
      return;
    }
    const open = listener.fastOpenBare || (this.config.fastOpen & FastOpen.ServerWithoutCookie) !== 0;
    const match = open ? 0 : this.match(seg);
    if (match >= 0) {
      endpoint.earlyFor = listener;
      listener.unconfirmed++;
      connection.answerFastOpen(true, match > 0 ? this.cookieFor(seg.src, seg.dst) : null, options.cookieExperimental);
    } else if (asked >= 0) {
      trace?.decision(connection.id, now, asked === 0 ? R.FastOpenCookie : R.FastOpenBadCookie, seg.dataLength, 0, 0);
      connection.answerFastOpen(false, this.cookieFor(seg.src, seg.dst), options.cookieExperimental);
    }
  }

  /** Which key made the cookie of a SYN; -1 = none. */
  private match(seg: Segment): number {
    const { cookie, cookieLength } = seg.options;
    return this.keys.findIndex((key) => {
      const good = this.cookieFor(seg.src, seg.dst, key);
      return cookieLength === good.length && good.every((octet, i) => octet === cookie[i]);
    });
  }

  private queueOf(listener: Listener): number {
    if (listener.fastOpenQueue > 0) return listener.fastOpenQueue;
    return (this.config.fastOpen & FastOpen.AllListeners) !== 0 ? Math.max(1, listener.backlog) : 0;
  }
}

/** The handshake of a connection that Fast Open took is done, or the connection has ended: there is room for another, after a RST later. */
export function confirmEarly(endpoint: Endpoint, now: Micros): void {
  const { tcb } = endpoint.connection;
  const listener = endpoint.earlyFor;
  if (listener === undefined || (tcb.sndUna === tcb.iss && tcb.state !== 'CLOSED')) return;
  endpoint.earlyFor = undefined;
  if (tcb.sndUna === tcb.iss && tcb.failure === 'reset') listener.fastOpenResets.push(now + RESET_HOLD);
  else listener.unconfirmed--;
}

/** Places in the queue whose time after a RST is over are free again. */
function freePlaces(listener: Listener, now: Micros): void {
  const { fastOpenResets } = listener;
  while (fastOpenResets.length > 0 && fastOpenResets[0] <= now) {
    fastOpenResets.shift();
    listener.unconfirmed--;
  }
}
