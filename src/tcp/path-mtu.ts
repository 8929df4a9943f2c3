/**
 * Path MTU discovery (RFC 1191, RFC 8201): a router says what the path carries; segments shrink, those too large go again at once
 * without a word to congestion control, and after a while a larger size is tried again.
 */
import { R } from '../trace/book.js';
import type { Micros } from '../util/units.js';
import { headersOf, setSegmentSize } from './segment-size.js';
import type { Tcb } from './tcb.js';

/**
 * When Don't Fragment is set, after Linux's IP_MTU_DISCOVER. `want`: always, but for paths narrower than `minPathMtu`; `do`: always;
 * `probe`: always, and what routers say of the path is not heeded; `dont`: never, nor heeded. IPv6 packets are never fragmented on their way.
 */
export type PathMtuDiscovery = 'want' | 'do' | 'probe' | 'dont';

/** What is known of the path to a destination. */
export interface PathMtu {
  /** Octets of the largest IP packet. */
  readonly mtu: number;
  /** The path is narrower still: packets go without Don't Fragment, for routers to cut. */
  readonly fragment: boolean;
  /** When it is forgotten, and the device's MTU tried again. */
  readonly expires: Micros;
}

/** Least MTU of IPv6: a router that says less is not believed (RFC 8201 §4). */
export const MIN_MTU_V6 = 1280;
const BARE_HEADERS_V4 = 40;
/** RFC 1191 §7: sizes that networks have, for routers that do not say theirs. */
const PLATEAUS = [32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68];

const plateauBelow = (mtu: number): number => PLATEAUS.find((plateau) => plateau < mtu) ?? 68;

/** Does this connection take a router's word for the path? */
const heeds = (tcb: Tcb): boolean => tcb.pathMtuDiscovery === 'want' || tcb.pathMtuDiscovery === 'do';

/**
 * A segment of ours did not fit.
 * @param mtu octets that would; 0 = the router does not say (before RFC 1191)
 * @returns what is now known of the path, for others who use it, or null when nothing was learnt
 */
export function packetTooBig(tcb: Tcb, mtu: number, now: Micros): PathMtu | null {
  const v4 = tcb.remote.isV4;
  const said = mtu === 0 && v4 && tcb.config.mtuPlateaus ? plateauBelow(tcb.mtu) : mtu;
  if (!heeds(tcb) || (!v4 && said < MIN_MTU_V6) || (tcb.config.verifyTooBig && largestOutstanding(tcb) <= said)) {
    tcb.trace?.decision(tcb.id, now, R.TooBigIgnored, said, heeds(tcb) ? 1 : 0, 0);
    return null;
  }
  const least = v4 ? Math.max(tcb.config.minPathMtu, tcb.config.minSegmentSize + BARE_HEADERS_V4) : MIN_MTU_V6;
  const path: PathMtu = { mtu: Math.max(said, least), fragment: said < least, expires: now + tcb.config.pathMtuAge };
  const before = tcb.fragmentable;
  learnPathMtu(tcb, path, now);
  if (tcb.fragmentable && tcb.pathMtuDiscovery === 'do') tcb.softError = 'packet-too-big';
  resendTooLarge(tcb, tcb.fragmentable && !before ? Math.min(tcb.sndMss, said - headersOf(tcb)) : tcb.sndMss);
  return path.mtu <= tcb.mtu ? path : null;
}

/** The path is narrower than thought, as this connection or another one to the same host was told. It never widens here. */
export function learnPathMtu(tcb: Tcb, path: PathMtu, now: Micros): void {
  if (!heeds(tcb) || path.mtu > tcb.mtu || (path.mtu === tcb.mtu && path.fragment === tcb.fragmentable)) return;
  tcb.pathMtuExpires = path.expires;
  if (path.fragment && !tcb.fragmentable) tcb.trace?.decision(tcb.id, now, R.MayFragment, path.mtu, 0, 0);
  tcb.fragmentable = path.fragment;
  if (path.mtu === tcb.mtu) return;
  tcb.mtu = path.mtu;
  setSegmentSize(tcb);
  tcb.trace?.decision(tcb.id, now, R.MssChanged, tcb.mtu, tcb.sndMss, 0);
}

/** RFC 1191 §6.3, RFC 8201 §4: what was learnt is old; the path may carry more by now, and says so if it does not. */
export function forgetPathMtu(tcb: Tcb, now: Micros): void {
  tcb.pathMtuExpires = Infinity;
  tcb.fragmentable = false;
  if (tcb.mtu === tcb.linkMtu) return;
  tcb.mtu = tcb.linkMtu;
  setSegmentSize(tcb);
  tcb.trace?.decision(tcb.id, now, R.PathMtuAged, tcb.mtu, tcb.sndMss, 0);
}

/** The user changes how the path is treated, during the connection. */
export function setPathMtuDiscovery(tcb: Tcb, mode: PathMtuDiscovery, now: Micros): void {
  tcb.pathMtuDiscovery = mode;
  if (mode === 'probe') forgetPathMtu(tcb, now);
}

/** What RFC 9293 calls a retransmission in response to ICMP: not a sign of congestion, so cwnd stays (RFC 1191 §6.4). */
function resendTooLarge(tcb: Tcb, most: number): void {
  for (let i = 0; i < tcb.queue.length; i++) {
    const record = tcb.queue.at(i);
    if (record.len > most) tcb.queue.markLost(record);
  }
}

/** Octets of the largest IP packet that waits for an acknowledgement. */
function largestOutstanding(tcb: Tcb): number {
  const headers = headersOf(tcb);
  let most = 0;
  for (let i = 0; i < tcb.queue.length; i++) most = Math.max(most, tcb.queue.at(i).len + headers);
  return most;
}
