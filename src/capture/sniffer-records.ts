/**
 * What passes from the process that listens to the one that looks: records one after another, each with 16 octets in front
 * (length, kind, instant). Little-endian, because both run on this machine.
 */

export const RecordKind = {
  /** One packet, link layer included. */
  Packet: 1,
  /** A word about the capture itself: JSON, see News. */
  News: 2,
} as const;

/** What is said besides packets. */
export type News =
  | { readonly open: { readonly linkType: number } }
  | { readonly refused: { readonly code: string; readonly message: string; readonly mend: string } }
  /** What the kernel had no room for, from the beginning; null = nobody can tell. */
  | { readonly dropped: number | null };

const HEADER = 16;
/** Written at once when so much has come together. */
const BATCH = 256 * 1024;

/** Gathers records and hands them on in batches. */
export class RecordWriter {
  private readonly batch = new Uint8Array(BATCH);
  private readonly view = new DataView(this.batch.buffer);
  private used = 0;

  /** @param write must have taken the octets when it returns: they are overwritten. */
  constructor(private readonly write: (octets: Uint8Array) => void) {}

  /** Copies bytes[0, length), at most 65,535 octets. @param at µs since 1970 */
  add(kind: number, at: number, bytes: Uint8Array, length = bytes.length): void {
    if (this.used + HEADER + length > BATCH) this.flush();
    this.view.setUint32(this.used, length, true);
    this.view.setUint32(this.used + 4, kind, true);
    this.view.setFloat64(this.used + 8, at, true);
    this.batch.set(bytes.subarray(0, length), this.used + HEADER);
    this.used += HEADER + length;
  }

  tell(news: News): void {
    this.add(RecordKind.News, 0, new TextEncoder().encode(JSON.stringify(news)));
  }

  flush(): void {
    if (this.used > 0) this.write(this.batch.subarray(0, this.used));
    this.used = 0;
  }
}

/** Finds the records in a stream of octets, however it is cut. A record whose end never comes is never told. */
export class RecordReader {
  private rest: Buffer = Buffer.alloc(0);

  /** @param take gets octets that are its own: nobody writes to them again. */
  constructor(private readonly take: (kind: number, at: number, bytes: Uint8Array) => void) {}

  feed(chunk: Buffer): void {
    const all = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let at = 0;
    while (all.length - at >= HEADER) {
      const end = at + HEADER + all.readUInt32LE(at);
      if (end > all.length) break;
      this.take(all.readUInt32LE(at + 4), all.readDoubleLE(at + 8), all.subarray(at + HEADER, end));
      at = end;
    }
    this.rest = all.subarray(at);
  }
}
