/**
 * One line per packet in the manner of tcpdump, for people who read traces. Not for the hot path: it allocates.
 */
import { type Seq, seq } from '../util/seq.js';
import { IcmpMessage, readIcmp } from './icmp.js';
import { ipOptionsText, unfinishedRoute } from './ip-options.js';
import { IpHeader, PROTO_ICMP, PROTO_ICMPV6, PROTO_TCP, readIp } from './ip.js';
import {
  FAST_OPEN_EXPERIMENT, MAX_OPTIONS, OPT_EOL, OPT_EXPERIMENT, OPT_FAST_OPEN, OPT_MSS, OPT_NOP, OPT_SACK, OPT_SACK_PERMITTED, OPT_TIMESTAMPS, OPT_USER_TIMEOUT,
  OPT_WSCALE, writeOptions,
} from './options.js';
import type { Packet } from './packet.js';
import { Reject, rejectName } from './reject.js';
import { ACK, CWR, ECE, FIN, PSH, RST, Segment, SYN, URG } from './segment.js';
import { hasPartialChecksum, readTcp, TCP_HEADER } from './tcp.js';

/** The numbers that print as 0: the initial sequence numbers of the sender of the segment and of its peer. */
export interface PrintBase {
  readonly seq: Seq;
  readonly ack: Seq;
}

const ABSOLUTE: PrintBase = { seq: seq(0), ack: seq(0) };

const FLAG_LETTERS: readonly (readonly [number, string])[] = [
  [FIN, 'F'], [SYN, 'S'], [RST, 'R'], [PSH, 'P'], [ACK, '.'], [URG, 'U'], [ECE, 'E'], [CWR, 'W'],
];

/** Control bits in tcpdump's letters and order: `S`, `S.`, `P.`, `SEW`; `none` for 0. */
export function flagsText(flags: number): string {
  let text = '';
  for (const [flag, letter] of FLAG_LETTERS) if ((flags & flag) !== 0) text += letter;
  return text === '' ? 'none' : text;
}

/** The segment as one line. Its options are shown as we would write them: a Segment does not keep their order. */
export function printSegment(segment: Segment, base: PrintBase = ABSOLUTE): string {
  const area = new DataView(new ArrayBuffer(MAX_OPTIONS));
  const options = optionTexts(area, 0, writeOptions(area, 0, segment.options), base);
  if (segment.options.unknown > 0) options.push(`${segment.options.unknown} unknown`);
  if (segment.options.malformed) options.push('malformed');
  return line(segment, options, base);
}

/** Any packet as one line; one that cannot be read says why. Never throws. */
export function printPacket(packet: Packet): string {
  const ip = new IpHeader();
  const reject = readIp(packet, ip);
  if (reject !== Reject.None) return `[${rejectName[reject]}] ${packet.length} octets`;
  return printPayload(packet, ip) + ipText(packet, ip);
}

function printPayload(packet: Packet, ip: IpHeader): string {
  if (ip.protocol === PROTO_TCP) return printTcp(packet, ip);
  const rest = ip.protocol === PROTO_ICMP || ip.protocol === PROTO_ICMPV6 ? printIcmp(packet, ip) : `protocol ${ip.protocol}`;
  return `${ip.src.toString()} > ${ip.dst.toString()}: ${rest}, length ${ip.payloadEnd - ip.payloadStart}`;
}

const ECN_NAMES = ['', 'ECT(1)', 'ECT(0)', 'CE'];

/** What the IP header has beyond addresses, if it has any: Diffserv code point, ECN, IPv4 options. */
function ipText(packet: Packet, ip: IpHeader): string {
  const parts: string[] = [];
  if (ip.dscp !== 0) parts.push(`dscp ${ip.dscp}`);
  if (ip.ecn !== 0) parts.push(ECN_NAMES[ip.ecn]);
  if (ip.version === 4 && ip.optionsEnd > ip.optionsStart) {
    parts.push(`ip options ${ipOptionsText(packet.bytes, ip.optionsStart, ip.optionsEnd)}`);
    if (unfinishedRoute(packet.bytes, ip.optionsStart, ip.optionsEnd) >= 0) parts.push(`now to ${ip.dst.toString()}`);
  }
  return parts.length === 0 ? '' : ` [${parts.join(', ')}]`;
}

function printTcp(packet: Packet, ip: IpHeader): string {
  const segment = new Segment();
  let note = '';
  let reject = readTcp(packet, ip, segment);
  if (reject === Reject.BadTcpChecksum) {
    note = hasPartialChecksum(packet, ip) ? ' [checksum offloaded]' : ` [${rejectName[reject]}]`;
    reject = readTcp(packet, ip, segment, false);
  }
  if (reject !== Reject.None) return `${ip.src.toString()} > ${ip.dst.toString()}: TCP [${rejectName[reject]}]`;
  return line(segment, optionTexts(packet.view, ip.payloadStart + TCP_HEADER, segment.dataStart, ABSOLUTE), ABSOLUTE) + note;
}

function printIcmp(packet: Packet, ip: IpHeader): string {
  const message = new IcmpMessage();
  const family = ip.protocol === PROTO_ICMP ? 'ICMP' : 'ICMP6';
  const reject = readIcmp(packet, ip, message);
  if (reject !== Reject.None) return `${family} [${rejectName[reject]}]`;
  switch (message.kind) {
    case 'echo-request':
    case 'echo-reply':
      return `${family} ${message.kind.replace('-', ' ')}, id ${message.echoId}, seq ${message.echoSeq}`;
    case 'other':
      return `${family} type ${message.type} code ${message.code}`;
    default:
      return `${family} ${message.kind.replace('-', ' ')}, code ${message.code}${mtuText(message)}${quoteText(message)}`;
  }
}

function mtuText(message: IcmpMessage): string {
  return message.kind === 'too-big' ? `, mtu ${message.mtu}` : '';
}

function quoteText(message: IcmpMessage): string {
  if (!message.hasQuote) return '';
  const src = message.quotedSrc.toString();
  const dst = message.quotedDst.toString();
  if (message.quotedProtocol !== PROTO_TCP) return `, about ${src} > ${dst} protocol ${message.quotedProtocol}`;
  return `, about ${src}.${message.quotedSrcPort} > ${dst}.${message.quotedDstPort} seq ${message.quotedSeq >>> 0}`;
}

function line(segment: Segment, options: string[], base: PrintBase): string {
  const length = segment.dataLength;
  const parts = [`Flags [${flagsText(segment.flags)}]`];
  const from = (segment.seq - base.seq) >>> 0;
  if (length > 0) parts.push(`seq ${from}:${(from + length) >>> 0}`);
  else if (segment.has(SYN | FIN | RST)) parts.push(`seq ${from}`);
  if (segment.has(ACK)) parts.push(`ack ${(segment.ack - base.ack) >>> 0}`);
  parts.push(`win ${segment.wnd}`);
  if (segment.has(URG)) parts.push(`urg ${segment.urgentPointer}`);
  if (options.length > 0) parts.push(`options [${options.join(',')}]`);
  parts.push(`length ${length}`);
  const src = `${segment.src.toString()}.${segment.srcPort}`;
  return `${src} > ${segment.dst.toString()}.${segment.dstPort}: ${parts.join(', ')}`;
}

/** The options of [start, end) in the order they stand there. */
function optionTexts(view: DataView, start: number, end: number, base: PrintBase): string[] {
  const texts: string[] = [];
  let at = start;
  while (at < end) {
    const kind = view.getUint8(at);
    if (kind === OPT_EOL) {
      texts.push('eol');
      break;
    }
    if (kind === OPT_NOP) {
      texts.push('nop');
      at++;
      continue;
    }
    const length = at + 1 < end ? view.getUint8(at + 1) : 0;
    if (length < 2 || at + length > end) {
      texts.push('malformed');
      break;
    }
    texts.push(optionText(view, at, kind, length, base));
    at += length;
  }
  return texts;
}

function optionText(view: DataView, at: number, kind: number, length: number, base: PrintBase): string {
  if (kind === OPT_MSS && length === 4) return `mss ${view.getUint16(at + 2)}`;
  if (kind === OPT_WSCALE && length === 3) return `wscale ${view.getUint8(at + 2)}`;
  if (kind === OPT_SACK_PERMITTED && length === 2) return 'sackOK';
  if (kind === OPT_TIMESTAMPS && length === 10) return `TS val ${view.getUint32(at + 2)} ecr ${view.getUint32(at + 6)}`;
  if (kind === OPT_FAST_OPEN) return cookieText('FO', view, at + 2, at + length);
  if (kind === OPT_EXPERIMENT && length >= 4 && view.getUint16(at + 2) === FAST_OPEN_EXPERIMENT) return cookieText('FOEXP', view, at + 4, at + length);
  if (kind === OPT_SACK && length > 2 && length % 8 === 2) return sackText(view, at + 2, (length - 2) / 8, base);
  if (kind === OPT_USER_TIMEOUT && length === 4) return `uto ${view.getUint16(at + 2)}`;
  const hex = hexText(view, at + 2, at + length);
  return hex === '' ? `unknown-${kind}` : `unknown-${kind} 0x${hex}`;
}

function hexText(view: DataView, start: number, end: number): string {
  let hex = '';
  for (let i = start; i < end; i++) hex += view.getUint8(i).toString(16).padStart(2, '0');
  return hex;
}

/** A Fast Open cookie, as packetdrill writes it; without one it is a request. */
function cookieText(name: string, view: DataView, start: number, end: number): string {
  return start === end ? name : `${name} ${hexText(view, start, end)}`;
}

/** A SACK speaks of the other direction: its edges count from where the acknowledgment number does. */
function sackText(view: DataView, at: number, blocks: number, base: PrintBase): string {
  let text = `sack ${blocks} `;
  for (let i = 0; i < blocks; i++) {
    const left = (view.getInt32(at + 8 * i) - base.ack) >>> 0;
    const right = (view.getInt32(at + 8 * i + 4) - base.ack) >>> 0;
    text += `{${left}:${right}}`;
  }
  return text;
}
