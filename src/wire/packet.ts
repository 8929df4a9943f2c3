/**
 * One whole IP packet in a buffer with its DataView made once: making a view per packet costs more than parsing one.
 * Packets are lent, not given: who receives one copies what it keeps before it returns.
 */
export class Packet {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** The packet is bytes[start, end). */
  start = 0;
  end = 0;
  /** 0, or the segment size by which a device that segments (TSO) cuts this packet, or of which one has joined it (GRO). */
  gsoSize = 0;

  /** @param capacity octets, at least the MTU of the device that will carry it. */
  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, capacity);
  }

  get length(): number {
    return this.end - this.start;
  }

  /** Refills this packet with a copy of bytes[start, end). The caller sees to it that they fit. */
  fill(bytes: Uint8Array, start = 0, end = bytes.length): this {
    this.bytes.set(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end), 0);
    this.start = 0;
    this.end = end - start;
    this.gsoSize = 0;
    return this;
  }

  /** A copy of the packet's bytes, to keep. */
  toBytes(): Uint8Array {
    return this.bytes.slice(this.start, this.end);
  }

  static of(bytes: Uint8Array): Packet {
    return new Packet(Math.max(bytes.length, 1)).fill(bytes);
  }
}
