/** Packets as text that parses to the same. */
import type { IcmpPacketEvent, IpInfo, PacketEvent, PacketOption, TcpPacketEvent } from './ast.js';

export function printPacket(packet: PacketEvent): string {
  const parts = [packet.direction === 'in' ? '<' : '>', printIp(packet.ip), packet.protocol === 'tcp' ? printTcp(packet) : printIcmp(packet)];
  return parts.filter((part) => part !== '').join(' ');
}

function printIp({ ecn, tos, ttl, flowLabel, badChecksum, options, src, dst }: IpInfo): string {
  const said: string[] = [];
  if (ecn !== undefined) said.push(ecn);
  if (tos !== undefined) said.push(`tos 0x${tos.toString(16)}`);
  if (ttl !== undefined) said.push(`ttl ${ttl}`);
  if (flowLabel !== undefined) said.push(`flowlabel 0x${flowLabel.toString(16)}`);
  if (badChecksum === true) said.push('badcksum');
  if (options !== undefined) said.push(`ipopt 0x${hex(options)}`);
  if (src !== undefined) said.push(`src "${src}"`);
  if (dst !== undefined) said.push(`dst "${dst}"`);
  return said.length === 0 ? '' : `[${said.join(', ')}]`;
}

function printTcp({ ports, flags, seq, seqEnd, length, ack, window, urgent, options }: TcpPacketEvent): string {
  const parts = [flags, `${seq}:${seqEnd}(${length})`];
  if (ports !== undefined) parts.unshift(`${ports.from} > ${ports.to}`);
  if (ack !== undefined) parts.push(`ack ${ack}`);
  if (window !== undefined) parts.push(`win ${window}`);
  if (urgent !== undefined) parts.push(`urg ${urgent}`);
  if (options !== undefined) parts.push(printOptions(options));
  return parts.join(' ');
}

/** `<mss 1460,nop,wscale 7>`, `<...>` */
export function printOptions(options: readonly PacketOption[] | 'any'): string {
  return options === 'any' ? '<...>' : `<${options.map(printOption).join(',')}>`;
}

function printOption(option: PacketOption): string {
  switch (option.kind) {
    case 'nop':
    case 'eol':
    case 'sackOK': return option.kind;
    case 'mss':
    case 'wscale': return `${option.kind} ${option.value}`;
    case 'TS': return `TS val ${option.value} ecr ${option.echo}`;
    case 'sack': return `sack ${option.blocks.map(({ left, right }) => `${left}:${right}`).join(' ')}`;
    case 'FO':
    case 'FOEXP': return [option.kind, option.variable ?? hex(option.cookie)].join(' ').trimEnd();
    case 'octets': return `octets 0x${hex(option.octets)}`;
    case 'raw': return `opt ${option.number}${option.octets.length === 0 ? '' : ` 0x${hex(option.octets)}`}`;
  }
}

const hex = (octets: Uint8Array): string => Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');

function printIcmp({ type, code, mtu, echoed }: IcmpPacketEvent): string {
  const parts = ['icmp', named('type', type)];
  if (code !== undefined) parts.push(named('code', code));
  if (mtu !== undefined) parts.push(`mtu ${mtu}`);
  if (echoed !== undefined) parts.push(echoed.protocol === 'udp' ? `[udp (${echoed.length})]` : `[${echoed.seq}:${echoed.seq + echoed.length}(${echoed.length})]`);
  return parts.join(' ');
}

const named = (what: string, text: string): string => (/^[0-9]/.test(text) ? `${what}_${text}` : text);
