/**
 * SYN cookies (RFC 4987 §3.6): under a flood of SYNs a listener answers without memory. What it would have to remember is in
 * the ISS (a minute, an index of MSS, a keyed hash) and, where the peer uses timestamps, in the low bits of TSval.
 */
import { Connection } from '../tcp/connection.js';
import type { TcpConfig } from '../tcp/config.js';
import type { Address } from '../util/address.js';
import { type Seq, seq, seqAdd } from '../util/seq.js';
import { sipHash } from '../util/siphash.js';
import { MINUTE, type Micros, MILLISECOND } from '../util/units.js';
import type { Packet } from '../wire/packet.js';
import { ACK, CWR, ECE, RST, Segment, SYN } from '../wire/segment.js';

/** The MSS that a cookie can say; the next smaller one stands for any other. Those of Linux. */
const MSS_V4 = [536, 1300, 1440, 1460];
const MSS_V6 = [1220, 1420, 1440, 8940];

/** How long a cookie is good, in periods of a minute. */
const PERIODS = 2;
/** How long after the last cookie an ACK may bring one back. */
const LIFETIME = PERIODS * MINUTE;
/** Of the ISS: 5 bits of minutes, 3 bits of MSS, 24 bits of hash. */
const MINUTE_BITS = 0x1f;

/** The low bits of TSval: window scale (15 = none), SACK, ECN. As Linux has them. */
const TS_BITS = 0x3f;
const TS_SCALE = 0x0f;
const TS_SACK = 0x10;
const TS_ECN = 0x20;

/** Is the segment one that may bring back a cookie, so that it is worth checking? */
export const mayBringCookie = (seg: Segment, mode: TcpConfig['synCookies'], cookieAt: Micros, now: Micros): boolean =>
  (seg.flags & (SYN | ACK | RST)) === ACK && mode !== 'off' && (mode === 'always' || now - cookieAt <= LIFETIME);

export class SynCookies {
  /** The SYN rebuilt from an ACK. */
  private readonly syn = new Segment();

  /** @param key 16 octets that nobody outside can know */
  constructor(private readonly key: Uint8Array) {}

  /** What a cookie will remember of the peer's MSS. */
  mssOf(seg: Segment): number {
    const table = tableOf(seg.src);
    return table[indexOf(table, seg.options.mss)];
  }

  /** Fills the packet with the SYN,ACK for a SYN. @param timestampOffset of the connection to be */
  answer(seg: Segment, config: TcpConfig, mtu: number, timestampOffset: number, packet: Packet, now: Micros): void {
    const minute = Math.floor(now / MINUTE) & MINUTE_BITS;
    const iss = this.number(seg, seg.seq, minute, indexOf(tableOf(seg.src), seg.options.mss));
    const stamped = seg.options.hasTimestamps && config.timestamps;
    // Without timestamps there is no place for the rest.
    const able: TcpConfig = stamped ? config : { ...config, sack: false, windowScaling: false, ecn: 'off' };
    const connection = new Connection({
      id: 0, config: able, local: seg.dst.copy(), localPort: seg.dstPort, remote: seg.src.copy(), remotePort: seg.srcPort, mtu, iss, trace: null,
      timestampOffset: stamped ? timestampOffset + stampShift(seg, able, now) : 0,
    });
    connection.openPassive(now);
    connection.segmentArrives(seg, now);
    connection.nextSegment(packet, now);
  }

  /** The SYN that the ACK's cookie stands for, lent until the next call; null when it brings no good cookie. */
  recall(seg: Segment, config: TcpConfig, timestampOffset: number, now: Micros): Segment | null {
    const irs = seqAdd(seg.seq, -1);
    const iss = seqAdd(seg.ack, -1);
    const minutes = Math.floor(now / MINUTE);
    const age = (minutes - (iss >>> 27)) & MINUTE_BITS;
    const index = (iss >>> 24) & 7;
    const table = tableOf(seg.src);
    if (age >= PERIODS || index >= table.length || iss !== this.number(seg, irs, (iss >>> 27) & MINUTE_BITS, index)) return null;
    return this.rebuild(seg, irs, table[index], config.timestamps, timestampOffset);
  }

  private rebuild(ack: Segment, irs: Seq, mss: number, timestamps: boolean, timestampOffset: number): Segment {
    const { syn } = this;
    Object.assign(syn.src, ack.src);
    Object.assign(syn.dst, ack.dst);
    syn.srcPort = ack.srcPort;
    syn.dstPort = ack.dstPort;
    syn.seq = irs;
    syn.flags = SYN;
    syn.wnd = ack.wnd;
    syn.len = 1;
    syn.options.clear();
    syn.options.mss = mss;
    if (!timestamps || !ack.options.hasTimestamps) return syn;
    const bits = (ack.options.tsEcr - timestampOffset) & TS_BITS;
    syn.options.hasTimestamps = true;
    syn.options.tsVal = ack.options.tsVal;
    syn.options.sackPermitted = (bits & TS_SACK) !== 0;
    if ((bits & TS_SCALE) !== TS_SCALE) syn.options.windowScale = bits & TS_SCALE;
    if ((bits & TS_ECN) !== 0) syn.flags |= ECE | CWR;
    return syn;
  }

  private number(seg: Segment, irs: Seq, minute: number, index: number): Seq {
    const input = new Uint8Array(42);
    const view = new DataView(input.buffer);
    [seg.src, seg.dst].forEach((address, i) => {
      [address.w0, address.w1, address.w2, address.w3].forEach((word, j) => { view.setInt32(16 * i + 4 * j, word); });
    });
    view.setUint16(32, seg.srcPort);
    view.setUint16(34, seg.dstPort);
    view.setInt32(36, irs);
    view.setUint8(40, minute);
    view.setUint8(41, index);
    const [a, b, c] = sipHash(this.key, input);
    return seq((minute << 27) | (index << 24) | (a << 16) | (b << 8) | c);
  }
}

const tableOf = (peer: Address): readonly number[] => (peer.isV4 ? MSS_V4 : MSS_V6);

function indexOf(table: readonly number[], mss: number): number {
  let index = table.length - 1;
  while (index > 0 && mss < table[index]) index--;
  return index;
}

/** What to add to our timestamp clock now, 0 or less, so that its low bits say which options were agreed upon. */
function stampShift(seg: Segment, config: TcpConfig, now: Micros): number {
  const { options } = seg;
  const scale = config.windowScaling && options.windowScale >= 0 ? Math.min(options.windowScale, 14) : TS_SCALE;
  const sack = config.sack && options.sackPermitted ? TS_SACK : 0;
  const ecn = config.ecn !== 'off' && seg.ecn === 0 && (seg.flags & (ECE | CWR)) === (ECE | CWR) ? TS_ECN : 0;
  const clock = Math.floor(now / MILLISECOND);
  const low = clock % (TS_BITS + 1);
  const wanted = scale | sack | ecn;
  return wanted <= low ? wanted - low : wanted - low - (TS_BITS + 1);
}
