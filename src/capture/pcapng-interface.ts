/** One interface of a pcapng section: its link type, its snap length, and how its clock ticks (draft-ietf-opsawg-pcapng §4.2). */

const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;
const END_OF_OPTIONS = 0;
const NANOS = 1_000_000_000n;
/** Microseconds, unless an option says otherwise. */
const DEFAULT_RESOLUTION = 6;
/** What a Date can hold on either side of 1970, nanoseconds. */
const FURTHEST = 8_640_000_000_000_000n * 1_000_000n;

export class Interface {
  /** Ticks in a second. */
  private resolution = ticksPerSecond(DEFAULT_RESOLUTION);
  /** Added to each time, nanoseconds. */
  private offset = 0n;

  /** @param snapLength octets of a packet that were kept at most; 0 = all */
  constructor(readonly linkType: number, readonly snapLength: number) {}

  /** Takes what it knows of the options in [at, end); stops where they make no sense. */
  readOptions(view: DataView, at: number, end: number, littleEndian: boolean): void {
    while (at + 4 <= end) {
      const code = view.getUint16(at, littleEndian);
      const length = view.getUint16(at + 2, littleEndian);
      at += 4;
      if (code === END_OF_OPTIONS || at + length > end) return;
      if (code === IF_TSRESOL && length >= 1) this.resolution = ticksPerSecond(view.getUint8(at));
      if (code === IF_TSOFFSET && length >= 8) this.offset = view.getBigInt64(at, littleEndian) * NANOS;
      at += (length + 3) & ~3;
    }
  }

  /** @returns nanoseconds since 1970, or undefined for a time that no calendar has */
  nanosOf(high: number, low: number): bigint | undefined {
    const ticks = (BigInt(high) << 32n) | BigInt(low);
    const nanos = (ticks * NANOS) / this.resolution + this.offset;
    return nanos >= -FURTHEST && nanos <= FURTHEST ? nanos : undefined;
  }
}

/** @param value of the option: a negative power of 2 where the highest bit is set, of 10 otherwise */
function ticksPerSecond(value: number): bigint {
  const exponent = BigInt(value & 0x7f);
  return (value & 0x80) !== 0 ? 1n << exponent : 10n ** exponent;
}
