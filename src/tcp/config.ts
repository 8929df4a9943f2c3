/**
 * Every tunable of the engine with its unit. Each names the RFC's value and Linux's; where they differ the default is
 * Linux's if the RFC allows it, so that the kernel peer and we can be compared, and docs/deviations.md says why.
 */
import { type Duration, HOUR, KIB, MILLISECOND, MINUTE, SECOND } from '../util/units.js';

export interface TcpConfig {
  /** Maximum segment lifetime; TIME-WAIT lasts twice this. RFC 9293 §3.4.2: 2 min; Linux: 2MSL = 60 s. */
  readonly msl: Duration;
  /** Octets of received text that may wait for the user, and with it the largest window we offer. */
  readonly receiveBuffer: number;
  /** Largest receiveBuffer that will be set during the connection: fixes the window scale in the SYN (RFC 7323 §2.2). */
  readonly receiveBufferMax: number;
  /** Octets that SEND accepts before they are acknowledged. */
  readonly sendBuffer: number;
  readonly windowScaling: boolean;
  readonly timestamps: boolean;
  /** Offer SACK and report out-of-order text as SACK blocks (RFC 2018). */
  readonly sack: boolean;
  /** ECN (RFC 3168): ask for it and agree to it, agree only, or neither. Linux tcp_ecn: 1, 2 (its default), 0. */
  readonly ecn: 'on' | 'accept' | 'off';
  /** A SYN sent again no longer asks for ECN (RFC 3168 §6.1.1.1). Linux tcp_ecn_fallback: 1. */
  readonly ecnFallback: boolean;
  /** Upper bound of the MSS we announce and use, octets; Infinity = what the MTU gives (RFC 9293 §3.7.1). */
  readonly maxSegmentSize: number;
  /** Text segments never get smaller than this, options included, whatever MSS or path MTU says, octets. Linux tcp_min_snd_mss: 48. */
  readonly minSegmentSize: number;
  /** Text and FIN with the SYN for a listener: RFC 9293 §3.10.7.2 queues them; Linux ignores them, for the peer to send again. */
  readonly synText: 'queue' | 'ignore';
  /** RFC 9293 §3.7.4; false = send short segments at once (MUST-17). */
  readonly nagle: boolean;
  /** RFC 9293 §3.8.6.3: less than 0.5 s (MUST-40). 0 = acknowledge every segment. Linux: 40 ms. */
  readonly delayedAck: Duration;
  /** RFC 9293 §3.8.6.2.1 (4): 0.1 … 1.0 s. */
  readonly swsOverride: Duration;
  /** RFC 6298 (2.1): 1 s. */
  readonly rtoInitial: Duration;
  /** RFC 6298 (2.4): SHOULD be 1 s; Linux: 200 ms. */
  readonly rtoMin: Duration;
  /** RFC 6298 (2.5): at least 60 s; Linux: 120 s. */
  readonly rtoMax: Duration;
  /** Retransmissions of one segment before the user is told (RFC 9293 §3.8.3, SHLD-10: at least 3). */
  readonly r1: number;
  /** How long data may be retransmitted before the connection ends (SHLD-11: at least 100 s; Linux: about 924 s). */
  readonly r2: Duration;
  /** The same for a SYN (MUST-23: at least 3 minutes; Linux: about 131 s). */
  readonly r2Syn: Duration;
  /** RFC 9293 §3.10.8 USER TIMEOUT: how long data may stay unacknowledged; Infinity = R2 alone decides. */
  readonly userTimeout: Duration;
  /** RFC 9293 §3.8.4: off by default (MUST-25). */
  readonly keepAlive: boolean;
  /** At least two hours by default (MUST-28). */
  readonly keepAliveIdle: Duration;
  readonly keepAliveInterval: Duration;
  readonly keepAliveProbes: number;
  /** Send one garbage octet with each keep-alive, for erroneous peers (MAY-6). */
  readonly keepAliveOctet: boolean;
  /** How long an orphan (closed by its user in both directions) stays in FIN-WAIT-2. Linux tcp_fin_timeout: 60 s. */
  readonly finWait2Timeout: Duration;
  /** Initial congestion window, segments (RFC 6928: 10). */
  readonly initialWindow: number;
  /** Slow start grows cwnd by at most so many segments per ACK (RFC 3465 L = 2; Infinity = Linux). */
  readonly slowStartLimit: number;
  /** Challenge ACKs and ACKs for unacceptable empty segments, per second and connection (RFC 5961 §7). */
  readonly challengeAckLimit: number;
  /** Runs of out-of-order text kept apart per connection; more are discarded, for the peer to send again. */
  readonly reassemblyRanges: number;
  /**
   * TCP Fast Open (RFC 7413): a sum of bits, those of Linux's tcp_fastopen. See FastOpen. 0 = off, as RFC 9293 has it; Linux: 1,
   * which does nothing until a user asks for it.
   */
  readonly fastOpen: number;
  /**
   * SYN cookies (RFC 4987 §3.6): handshakes without memory when a listener's SYN queue is full, for every SYN, or never (SYNs are
   * dropped then). Linux tcp_syncookies: 1 (its default), 2, 0.
   */
  readonly synCookies: 'on' | 'always' | 'off';
  /** The ACK that ends a handshake finds the accept queue full: RST; otherwise it is ignored. Linux tcp_abort_on_overflow: 0. */
  readonly abortOnOverflow: boolean;
  /** IPv4 TTL, IPv6 hop limit (MUST-49). */
  readonly ttl: number;
  /** Diffserv code point of what we send, 0 … 63 (MUST-48). */
  readonly dscp: number;
}

/** Bits of TcpConfig.fastOpen, with the values that Linux gives them. */
export const FastOpen = {
  /** Active opens may send text with the SYN, if their user asks for it. */
  Client: 0x1,
  /** Listeners that have a Fast Open queue take text with the SYN. */
  Server: 0x2,
  /** Active opens send text with the SYN even without a cookie. */
  ClientWithoutCookie: 0x4,
  /** Listeners take text with any SYN, whatever cookie it has. */
  ServerWithoutCookie: 0x200,
  /** Every listener has a Fast Open queue, as long as its backlog. */
  AllListeners: 0x400,
} as const;

export const defaultConfig: TcpConfig = {
  msl: 30 * SECOND,
  receiveBuffer: 1024 * KIB,
  receiveBufferMax: 6144 * KIB,
  sendBuffer: 1024 * KIB,
  windowScaling: true,
  timestamps: true,
  sack: true,
  ecn: 'accept',
  ecnFallback: true,
  maxSegmentSize: Infinity,
  minSegmentSize: 48,
  synText: 'ignore',
  nagle: true,
  delayedAck: 40 * MILLISECOND,
  swsOverride: 200 * MILLISECOND,
  rtoInitial: 1 * SECOND,
  rtoMin: 200 * MILLISECOND,
  rtoMax: 120 * SECOND,
  r1: 3,
  r2: 924 * SECOND,
  r2Syn: 3 * MINUTE,
  userTimeout: Infinity,
  keepAlive: false,
  keepAliveIdle: 2 * HOUR,
  keepAliveInterval: 75 * SECOND,
  keepAliveProbes: 9,
  keepAliveOctet: false,
  finWait2Timeout: 60 * SECOND,
  initialWindow: 10,
  slowStartLimit: 2,
  challengeAckLimit: 100,
  reassemblyRanges: 256,
  fastOpen: 0,
  synCookies: 'on',
  abortOnOverflow: false,
  ttl: 64,
  dscp: 0,
};

/** RFC 9293's and RFC 6298's own values where the defaults follow Linux. */
export const rfcConfig: Partial<TcpConfig> = { msl: 2 * MINUTE, rtoMin: 1 * SECOND, delayedAck: 200 * MILLISECOND, synText: 'queue' };

const atLeast = (least: number) => (x: number): boolean => x >= least;
const within = (least: number, most: number) => (x: number): boolean => x >= least && x <= most;

const limits: { readonly [K in keyof TcpConfig]?: readonly [(x: number) => boolean, string] } = {
  msl: [atLeast(0), 'a duration of 0 µs or more'],
  receiveBuffer: [within(1, 2 ** 30), '1 … 2^30 octets'],
  receiveBufferMax: [within(1, 2 ** 30), '1 … 2^30 octets'],
  sendBuffer: [within(1, 2 ** 30), '1 … 2^30 octets'],
  maxSegmentSize: [atLeast(64), '64 octets or more'],
  minSegmentSize: [within(20, 536), '20 … 536 octets'],
  delayedAck: [within(0, 499_999), 'less than 0.5 s (RFC 9293 MUST-40)'],
  swsOverride: [within(100_000, 1_000_000), '0.1 … 1.0 s (RFC 9293 §3.8.6.2.1)'],
  rtoInitial: [atLeast(1), 'more than 0'],
  rtoMin: [atLeast(1), 'more than 0'],
  rtoMax: [atLeast(1), 'more than 0'],
  r1: [atLeast(1), '1 retransmission or more'],
  r2: [atLeast(0), 'a duration of 0 µs or more'],
  r2Syn: [atLeast(0), 'a duration of 0 µs or more'],
  userTimeout: [atLeast(1), 'more than 0'],
  keepAliveIdle: [atLeast(1), 'more than 0'],
  keepAliveInterval: [atLeast(1), 'more than 0'],
  keepAliveProbes: [atLeast(1), '1 or more'],
  finWait2Timeout: [atLeast(0), 'a duration of 0 µs or more'],
  initialWindow: [within(1, 1000), '1 … 1000 segments'],
  slowStartLimit: [atLeast(1), '1 segment or more'],
  challengeAckLimit: [atLeast(1), '1 or more'],
  reassemblyRanges: [within(1, 65_536), '1 … 65536'],
  fastOpen: [within(0, 0xffff), '0 … 65535, a sum of bits'],
  ttl: [within(1, 255), '1 … 255'],
  dscp: [within(0, 63), '0 … 63'],
};

const choices: { readonly [K in keyof TcpConfig]?: readonly string[] } = {
  ecn: ['on', 'accept', 'off'],
  synText: ['queue', 'ignore'],
  synCookies: ['on', 'always', 'off'],
};

/** Defaults with the changes laid over them. @throws RangeError that names the setting, its value and its range */
export function makeConfig(changes: Partial<TcpConfig> = {}, base: TcpConfig = defaultConfig): TcpConfig {
  const config = { ...base, ...changes };
  for (const [name, limit] of Object.entries(limits)) {
    const value = config[name as keyof TcpConfig];
    const [allowed, range] = limit;
    if (typeof value !== 'number' || !allowed(value)) throw new RangeError(`TCP setting ${name} is ${value}, but must be ${range}`);
  }
  for (const [name, allowed] of Object.entries(choices)) {
    const value = config[name as keyof TcpConfig];
    if (!allowed.includes(String(value))) throw new RangeError(`TCP setting ${name} is ${value}, but must be ${allowed.join(' or ')}`);
  }
  return config.receiveBufferMax < config.receiveBuffer ? { ...config, receiveBufferMax: config.receiveBuffer } : config;
}
