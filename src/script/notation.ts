/** Live packets in the script's notation and numbers, for ladders and messages. */
import { printPacket } from '../wire/print.js';
import { Packet } from '../wire/packet.js';
import { ACK, CWR, ECE, FIN, PSH, RST, SYN, URG } from '../wire/segment.js';
import type { ScriptSocket } from './connections.js';
import { AE, type Seen, type SeenTcp } from './seen.js';
import { optionText } from './tcp-options.js';

/** In the order in which scripts write them. */
const LETTERS: readonly (readonly [number, string])[] = [
  [SYN, 'S'], [FIN, 'F'], [RST, 'R'], [PSH, 'P'], [ECE, 'E'], [CWR, 'W'], [AE, 'A'], [URG, 'U'], [ACK, '.'],
];

/** 'S.', 'P.', '-' for none. */
export function flagsText(flags: number): string {
  const text = LETTERS.filter(([bit]) => (flags & bit) !== 0).map(([, letter]) => letter).join('');
  return text === '' ? '-' : text;
}

/** A packet as the script would say it; what is no TCP, as tcpdump would. */
export function seenText(seen: Seen, socket: ScriptSocket | undefined): string {
  if (seen.kind === 'tcp') return `> ${tcpText(seen, socket)}`;
  return printPacket(Packet.of(seen.octets));
}

function tcpText(seen: SeenTcp, socket: ScriptSocket | undefined): string {
  const isSyn = (seen.flags & SYN) !== 0;
  const local = socket?.localOffset(isSyn) ?? 0;
  const remote = socket?.remoteOffset(isSyn) ?? 0;
  const start = (seen.seq - local) >>> 0;
  const length = seen.payload.length;
  const ports = socket === undefined ? `${seen.srcPort} > ${seen.dstPort} ` : '';
  const parts = [`${ports}${flagsText(seen.flags)}`, `${start}:${(start + length) >>> 0}(${length})`];
  if ((seen.flags & ACK) !== 0) parts.push(`ack ${(seen.ack - remote) >>> 0}`);
  parts.push(`win ${seen.window}`);
  if ((seen.flags & URG) !== 0) parts.push(`urg ${seen.urgent}`);
  const numbers = { edge: (live: number) => (live - remote) >>> 0, stamp: (live: number) => socket?.scriptStamp(live) ?? live };
  if (seen.options.length > 0) parts.push(`<${seen.options.map((o) => optionText(o, numbers)).join(',')}>`);
  return parts.join(' ');
}
