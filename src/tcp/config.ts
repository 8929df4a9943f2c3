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
  /**
   * Octets of the receive buffer that are offered in the SYN, rounded down to whole segments; then two segments more for each that comes. RFC: as
   * one likes, Infinity = the whole buffer at once; Linux: half of the buffer's starting size of 128 KiB, which gives 64240, with timestamps 65160.
   */
  readonly initialReceiveWindow: number;
  /** Octets that SEND accepts before they are acknowledged. */
  readonly sendBuffer: number;
  readonly windowScaling: boolean;
  readonly timestamps: boolean;
  /** Drop segments that lack the timestamp both sides agreed upon. RFC 7323 §3.2: SHOULD; Linux takes them. */
  readonly requireTimestamps: boolean;
  /** Offer SACK and report out-of-order text as SACK blocks (RFC 2018). */
  readonly sack: boolean;
  /** Report text that comes twice in the first SACK block (RFC 2883; Linux: on). */
  readonly dsack: boolean;
  /** Upper bound of the MSS we announce and use, octets; Infinity = what the MTU gives (RFC 9293 §3.7.1). */
  readonly maxSegmentSize: number;
  /** RFC 9293 §3.7.4; false = send short segments at once (MUST-17). */
  readonly nagle: boolean;
  /** Nagle holds a short segment only while another short one is unacknowledged (RFC 9293 A.3). RFC §3.7.4: no, while anything is; Linux: yes. */
  readonly nagleMinshall: boolean;
  /**
   * When text is acknowledged. `rfc`: every second full segment, or after delayedAck (RFC 9293 §3.8.6.3). `linux`: the first 16 segments
   * at once, then every second one, or after a wait that follows the peer's pace (delayedAck … delayedAckMax), or once the user has read.
   */
  readonly ackPolicy: 'linux' | 'rfc';
  /** RFC 9293 §3.8.6.3: less than 0.5 s (MUST-40). 0 = acknowledge every segment. Linux: 40 ms, the least. */
  readonly delayedAck: Duration;
  /** Longest wait of ackPolicy `linux`. RFC: less than 0.5 s; Linux: 200 ms. */
  readonly delayedAckMax: Duration;
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
  /**
   * Challenge ACKs and ACKs for unacceptable empty segments per second, of all connections of a stack (RFC 5961 §7, which leaves the number
   * open). Linux: none, because a limit that connections share can be measured by an attacker; invalidRatelimit bounds each instead.
   */
  readonly challengeAckLimit: number;
  /**
   * Least time between two answers of one connection to segments that cannot be right: challenge ACKs, ACKs for unacceptable segments without
   * text and for repeated SYNs. RFC: 0, there is none; Linux: 500 ms.
   */
  readonly invalidRatelimit: Duration;
  /**
   * Take a FIN without text that comes while our window is closed: there are peers that do not wait for it to open, and a FIN needs no room.
   * RFC 9293 Table 6: no, it comes again; Linux: yes.
   */
  readonly finInClosedWindow: boolean;
  /** Runs of out-of-order text kept apart per connection; more are discarded, for the peer to send again. */
  readonly reassemblyRanges: number;
  /**
   * Urgent data stays in the stream (RFC 9293 §3.8.5, RFC 6093 §3.4); false: its last octet is left out and given apart, as sockets
   * have it unless SO_OOBINLINE is set. Can be changed during the connection.
   */
  readonly urgentInline: boolean;
  /**
   * What the urgent pointer points to: the octet `following` urgent data (RFC 9293 MUST-62, RFC 6093; Linux), or its `last` octet
   * (RFC 1122 §4.2.2.4; Linux with tcp_stdurg=1, on receiving).
   */
  readonly urgentPointer: 'following' | 'last';
  /** Note asynchronous reports for the user (RFC 9293 §3.9.1.8, MUST-47); false = none (SHLD-20). */
  readonly errorReports: boolean;
  /** IPv4 TTL, IPv6 hop limit (MUST-49). */
  readonly ttl: number;
  /** Diffserv code point of what we send, 0 … 63 (MUST-48). */
  readonly dscp: number;
}

export const defaultConfig: TcpConfig = {
  msl: 30 * SECOND,
  receiveBuffer: 1024 * KIB,
  receiveBufferMax: 6144 * KIB,
  initialReceiveWindow: 64 * KIB,
  sendBuffer: 1024 * KIB,
  windowScaling: true,
  timestamps: true,
  requireTimestamps: false,
  sack: true,
  dsack: true,
  maxSegmentSize: Infinity,
  nagle: true,
  nagleMinshall: true,
  ackPolicy: 'linux',
  delayedAck: 40 * MILLISECOND,
  delayedAckMax: 200 * MILLISECOND,
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
  challengeAckLimit: Infinity,
  invalidRatelimit: 500 * MILLISECOND,
  finInClosedWindow: true,
  reassemblyRanges: 256,
  urgentInline: true,
  urgentPointer: 'following',
  errorReports: true,
  ttl: 64,
  dscp: 0,
};

/** RFC 9293's and RFC 6298's own values where the defaults follow Linux. */
export const rfcConfig: Partial<TcpConfig> = {
  msl: 2 * MINUTE,
  rtoMin: 1 * SECOND,
  initialReceiveWindow: Infinity,
  requireTimestamps: true,
  nagleMinshall: false,
  ackPolicy: 'rfc',
  delayedAck: 200 * MILLISECOND,
  challengeAckLimit: 100,
  invalidRatelimit: 0,
  finInClosedWindow: false,
};

const atLeast = (least: number) => (x: number): boolean => x >= least;
const within = (least: number, most: number) => (x: number): boolean => x >= least && x <= most;

const limits: { readonly [K in keyof TcpConfig]?: readonly [(x: number) => boolean, string] } = {
  msl: [atLeast(0), 'a duration of 0 µs or more'],
  receiveBuffer: [within(1, 2 ** 30), '1 … 2^30 octets'],
  receiveBufferMax: [within(1, 2 ** 30), '1 … 2^30 octets'],
  initialReceiveWindow: [atLeast(1), '1 octet or more'],
  sendBuffer: [within(1, 2 ** 30), '1 … 2^30 octets'],
  maxSegmentSize: [atLeast(64), '64 octets or more'],
  delayedAck: [within(0, 499_999), 'less than 0.5 s (RFC 9293 MUST-40)'],
  delayedAckMax: [within(0, 499_999), 'less than 0.5 s (RFC 9293 MUST-40)'],
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
  invalidRatelimit: [atLeast(0), 'a duration of 0 µs or more'],
  reassemblyRanges: [within(1, 65_536), '1 … 65536'],
  ttl: [within(1, 255), '1 … 255'],
  dscp: [within(0, 63), '0 … 63'],
};

/** Defaults with the changes laid over them. @throws RangeError that names the setting, its value and its range */
export function makeConfig(changes: Partial<TcpConfig> = {}, base: TcpConfig = defaultConfig): TcpConfig {
  const config = { ...base, ...changes };
  for (const [name, limit] of Object.entries(limits)) {
    const value = config[name as keyof TcpConfig];
    const [allowed, range] = limit;
    if (typeof value !== 'number' || !allowed(value)) throw new RangeError(`TCP setting ${name} is ${value}, but must be ${range}`);
  }
  return config.receiveBufferMax < config.receiveBuffer ? { ...config, receiveBufferMax: config.receiveBuffer } : config;
}
