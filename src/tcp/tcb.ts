/**
 * The transmission control block: the RFC's variables under the RFC's names (RFC 9293 §3.3.1), in one plain class whose
 * behaviour lives in functions by RFC step.
 *
 *        1         2          3          4               1          2          3
 *   ----------|----------|----------|----------     ----------|----------|----------
 *          SND.UNA    SND.NXT    SND.UNA                   RCV.NXT    RCV.NXT
 *                               +SND.WND                             +RCV.WND
 *   1 acknowledged  2 sent, not acknowledged         1 received and acknowledged
 *   3 may be sent   4 not allowed yet                2 may be received  3 not allowed yet
 */
import { Address } from '../util/address.js';
import { ByteRing } from '../util/byte-ring.js';
import { type Seq, seqAdd, seqDiff } from '../util/seq.js';
import type { Duration, Micros } from '../util/units.js';
import type { Tracer, Variables } from '../trace/tracer.js';
import type { ReceivedIpOptions } from '../wire/ip-options.js';
import { type CongestionControl, type CongestionWindow, initialCongestionWindow } from './congestion/congestion.js';
import { Chronograph } from './chronograph.js';
import type { TcpConfig } from './config.js';
import { RetransmitQueue } from './loss/retransmit-queue.js';
import { AckState } from './receive/ack-state.js';
import { ChallengeCount } from './receive/challenge.js';
import { Reassembly } from './receive/reassembly.js';
import type { PathMtu, PathMtuDiscovery } from './path-mtu.js';
import type { ErrorReport } from './reports.js';
import { RoundTrip } from './rtt.js';
import type { TcpState } from './state.js';
import { type TimerSettings, timerSettings } from './timers/settings.js';
import { TimerTable } from './timers/timer-table.js';

/** What happened that the user should look at: bits, taken by takeSignals(). */
export const Signal = {
  Connected: 1,
  Readable: 2,
  Writable: 4,
  /** The peer's FIN: no text follows what is readable. */
  PeerFinished: 8,
  Failed: 16,
  /** The TCB is gone (state CLOSED). */
  Closed: 32,
  Urgent: 64,
  /** R1 reached: delivery has problems (RFC 9293 SHLD-9). */
  Delivery: 128,
  /** R1 reached: for IP, which may know another way (MUST-20). The stack takes it; users need not look. */
  NegativeAdvice: 512,
  /** There are reports to take (RFC 9293 §3.9.1.8). */
  Report: 256,
} as const;

/** Why a connection ended otherwise than by FINs. */
export type TcpFailure =
  | 'refused' | 'reset' | 'timed-out' | 'user-timeout' | 'aborted'
  // said by ICMP (icmp-errors.ts)
  | 'net-unreachable' | 'host-unreachable' | 'protocol-unreachable' | 'source-route-failed' | 'host-down' | 'host-isolated' | 'prohibited'
  | 'protocol-error' | 'packet-too-big';

/** What a call returns when it cannot be served (RFC 9293 §3.10). */
export type CallError = 'connection-does-not-exist' | 'connection-already-exists' | 'connection-closing' | 'remote-unspecified';

/** An answer to a segment that is not part of the connection's own stream: RST (or nothing). */
export interface PendingReset {
  due: boolean;
  seq: Seq;
  ack: Seq;
  withAck: boolean;
  /** Of our own accord, not in answer to a segment. */
  active: boolean;
  rule: number;
  /** Octets that the rule tells of. */
  octets: number;
}

/** Where the user wants a segment to end, and whether what ends there is pushed. */
export interface RecordEnd {
  readonly end: Seq;
  readonly pushed: boolean;
}

const NO_OPTIONS = new Uint8Array(0);
/** Of 256. */
const HALF = 128;
/** More than any receive buffer: the window has no limit of its own. */
export const NO_LIMIT = 2 ** 30;

/** Octets that timestamps take in every segment. */
export const TIMESTAMP_OPTION = 12;

export interface ConnectionOptions {
  readonly id: number;
  readonly config: TcpConfig;
  readonly local: Address;
  readonly localPort: number;
  /** Unspecified for a passive OPEN that takes anybody. */
  readonly remote?: Address;
  readonly remotePort?: number;
  /** Largest IP packet the device carries. */
  readonly mtu: number;
  /** What others have learnt of the path. */
  readonly path?: PathMtu | undefined;
  /** Initial send sequence number (RFC 6528: chosen outside, by tuple, secret and clock). */
  readonly iss: Seq;
  /** Added to our timestamp clock (RFC 7323 §5.4 advises one per connection). */
  readonly timestampOffset?: number;
  readonly trace?: Tracer | null;
  /** Shared by all connections of a stack; of its own otherwise. */
  readonly challenges?: ChallengeCount;
}

export class Tcb implements Variables {
  readonly id: number;
  readonly config: TcpConfig;
  readonly trace: Tracer | null;
  state: TcpState = 'CLOSED';
  failure: TcpFailure | null = null;
  signals = 0;
  /** Reached SYN-RECEIVED from LISTEN, so that a RST leads back there (MUST-11). */
  passive = false;
  openedAt: Micros = 0;
  /** The listener has room for the connection once its handshake is done. */
  admitted = true;

  // sockets
  readonly local: Address;
  readonly localPort: number;
  remote: Address;
  remotePort: number;
  /** The remote socket was named at OPEN; otherwise it is whoever sent last. */
  readonly remoteGiven: boolean;

  // send sequence space
  iss: Seq;
  sndUna: Seq;
  sndNxt: Seq;
  sndWnd = 0;
  /** Largest SND.WND seen: RFC 9293 §3.8.6.2.1's Max(SND.WND), RFC 5961's MAX.SND.WND. */
  maxSndWnd = 0;
  sndWl1 = 0 as Seq;
  sndWl2 = 0 as Seq;
  /** First octet after urgent data; meaningful while `urgentSending`. */
  sndUp = 0 as Seq;
  urgentSending = false;
  /** The segment that carries the octet before this one says PSH: a SEND ended there. */
  sndPush: Seq;
  /** No segment has text from both sides of these (Linux's MSG_EOR): in order, most connections have none. */
  readonly recordEnds: RecordEnd[] = [];
  /** Segments of the burst that is going out, and those of them that are still to go. */
  burstLength = 0;
  burstLeft = 0;
  /** End of the last segment that was not full. */
  sndSmall: Seq;
  /** Shift of the windows the peer sends (RFC 7323's Snd.Wind.Shift). */
  sndScale = 0;
  readonly sndBuf: ByteRing;
  /** Sequence number of the first octet in sndBuf. */
  sndBufSeq: Seq;
  readonly queue = new RetransmitQueue();

  // receive sequence space
  irs = 0 as Seq;
  rcvNxt = 0 as Seq;
  /** Right edge RCV.NXT + RCV.WND, the furthest ever offered: it never moves left. */
  rcvAdv = 0 as Seq;
  rcvUp = 0 as Seq;
  urgentReceiving = false;
  /** The urgent octet was given out of band. */
  urgentTaken = false;
  /** Text up to here came with PSH; meaningful once `pushSeen`. */
  rcvPush = 0 as Seq;
  pushSeen = false;
  rcvScale = 0;
  /** No more than this is offered until the peer has shown that he fills his segments. An integer always: it is used for each segment. */
  rcvLimit = NO_LIMIT;
  /** Memory for received text, what is used of it, and the share of it that is text, in 1/256 (receive/memory.ts); 0 = text alone is counted. */
  rcvMemory: number;
  rcvMemoryUsed = 0;
  rcvShare = HALF;
  readonly rcvBuf: ByteRing;
  readonly reassembly: Reassembly;
  /** RCV.NXT as last acknowledged (RFC 7323's Last.ACK.sent). */
  lastAckSent = 0 as Seq;
  /** The window as last sent, octets. */
  lastWndSent = 0;
  /** Largest text of one segment so far: the peer's idea of a full segment. */
  rcvMss = 0;

  // closing
  /** The user said CLOSE; the FIN may still wait for queued text. */
  closeRequested = false;
  /** Our FIN was sent; finSeq is its own number. */
  finSent = false;
  finSeq = 0 as Seq;
  /** The peer's FIN is known, at peerFinSeq; `peerFinished` once RCV.NXT is past it. */
  peerFinKnown = false;
  peerFinSeq = 0 as Seq;
  peerFinished = false;
  /** A user holds it: not a listener only. */
  attended = false;
  /** The user has gone in both directions. */
  orphaned = false;
  /** The user reads no more. */
  receiveShut = false;
  /** SEND took less than it was given: the user waits for Writable. */
  userWaits = false;
  /** The user waits for the handshake, with text. */
  writePending = false;
  /** The user has more to send and no room, where room is counted above the engine. */
  starved = false;

  // what the user may change while the connection lives; the rest of config is fixed
  nagle: boolean;
  keepAlive: boolean;
  readonly settings: TimerSettings;
  /** The user has set the user timeout, so the peer's advice does not count (RFC 5482's CHANGEABLE is false). */
  userTimeoutFixed: boolean;
  /** The user timeout is to be told to the peer with the next segment that has room. */
  userTimeoutDue = false;
  /** What the peer has told of his; -1 = nothing. */
  peerUserTimeout: Duration = -1;
  /** Only full segments, by the user's wish: until he draws the cork, or for this SEND. */
  corked = false;
  moreComing = false;
  urgentInline: boolean;

  // asynchronous reports (reports.ts)
  errorReports: boolean;
  reports: ErrorReport[] = [];

  // what is due, set by input and calls, served by output
  synDue = false;
  synAckSent = false;
  ackNow = false;
  /** Duplicate ACKs owed, one for each out-of-order segment: they must not be merged. */
  dupAcksDue = 0;
  probeDue = false;
  keepAliveDue = false;
  overrideDue = false;
  windowUpdateDue = false;
  /** The rule that made the ACK due. */
  ackRule = 0;
  /** Octets received and not yet acknowledged. */
  ackPending = 0;
  readonly ack = new AckState();
  /** Text [dsackStart, dsackEnd) came twice: the next ACK says so (RFC 2883). */
  dsackDue = false;
  dsackStart = 0 as Seq;
  dsackEnd = 0 as Seq;
  readonly reset: PendingReset = { due: false, seq: 0 as Seq, ack: 0 as Seq, withAck: false, active: false, rule: 0, octets: 0 };

  // options agreed upon
  timestamps = false;
  timestampOffset: number;
  tsRecent = 0;
  tsRecentAt: Micros = 0;
  sackPermitted = false;
  /** Both SYNs carried a window scale, be it 0. */
  scalingAgreed = false;
  /** ECN was agreed upon (RFC 3168 §6.1.1). */
  ecn = false;
  /** Our text may be marked as well: ECN was agreed upon, and we have sent no SYN without it. */
  ect = false;
  /** Congestion was experienced on the way here: ECE in all that we send, until the peer says CWR (RFC 3168 §6.1.3). */
  ecnEcho = false;
  /** The peer has sent an ECN-capable segment: one without is likely a retransmission. */
  ecnSeen = false;
  /** The congestion window was reduced: CWR goes with the next new text (RFC 3168 §6.1.2). */
  cwrDue = false;
  /** cwnd was reduced, with SND.NXT at ecnRecover: until that is passed ECE says nothing new. */
  ecnReduced = false;
  ecnRecover: Seq;

  // Fast Open (RFC 7413)
  /** The cookie that our first SYN or SYN,ACK carries; empty = a request for one; null = no such option. */
  cookie: Uint8Array | null = null;
  cookieExperimental = false;
  /** Active: octets of text in our SYN. `synTextAcked` once the peer's SYN,ACK took all of it; passive: we took text of the peer's SYN. */
  synText = 0;
  synTextAcked = false;
  /** Active: our SYN had a Fast Open option, and the SYN,ACK brought this cookie (null = none). */
  cookieAsked = false;
  cookieReceived: Uint8Array | null = null;
  cookieReceivedExperimental = false;
  /** Passive: open for the user since the SYN, before the handshake is done. */
  openedEarly = false;

  // segment sizes
  /** Largest IP packet that the device carries, and the path as far as it is known (path-mtu.ts). */
  readonly linkMtu: number;
  mtu: number;
  pathMtuExpires: Micros = Infinity;
  pathMtuDiscovery: PathMtuDiscovery;
  /** The path is narrower than we go: Don't Fragment is off. */
  fragmentable = false;
  /** Eff.snd.MSS without options of the segment itself (RFC 9293 §3.7.1): text per segment. */
  sndMss = 0;
  peerMss = 0;

  // loss, congestion
  readonly rtt: RoundTrip;
  /** A round trip is being timed: the next sample waits for rttMark. */
  rttTiming = false;
  rttMark = 0 as Seq;
  readonly congestion: CongestionControl;
  readonly window: CongestionWindow;
  dupAcks = 0;
  /** SND.NXT at the first of them: what was sent since is limited transmit (RFC 3042). */
  limitedFrom = 0 as Seq;
  /** Octets that duplicate ACKs say have left the network (there is no SACK to tell which). */
  dupAckedOctets = 0;
  inRecovery = false;
  /** RFC 6582's recover: SND.NXT when the last loss was found. */
  recover: Seq;
  /** Retransmission timeouts in a row, and when the first of them was (of a SYN: when it was first sent). */
  timeouts = 0;
  stalledSince: Micros = 0;
  /** Window probes since the window closed, when the first was due, and those since the peer was last heard. */
  probes = 0;
  probesSince: Micros = 0;
  probesUnanswered = 0;
  keepAlives = 0;
  /** The SYN had to be sent again: the initial window is one segment (RFC 5681 §3.1). */
  synLost = false;
  /** cwnd, not the user or the peer's window, bounds what is in flight: only then may ACKs grow it (RFC 5681 §3.1). */
  cwndLimited = false;
  /** Most octets outstanding in the window of data that ends at `useEnd`. */
  mostInFlight = 0;
  useEnd: Seq;
  /** When SND.UNA last moved, or the queue became non-empty. */
  unackedSince: Micros = 0;
  lastSentAt: Micros = 0;
  lastHeardAt: Micros = 0;
  r1Told = false;
  /** The hold rule last told, so that one wait is explained once. */
  heldBy = 0;

  readonly timers = new TimerTable();

  // challenge ACKs (RFC 5961 §7)
  readonly challenges: ChallengeCount;
  /** When a segment that cannot be right was last answered with an ACK. */
  answeredInvalidAt: Micros = -Infinity;

  /** Why the SYN just looked at may end TIME-WAIT; 0 = it may not. */
  incarnationRule = 0;

  // IP
  ipId: number;
  /** Upper six bits of the Diffserv field, of what is sent and of what arrived last (MUST-48, MAY-9). */
  dscp: number;
  rcvDscp = 0;
  ttl: number;
  /** IPv4 options (ip-options.ts): as every segment carries them, the user's, the way back; where a route begins; what arrived last. */
  ipOptions: Uint8Array = NO_OPTIONS;
  ipOptionsGiven: Uint8Array;
  returnRoute: Uint8Array = NO_OPTIONS;
  firstHop: Address | null = null;
  rcvIpOptions: ReceivedIpOptions | null = null;
  /** What ICMP said last and did not end the connection: the reason to give should it time out. An acknowledgement takes it back. */
  softError: TcpFailure | null = null;
  /** The connection ended because of what ICMP said. */
  endedByIcmp = false;

  // for STATUS: times, totals
  readonly chronograph = new Chronograph();
  establishedAt: Micros = 0;
  segmentsIn = 0;
  segmentsOut = 0;
  synAcksOut = 0;
  retransmissions = 0;
  octetsIn = 0;
  octetsOut = 0;
  octetsResent = 0;
  textSegmentsIn = 0;
  textSegmentsOut = 0;
  /** Segments whose text came before its turn. */
  earlySegments = 0;
  timeoutsEver = 0;

  constructor(options: ConnectionOptions) {
    const { config } = options;
    this.id = options.id;
    this.config = config;
    this.trace = options.trace ?? null;
    this.local = options.local;
    this.localPort = options.localPort;
    this.remote = options.remote ?? new Address();
    this.remotePort = options.remotePort ?? 0;
    this.remoteGiven = this.remotePort !== 0 && !this.remote.isUnspecified;
    this.challenges = options.challenges ?? new ChallengeCount();
    this.linkMtu = options.mtu;
    this.mtu = options.mtu;
    this.pathMtuDiscovery = config.pathMtuDiscovery;
    this.startOnPath(options.path);
    this.iss = options.iss;
    this.sndUna = options.iss;
    this.sndNxt = options.iss;
    this.recover = options.iss;
    this.sndPush = options.iss;
    this.sndSmall = options.iss;
    this.useEnd = options.iss;
    this.ecnRecover = options.iss;
    this.sndBufSeq = seqAdd(options.iss, 1);
    this.timestampOffset = (options.timestampOffset ?? 0) | 0;
    this.ipId = options.iss & 0xffff;
    this.dscp = config.dscp;
    this.ttl = config.ttl;
    this.ipOptionsGiven = config.ipOptions;
    this.nagle = config.nagle;
    this.keepAlive = config.keepAlive;
    this.settings = timerSettings(config);
    this.errorReports = config.errorReports;
    this.urgentInline = config.urgentInline;
    this.userTimeoutFixed = !config.userTimeoutChangeable;
    this.sndBuf = new ByteRing(config.sendBuffer);
    this.rcvBuf = new ByteRing(config.receiveBuffer);
    this.rcvMemory = config.receiveMemory;
    this.reassembly = new Reassembly(config.reassemblyRanges);
    this.rtt = new RoundTrip(config, this.settings);
    this.congestion = config.congestionControl(config);
    this.window = initialCongestionWindow(536, config.initialWindow);
  }

  /** What routers told other connections to this host holds for this one. */
  private startOnPath(path: PathMtu | undefined): void {
    if (path === undefined || path.mtu > this.linkMtu || this.pathMtuDiscovery === 'probe' || this.pathMtuDiscovery === 'dont') return;
    this.mtu = path.mtu;
    this.fragmentable = path.fragment;
    this.pathMtuExpires = path.expires;
  }

  /** Octets we are prepared to receive beyond RCV.NXT. */
  get rcvWnd(): number {
    return Math.max(0, seqDiff(this.rcvAdv, this.rcvNxt));
  }

  get cwnd(): number {
    return this.window.cwnd;
  }

  get ssthresh(): number {
    return this.window.ssthresh;
  }

  /** Estimate of octets in the network. */
  get pipe(): number {
    return Math.max(0, this.queue.inFlight - this.dupAckedOctets);
  }

  get srtt(): number {
    return this.rtt.srtt;
  }

  get rto(): number {
    return this.rtt.rto;
  }

  /** Text queued and never sent. */
  get unsent(): number {
    if (this.finSent) return 0;
    const sent = this.sndNxt === this.iss ? 0 : seqDiff(this.sndNxt, this.sndBufSeq);
    return this.sndBuf.length - Math.max(0, sent);
  }

  /** FlightSize: octets sent and not acknowledged. */
  get flight(): number {
    return seqDiff(this.sndNxt, this.sndUna);
  }

  /** A send sequence number as learners count it: 0 is our SYN. */
  snd(x: Seq): number {
    return (x - this.iss) >>> 0;
  }

  /** A receive sequence number as learners count it: 0 is the peer's SYN. */
  rcv(x: Seq): number {
    return (x - this.irs) >>> 0;
  }
}
