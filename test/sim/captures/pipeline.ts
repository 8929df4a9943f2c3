/** A capture through all that reads it, to text; with an account of what came of it, and of what must never be. */
import { ipPacketOf, LONGEST_IP_PACKET } from '../../../src/capture/link-layer.js';
import { CaptureError } from '../../../src/capture/errors.js';
import type { CaptureReader } from '../../../src/capture/read.js';
import type { Frame } from '../../../src/capture/frame.js';
import { Observer } from '../../../src/observe/observer.js';
import type { Observed, Overlooked, Sighting } from '../../../src/observe/sighting.js';
import { formatCitation } from '../../../src/trace/explain.js';
import { Packet } from '../../../src/wire/packet.js';

/** Octets of a file that the shortest packet takes: a simple packet block, or a record's header. */
const SHORTEST_RECORD = 16;
/** Sentences that a reader may say, the one about the unsaid included. */
const MOST_SENTENCES = 21;
/** Characters for one frame. */
const LONGEST_TEXT = 8192;
/** What a Date can hold on either side of 1970, ms. */
const FURTHEST = 8.64e15;

/** What came of one file. */
export class Outcome {
  refused = '';
  frames = 0;
  sightings = 0;
  trouble: readonly string[] = [];
  readonly linkTypes = new Set<number>();
  readonly said = new Set<string>();
  readonly problems: string[] = [];
  /** All that was said, one line for each frame: the same file must say the same. */
  readonly lines: string[] = [];
}

export class Pipeline {
  private readonly packet = new Packet(LONGEST_IP_PACKET);

  /** @param lasting an observer that is shown every packet of every file, too */
  constructor(private readonly lasting: Observer | null = null) {}

  play(open: () => CaptureReader, size: number): Outcome {
    const outcome = new Outcome();
    try {
      this.read(open(), size, outcome);
    } catch (error) {
      if (error instanceof CaptureError) outcome.refused = error.toString();
      else outcome.problems.push(`threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
    if (outcome.refused !== '') checkSentence(outcome.refused.split('\n')[0], outcome);
    return outcome;
  }

  private read(reader: CaptureReader, size: number, outcome: Outcome): void {
    const observer = new Observer();
    let last = 0;
    for (const frame of reader.frames()) {
      if (++outcome.frames > size / SHORTEST_RECORD) {
        outcome.problems.push(`more than ${size / SHORTEST_RECORD} frames in ${size} octets`);
        return;
      }
      checkFrame(frame, last, outcome);
      last = frame.number;
      const line = this.line(frame, observer, outcome);
      if (line.length > LONGEST_TEXT) outcome.problems.push(`${line.length} characters about frame ${frame.number}`);
      outcome.lines.push(line);
    }
    outcome.trouble = reader.trouble;
    if (outcome.trouble.length > MOST_SENTENCES) outcome.problems.push(`${outcome.trouble.length} sentences of trouble`);
    for (const sentence of outcome.trouble) checkSentence(sentence, outcome);
  }

  private line(frame: Frame, observer: Observer, outcome: Outcome): string {
    const { packet } = this;
    outcome.linkTypes.add(frame.linkType);
    const captured = ipPacketOf(frame, packet);
    if (typeof captured === 'string') return `${frame.number} ${captured}`;
    if (captured < 1 || captured > packet.length || captured > frame.bytes.length) outcome.problems.push(`${captured} octets of ${packet.length} captured in a frame of ${frame.bytes.length}`);
    const observed: Observed = { number: frame.number, at: Number(frame.nanos) / 1000, packet, captured };
    this.lasting?.see(observed);
    const seen = observer.see(observed);
    if ('why' in seen) return overlookedText(seen);
    outcome.sightings++;
    for (const { rule } of seen.verdicts) outcome.said.add(rule.name);
    return sightingText(seen, outcome);
  }
}

const overlookedText = ({ number, at, why }: Overlooked): string => `${number} ${timeText(at)} ${why}`;

function sightingText(sighting: Sighting, outcome: Outcome): string {
  const { number, at, stream, left, right, from, view, checksum, verdicts, states } = sighting;
  const said = verdicts.map(({ text, rule }) => `${text} ${formatCitation(rule)}`);
  const ends = [states.left, states.right].map(({ before, after }) => `${before}→${after}`);
  const line = [number, timeText(at), stream, left, from === 'left' ? '→' : '←', right, JSON.stringify(view), checksum, ...ends, ...said].join(' ');
  if (/undefined|NaN|Infinity|null|\[object/.test(line)) outcome.problems.push(`frame ${number} is told as ${line}`);
  return line;
}

const timeText = (at: number): string => new Date(at / 1000).toISOString();

function checkFrame({ number, nanos, bytes, length }: Frame, last: number, outcome: Outcome): void {
  if (number <= last) outcome.problems.push(`frame ${number} after frame ${last}`);
  if (bytes.length > length || length > 64 * 1024 * 1024) outcome.problems.push(`frame ${number} has ${bytes.length} of ${length} octets`);
  if (Math.abs(Number(nanos)) / 1e6 > FURTHEST) outcome.problems.push(`frame ${number} was captured at ${nanos}`);
}

function checkSentence(sentence: string, outcome: Outcome): void {
  if (!/^[A-Z/].*\.$/.test(sentence) || /undefined|NaN|Infinity|\[object/.test(sentence) || sentence.length > 400) outcome.problems.push(`says ${JSON.stringify(sentence)}`);
}
