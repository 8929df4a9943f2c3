/** Packets that have been captured and not yet looked at: a queue that never grows beyond its limit, and counts what it had no room for. */

/** A packet as it was heard. */
export interface HeardPacket {
  /** µs since 1970, taken when the packet was handed over: see sniffer.ts. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** What one packet costs beside its octets, about. */
const OVERHEAD = 256;
/** Taken packets are cleared away when there are so many. */
const SPENT_AT = 4096;

export class FrameQueue {
  private readonly waiting: (HeardPacket | undefined)[] = [];
  private first = 0;
  private octets = 0;
  private refused = 0;

  /** @param limit octets */
  constructor(private readonly limit: number) {}

  /** Packets there was no room for. */
  get dropped(): number {
    return this.refused;
  }

  get length(): number {
    return this.waiting.length - this.first;
  }

  /** 0 = empty … 1 = full. */
  get fill(): number {
    return this.octets / this.limit;
  }

  put(packet: HeardPacket): void {
    const cost = packet.bytes.length + OVERHEAD;
    if (this.octets + cost > this.limit) {
      this.refused++;
      return;
    }
    this.octets += cost;
    this.waiting.push(packet);
  }

  /** The oldest; undefined = none waits. */
  take(): HeardPacket | undefined {
    const packet = this.waiting[this.first];
    if (packet === undefined) return undefined;
    this.waiting[this.first++] = undefined;
    this.octets -= packet.bytes.length + OVERHEAD;
    if (this.first >= SPENT_AT || this.first === this.waiting.length) {
      this.waiting.splice(0, this.first);
      this.first = 0;
    }
    return packet;
  }
}
