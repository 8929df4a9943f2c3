/** Linux's struct tcp_info (6.18, 280 octets; shorter ones are the beginning of it), as numbers by name and as octets. */
import { seqLt } from '../util/seq.js';
import { MILLISECOND } from '../util/units.js';
import { type Tcb, TIMESTAMP_OPTION } from '../tcp/tcb.js';
import { MEASURED_SEGMENTS } from '../tcp/receive/memory.js';
import { announcedMss } from '../tcp/segment-size.js';
import type { BsdSocket } from './bsd-socket.js';
import { Linux } from './constants.js';
import type { World } from './world.js';

/** One field: where it is, octets, name. The scales of windows share an octet, four bits each. */
type Field = readonly [offset: number, size: 1 | 2 | 4 | 8, name: string];

const row = (offset: number, size: 1 | 2 | 4 | 8, ...names: string[]): Field[] => names.map((name, i) => [offset + i * size, size, name]);

export const TCP_INFO_FIELDS: readonly Field[] = [
  ...row(0, 1, 'tcpi_state', 'tcpi_ca_state', 'tcpi_retransmits', 'tcpi_probes', 'tcpi_backoff', 'tcpi_options'),
  ...row(8, 4, 'tcpi_rto', 'tcpi_ato', 'tcpi_snd_mss', 'tcpi_rcv_mss', 'tcpi_unacked', 'tcpi_sacked', 'tcpi_lost', 'tcpi_retrans', 'tcpi_fackets'),
  ...row(44, 4, 'tcpi_last_data_sent', 'tcpi_last_ack_sent', 'tcpi_last_data_recv', 'tcpi_last_ack_recv', 'tcpi_pmtu', 'tcpi_rcv_ssthresh'),
  ...row(68, 4, 'tcpi_rtt', 'tcpi_rttvar', 'tcpi_snd_ssthresh', 'tcpi_snd_cwnd', 'tcpi_advmss', 'tcpi_reordering', 'tcpi_rcv_rtt', 'tcpi_rcv_space', 'tcpi_total_retrans'),
  ...row(104, 8, 'tcpi_pacing_rate', 'tcpi_max_pacing_rate', 'tcpi_bytes_acked', 'tcpi_bytes_received'),
  ...row(136, 4, 'tcpi_segs_out', 'tcpi_segs_in', 'tcpi_notsent_bytes', 'tcpi_min_rtt', 'tcpi_data_segs_in', 'tcpi_data_segs_out'),
  ...row(160, 8, 'tcpi_delivery_rate', 'tcpi_busy_time', 'tcpi_rwnd_limited', 'tcpi_sndbuf_limited'),
  ...row(192, 4, 'tcpi_delivered', 'tcpi_delivered_ce'),
  ...row(200, 8, 'tcpi_bytes_sent', 'tcpi_bytes_retrans'),
  ...row(216, 4, 'tcpi_dsack_dups', 'tcpi_reord_seen', 'tcpi_rcv_ooopack', 'tcpi_snd_wnd', 'tcpi_rcv_wnd', 'tcpi_rehash'),
  ...row(240, 2, 'tcpi_total_rto', 'tcpi_total_rto_recoveries'),
  ...row(244, 4, 'tcpi_total_rto_time', 'tcpi_received_ce', 'tcpi_delivered_e1_bytes', 'tcpi_delivered_e0_bytes', 'tcpi_delivered_ce_bytes'),
  ...row(264, 4, 'tcpi_received_e1_bytes', 'tcpi_received_e0_bytes', 'tcpi_received_ce_bytes'),
  ...row(276, 2, 'tcpi_accecn_fail_mode', 'tcpi_accecn_opt_seen'),
];
const LENGTH = 280;
const SCALES = 6;
/** The bits after the scales: delivery_rate_app_limited, fastopen_client_fail. */
const FLAGS = 7;
const UNLIMITED = 0xffff_ffff_ffff_ffffn;
const INFINITE_SSTHRESH = 0x7fff_ffff;

/** The fields that these octets have. 64-bit values beyond 2^53 lose their last digits. */
export function decodeTcpInfo(octets: Uint8Array): Record<string, number> {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const info: Record<string, number> = {};
  for (const [offset, size, name] of TCP_INFO_FIELDS) if (offset + size <= octets.length) info[name] = read(view, offset, size);
  if (octets.length > SCALES) {
    info.tcpi_snd_wscale = octets[SCALES] & 15;
    info.tcpi_rcv_wscale = octets[SCALES] >> 4;
  }
  if (octets.length > FLAGS) {
    info.tcpi_delivery_rate_app_limited = octets[FLAGS] & 1;
    info.tcpi_fastopen_client_fail = (octets[FLAGS] >> 1) & 3;
  }
  return info;
}

function read(view: DataView, offset: number, size: number): number {
  if (size === 1) return view.getUint8(offset);
  if (size === 2) return view.getUint16(offset, true);
  return size === 4 ? view.getUint32(offset, true) : Number(view.getBigUint64(offset, true));
}

export function encodeTcpInfo(info: Readonly<Record<string, number>>): Uint8Array {
  const octets = new Uint8Array(LENGTH);
  const view = new DataView(octets.buffer);
  for (const [offset, size, name] of TCP_INFO_FIELDS) {
    const value = info[name] ?? 0;
    if (size === 1) view.setUint8(offset, Math.min(value, 0xff));
    else if (size === 2) view.setUint16(offset, Math.min(value, 0xffff), true);
    else if (size === 4) view.setUint32(offset, Math.min(value, 0xffff_ffff), true);
    else view.setBigUint64(offset, value === Infinity ? UNLIMITED : BigInt(Math.trunc(value)), true);
  }
  octets[SCALES] = (info.tcpi_snd_wscale & 15) | (info.tcpi_rcv_wscale << 4);
  octets[FLAGS] = info.tcpi_delivery_rate_app_limited & 1;
  return octets;
}

export const tcpInfoOctets = (world: World, socket: BsdSocket): Uint8Array => encodeTcpInfo(tcpInfo(world, socket));

/** Linux's names and units: times in µs (ages in ms), cwnd and ssthresh in segments. What we do not count is 0. */
export function tcpInfo(world: World, socket: BsdSocket): Record<string, number> {
  socket.observe();
  const info: Record<string, number> = {};
  for (const [, , name] of TCP_INFO_FIELDS) info[name] = 0;
  Object.assign(info, { tcpi_state: socket.state, tcpi_snd_wscale: 0, tcpi_rcv_wscale: 0, tcpi_delivery_rate_app_limited: 0, tcpi_fastopen_client_fail: 0 });
  const { tcb, listener } = socket;
  if (listener !== undefined) {
    return Object.assign(info, BEFORE_OPEN, { tcpi_unacked: listener.waiting, tcpi_sacked: listener.backlog });
  }
  if (tcb === undefined) Object.assign(info, BEFORE_OPEN);
  else Object.assign(info, connectionInfo(world, tcb));
  return info;
}

/** The part that is a connection's, whoever holds it. */
export const connectionInfo = (world: Pick<World, 'now'>, tcb: Tcb): Record<string, number> => ({ ...sending(tcb), ...timing(world, tcb), ...receiving(tcb), ...totals(tcb) });

/** A socket without a connection. */
const BEFORE_OPEN = {
  tcpi_rto: 1_000_000, tcpi_snd_mss: 536, tcpi_rttvar: 250_000, tcpi_snd_ssthresh: INFINITE_SSTHRESH, tcpi_snd_cwnd: 10, tcpi_reordering: 3,
  tcpi_max_pacing_rate: Infinity, tcpi_pacing_rate: Infinity, tcpi_min_rtt: 0xffff_ffff, tcpi_delivery_rate_app_limited: 1,
};

function optionBits(tcb: Tcb): number {
  const bit = (on: boolean, value: number): number => (on ? value : 0);
  return bit(tcb.timestamps, Linux.TCPI_OPT_TIMESTAMPS) | bit(tcb.sackPermitted, Linux.TCPI_OPT_SACK) | bit(tcb.scalingAgreed, Linux.TCPI_OPT_WSCALE)
    | bit(tcb.ecn, Linux.TCPI_OPT_ECN) | bit(tcb.ecnSeen, Linux.TCPI_OPT_ECN_SEEN) | bit(tcb.synTextAcked, Linux.TCPI_OPT_SYN_DATA);
}

function congestionState(tcb: Tcb): number {
  if (tcb.timeouts > 0 && tcb.sndUna !== tcb.iss) return Linux.TCP_CA_Loss;
  if (tcb.inRecovery) return Linux.TCP_CA_Recovery;
  if (tcb.ecnReduced && seqLt(tcb.sndUna, tcb.ecnRecover)) return Linux.TCP_CA_CWR;
  return tcb.dupAcks > 0 ? Linux.TCP_CA_Disorder : Linux.TCP_CA_Open;
}

function sending(tcb: Tcb): Record<string, number> {
  const { window, queue } = tcb;
  const smss = Math.max(1, window.smss);
  const resent = resentInFlight(tcb);
  return {
    tcpi_ca_state: congestionState(tcb),
    tcpi_retransmits: tcb.timeouts,
    tcpi_probes: tcb.probesUnanswered + tcb.keepAlives,
    tcpi_backoff: tcb.rtt.backoff > 0 ? tcb.rtt.backoff : tcb.probes,
    tcpi_options: optionBits(tcb),
    tcpi_snd_wscale: tcb.sndScale,
    tcpi_rcv_wscale: tcb.rcvScale,
    tcpi_snd_mss: tcb.sndMss,
    tcpi_unacked: queue.length,
    // Linux: a segment that was sent again stays lost until it is acknowledged.
    tcpi_lost: queue.lostCount + resent,
    tcpi_retrans: resent,
    tcpi_pmtu: tcb.mtu,
    tcpi_snd_ssthresh: window.ssthresh === Infinity ? INFINITE_SSTHRESH : Math.floor(window.ssthresh / smss),
    tcpi_snd_cwnd: Math.max(1, Math.floor(window.cwnd / smss)),
    tcpi_advmss: announcedMss(tcb),
    tcpi_reordering: 3,
    tcpi_notsent_bytes: Math.max(0, tcb.unsent),
    tcpi_snd_wnd: tcb.sndWnd,
    tcpi_pacing_rate: Infinity,
    tcpi_max_pacing_rate: Infinity,
    tcpi_delivery_rate_app_limited: 1,
  };
}

/** Segments sent again and neither acknowledged nor believed lost. */
function resentInFlight(tcb: Tcb): number {
  let n = 0;
  for (let i = 0; i < tcb.queue.length; i++) {
    const record = tcb.queue.at(i);
    if (record.transmissions > 1 && !record.lost) n++;
  }
  return n;
}

function timing(world: Pick<World, 'now'>, tcb: Tcb): Record<string, number> {
  const now = world.now();
  const age = (since: number): number => (since === 0 ? 0 : Math.floor(Math.max(0, now - since) / MILLISECOND));
  const measured = tcb.rtt.srtt >= 0;
  const open = tcb.establishedAt > 0;
  return {
    tcpi_rto: Math.round(tcb.rto),
    tcpi_rtt: measured ? Math.round(tcb.rtt.srtt) : 0,
    tcpi_rttvar: measured ? Math.round(tcb.rtt.rttvar) : 250_000,
    tcpi_min_rtt: tcb.rtt.min === Infinity ? 0xffff_ffff : Math.round(tcb.rtt.min),
    tcpi_last_data_sent: open ? age(Math.max(tcb.lastSentAt, tcb.establishedAt)) : 0,
    tcpi_last_data_recv: open ? age(Math.max(tcb.ack.lastTextAt, tcb.establishedAt)) : 0,
    tcpi_last_ack_recv: open ? age(tcb.lastHeardAt) : 0,
    tcpi_busy_time: Math.round(tcb.chronograph.busy(now)),
    tcpi_rwnd_limited: Math.round(tcb.chronograph.window(now)),
    tcpi_sndbuf_limited: Math.round(tcb.chronograph.buffer(now)),
  };
}

function receiving(tcb: Tcb): Record<string, number> {
  const segment = announcedMss(tcb) - (tcb.timestamps ? TIMESTAMP_OPTION : 0);
  const opening = tcb.establishedAt === 0;
  return {
    tcpi_rcv_mss: opening ? SMALLEST_MSS : Math.max(tcb.rcvMss, 536),
    tcpi_rcv_ssthresh: Math.min(tcb.rcvLimit, tcb.rcvBuf.limit),
    tcpi_rcv_space: opening ? 0 : Math.min(MEASURED_SEGMENTS * segment, tcb.rcvBuf.limit),
    tcpi_rcv_wnd: tcb.lastWndSent,
    tcpi_ato: Math.round(tcb.ack.wait),
    tcpi_rcv_ooopack: tcb.earlySegments,
  };
}
const SMALLEST_MSS = 88;

function totals(tcb: Tcb): Record<string, number> {
  const acked = Math.max(0, tcb.snd(tcb.sndUna) - 1);
  // Linux has no socket yet when it answers a SYN: what went before the last ACK of the handshake is not counted.
  const before = tcb.passive || tcb.openedEarly ? tcb.synAcksOut : 0;
  return {
    tcpi_total_retrans: tcb.retransmissions,
    tcpi_segs_out: tcb.segmentsOut - before,
    tcpi_segs_in: tcb.segmentsIn,
    tcpi_data_segs_out: tcb.textSegmentsOut,
    tcpi_data_segs_in: tcb.textSegmentsIn,
    tcpi_delivered: tcb.queue.delivered,
    tcpi_total_rto: tcb.timeoutsEver,
    tcpi_bytes_acked: tcb.sndUna === tcb.iss ? 0 : acked + (tcb.passive ? 0 : 1),
    tcpi_bytes_received: tcb.octetsIn + (tcb.peerFinished ? 1 : 0),
    tcpi_bytes_sent: tcb.octetsOut + tcb.octetsResent,
    tcpi_bytes_retrans: tcb.octetsResent,
  };
}
