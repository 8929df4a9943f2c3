/** Write: the planned segment as octets: IP header, TCP header, options, text, checksum. The only place that builds one. */
import { seqDiff } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { PROTO_TCP } from '../../wire/ip.js';
import { writeIpv4 } from '../../wire/ipv4.js';
import { writeIpv6 } from '../../wire/ipv6.js';
import { MAX_OPTIONS, optionsLength, TcpOptions, writeOptions } from '../../wire/options.js';
import type { Packet } from '../../wire/packet.js';
import { ACK, RST, SYN, URG } from '../../wire/segment.js';
import { TCP_HEADER, writeTcpChecksum, writeTcpHeader } from '../../wire/tcp.js';
import { timestampNow } from '../loss/acknowledged.js';
import { fillSackBlocks } from '../receive/sack-blocks.js';
import { selectWindow, windowShift } from '../receive/window.js';
import { announcedMss } from '../segment-size.js';
import type { Tcb } from '../tcb.js';
import type { Plan } from './plan.js';
import { roomForUserTimeout, tellsUserTimeout, userTimeoutToTell } from './user-timeout.js';

/** The IP header's ECN field of an ECN-capable transport (RFC 3168 §5). */
const ECT_0 = 2;

const options = new TcpOptions();

/** Fills the packet. @returns where the TCP header starts */
export function writeSegment(tcb: Tcb, plan: Plan, packet: Packet, now: Micros): number {
  fillOptions(tcb, plan, now);
  const v4 = tcb.remote.isV4;
  const tcpStart = v4 ? 20 + tcb.ipOptions.length : 40;
  const headerLength = TCP_HEADER + optionsLength(options);
  const text = plan.length + (plan.keepAliveOctet ? 1 : 0);
  const end = tcpStart + headerLength + text;
  const { view } = packet;
  packet.start = 0;
  packet.end = end;
  packet.gsoSize = 0;
  const tos = (tcb.dscp << 2) | (plan.ect ? ECT_0 : 0);
  if (v4) writeIpv4(view, 0, end - tcpStart, PROTO_TCP, tcb.local, tcb.firstHop ?? tcb.remote, tcb.ttl, tos, nextIpId(tcb), dontFragment(tcb), tcb.ipOptions);
  else writeIpv6(view, 0, end - tcpStart, PROTO_TCP, tcb.local, tcb.remote, tcb.ttl, tos, 0);
  const wnd = (plan.flags & RST) !== 0 && !tellsWindow(tcb) ? 0 : selectWindow(tcb, (plan.flags & SYN) === 0);
  const urgent = (plan.flags & URG) !== 0 ? urgentField(tcb, plan) : 0;
  writeTcpHeader(view, tcpStart, tcb.localPort, tcb.remotePort, plan.seq, plan.ack, headerLength, plan.flags, wnd, urgent);
  writeOptions(view, tcpStart + TCP_HEADER, options);
  if (plan.length > 0) tcb.sndBuf.peek(plan.offset, packet.bytes, end - text, plan.length);
  else if (plan.keepAliveOctet) packet.bytes[end - 1] = 0;
  writeTcpChecksum(view, tcpStart, end, tcb.local, tcb.remote);
  return tcpStart;
}

/** A RST has no use for a window; Linux writes it all the same into those that are no answers. */
const tellsWindow = (tcb: Tcb): boolean => tcb.rcvMemory > 0 && tcb.reset.active;

/** Urgent data may end further away than 16 bits can say: then as far as they can (RFC 9293 §3.8.5, MUST-31). */
function urgentField(tcb: Tcb, plan: Plan): number {
  return Math.min(0xffff, seqDiff(tcb.sndUp, plan.seq) - (tcb.config.urgentPointer === 'last' ? 1 : 0));
}

/** RFC 1191 §3, unless the user or a path that is too narrow wants it otherwise. */
function dontFragment(tcb: Tcb): boolean {
  return tcb.pathMtuDiscovery === 'want' ? !tcb.fragmentable : tcb.pathMtuDiscovery !== 'dont';
}

/** A new one for each packet, a retransmission too (RFC 6864 §4.3 wants it of packets that may be fragmented; MAY-4 is not used). */
function nextIpId(tcb: Tcb): number {
  tcb.ipId = (tcb.ipId + 1) & 0xffff;
  return tcb.ipId;
}

function fillOptions(tcb: Tcb, plan: Plan, now: Micros): void {
  options.clear();
  if ((plan.flags & SYN) !== 0) return fillSynOptions(tcb, plan, now);
  if (tcb.timestamps) fillTimestamps(tcb, now);
  if (tcb.userTimeoutDue && roomForUserTimeout(tcb, plan)) options.userTimeout = userTimeoutToTell(tcb);
  // Beside text they may take what a full segment would: segments do not become shorter for them.
  if ((plan.flags & RST) === 0) fillSackBlocks(tcb, options, plan.length === 0 ? MAX_OPTIONS : tcb.sndMss - plan.length);
}

/** A SYN offers everything we can do, a SYN,ACK confirms what the peer offered too. */
function fillSynOptions(tcb: Tcb, plan: Plan, now: Micros): void {
  const { config } = tcb;
  const offering = (plan.flags & ACK) === 0;
  options.mss = announcedMss(tcb);
  options.sackPermitted = offering ? config.sack : tcb.sackPermitted;
  if (offering ? config.timestamps : tcb.timestamps) fillTimestamps(tcb, now);
  const scaling = offering ? config.windowScaling : tcb.scalingAgreed;
  if (scaling) options.windowScale = windowShift(config.receiveBufferMax);
  if (tellsUserTimeout(tcb)) options.userTimeout = userTimeoutToTell(tcb);
  if (tcb.cookie !== null && plan.record === null) fillCookie(tcb.cookie, tcb.cookieExperimental);
}

/** Once: a SYN that has to be sent again goes without, in case a box on the path dropped it for the option (RFC 7413 §4.1.3). */
function fillCookie(cookie: Uint8Array, experimental: boolean): void {
  options.cookieLength = cookie.length;
  options.cookie.set(cookie);
  options.cookieExperimental = experimental;
}

function fillTimestamps(tcb: Tcb, now: Micros): void {
  options.hasTimestamps = true;
  options.tsVal = timestampNow(tcb, now);
  options.tsEcr = tcb.tsRecent;
}
