/** Packets of conversations as a capture might have them, drawn from a seed: mostly sense, some of it bent where TCP and IP have their numbers. */
import { Address } from '../../../src/util/address.js';
import { seq, type Seq } from '../../../src/util/seq.js';
import type { Random } from '../../../src/util/random.js';
import { checksum } from '../../../src/wire/checksum.js';
import { octets } from '../../support/capture-file.js';
import { buildPacket, type Shape, type Socket } from '../../support/segments.js';

export interface Spoken {
  /** Nanoseconds since the packet before. */
  readonly after: bigint;
  readonly ip: Uint8Array;
}

const ADDRESSES = [['192.0.2.1', '192.0.2.2', '198.51.100.7'], ['2001:db8::1', '2001:db8::2', '2001:db8:1::7']].map((list) => list.map((text) => Address.from(text)));
const PORTS = [80, 443, 40_000, 40_001, 65_535];
const LENGTHS = [0, 0, 1, 1, 64, 100, 536, 1448];
const WINDOWS = [0, 1, 100, 502, 8192, 65_535];
const FLAGS = ['.', '.', 'P.', 'P.', 'F.', 'S', 'S.', 'R', 'R.', 'FP.', '.U', 'SEW', '.E', 'F', 'SF', 'SFRP.UEW', 'P'];
/** An echo request, and a datagram of UDP, both good. */
const NO_TCP = [octets('4500001c00010000400100 00c0000201c0000202 0800f7ff00000000'), octets('4500001d00010000401100 00c0000201c0000202 0035003500090000 61')];

/** One side of a conversation, and how far it has come. */
interface Speaker {
  readonly socket: Socket;
  readonly initial: Seq;
  at: number;
}

export class Talk {
  readonly version: 4 | 6;
  private readonly sides: readonly [Speaker, Speaker];
  private readonly opening: Shape[];

  constructor(private readonly random: Random, version?: 4 | 6) {
    this.version = version ?? random.pick([4, 4, 6]);
    const speaker = (): Speaker => ({ socket: { address: random.pick(ADDRESSES[this.version === 4 ? 0 : 1]), port: random.pick(PORTS) }, initial: seq(random.pick([0, 1, random.uint32(), 0xffff_ff00, 0x7fff_ff00])), at: 0 });
    this.sides = [speaker(), speaker()];
    const options = { mss: random.pick([0, 536, 1460, 65_495]), sackOk: random.chance(0.7), ...(random.chance(0.7) ? { scale: random.pick([0, 2, 7, 14, 15, 255]) } : {}) };
    this.opening = random.chance(0.8) ? [{ flags: 'S', seq: 0, ...options }, { flags: 'S.', seq: 0, ack: 1, ...options }, { flags: '.', seq: 1, ack: 1 }] : [];
  }

  /** The next packet. */
  next(): Spoken {
    const { random } = this;
    const first = this.opening.shift();
    const after = BigInt(random.pick([0, 1, 50_000, 1_000_000, 200_000_000, 75_000_000_000]));
    if (this.version === 4 && random.chance(0.03)) return { after, ip: mended(random.pick(NO_TCP).slice()) };
    const [from, to] = first === undefined ? this.turn() : this.sides[first.flags === 'S.' ? 1 : 0] === this.sides[0] ? this.sides : [this.sides[1], this.sides[0]];
    const shape = first ?? this.shape(from, to);
    from.at = Math.max(from.at, (shape.seq ?? 0) + (typeof shape.data === 'number' ? shape.data : 0) + (/[SF]/.test(shape.flags) ? 1 : 0));
    const ip = buildPacket(shape, from.socket, to.socket, from.initial, to.initial).toBytes();
    return { after, ip: random.chance(0.15) ? bent(ip, random) : ip };
  }

  private turn(): readonly [Speaker, Speaker] {
    return this.random.chance(0.6) ? this.sides : [this.sides[1], this.sides[0]];
  }

  /** New text mostly; also old text again, early text, keep-alives, windows that close, SACK of what may be missing, and anything at all. */
  private shape(from: Speaker, to: Speaker): Shape {
    const { random } = this;
    const jump = random.pick([0, 0, 0, 0, 0, -1, -100, -1448, 100, 1448, 100_000, -100_000, 0x7fff_ffff]);
    const known = random.pick([0, 0, 0, -100, -1448, 1, 5000]);
    return {
      flags: random.chance(0.75) ? random.pick(['.', 'P.']) : random.pick(FLAGS), seq: from.at + (random.chance(0.3) ? jump : 0), ack: to.at + (random.chance(0.3) ? known : 0),
      wnd: random.pick(WINDOWS), data: random.pick(LENGTHS),
      ...(random.chance(0.15) ? { sack: Array.from({ length: random.int(1, 4) }, () => [to.at + random.int(-3000, 3000), to.at + random.int(-3000, 3000)] as const) } : {}),
      ...(random.chance(0.1) ? { ts: [random.uint32(), random.uint32()] as const } : {}),
      ...(random.chance(0.02) ? { urg: random.int(0, 65_536) } : {}), ...(random.chance(0.02) ? { ecn: 3 } : {}),
    };
  }
}

/** One or two fields of IP or TCP at random values; IPv4's checksum made good, so that readers go on to TCP. */
function bent(ip: Uint8Array, random: Random): Uint8Array {
  const header = ip[0] >> 4 === 6 ? 40 : 20;
  for (let times = random.int(1, 3); times > 0; times--) {
    const at = random.chance(0.8) ? random.int(header, Math.min(header + 40, ip.length)) : random.int(0, header);
    ip[at] = random.pick([0, 1, 5, 0x0f, 0x40, 0x50, 0x60, 0x7f, 0x80, 0xf0, 0xff, random.int(0, 256)]);
  }
  return ip[0] >> 4 === 4 ? mended(ip) : ip;
}

function mended(ip: Uint8Array): Uint8Array {
  const view = new DataView(ip.buffer, ip.byteOffset, ip.length);
  view.setUint16(10, 0);
  view.setUint16(10, checksum(view, 0, Math.min(Math.max((ip[0] & 0xf) * 4, 20), ip.length)));
  return ip;
}
