/**
 * IPv4 options of a connection (RFC 9293 §3.9.2.1, RFC 1122 §4.2.3.8): what the user wants on every segment, what the peer's
 * segments brought, and the way back along the peer's source route. IPv6 connections have none.
 */
import { R } from '../trace/book.js';
import type { Micros } from '../util/units.js';
import { hasSourceRoute, ipOptionArea, isIpOptionArea, MAX_IP_OPTIONS, readIpOptions, startRoute } from '../wire/ip-options.js';
import type { Segment } from '../wire/segment.js';
import { setSegmentSize } from './segment-size.js';
import type { Tcb } from './tcb.js';

const NONE = new Uint8Array(0);

/** MUST-51: from now on every segment carries these. @returns false when they cannot be sent */
export function setIpOptions(tcb: Tcb, area: Uint8Array): boolean {
  if (!isIpOptionArea(area)) return false;
  tcb.ipOptionsGiven = area.slice();
  settleIpOptions(tcb);
  return true;
}

/** Options of an arriving segment that belongs to the connection: passed up, and its route taken for the way back. */
export function takeIpOptions(tcb: Tcb, seg: Segment, now: Micros): void {
  const read = readIpOptions(seg.bytes, seg.ipOptionsStart, seg.ipOptionsEnd);
  tcb.rcvIpOptions = read;
  tcb.trace?.decision(tcb.id, now, R.IpOptionsTaken, read.unknown, read.malformed ? 1 : 0, 0);
  const { sourceRoute } = read;
  if (sourceRoute === null || !tcb.passive || !tcb.config.acceptSourceRoutes) return;
  if (hasSourceRoute(tcb.ipOptionsGiven)) {
    tcb.trace?.decision(tcb.id, now, R.SourceRouteOverridden, 0, 0, 0);
    return;
  }
  tcb.returnRoute = ipOptionArea([{ kind: 'source-route', strict: sourceRoute.strict, via: [...sourceRoute.via].reverse() }]);
  tcb.trace?.decision(tcb.id, now, R.ReturnRoute, sourceRoute.via.length, 0, 0);
  settleIpOptions(tcb);
}

/** The area as every segment carries it: the user's options, and the way back if the user gave no route (MUST-52, MUST-53). */
export function settleIpOptions(tcb: Tcb): void {
  const { ipOptionsGiven: given, returnRoute: back } = tcb;
  if (!tcb.remote.isV4 || (given.length === 0 && back.length === 0)) {
    tcb.ipOptions = NONE;
    tcb.firstHop = null;
  } else {
    const useBack = back.length > 0 && !hasSourceRoute(given);
    const both = useBack && given.length > 0 && back.length + given.length <= MAX_IP_OPTIONS;
    const area = useBack ? new Uint8Array(back.length + (both ? given.length : 0)) : given.slice();
    if (useBack) area.set(both ? [...unpadded(back), ...given] : back);
    tcb.firstHop = startRoute(area, tcb.remote);
    tcb.ipOptions = area;
  }
  if (tcb.sndMss > 0) setSegmentSize(tcb);
}

/** A route fills all but the last octet, an End of Option List: NOP in its place lets others follow. */
function unpadded(route: Uint8Array): Uint8Array {
  const area = route.slice();
  area[area.length - 1] = 1;
  return area;
}
