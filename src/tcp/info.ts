/** STATUS (RFC 9293 §3.10.6): a snapshot of one connection, under the names of Linux's tcp_info where it has one. */
import { seqDiff } from '../util/seq.js';
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
  rcvMss: number;
  sndScale: number;
  rcvScale: number;
  timestamps: boolean;
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
    rcvMss: tcb.rcvMss,
    sndScale: tcb.sndScale,
    rcvScale: tcb.rcvScale,
    timestamps: tcb.timestamps,
    sack: tcb.sackPermitted,
    ecn: tcb.ecn,
    synData: tcb.openedEarly || tcb.synTextAcked,
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
    segmentsIn: tcb.segmentsIn,
    segmentsOut: tcb.segmentsOut,
    octetsIn: tcb.octetsIn,
    octetsOut: tcb.octetsOut,
    timers: timerNames
      .map((name, i) => ({ name, deadline: tcb.timers.deadline(i as 0) }))
      .filter((t) => t.deadline !== Infinity),
  };
}
