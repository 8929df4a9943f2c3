/**
 * How full the send buffer is, as Linux counts: text lies in buffers of many segments, each of which costs more than its text. A
 * buffer is begun whenever less than the limit is used, and then filled: so one call may put far more than the limit into it.
 */
import type { Tcb } from '../tcp/tcb.js';

/** What a buffer costs beside its text. */
const STRUCTURE = 832;
/** The most text in one: the largest packet that a network card cuts, without its headers. */
const LARGEST = 65_343;
const DEFAULT_MSS = 536;
/** tcp_sndbuf_expand: what a segment takes with all its structures, and that for two windows. */
const OVERHEAD = 512;
const PACKET_STRUCTURE = 256;
const WINDOWS = 2;
const LEAST_SEGMENTS = 10;

export class SendMemory {
  /** Where the buffers end, in octets since the beginning; what is sent is cut off from what is not. */
  private readonly ends: number[] = [];
  /** Octets ever written, and of them sent, as of the last look. */
  private written = 0;
  private sent = 0;
  /** Where the first buffer begins. */
  private start = 0;
  /** The size that Linux chooses: grows with the congestion window when somebody waits for room. */
  private grown = 0;
  /** Somebody has found no room, and has not been told of any since (SOCK_NOSPACE). */
  starved = false;

  /** Memory in use. */
  used(tcb: Tcb): number {
    this.look(tcb);
    return this.written - this.start + STRUCTURE * this.ends.length;
  }

  /** Octets that can be written in one go. 0 = none: a new buffer would be needed, and a limit is reached: of memory, or of octets not sent (TCP_NOTSENT_LOWAT). */
  room(tcb: Tcb, limit: number, mostUnsent: number): number {
    const used = this.used(tcb);
    const goal = sizeGoal(tcb);
    if (this.written > this.sent) {
      const tail = this.written - (this.ends.length > 1 ? this.ends[this.ends.length - 2] : this.start);
      if (tail < goal) return goal - tail;
    }
    return used < limit && this.written - this.sent < mostUnsent ? goal : 0;
  }

  /** So many octets more: they fill the buffer that has room, then others. */
  wrote(octets: number, tcb: Tcb): void {
    const { ends } = this;
    const tail = this.written - (ends.length > 1 ? ends[ends.length - 2] : this.start);
    const fits = this.written > this.sent && ends.length > 0 && tail < sizeGoal(tcb);
    const goal = sizeGoal(tcb);
    let left = octets;
    if (fits) {
      const n = Math.min(left, goal - tail);
      this.written += n;
      left -= n;
      ends[ends.length - 1] = this.written;
    }
    for (; left > 0; left -= goal) {
      this.written += Math.min(left, goal);
      ends.push(this.written);
    }
    if (tcb.pipe < tcb.cwnd) this.growFirst(tcb);
  }

  /** The first buffer that waits takes in the next, as long as both can be sent in one burst. */
  private growFirst(tcb: Tcb): void {
    const { ends } = this;
    const i = ends.findIndex((end) => end > this.sent);
    if (i < 0 || i + 1 >= ends.length) return;
    const before = i > 0 ? ends[i - 1] : this.start;
    if (ends[i + 1] - before <= burstOf(tcb)) ends.splice(i, 1);
  }

  /** At least half as much is free as is used: who waits may go on (sk_stream_is_writeable). */
  spacious(tcb: Tcb, limit: number): boolean {
    const used = this.used(tcb);
    return limit - used >= used >>> 1;
  }

  /** Linux's own limit. @param initial the least, @param most the largest (tcp_wmem) */
  automatic(tcb: Tcb, initial: number, most: number): number {
    if (this.grown > 0 && !(this.starved && tcb.pipe < tcb.cwnd)) return this.grown;
    let segment = 1;
    while (segment < Math.max(tcb.peerMss, tcb.sndMss) + OVERHEAD) segment *= 2;
    const segments = Math.max(LEAST_SEGMENTS, Math.ceil(tcb.cwnd / tcb.sndMss));
    this.grown = Math.max(this.grown, initial, Math.min(most, WINDOWS * segments * (segment + PACKET_STRUCTURE)));
    return this.grown;
  }

  /** What has been sent and acknowledged meanwhile. A buffer is sent in bursts of at most half a congestion window, each then one by itself. */
  private look(tcb: Tcb): void {
    const { ends } = this;
    const queued = tcb.sndBuf.length;
    if (this.written < queued) this.wrote(queued - this.written, tcb); // text with a SYN
    const acked = this.written - queued;
    const sent = this.written - Math.max(0, tcb.unsent);
    if (sent > this.sent) this.cut(tcb, sent);
    this.sent = sent;
    let gone = 0;
    while (gone < ends.length && ends[gone] <= acked) gone++;
    if (gone > 0) ends.splice(0, gone);
    this.start = acked;
  }

  private cut(tcb: Tcb, sent: number): void {
    const { ends } = this;
    const burst = burstOf(tcb);
    let i = ends.findIndex((end) => end > this.sent);
    for (let at = this.sent; i >= 0 && i < ends.length && at < sent; i++) {
      const end = Math.min(at + burst, sent, ends[i]);
      if (end < ends[i]) ends.splice(i, 0, end);
      at = end;
    }
  }
}

/** As many segments as go in one burst. */
function burstOf(tcb: Tcb): number {
  const mss = Math.max(1, tcb.sndMss);
  return Math.max(1, Math.floor(tcb.cwnd / mss / 2)) * mss;
}

/** tcp_xmit_size_goal: whole segments, no more than half of the peer's window. */
function sizeGoal(tcb: Tcb): number {
  const mss = Math.max(1, tcb.sndMss);
  const half = tcb.maxSndWnd > DEFAULT_MSS ? tcb.maxSndWnd >>> 1 : tcb.maxSndWnd;
  const most = half > 0 ? Math.min(LARGEST, half) : LARGEST;
  return Math.max(mss, most - (most % mss));
}
