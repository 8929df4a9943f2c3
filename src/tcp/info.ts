/** STATUS (RFC 9293 §3.10.6): a snapshot of one connection, under the names of Linux's tcp_info where it has one. */
import { seqDiff } from '../util/seq.js';
import type { ReceivedIpOptions } from '../wire/ip-options.js';
import type { Tcb, TcpFailure } from './tcb.js';
import { timerNames } from './timers/timer-table.js';

export interface TcpInfo {
  state: string;
  failure: TcpFailure | null;
  local: string;
  remote: string;
  /** Sequence numbers, relative to ISS and IRS. */
  sndUna: number;
  sndNxt: number;
  sndWnd: number;
  rcvNxt: number;
  rcvWnd: number;
  sndMss: number;
  /** Octets of the largest IP packet, as far as the path is known. */
  pathMtu: number;
  rcvMss: number;
  sndScale: number;
  rcvScale: number;
  timestamps: boolean;
  /** DSCP, 0 … 63, of what we send, and of the segment that arrived last (MAY-9). */
  dscp: number;
  rcvDscp: number;
  ttl: number;
  /** IPv4 options of the segment that last had any: routes and times recorded on the way (MAY-10, MAY-11). */
  rcvIpOptions: ReceivedIpOptions | null;
  /** What ICMP said last, and nothing has got through since. */
  softError: TcpFailure | null;
  sack: boolean;
  ecn: boolean;
  /** Text went with the SYN and was taken (RFC 7413): ours by the peer, or the peer's by us. */
  synData: boolean;
  /** Octets. */
  cwnd: number;
  ssthresh: number;
  pipe: number;
  /** µs; srtt -1 = not measured. */
  srtt: number;
  rttvar: number;
  rto: number;
  backoff: number;
  /** Segments outstanding, and of them believed lost. */
  unacked: number;
  lost: number;
  /** Octets queued and not sent; received and not read. */
  notSent: number;
  unread: number;
  /** Octets of urgent data still unread (MUST-33); 0 = none. */
  urgentUnread: number;
  retransmissions: number;
  /** µs; Infinity = none. The user timeout in force, and what the peer has told of his (-1 = nothing). */
  userTimeout: number;
  peerUserTimeout: number;
  /** Timeouts in a row; window probes and keep-alives without an answer; R1, R2 and other limits are in `Connection.timers`. */
  timeouts: number;
  probes: number;
  segmentsIn: number;
  segmentsOut: number;
  octetsIn: number;
  octetsOut: number;
  /** Running timers with their deadlines, µs. */
  timers: { name: string; deadline: number }[];
}

export function infoOf(tcb: Tcb): TcpInfo {
  return {
    state: tcb.state,
    failure: tcb.failure,
    local: `${tcb.local.toString()}:${tcb.localPort}`,
    remote: `${tcb.remote.toString()}:${tcb.remotePort}`,
    sndUna: tcb.snd(tcb.sndUna),
    sndNxt: tcb.snd(tcb.sndNxt),
    sndWnd: tcb.sndWnd,
    rcvNxt: tcb.rcv(tcb.rcvNxt),
    rcvWnd: tcb.rcvWnd,
    sndMss: tcb.sndMss,
    pathMtu: tcb.mtu,
    rcvMss: tcb.rcvMss,
    sndScale: tcb.sndScale,
    rcvScale: tcb.rcvScale,
    timestamps: tcb.timestamps,
    dscp: tcb.dscp,
    rcvDscp: tcb.rcvDscp,
    ttl: tcb.ttl,
    rcvIpOptions: tcb.rcvIpOptions,
    softError: tcb.softError,
    sack: tcb.sackPermitted,
    ecn: tcb.ecn,
    synData: tcb.synTextAcked,
    cwnd: tcb.cwnd,
    ssthresh: tcb.ssthresh,
    pipe: tcb.pipe,
    srtt: tcb.srtt,
    rttvar: tcb.rtt.rttvar,
    rto: tcb.rto,
    backoff: tcb.rtt.backoff,
    unacked: tcb.queue.length,
    lost: tcb.queue.lostCount,
    notSent: Math.max(0, tcb.unsent), // nothing is left of it once the connection is over
    unread: tcb.rcvBuf.length,
    urgentUnread: tcb.urgentReceiving ? Math.max(0, seqDiff(tcb.rcvUp, tcb.rcvNxt) + tcb.rcvBuf.length) : 0,
    retransmissions: tcb.retransmissions,
    userTimeout: tcb.settings.userTimeout,
    peerUserTimeout: tcb.peerUserTimeout,
    timeouts: tcb.timeouts,
    probes: tcb.probesUnanswered + tcb.keepAlives,
    segmentsIn: tcb.segmentsIn,
    segmentsOut: tcb.segmentsOut,
    octetsIn: tcb.octetsIn,
    octetsOut: tcb.octetsOut,
    timers: timerNames
      .map((name, i) => ({ name, deadline: tcb.timers.deadline(i as 0) }))
      .filter((t) => t.deadline !== Infinity),
  };
}
