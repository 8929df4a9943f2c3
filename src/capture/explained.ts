/**
 * The capture that explains itself: each packet of a moment goes into the file with a comment that says why it is there,
 * packets that the link lost or damaged included.
 */
import { explainFate, explainMoment } from '../trace/explain.js';
import type { Audience, LinkFate, Moment } from '../trace/moment.js';
import { Pairing, type Told } from '../trace/pairing.js';
import type { Direction } from '../trace/tracer.js';
import type { Micros } from '../util/units.js';

/** The file underneath. */
export interface PacketWriter {
  /** @returns the number to pass to `packet`. */
  addInterface(name: string, description?: string): number;
  /** @param atMicros µs since 1970; fractions are nanoseconds, as far as a double holds them (a quarter of a µs). */
  packet(iface: number, atMicros: number, bytes: Uint8Array, start: number, end: number, comment?: string, direction?: Direction): void;
  close(): void;
}

export interface ExplainedCaptureOptions {
  /** Interface name as it appears in Wireshark: "tun0". */
  readonly name: string;
  readonly description?: string;
  /** What to add to a monotonic instant to get µs since 1970. */
  readonly epoch: Micros;
}

export class ExplainedCapture implements Audience {
  private readonly pairing = new Pairing((told) => this.write(told));
  private readonly iface: number;
  private written = 0;

  constructor(
    private readonly writer: PacketWriter,
    private readonly options: ExplainedCaptureOptions,
  ) {
    this.iface = writer.addInterface(options.name, options.description);
  }

  /** Packets written so far. */
  get packets(): number {
    return this.written;
  }

  /** A segment just sent is held until the next call, because its fate on the link may follow. */
  moment(moment: Moment): void {
    if (moment.bytes !== undefined) this.pairing.moment(moment);
  }

  fate(fate: LinkFate): void {
    this.pairing.fate(fate);
  }

  flush(): void {
    this.pairing.flush();
  }

  /** Writes what is still held and closes the file. */
  close(): void {
    this.pairing.finish();
    this.writer.close();
  }

  private write({ moment, fate }: Told): void {
    const bytes = moment?.bytes ?? fate?.bytes;
    if (bytes === undefined) return;
    const at = moment?.at ?? fate?.at ?? 0;
    this.written++;
    this.writer.packet(this.iface, this.options.epoch + at, bytes, 0, bytes.length, comment(moment, fate), moment?.direction ?? fate?.direction);
  }
}

/** A packet's fate comes first: it is what changes how the rest is read. */
function comment(moment: Moment | undefined, fate: LinkFate | undefined): string {
  const words: string[] = [];
  if (fate !== undefined) words.push(explainFate(fate));
  if (moment !== undefined) words.push(explainMoment(moment));
  else if (fate !== undefined) words.push(aloneComment(fate));
  return words.join('\n');
}

function aloneComment({ direction, what }: LinkFate): string {
  if (direction === 'out') return 'out  Nothing more is known of it.';
  if (what === 'corrupted') return 'in   As the peer sent it; what reached us was damaged and was dropped.';
  return 'in   The peer sent it; it did not reach us.';
}
