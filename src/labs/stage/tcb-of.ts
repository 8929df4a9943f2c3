/** The variables of one end of a connection (RFC 9293 §3.3.1): glasstcp's own TCB, or what the kernel's tcp_info says of its. */
import type { EndState, Role } from '../ends/end.js';
import { GlassEnd } from '../ends/glass-end.js';
import type { Stage } from './stage.js';

/** Numbers are relative to ISS and IRS; windows in octets, cwnd in segments, times in µs. */
export interface TcbView {
  /** Absolute. The kernel does not tell them: NaN. */
  readonly iss: number;
  readonly irs: number;
  readonly sndUna: number;
  readonly sndNxt: number;
  readonly sndWnd: number;
  readonly rcvNxt: number;
  readonly rcvWnd: number;
  readonly sndMss: number;
  /** Segments outstanding. */
  readonly unacked: number;
  readonly cwnd: number;
  readonly srtt: number;
  readonly rto: number;
}

/** @returns undefined when that host has no such connection, or no socket for it (yet, any more) */
export function tcbOf(stage: Stage, role: Role, here: number, there: number): TcbView | undefined {
  const info = stage.world.look(role).find((state: EndState) => state.localPort === here && state.remotePort === there)?.info;
  if (info === undefined) return undefined;
  const common = {
    sndWnd: info.tcpi_snd_wnd, rcvWnd: info.tcpi_rcv_wnd, sndMss: info.tcpi_snd_mss, unacked: info.tcpi_unacked, cwnd: info.tcpi_snd_cwnd, srtt: info.tcpi_rtt, rto: info.tcpi_rto,
  };
  const { end } = stage.host(role);
  const tcb = end instanceof GlassEnd ? end.connection(here, there)?.tcb : undefined;
  if (tcb !== undefined) {
    return { ...common, iss: tcb.iss >>> 0, irs: tcb.irs >>> 0, sndUna: tcb.snd(tcb.sndUna), sndNxt: tcb.snd(tcb.sndNxt), rcvNxt: tcb.rcv(tcb.rcvNxt) };
  }
  // Linux counts octets: the SYN is among those acknowledged where it was an active OPEN, and never among those received.
  return {
    ...common, iss: NaN, irs: NaN, sndUna: info.tcpi_bytes_acked + (role === 'server' ? 1 : 0), sndNxt: 1 + info.tcpi_bytes_sent - info.tcpi_bytes_retrans, rcvNxt: 1 + info.tcpi_bytes_received,
  };
}
