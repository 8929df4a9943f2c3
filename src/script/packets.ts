/**
 * Packets in and out: `< [ect0] 5001 > 8080 S. 0:0(0) ack 1 win 1000 urg 5 <mss 1460>`. Our extensions of the notation: `[badcksum]` spoils the
 * checksum of an inbound segment; `[ipopt 0xHEX, src "ADDRESS", dst "ADDRESS"]` are IPv4 options and other addresses than the connection's; the TCP
 * options `opt KIND 0xHEX` (any kind, legal length) and `octets 0xHEX` (what is no legal option, as it is).
 */
import { Address } from '../util/address.js';
import type { IcmpPacketEvent, IpInfo, TcpPacketEvent } from './ast.js';
import { U16, U32, U8, type Context } from './context.js';
import { parseIcmp } from './icmp.js';
import { quoted } from './source.js';
import { hexOctets, parseOptions } from './packet-options.js';
import { parseSequence } from './sequence.js';

/** What a packet event says beyond its time and text. */
export type PacketSaid = Omit<TcpPacketEvent, 'at' | 'time' | 'text'> | Omit<IcmpPacketEvent, 'at' | 'time' | 'text'>;

const REFUSED_PROTOCOLS: Readonly<Record<string, string>> = {
  udp: 'UDP packets are', ipv4: 'packets inside IPv4 are', ipv6: 'packets inside IPv6 are', gre: 'packets inside GRE are', GREv0: 'packets inside GRE are', mpls: 'packets inside MPLS are',
};
/** Longest IP packet less the headers of IPv4 and TCP. */
const SEGMENT_MAX = U16 - 40;
/** Octets of options that an IPv4 header holds. */
const IP_OPTIONS_MAX = 40;

/** The next token is `<` or `>`. */
export function parsePacket(context: Context): PacketSaid {
  const { lexer } = context;
  const out = lexer.next().text === '>';
  const direction = out ? 'out' : 'in';
  const ip = lexer.is('[') || lexer.is('(') ? parseIp(context, out) : {};
  const token = lexer.peek();
  if (token.kind === 'word' && Object.hasOwn(REFUSED_PROTOCOLS, token.text)) throw context.refuse(token, `${REFUSED_PROTOCOLS[token.text]} not supported`);
  const said = lexer.is('icmp')
    ? { kind: 'packet', direction, ip, protocol: 'icmp', ...parseIcmp(context) } as const
    : { kind: 'packet', direction, ip, protocol: 'tcp', ...parseTcp(context, out) } as const;
  if (ip.badChecksum === true && said.protocol === 'icmp') throw context.refuse(token, '[badcksum] is for TCP segments only');
  if (lexer.is('{')) throw context.refuse(lexer.peek(), 'mutations of packets ({mut …}) are not supported');
  return said;
}

type IpDraft = { -readonly [K in keyof IpInfo]: IpInfo[K] };

function parseIp(context: Context, out: boolean): IpInfo {
  const { lexer } = context;
  const close = lexer.next().text === '[' ? ']' : ')';
  const ip: IpDraft = {};
  do parseIpField(context, ip, out);
  while (lexer.accept(','));
  lexer.expect(close, 'after what is said of the IP header');
  return ip;
}

function parseIpField(context: Context, ip: IpDraft, out: boolean): void {
  const { lexer } = context;
  const token = lexer.peek();
  const { text } = token;
  const twice = (said: unknown): void => {
    if (said !== undefined) throw context.refuse(token, `${quoted(text)} says again what was said before`, 'say it once; tos holds the ECN bits too');
  };
  switch (text) {
    case 'noecn': case 'ect0': case 'ect1': case 'ce': case 'ect01':
      twice(ip.ecn ?? ip.tos);
      if (text === 'ect01' && !out) throw context.refuse(token, '[ect01] is for outbound packets only', 'write ect0 or ect1');
      lexer.next();
      ip.ecn = text;
      return;
    case 'tos':
      twice(ip.ecn ?? ip.tos);
      lexer.next();
      ip.tos = context.number('the tos', U8);
      return;
    case 'ttl':
      twice(ip.ttl);
      lexer.next();
      ip.ttl = context.number('the ttl', U8);
      return;
    case 'flowlabel':
      twice(ip.flowLabel);
      lexer.next();
      ip.flowLabel = context.number('the flow label', 0xfffff);
      return;
    case 'badcksum':
      twice(ip.badChecksum);
      if (out) throw context.refuse(token, '[badcksum] is for inbound packets only', 'that the subject\'s checksums are right is checked always');
      lexer.next();
      ip.badChecksum = true;
      return;
    case 'ipopt':
      twice(ip.options);
      lexer.next();
      ip.options = parseIpOptions(context);
      return;
    case 'src': case 'dst':
      twice(ip[text]);
      lexer.next();
      ip[text] = parseAddress(context);
      return;
  }
  throw lexer.unexpected('something of the IP header', 'known are noecn, ect0, ect1, ce, ect01, tos 0x…, ttl …, flowlabel 0x…, badcksum, ipopt 0x…, src "…", dst "…"');
}

/** The option area of an IPv4 header: legal or not, but whole words. */
function parseIpOptions(context: Context): Uint8Array {
  const { lexer } = context;
  const token = lexer.peek();
  if (token.kind !== 'hex') throw lexer.unexpected('IP options in hexadecimal', 'write ipopt 0x01010100');
  lexer.next();
  const octets = hexOctets(context, token, token.text.slice(2), 'IP option area', IP_OPTIONS_MAX);
  if (octets.length % 4 !== 0) throw context.refuse(token, `the IP options are not padded: their length is ${octets.length}, not a multiple of 4`, 'add 00 or 01');
  return octets;
}

function parseAddress(context: Context): string {
  const { lexer } = context;
  const token = lexer.peek();
  if (token.kind !== 'string') throw lexer.unexpected('an address in quotes', 'write "192.0.2.1"');
  const text = token.text.slice(1, -1);
  if (Address.parse(text) === undefined) throw context.refuse(token, `${quoted(text)} is not an IP address`);
  lexer.next();
  return text;
}

type TcpSaid = Omit<TcpPacketEvent, 'at' | 'time' | 'text' | 'kind' | 'protocol' | 'direction' | 'ip'>;

function parseTcp(context: Context, out: boolean): TcpSaid {
  const { lexer } = context;
  const ports = lexer.peek().kind === 'integer' && lexer.is('>', 1) ? parsePorts(context) : undefined;
  const flags = parseFlags(context);
  const range = lexer.peek();
  const { seq, seqEnd, length } = parseSequence(context);
  if (length > SEGMENT_MAX) throw context.refuse(range, `the segment is too large: ${length} octets`, `at most ${SEGMENT_MAX}`);
  const ack = lexer.accept('ack') ? context.number('the acknowledgment number', U32) : undefined;
  if (!lexer.is('win') && !out) throw lexer.unexpected('win: an inbound packet says its window', 'write win 65535');
  const window = lexer.accept('win') ? context.number('the window', U16) : undefined;
  const urgent = lexer.accept('urg') ? context.number('the urgent pointer', U16) : undefined;
  // A < or > here can only open options: the next event begins with its time.
  const options = lexer.is('<') ? parseOptions(context, out) : undefined;
  return {
    ...(ports === undefined ? {} : { ports }), flags, seq, seqEnd, length, ...(ack === undefined ? {} : { ack }),
    ...(window === undefined ? {} : { window }), ...(urgent === undefined ? {} : { urgent }), options,
  };
}

function parsePorts(context: Context): { from: number; to: number } {
  const from = context.number('the source port', U16);
  context.lexer.expect('>', 'between the ports');
  return { from, to: context.number('the destination port', U16) };
}

/** Letters, then perhaps a dot for ACK; a dot alone; - for none. */
function parseFlags(context: Context): string {
  const { lexer } = context;
  const token = lexer.peek();
  const wanted = 'letters of F S R P U E W, a dot for ACK; or - for none';
  if (token.kind === 'float') throw accurateEcn(context, token.start);
  if (token.kind === 'mark' && (token.text === '-' || token.text === '.')) return lexer.next().text;
  if (token.kind !== 'word') throw lexer.unexpected('TCP flags', wanted);
  const wrong = token.text.search(/[^FSRPUEW]/);
  const letter = token.text[wrong];
  if (/[A0-7]/.test(letter ?? '')) throw accurateEcn(context, token.start + wrong);
  if (wrong >= 0) throw context.source.error(token.start + wrong, `unknown TCP flag ${quoted(letter)}`, letter === 'C' ? 'CWR is written W' : wanted);
  lexer.next();
  const dot = lexer.peek();
  if (dot.kind === 'float' && dot.start === token.end) throw accurateEcn(context, dot.start + 1);
  return lexer.accept('.') ? `${token.text}.` : token.text;
}

const accurateEcn = (context: Context, offset: number): Error =>
  context.source.error(offset, 'the flag AE and digits for the ACE field (Accurate ECN) are not supported', 'ECE and CWR are written E and W');
