/**
 * Inbound packets of a script as octets, with the subject's own numbers in the place of the script's. Lengths, header fields
 * and checksums are right (unless [badcksum] wants a wrong one); everything that the script says is sent as it is said, legal or not.
 */
import { Address } from '../util/address.js';
import { checksum, pseudoHeaderSum } from '../wire/checksum.js';
import { PROTO_ICMP, PROTO_ICMPV6, PROTO_TCP } from '../wire/ip.js';
import { IPV4_HEADER, writeIpv4 } from '../wire/ipv4.js';
import { IPV6_HEADER, writeIpv6 } from '../wire/ipv6.js';
import { ACK, SYN } from '../wire/segment.js';
import { TCP_HEADER } from '../wire/tcp.js';
import type { IcmpPacketEvent, IpInfo, TcpPacketEvent } from './ast.js';
import type { Connections, ScriptSocket } from './connections.js';
import { icmpNumbers } from './icmp-names.js';
import { cookieOf, flagBits, tosOf } from './match.js';
import type { Settings } from './settings.js';
import { Stop } from './stop.js';
import { rawOption, writeRawOptions } from './tcp-options.js';

const TTL = 255;
/** What an ICMP error quotes beyond the IP header, before the octets that the script asks for. */
const QUOTED = 8;
const ICMP_HEADER = 8;
const PROTO_UDP = 17;

/** Who sends and who receives. */
interface Ends {
  readonly version: 4 | 6;
  readonly src: Address;
  readonly dst: Address;
}

/** @throws Stop for addresses of the other family, and for IPv4 options in IPv6 */
function inboundEnds({ ip, at }: TcpPacketEvent | IcmpPacketEvent, { subject }: Settings): Ends {
  const version = subject.ipVersion === 'ipv6' ? 6 : 4;
  if (version === 6 && ip.options !== undefined) throw new Stop('error', 'IPv6 has no options in its header: ipopt is for IPv4', at);
  const src = Address.from(ip.src ?? subject.remoteAddress);
  const dst = Address.from(ip.dst ?? subject.localAddress);
  if (src.isV4 !== (version === 4) || dst.isV4 !== (version === 4)) throw new Stop('error', `src and dst must be IPv${version} addresses here`, at);
  return { version, src, dst };
}

const ipHeader = (version: 4 | 6, ip: IpInfo = {}): number => (version === 6 ? IPV6_HEADER : IPV4_HEADER + (ip.options?.length ?? 0));

function writeIp(view: DataView, at: number, payloadLength: number, protocol: number, { version, src, dst }: Ends, ip: IpInfo): void {
  const ttl = ip.ttl ?? TTL;
  if (version === 6) writeIpv6(view, at, payloadLength, protocol, src, dst, ttl, tosOf(ip), ip.flowLabel ?? 0);
  else writeIpv4(view, at, payloadLength, protocol, src, dst, ttl, tosOf(ip), 0, true, ip.options);
}

/** @throws Stop for what cannot be sent: options that do not fit, an echo of a time stamp that the subject never sent */
export function buildTcp(event: TcpPacketEvent, socket: ScriptSocket, connections: Connections, settings: Settings): Uint8Array {
  const ends = inboundEnds(event, settings);
  const flags = flagBits(event.flags);
  const isSyn = (flags & SYN) !== 0;
  const local = socket.localOffset(isSyn);
  const options = optionOctets(event, socket, connections, settings, (flags & ACK) !== 0, local);
  const start = ipHeader(ends.version, event.ip);
  const headerLength = TCP_HEADER + options.length;
  const size = start + headerLength + event.length;
  if (size > 65_535) throw new Stop('error', `the packet would have ${size} octets; IP allows 65535`, event.at);
  if (event.window === undefined) throw new Stop('error', 'an inbound packet needs a window: win N', event.at);

  const octets = new Uint8Array(size);
  const view = new DataView(octets.buffer);
  writeIp(view, 0, headerLength + event.length, PROTO_TCP, ends, event.ip);
  view.setUint16(start, event.ports?.from ?? socket.remotePort);
  view.setUint16(start + 2, event.ports?.to ?? socket.localPort);
  view.setInt32(start + 4, (event.seq + socket.remoteOffset(isSyn)) | 0);
  view.setInt32(start + 8, (flags & ACK) === 0 ? (event.ack ?? 0) | 0 : ((event.ack ?? 0) + local) | 0);
  view.setUint16(start + 12, (headerLength << 10) | flags);
  view.setUint16(start + 14, event.window);
  view.setUint16(start + 18, event.urgent ?? 0);
  octets.set(options, start + TCP_HEADER);
  view.setUint16(start + 16, checksum(view, start, size, pseudoHeaderSum(ends.src, ends.dst, PROTO_TCP, size - start)));
  if (event.ip.badChecksum === true) octets[start + 17] ^= 1;
  return octets;
}

function optionOctets(
  event: TcpPacketEvent, socket: ScriptSocket, connections: Connections, settings: Settings, hasAck: boolean, local: number,
): Uint8Array {
  if (event.options === 'any') throw new Stop('error', '<...> says nothing of what to send in an inbound packet', event.at);
  const numbers = {
    edge: (script: number) => (script + local) >>> 0,
    stamps: (val: number, ecr: number) => [val, hasAck ? liveEcho(event, socket, settings, ecr) : ecr] as const,
    cookie: (name: string) => cookieOf(name, settings, connections),
  };
  return writeRawOptions((event.options ?? []).map((option) => rawOption(option, numbers)), event.at);
}

function liveEcho(event: TcpPacketEvent, socket: ScriptSocket, { tsEcrScaled }: Settings, ecr: number): number {
  const live = socket.liveEcho(ecr, tsEcrScaled);
  if (live === undefined) throw new Stop('error', `no packet with TS val ${ecr} was seen that ecr ${ecr} could echo`, event.at);
  return live;
}

/** An ICMP error about the connection: it quotes a packet of the subject's with the ports and the number that the script names. */
export function buildIcmp(event: IcmpPacketEvent, socket: ScriptSocket, settings: Settings): Uint8Array {
  const ends = inboundEnds(event, settings);
  const { version } = ends;
  const { type, code } = icmpNumbers(event, version);
  const start = ipHeader(version, event.ip);
  const quotedHeader = ipHeader(version);
  const { protocol, seq, length } = event.echoed ?? { protocol: 'tcp', seq: 0, length: 0 };
  const size = start + ICMP_HEADER + quotedHeader + QUOTED + length;
  const octets = new Uint8Array(size);
  const view = new DataView(octets.buffer);
  writeIp(view, 0, size - start, version === 6 ? PROTO_ICMPV6 : PROTO_ICMP, ends, event.ip);
  view.setUint8(start, type);
  view.setUint8(start + 1, code);
  if (event.mtu !== undefined) {
    if (version === 6) view.setUint32(start + 4, event.mtu);
    else view.setUint16(start + 6, event.mtu);
  }
  const quote = start + ICMP_HEADER;
  const { subject } = settings;
  const back: Ends = { version, src: Address.from(subject.localAddress), dst: Address.from(subject.remoteAddress) };
  const headerLength = protocol === 'tcp' ? TCP_HEADER : 8;
  writeIp(view, quote, headerLength + length, protocol === 'tcp' ? PROTO_TCP : PROTO_UDP, back, { ttl: 0 });
  const ports = quote + quotedHeader;
  view.setUint16(ports, socket.localPort);
  view.setUint16(ports + 2, socket.remotePort);
  if (protocol === 'tcp') view.setInt32(ports + 4, (seq + socket.localOffset(false)) | 0);
  const pseudo = version === 6 ? pseudoHeaderSum(ends.src, ends.dst, PROTO_ICMPV6, size - start) : 0;
  view.setUint16(start + 2, checksum(view, start, size, pseudo));
  return octets;
}
