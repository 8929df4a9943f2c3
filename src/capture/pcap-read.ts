/** Reads pcap, the format of libpcap (draft-ietf-opsawg-pcap): either byte order, micro- or nanoseconds, Kuznetzov's longer records. */
import type { Frame } from './frame.js';
import type { Octets } from './octets.js';
import { LONGEST_CAPTURED, LONGEST_PACKET, type Records, sayCut } from './records.js';
import { count, readBefore, type Trouble } from './trouble.js';

export const PCAP_HEADER = 24;

interface Dialect {
  /** Nanoseconds in a unit of the time's second half. */
  readonly unit: bigint;
  /** Octets before each packet. */
  readonly recordHeader: number;
}

const DIALECTS: ReadonlyMap<number, Dialect> = new Map([
  [0xa1b2c3d4, { unit: 1000n, recordHeader: 16 }],
  [0xa1b23c4d, { unit: 1n, recordHeader: 16 }],
  // Alexey Kuznetzov's libpcap adds the interface, the protocol and the direction.
  [0xa1b2cd34, { unit: 1000n, recordHeader: 24 }],
]);

interface Fields {
  readonly nanos: bigint;
  readonly captured: number;
  readonly length: number;
}

export function isPcap(view: DataView, at: number): boolean {
  return DIALECTS.has(view.getUint32(at, true)) || DIALECTS.has(view.getUint32(at, false));
}

export class PcapRecords implements Records {
  private readonly littleEndian: boolean;
  private readonly dialect: Dialect;
  private readonly linkType: number;
  /** Before version 2.4 the two lengths stood the other way round, for a while by mistake. */
  private readonly swapped: 'no' | 'perhaps' | 'yes';
  private number = 0;

  /** @param octets stand at the file's header, all of which is there and whose magic number `isPcap` has found good */
  constructor(private readonly octets: Octets, private readonly trouble: Trouble) {
    octets.have(PCAP_HEADER);
    const { view, at } = octets;
    this.littleEndian = DIALECTS.has(view.getUint32(at, true));
    this.dialect = DIALECTS.get(view.getUint32(at, this.littleEndian)) as Dialect;
    const [major, minor] = [view.getUint16(at + 4, this.littleEndian), view.getUint16(at + 6, this.littleEndian)];
    this.swapped = major !== 2 || minor > 3 ? 'no' : minor === 3 ? 'perhaps' : 'yes';
    // The upper half says whether frames end with their check sequence, which no IP packet reaches into.
    this.linkType = view.getUint32(at + 20, this.littleEndian) & 0xffff;
    octets.skip(PCAP_HEADER);
  }

  next(): Frame | undefined {
    const { octets, dialect: { recordHeader } } = this;
    const position = octets.position;
    const what = `frame ${count(this.number + 1)} (at octet ${count(position)})`;
    const have = octets.have(recordHeader);
    if (have < recordHeader) {
      if (have > 0 || octets.failure !== '') sayCut(this.trouble, octets, `the header of ${what}`, `${have} of ${recordHeader} octets are there`, this.number);
      return undefined;
    }
    const { nanos, captured, length } = this.fields();
    if (captured > LONGEST_CAPTURED || length > LONGEST_PACKET) {
      const claim = captured > LONGEST_CAPTURED ? `${count(captured)} octets of it were captured` : `it had ${count(length)} octets`;
      this.trouble.say(`The header of ${what} says that ${claim}, which cannot be: the file is damaged from there on; ${readBefore(this.number)}.`);
      return undefined;
    }
    octets.skip(recordHeader);
    const there = octets.have(captured);
    if (there < captured) {
      sayCut(this.trouble, octets, what, `${count(there)} of ${count(captured)} octets are there`, this.number);
      return undefined;
    }
    const { at, bytes } = octets;
    octets.skip(captured);
    return { number: ++this.number, nanos, bytes: bytes.subarray(at, at + captured), length: Math.max(length, captured), linkType: this.linkType };
  }

  private fields(): Fields {
    const { view, at } = this.octets;
    const uint32 = (offset: number): number => view.getUint32(at + offset, this.littleEndian);
    const nanos = BigInt(uint32(0)) * 1_000_000_000n + BigInt(uint32(4)) * this.dialect.unit;
    const [first, second] = [uint32(8), uint32(12)];
    const swap = this.swapped === 'yes' || (this.swapped === 'perhaps' && first > second);
    return swap ? { nanos, captured: second, length: first } : { nanos, captured: first, length: second };
  }
}
