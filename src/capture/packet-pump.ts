/**
 * From cap to the pipe: each packet is stamped and copied out of cap's one buffer before it returns, goes out with the others
 * of the same turn of the loop, and now and then what the kernel dropped is told.
 */
import type { CapSession } from './libpcap.js';
import { RecordKind, type RecordWriter } from './sniffer-records.js';

/** How often the kernel is asked. */
const ASK_EVERY_MICROS = 250_000;
/** Under a flood cap never lets the loop turn: then packets go out by the clock. */
const LONGEST_HELD_MICROS = 20_000;

export interface PumpParts {
  readonly writer: RecordWriter;
  /** µs since 1970, never going back. */
  readonly now: () => number;
  /** What the kernel has dropped so far. */
  readonly dropped: () => number | null;
}

export class PacketPump {
  private askedAt = 0;
  private told: number | null | undefined;
  private flushedAt = 0;
  private waiting = false;

  /** @param buffer the one that cap writes to */
  constructor(session: Pick<CapSession, 'on'>, private readonly buffer: Uint8Array, private readonly parts: PumpParts) {
    session.on('packet', (octets) => this.packet(octets));
  }

  /** Asks the kernel, and tells if the count has changed. */
  account(): void {
    const { writer, now, dropped } = this.parts;
    this.askedAt = now();
    const count = dropped();
    if (count !== this.told) writer.tell({ dropped: count });
    this.told = count;
    this.flush();
  }

  private packet(octets: number): void {
    const now = this.parts.now();
    this.parts.writer.add(RecordKind.Packet, now, this.buffer, Math.min(octets, this.buffer.length));
    if (!this.waiting) {
      this.waiting = true;
      this.flushedAt = now;
      setImmediate(() => this.flush());
    }
    if (now - this.flushedAt > LONGEST_HELD_MICROS) this.flush();
    if (now - this.askedAt > ASK_EVERY_MICROS) this.account();
  }

  private flush(): void {
    this.waiting = false;
    this.parts.writer.flush();
  }
}
