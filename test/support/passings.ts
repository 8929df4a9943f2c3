/**
 * Segments of a conversation as an onlooker sees them, from a few words each: "left SYN 0", "right SYN,ACK 0 1",
 * "left PSH,ACK 1 1 len 100", "right ACK 1 101 wnd 0 ttl 50 at 2.5". Numbers are relative to each side's first one; "no ACK
 * number" is for segments without the ACK bit. Without "at" a segment passes 10 ms after the one before it.
 */
import type { Passing } from '../../src/observe/passing.js';
import { SegmentReader, type TcpView } from '../../src/observe/segment-view.js';
import type { Observed } from '../../src/observe/sighting.js';
import { Address } from '../../src/util/address.js';
import { seq } from '../../src/util/seq.js';
import { MILLISECOND, SECOND } from '../../src/util/units.js';
import { Segment } from '../../src/wire/segment.js';
import { buildPacket, parsePacket, type Shape, type Socket } from './segments.js';

const LETTERS: Readonly<Record<string, string>> = { SYN: 'S', FIN: 'F', RST: 'R', PSH: 'P', ACK: '.', URG: 'U', ECE: 'E', CWR: 'W' };
const LEFT: Socket = { address: Address.from('192.0.2.1'), port: 40_000 };
const RIGHT: Socket = { address: Address.from('192.0.2.2'), port: 80 };
/** Near the wrap, so that every test crosses it. */
export const FIRST = { left: seq(0xffff_fff0), right: seq(0x7fff_fff0) };

interface Words {
  readonly from: 'left' | 'right';
  readonly shape: Shape;
  readonly at: number | undefined;
  readonly ttl: number;
}

function wordsOf(line: string): Words {
  const [from, flags = '', ...rest] = line.split(' ');
  if (from !== 'left' && from !== 'right') throw new Error(`who sends "${line}"?`);
  const letters = flags.split(',').map((name) => LETTERS[name] ?? '').join('');
  if (letters.length !== flags.split(',').length) throw new Error(`no such control bits: ${flags}`);
  const numbers = rest.slice(0, rest.findIndex((word) => Number.isNaN(Number(word))) >>> 0).map(Number);
  const named = (name: string): number | undefined => (rest.includes(name) ? Number(rest[rest.indexOf(name) + 1]) : undefined);
  const shape: Shape = {
    flags: letters, seq: numbers[0] ?? 0, ack: numbers[1] ?? 0, data: named('len') ?? 0, wnd: named('wnd') ?? 65_535,
    ...(named('mss') === undefined ? {} : { mss: named('mss') }), ...(named('scale') === undefined ? {} : { scale: named('scale') }),
    ...(rest.includes('sackOk') ? { sackOk: true } : {}), ...(rest.includes('cookie') ? { cookie: '0011223344556677' } : {}),
    ...(named('ts') === undefined ? {} : { ts: [named('ts') ?? 0, 0] as const }),
  };
  return { from, shape, at: named('at'), ttl: named('ttl') ?? 64 };
}

/** Each with a segment of its own, which real ones lend. */
export class Passings {
  private readonly reader = new SegmentReader();
  private number = 0;
  private readonly acked = { left: -1, right: -1 };
  private at = SECOND;

  pass(line: string): Passing {
    const { from } = wordsOf(line);
    const { number, at, packet } = this.observe(line);
    const segment = parsePacket(packet, new Segment());
    segment.ttl = wordsOf(line).ttl;
    const view = this.reader.read(packet.toBytes()) as TcpView;
    const acksNew = view.ack !== undefined && view.ack > this.acked[from];
    if (acksNew) this.acked[from] = view.ack;
    return { number, at, from, segment, view, again: view.again, acksNew };
  }

  /** The packet itself, as captured. */
  observe(line: string): Observed {
    const { from, shape, at } = wordsOf(line);
    this.at = at === undefined ? this.at + 10 * MILLISECOND : at * SECOND;
    const packet = from === 'left' ? buildPacket(shape, LEFT, RIGHT, FIRST.left, FIRST.right) : buildPacket(shape, RIGHT, LEFT, FIRST.right, FIRST.left);
    return { number: ++this.number, at: this.at, packet, captured: packet.length };
  }
}
