/** A conversation before an onlooker, from a few words for each segment: what he says of it. Also as a capture file, for tshark. */
import { PcapngWriter } from '../../src/capture/pcapng-write.js';
import { Observer } from '../../src/observe/observer.js';
import type { Overlooked, Sighting } from '../../src/observe/sighting.js';
import { Address } from '../../src/util/address.js';
import { type Seq, seq } from '../../src/util/seq.js';
import type { Packet } from '../../src/wire/packet.js';
import { buildPacket, type Shape, type Socket } from './segments.js';

/** Milliseconds, who sends, and what. `port` of the left side tells conversations apart, `first` is its sender's initial number. */
export type Line = readonly [ms: number, from: 'left' | 'right', shape: Shape & { readonly port?: number; readonly first?: number }];

const RIGHT: Socket = { address: Address.from('192.0.2.2'), port: 80 };
const left = (port: number): Socket => ({ address: Address.from('192.0.2.1'), port });
/** Near the wrap, so that every test crosses it. */
export const FIRST = { left: seq(0xffff_ffc0), right: seq(0x7fff_ffc0) };
const EPOCH = 1_700_000_000_000_000;

export const microsOf = (ms: number): number => EPOCH + Math.round(ms * 1_000);

export function packetOf([, from, shape]: Line): Packet {
  const socket = left(shape.port ?? 40_000);
  const initial = (side: 'left' | 'right'): Seq => (side === from && shape.first !== undefined ? seq(shape.first) : FIRST[side]);
  return from === 'left' ? buildPacket(shape, socket, RIGHT, initial('left'), initial('right')) : buildPacket(shape, RIGHT, socket, initial('right'), initial('left'));
}

export class Onlooker {
  readonly observer: Observer;
  private number = 0;

  constructor(most?: number) {
    this.observer = new Observer(most);
  }

  /** @param captured octets of the IP packet; default all */
  look(line: Line, change: (packet: Packet) => void = () => undefined, captured?: number): Sighting | Overlooked {
    const packet = packetOf(line);
    change(packet);
    return this.observer.see({ number: ++this.number, at: microsOf(line[0]), packet, captured: captured ?? packet.length });
  }

  see(line: Line): Sighting {
    const seen = this.look(line);
    if ('why' in seen) throw new Error(`overlooked: ${seen.why}`);
    return seen;
  }
}

/** What is said of each segment, by name. */
export function namesOf(lines: readonly Line[]): string[][] {
  const onlooker = new Onlooker();
  return lines.map((line) => onlooker.see(line).verdicts.map(({ rule }) => rule.name));
}

/** What is said of the last one, in whole sentences. */
export function textsOfLast(lines: readonly Line[]): string[] {
  const onlooker = new Onlooker();
  let said: string[] = [];
  for (const line of lines) said = onlooker.see(line).verdicts.map(({ rule, text }) => `${rule.name}: ${text}`);
  return said;
}

export const namesOfLast = (lines: readonly Line[]): string[] => namesOf(lines).at(-1) ?? [];

/** SYN, SYN,ACK, ACK in so many milliseconds, windows scaled by 2^7. Ends at that time. */
export function handshake(rtt = 10, more: Partial<Shape> = {}): Line[] {
  const syn = { mss: 1460, scale: 7, sackOk: true, ...more };
  return [[0, 'left', { flags: 'S', ...syn }], [rtt / 2, 'right', { flags: 'S.', ack: 1, ...syn }], [rtt, 'left', { flags: '.', seq: 1, ack: 1, wnd: 512 }]];
}

/** Text of the left side, 100 octets unless said otherwise. */
export const text = (ms: number, at: number, data = 100, more: Partial<Line[2]> = {}): Line => [ms, 'left', { flags: 'P.', seq: at, ack: 1, data, wnd: 512, ...more }];
/** A bare acknowledgement of the right side. */
export const ack = (ms: number, number: number, more: Partial<Line[2]> = {}): Line => [ms, 'right', { flags: '.', seq: 1, ack: number, wnd: 512, ...more }];

export function writeCapture(lines: readonly Line[], path: string): void {
  const writer = new PcapngWriter(path);
  const iface = writer.addInterface('test');
  for (const line of lines) {
    const { bytes, start, end } = packetOf(line);
    writer.packet(iface, microsOf(line[0]), bytes, start, end);
  }
  writer.close();
}
