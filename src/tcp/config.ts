/**
 * Every tunable of the engine with its unit. Each names the RFC's value and Linux's; where they differ the default is
 * Linux's if the RFC allows it, so that the kernel peer and we can be compared, and docs/deviations.md says why.
 */
import { type Duration, HOUR, KIB, MILLISECOND, MINUTE, SECOND } from '../util/units.js';
import { isIpOptionArea } from '../wire/ip-options.js';
import type { CongestionControlFactory } from './congestion/congestion.js';
import { Reno } from './congestion/reno.js';
import type { PathMtuDiscovery } from './path-mtu.js';
import { Unsafe } from './unsafe.js';

export interface TcpConfig {
  /** What protects TCP is left out, for labs alone; null = nothing is. */
  readonly unsafe: Unsafe | null;
  /** Maximum segment lifetime; TIME-WAIT lasts twice this. RFC 9293 §3.4.2: 2 min; Linux: 2MSL = 60 s. */
  readonly msl: Duration;
  /** Octets of received text that may wait for the user, and with it the largest window we offer. */
  readonly receiveBuffer: number;
  /** Largest receiveBuffer that will be set during the connection: fixes the window scale in the SYN (RFC 7323 §2.2). */
  readonly receiveBufferMax: number;
  /**
   * Octets of memory for received text with the structures around it, as Linux counts (twice SO_RCVBUF, or tcp_rmem): the window follows from what
   * the peer's segments take of it, and a segment that begins in the window but ends beyond is taken whole if nothing waits for the user, else not
   * at all. RFC: 0, receiveBuffer counts text alone and what is beyond the window is cut off; Linux: 131072.
   */
  readonly receiveMemory: number;
  /** Largest receiveMemory that text out of order may make it grow to, once the connection has a user. Linux: tcp_rmem's last, 6 MiB, unless SO_RCVBUF is set. */
  readonly receiveMemoryMax: number;
  /** Text that came before a RST can still be read, as on Linux. false = it is gone with the queues (RFC 9293 §3.10.7.4). */
  readonly keepTextOnReset: boolean;
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
  /** ECN (RFC 3168): ask for it and agree to it, agree only, or neither. Linux tcp_ecn: 1, 2 (its default), 0. */
  readonly ecn: 'on' | 'accept' | 'off';
  /** A SYN sent again no longer asks for ECN (RFC 3168 §6.1.1.1). Linux tcp_ecn_fallback: 1. */
  readonly ecnFallback: boolean;
  /** Upper bound of the MSS we announce and use, octets; Infinity = what the MTU gives (RFC 9293 §3.7.1). */
  readonly maxSegmentSize: number;
  /** Text segments never get smaller than this, options included, whatever MSS or path MTU says, octets. Linux tcp_min_snd_mss: 48. */
  readonly minSegmentSize: number;
  /**
   * Segments are at most half of the largest window that the peer has offered, so that he can acknowledge one while the next is on its way; a rest of the
   * window that is shorter is filled only behind full segments. RFC 9293: no, half of the window is worth a segment (§3.8.6.2.1); Linux: yes.
   */
  readonly halfWindowSegments: boolean;
  /** Text and FIN with the SYN for a listener: RFC 9293 §3.10.7.2 queues them; Linux ignores them, for the peer to send again. */
  readonly synText: 'queue' | 'ignore';
  /** RFC 9293 §3.7.4; false = send short segments at once (MUST-17). */
  readonly nagle: boolean;
  /** Nagle holds a short segment only while another short one is unacknowledged (RFC 9293 A.3). RFC §3.7.4: no, while anything is; Linux: yes. */
  readonly nagleMinshall: boolean;
  /**
   * New text that goes out together is a burst, whose last segment says PSH: of so many segments at least, of more where the path is fast.
   * 0 = PSH only where a SEND ended, which is all that RFC 9293 asks for (MUST-61). Linux: 2 (tcp_min_tso_segs).
   */
  readonly burstSegments: number;
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
  /** RFC 6298 (2.4): SHOULD be 1 s; Linux: 200 ms, as the floor of the variance term. Settable during the connection. */
  readonly rtoMin: Duration;
  /** RFC 6298 (2.5): at least 60 s; Linux: 120 s. */
  readonly rtoMax: Duration;
  /** How round trips make the timeout: RFC 6298's formula with rtoMin as the floor of the sum, or Linux's variant of it. */
  readonly rttEstimator: 'linux' | 'rfc6298';
  /** Retransmissions of one segment before the user is told (RFC 9293 §3.8.3, SHLD-10: at least 3). */
  readonly r1: number;
  /** How long data may be retransmitted before the connection ends (SHLD-11: at least 100 s; Linux: about 924 s). */
  readonly r2: Duration;
  /** The same for a SYN (MUST-23: at least 3 minutes; Linux: about 131 s). */
  readonly r2Syn: Duration;
  /**
   * R2 for data as a count (Linux tcp_retries2: 15): retransmissions end with the first timeout that comes, after the first
   * retransmission, as late as so many doublings from 200 ms on; unanswered window probes are counted as such. Infinity = r2 decides.
   */
  readonly retries2: number;
  /** R2 for a SYN as a count (Linux tcp_syn_retries: 6, too few for MUST-23 with rtoInitial 1 s); Infinity = r2Syn decides. */
  readonly synRetries: number;
  /** So many first retransmissions of a SYN do not double the timeout, and do not count (Linux tcp_syn_linear_timeouts: 4). */
  readonly synLinearTimeouts: number;
  /** The same as synRetries for the SYN,ACK of a passive OPEN (Linux tcp_synack_retries: 5). */
  readonly synAckRetries: number;
  /** retries2 for an orphan (Linux tcp_orphan_retries: 0, which means 8 until the timeout has grown to rtoMax, then none). */
  readonly orphanRetries: number;
  /** RFC 9293 §3.10.8 USER TIMEOUT: how long data may stay unacknowledged, in place of R2 (not of a SYN's); Infinity = R2 decides. */
  readonly userTimeout: Duration;
  /** The user timeout runs from when data was sent (the RFC), or from its first retransmission or probe on (Linux). */
  readonly userTimeoutFrom: 'send' | 'retransmission';
  /** Tell the peer our user timeout, and adopt his unless the user has fixed ours (RFC 5482). Linux: never. */
  readonly userTimeoutOption: boolean;
  /** The peer's may take its place (RFC 5482's CHANGEABLE); false = the user has chosen it. Setting it during the connection makes this false. */
  readonly userTimeoutChangeable: boolean;
  /** Least user timeout to adopt from the peer (RFC 5482's L_LIMIT: not below 100 s, R2's minimum). */
  readonly userTimeoutMin: Duration;
  /** Largest user timeout to adopt from the peer (RFC 5482's U_LIMIT). */
  readonly userTimeoutMax: Duration;
  /** A probe of a closed window is new text of one octet (RFC 9293 §3.8.6.1), or an old, empty segment (Linux). */
  readonly zeroWindowProbe: 'octet' | 'empty';
  /** RFC 9293 §3.8.4: off by default (MUST-25). */
  readonly keepAlive: boolean;
  /** At least two hours by default (MUST-28). */
  readonly keepAliveIdle: Duration;
  readonly keepAliveInterval: Duration;
  readonly keepAliveProbes: number;
  /** Send one garbage octet with each keep-alive, for erroneous peers (MAY-6). */
  readonly keepAliveOctet: boolean;
  /** How long an orphan (closed by its user in both directions) stays in FIN-WAIT-2, but never less than 3.5 RTO; negative = not at all, RST. Linux tcp_fin_timeout: 60 s. */
  readonly finWait2Timeout: Duration;
  /** A RST does not end TIME-WAIT (RFC 1337 §4, fix F1). RFC 9293: it does; Linux tcp_rfc1337: 0. */
  readonly rfc1337: boolean;
  /** An active OPEN may take over a connection in TIME-WAIT that had timestamps (Linux tcp_tw_reuse: 1). RFC 9293 and default: it may not. */
  readonly timeWaitReuse: boolean;
  /** For that the last timestamp of the old connection must be older than so long (Linux tcp_tw_reuse_delay: 1 s). */
  readonly timeWaitReuseDelay: Duration;
  /** Initial congestion window, segments (RFC 6928: 10). */
  readonly initialWindow: number;
  /** Who reacts to congestion. RFC 5681 and default: Reno; others may (MAY-18). Linux: tcp_congestion_control. */
  readonly congestionControl: CongestionControlFactory;
  /** Slow start grows cwnd by at most so many segments per ACK (RFC 3465 L = 2; Infinity = Linux). */
  readonly slowStartLimit: number;
  /** After the sender was idle for longer than the RTO the window is reduced (RFC 5681 §4.1, Linux tcp_slow_start_after_idle: 1). */
  readonly slowStartAfterIdle: boolean;
  /** How: at once to the restart window (RFC 5681), or by half for each RTO of idleness, down to it (RFC 2861, Linux). */
  readonly idleDecay: 'restart' | 'halve';
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
  /** IPv4 options of every segment (MUST-51), made by ipOptionArea(); at most 40 octets, which segments of text are shorter by. */
  readonly ipOptions: Uint8Array;
  /** Answer along the source route that a peer's segment came by (MUST-53). Linux: false, as accept_source_route; such packets are then dropped. */
  readonly acceptSourceRoutes: boolean;
  /**
   * ICMP's soft errors (net, host unreachable, time exceeded …) end an attempt to open, as on Linux and as RFC 5461 §4 describes. RFC 9293:
   * false (MUST-56).
   */
  readonly softErrorsEndOpening: boolean;
  /** ICMP's hard errors (protocol, port unreachable) end a connection that is open. RFC 9293: true (SHLD-26); Linux: false. */
  readonly hardErrorsAbort: boolean;
  /** When Don't Fragment is set and routers are heeded (RFC 1191). RFC 9293 and Linux: 'want'. */
  readonly pathMtuDiscovery: PathMtuDiscovery;
  /** IPv4: narrowest path that segments shrink for, octets; below it Don't Fragment is cleared. RFC 1191: 68; Linux min_pmtu: 552. */
  readonly minPathMtu: number;
  /** A router that says "too big" and no size: try the next smaller size that networks have (RFC 1191 §7); false = minPathMtu at once, as Linux. */
  readonly mtuPlateaus: boolean;
  /** How long a path MTU is believed. RFC 1191 §6.3, RFC 8201 §4: 10 min, never less than 5 min; Linux: 10 min. */
  readonly pathMtuAge: Duration;
  /** Believe "too big" only if something larger is outstanding (RFC 5927 §7). Linux: false. */
  readonly verifyTooBig: boolean;
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
  unsafe: null,
  msl: 30 * SECOND,
  receiveBuffer: 1024 * KIB,
  receiveBufferMax: 6144 * KIB,
  receiveMemory: 0,
  receiveMemoryMax: 0,
  keepTextOnReset: false,
  initialReceiveWindow: 64 * KIB,
  sendBuffer: 1024 * KIB,
  windowScaling: true,
  timestamps: true,
  requireTimestamps: false,
  sack: true,
  dsack: true,
  ecn: 'accept',
  ecnFallback: true,
  maxSegmentSize: Infinity,
  minSegmentSize: 48,
  halfWindowSegments: false,
  synText: 'ignore',
  nagle: true,
  nagleMinshall: true,
  burstSegments: 2,
  ackPolicy: 'linux',
  delayedAck: 40 * MILLISECOND,
  delayedAckMax: 200 * MILLISECOND,
  swsOverride: 200 * MILLISECOND,
  rtoInitial: 1 * SECOND,
  rtoMin: 200 * MILLISECOND,
  rtoMax: 120 * SECOND,
  rttEstimator: 'linux',
  r1: 3,
  r2: 924 * SECOND,
  r2Syn: 3 * MINUTE,
  retries2: Infinity,
  synRetries: Infinity,
  synLinearTimeouts: 0,
  synAckRetries: Infinity,
  orphanRetries: 0,
  userTimeout: Infinity,
  userTimeoutFrom: 'send',
  userTimeoutOption: false,
  userTimeoutChangeable: true,
  userTimeoutMin: 100 * SECOND,
  userTimeoutMax: 24 * HOUR,
  zeroWindowProbe: 'octet',
  keepAlive: false,
  keepAliveIdle: 2 * HOUR,
  keepAliveInterval: 75 * SECOND,
  keepAliveProbes: 9,
  keepAliveOctet: false,
  finWait2Timeout: 60 * SECOND,
  rfc1337: false,
  timeWaitReuse: false,
  timeWaitReuseDelay: 1 * SECOND,
  initialWindow: 10,
  congestionControl: ({ slowStartLimit }) => new Reno(slowStartLimit),
  slowStartLimit: 2,
  slowStartAfterIdle: true,
  idleDecay: 'halve',
  challengeAckLimit: Infinity,
  invalidRatelimit: 500 * MILLISECOND,
  finInClosedWindow: true,
  reassemblyRanges: 256,
  urgentInline: true,
  urgentPointer: 'following',
  errorReports: true,
  fastOpen: 0,
  synCookies: 'on',
  abortOnOverflow: false,
  ttl: 64,
  dscp: 0,
  ipOptions: new Uint8Array(0),
  acceptSourceRoutes: true,
  softErrorsEndOpening: false,
  hardErrorsAbort: false,
  pathMtuDiscovery: 'want',
  minPathMtu: 552,
  mtuPlateaus: true,
  pathMtuAge: 10 * MINUTE,
  verifyTooBig: false,
};

/** RFC 9293's and RFC 6298's own values where the defaults follow Linux. */
export const rfcConfig: Partial<TcpConfig> = {
  msl: 2 * MINUTE,
  rtoMin: 1 * SECOND,
  rttEstimator: 'rfc6298',
  orphanRetries: Infinity,
  idleDecay: 'restart',
  initialReceiveWindow: Infinity,
  requireTimestamps: true,
  nagleMinshall: false,
  burstSegments: 0,
  ackPolicy: 'rfc',
  delayedAck: 200 * MILLISECOND,
  challengeAckLimit: 100,
  invalidRatelimit: 0,
  finInClosedWindow: false,
  hardErrorsAbort: true,
  minPathMtu: 68,
  verifyTooBig: true,
  synText: 'queue',
};

/** Linux's own values where the RFCs do not allow them as a default: for whoever plays a Linux host. */
export const linuxConfig: Partial<TcpConfig> = {
  r2: Infinity,
  r2Syn: Infinity,
  retries2: 15,
  synRetries: 6,
  synLinearTimeouts: 4,
  synAckRetries: 5,
  userTimeoutFrom: 'retransmission',
  zeroWindowProbe: 'empty',
  slowStartLimit: Infinity,
  halfWindowSegments: true,
};

const atLeast = (least: number) => (x: number): boolean => x >= least;
const within = (least: number, most: number) => (x: number): boolean => x >= least && x <= most;

const limits: { readonly [K in keyof TcpConfig]?: readonly [(x: number) => boolean, string] } = {
  msl: [atLeast(0), 'a duration of 0 µs or more'],
  receiveBuffer: [within(1, 2 ** 30), '1 … 2^30 octets'],
  receiveBufferMax: [within(1, 2 ** 30), '1 … 2^30 octets'],
  receiveMemory: [within(0, 2 ** 31 - 1), '0 … 2^31-1 octets'],
  receiveMemoryMax: [within(0, 2 ** 31 - 1), '0 … 2^31-1 octets'],
  initialReceiveWindow: [atLeast(1), '1 octet or more'],
  sendBuffer: [within(1, 2 ** 30), '1 … 2^30 octets'],
  maxSegmentSize: [atLeast(64), '64 octets or more'],
  minSegmentSize: [within(20, 536), '20 … 536 octets'],
  burstSegments: [within(0, 64), '0 … 64 segments'],
  delayedAck: [within(0, 499_999), 'less than 0.5 s (RFC 9293 MUST-40)'],
  delayedAckMax: [within(0, 499_999), 'less than 0.5 s (RFC 9293 MUST-40)'],
  swsOverride: [within(100_000, 1_000_000), '0.1 … 1.0 s (RFC 9293 §3.8.6.2.1)'],
  rtoInitial: [atLeast(1), 'more than 0'],
  rtoMin: [atLeast(1), 'more than 0'],
  rtoMax: [atLeast(1), 'more than 0'],
  r1: [atLeast(1), '1 retransmission or more'],
  r2: [atLeast(0), 'a duration of 0 µs or more'],
  r2Syn: [atLeast(0), 'a duration of 0 µs or more'],
  retries2: [atLeast(0), '0 retransmissions or more'],
  synRetries: [atLeast(0), '0 retransmissions or more'],
  synLinearTimeouts: [atLeast(0), '0 retransmissions or more'],
  synAckRetries: [atLeast(0), '0 retransmissions or more'],
  orphanRetries: [atLeast(0), '0 retransmissions or more'],
  userTimeout: [atLeast(1), 'more than 0'],
  userTimeoutMin: [atLeast(1), 'more than 0'],
  userTimeoutMax: [atLeast(1), 'more than 0'],
  keepAliveIdle: [atLeast(1), 'more than 0'],
  keepAliveInterval: [atLeast(1), 'more than 0'],
  keepAliveProbes: [atLeast(1), '1 or more'],
  finWait2Timeout: [atLeast(-Infinity), 'a duration, or negative for none'],
  timeWaitReuseDelay: [atLeast(0), 'a duration of 0 µs or more'],
  initialWindow: [within(1, 1000), '1 … 1000 segments'],
  slowStartLimit: [atLeast(1), '1 segment or more'],
  challengeAckLimit: [atLeast(1), '1 or more'],
  invalidRatelimit: [atLeast(0), 'a duration of 0 µs or more'],
  reassemblyRanges: [within(1, 65_536), '1 … 65536'],
  fastOpen: [within(0, 0xffff), '0 … 65535, a sum of bits'],
  ttl: [within(1, 255), '1 … 255'],
  dscp: [within(0, 63), '0 … 63'],
  minPathMtu: [within(68, 65_535), '68 … 65535 octets'],
  pathMtuAge: [atLeast(5 * MINUTE), '5 min or more (RFC 1191 §6.3)'],
};

const choices: { readonly [K in keyof TcpConfig]?: readonly string[] } = {
  ecn: ['on', 'accept', 'off'],
  synText: ['queue', 'ignore'],
  synCookies: ['on', 'always', 'off'],
};

/** Defaults with the changes laid over them. @throws RangeError that names the setting, its value and its range */
export function makeConfig(changes: Partial<TcpConfig> = {}, base: TcpConfig = defaultConfig): TcpConfig {
  const config = { ...base, ...changes };
  checkSettings(config);
  return config.receiveBufferMax < config.receiveBuffer ? { ...config, receiveBufferMax: config.receiveBuffer } : config;
}

/** @throws RangeError that names the setting, its value and its range */
export function checkSettings(config: Partial<TcpConfig>): void {
  for (const [name, limit] of Object.entries(limits)) {
    if (!(name in config)) continue;
    const value: unknown = config[name as keyof TcpConfig];
    const [allowed, range] = limit;
    if (typeof value !== 'number' || !allowed(value)) throw new RangeError(`TCP setting ${name} is ${String(value)}, but must be ${range}`);
  }
  for (const [name, allowed] of Object.entries(choices)) {
    if (!(name in config)) continue;
    const value: unknown = config[name as keyof TcpConfig];
    if (!allowed.includes(String(value))) throw new RangeError(`TCP setting ${name} is ${String(value)}, but must be ${allowed.join(' or ')}`);
  }
  if (config.unsafe !== undefined && config.unsafe !== null && !(config.unsafe instanceof Unsafe)) throw new RangeError('TCP setting unsafe must be null: unsafe variants exist in labs alone');
  if (config.ipOptions !== undefined && !isIpOptionArea(config.ipOptions)) throw new RangeError('TCP setting ipOptions must be what ipOptionArea() makes: whole IPv4 options, at most 40 octets');
}
