/**
 * The capture that explains itself: each packet of a moment goes into the file with a comment that says why it is there,
 * packets that the link lost or damaged included.
 */
import { fateIn, momentIn } from '../trace/explain.js';
import type { Language } from '../trace/language.js';
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
  /** Of the comments; English by default. */
  readonly language?: Language;
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
    this.writer.packet(this.iface, this.options.epoch + at, bytes, 0, bytes.length, comment(moment, fate, this.options.language ?? 'en'), moment?.direction ?? fate?.direction);
  }
}

/** A packet's fate comes first: it is what changes how the rest is read. */
function comment(moment: Moment | undefined, fate: LinkFate | undefined, language: Language): string {
  const words: string[] = [];
  if (fate !== undefined) words.push(fateIn(fate, language));
  if (moment !== undefined) words.push(momentIn(moment, language));
  else if (fate !== undefined) words.push(aloneComment(fate, language));
  return words.join('\n');
}

/** Of a packet that the link alone has seen, or damaged on its way to us. */
const ALONE = {
  en: {
    out: 'out  Nothing more is known of it.',
    damaged: 'in   As the peer sent it; what reached us was damaged and was dropped.',
    lost: 'in   The peer sent it; it did not reach us.',
  },
  zh: {
    out: 'out  此外一无所知。',
    damaged: 'in   这是对端发出的原样；到达我们时已损坏，被丢弃。',
    lost: 'in   对端发出了它；它没有到达我们。',
  },
} as const;

function aloneComment({ direction, what }: LinkFate, language: Language): string {
  const words = ALONE[language];
  if (direction === 'out') return words.out;
  return what === 'corrupted' ? words.damaged : words.lost;
}
