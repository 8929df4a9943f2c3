/** Small captures of TCP conversations, made in the test: an HTTP-like exchange with a loss in it, a refusal, and what is no TCP. */
import { LinkType } from '../../src/capture/frame.js';
import { Address } from '../../src/util/address.js';
import { seq } from '../../src/util/seq.js';
import { framed, pcapFile, type Recorded } from './capture-file.js';
import { buildPacket, type Shape, type Socket } from './segments.js';

/** 2026-01-01 */
const START = 1_767_225_600_000_000_000n;
const MILLISECOND = 1_000_000n;
const CLIENT_ISN = seq(1_000);
const SERVER_ISN = seq(9_000);

export type Line = readonly [from: '>' | '<', shape: Shape];

/** IP packets, a millisecond apart. */
export function packets(lines: readonly Line[], client: Socket, server: Socket, from = 0): Recorded[] {
  return lines.map(([direction, shape], i) => {
    const packet = direction === '>' ? buildPacket(shape, client, server, CLIENT_ISN, SERVER_ISN) : buildPacket(shape, server, client, SERVER_ISN, CLIENT_ISN);
    return { nanos: START + BigInt(from + i) * MILLISECOND, bytes: packet.toBytes() };
  });
}

const socket = (address: string, port: number): Socket => ({ address: Address.from(address), port });
const SYN = { mss: 1460, sackOk: true, scale: 7 } as const;

/** A request and an answer of three segments whose first was lost before the place of the capture; the client closes first. */
export const EXCHANGE: readonly Line[] = [
  ['>', { flags: 'S', ...SYN }], ['<', { flags: 'S.', ack: 1, ...SYN }], ['>', { flags: '.', seq: 1, ack: 1, wnd: 512 }],
  ['>', { flags: 'P.', seq: 1, ack: 1, data: 80, wnd: 512 }], ['<', { flags: '.', seq: 1, ack: 81, wnd: 512 }],
  ['<', { flags: '.', seq: 1, ack: 81, data: 1460, wnd: 512 }], ['<', { flags: '.', seq: 1461, ack: 81, data: 1460, wnd: 512 }],
  ['>', { flags: '.', seq: 81, ack: 1461, wnd: 512 }],
  ['<', { flags: '.', seq: 1461, ack: 81, data: 1460, wnd: 512 }], ['>', { flags: '.', seq: 81, ack: 2921, wnd: 512 }],
  ['>', { flags: 'F.', seq: 81, ack: 2921, wnd: 512 }], ['<', { flags: 'F.', seq: 2921, ack: 82, wnd: 512 }], ['>', { flags: '.', seq: 82, ack: 2922, wnd: 512 }],
];

export const REFUSAL: readonly Line[] = [['>', { flags: 'S', ...SYN }], ['<', { flags: 'R.', ack: 1, wnd: 0 }]];

export const exchange = (port = 40_312, from = 0): Recorded[] => packets(EXCHANGE, socket('192.0.2.1', port), socket('192.0.2.2', 80), from);
export const refusal = (port = 40_400, from = 20): Recorded[] => packets(REFUSAL, socket('2001:db8::1', port), socket('2001:db8::2', 81), from);

/** A UDP packet: no business of ours. */
export const udp = (from = 30): Recorded => ({
  nanos: START + BigInt(from) * MILLISECOND,
  bytes: Uint8Array.from([0x45, 0, 0, 28, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2, 0, 53, 0, 53, 0, 8, 0, 0]),
});

/** A pcap file of Ethernet frames. */
export const capture = (recorded: readonly Recorded[], linkType: number = LinkType.Ethernet): Uint8Array =>
  pcapFile(recorded.map((r) => ({ ...r, bytes: framed(linkType, r.bytes) })), { linkType, littleEndian: true });
