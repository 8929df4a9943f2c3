/** What one end of a conversation has sent, in sums. */
import type { InferredState, Sighting, StateStep } from '../sighting.js';
import { TSHARK_FLAGS } from '../verdicts.js';

/** States kept of an end's way; the rest is told as cut. */
const LONGEST_PATH = 40;

export interface DirectionSummary {
  /** "192.0.2.1:80" */
  readonly end: string;
  readonly segments: number;
  /** Of text, what was sent again left out. */
  readonly octets: number;
  readonly retransmittedSegments: number;
  readonly retransmittedOctets: number;
  readonly duplicateAcks: number;
  /** Segments that closed the window. */
  readonly zeroWindows: number;
  readonly outOfOrder: number;
  readonly keepAlives: number;
  readonly resets: number;
  /** Octets of text in the largest segment. */
  readonly largest: number;
  /** As offered in its SYN; null = not offered, or the SYN was not seen. */
  readonly mss: number | null;
  readonly windowScale: number | null;
  /** The last one. */
  readonly state: InferredState;
  /** The states it came through, as inferred. */
  readonly path: readonly InferredState[];
  /** There were more. */
  readonly pathCut: boolean;
}

export class Direction {
  /** SYNs without ACK, and with. */
  syns = 0;
  synAcks = 0;
  sentFin = false;
  sackPermitted = false;
  timestamps = false;
  windowScale: number | null = null;
  state: InferredState = 'unknown';
  private mss: number | null = null;
  private segments = 0;
  private octets = 0;
  private largest = 0;
  private retransmittedSegments = 0;
  private retransmittedOctets = 0;
  private duplicateAcks = 0;
  private zeroWindows = 0;
  private outOfOrder = 0;
  private keepAlives = 0;
  private resets = 0;
  private readonly path: InferredState[] = [];
  private pathCut = false;

  /** It sends. */
  sends({ view, verdicts }: Sighting): void {
    const flags = new Set(verdicts.flatMap(({ rule }) => TSHARK_FLAGS.get(rule.name) ?? []));
    this.segments++;
    this.sentFin ||= view.flags.includes('FIN');
    if (view.flags.includes('RST')) this.resets++;
    if (view.flags.includes('SYN')) this.opens(view);
    if (flags.has('duplicate_ack')) this.duplicateAcks++;
    if (flags.has('zero_window')) this.zeroWindows++;
    if (flags.has('out_of_order')) this.outOfOrder++;
    if (flags.has('keep_alive')) this.keepAlives++;
    else if (flags.has('retransmission')) {
      this.retransmittedSegments++;
      this.retransmittedOctets += view.length;
    } else this.octets += view.length;
    this.largest = Math.max(this.largest, view.length);
  }

  private opens({ flags, mss, windowScale, sackPermitted, timestamps }: Sighting['view']): void {
    if (flags.includes('ACK')) this.synAcks++;
    else this.syns++;
    this.mss = mss ?? null;
    this.windowScale = windowScale ?? null;
    this.sackPermitted = sackPermitted;
    this.timestamps = timestamps !== undefined;
  }

  /** A segment passed, from whomever. */
  moves({ before, after }: StateStep): void {
    for (const state of [before, after]) {
      if (state === 'unknown' || state === this.path.at(-1)) continue;
      if (this.path.length < LONGEST_PATH) this.path.push(state);
      else this.pathCut = true;
    }
    this.state = after;
  }

  summary(end: string): DirectionSummary {
    const { segments, octets, retransmittedSegments, retransmittedOctets, duplicateAcks, zeroWindows, outOfOrder, keepAlives, resets, largest } = this;
    const { mss, windowScale, state, path, pathCut } = this;
    return {
      end, segments, octets, retransmittedSegments, retransmittedOctets, duplicateAcks, zeroWindows, outOfOrder, keepAlives, resets, largest,
      mss, windowScale, state, path: [...path], pathCut,
    };
  }
}
