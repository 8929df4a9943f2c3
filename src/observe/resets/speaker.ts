/** What one end has said so far, as far as the reasons of a RST need it (RFC 9293 §3.5.2). */
import { type Seq, seqAdd, seqDiff, seqGt, seqLeq } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { ACK, FIN, RST, type Segment, SYN } from '../../wire/segment.js';
import type { Passing } from '../passing.js';

/** Segments remembered: a RST may answer one that others have followed. */
const RECENT = 4;

/** A segment that a RST may answer. */
export interface Remark {
  readonly ack: Seq | undefined;
  readonly end: Seq;
  readonly syn: boolean;
  readonly fin: boolean;
  readonly text: boolean;
}

export class Speaker {
  next: Seq | undefined;
  acked: Seq | undefined;
  /** The same, relative, for people. */
  ackedShown = 0;
  /** Octets it last offered. */
  window = 0;
  sentSyn = false;
  /** Its SYN answered another: it was called. */
  called = false;
  sentFin = false;
  /** It has sent something without SYN and RST. */
  wentOn = false;
  /** Octets of text, each counted once. */
  text = 0;
  /** Since the other end last sent text. */
  textSinceAnswer = 0;
  /** Since the other end's FIN. */
  textAfterPeerFin = 0;
  /** Hops left, of its last segment that was no RST. */
  ttl: number | undefined;
  /** The last ones, newest first; forgotten when it opens anew. */
  recent: Remark[] = [];
  /** Segments sent again, and keep-alives, since the other end last spoke, and when the first of them was sent. */
  repeats = 0;
  probes = 0;
  repeatsSince: Micros = 0;
  /** Its last RST did not stand where the other end expects. */
  doubted = false;

  /** It sends. */
  note({ segment, view, at }: Passing, peer: Speaker): void {
    peer.repeats = peer.probes = 0;
    if (segment.has(RST)) return;
    const syn = segment.has(SYN);
    const fin = segment.has(FIN);
    const ack = segment.has(ACK);
    if (syn && !(this.sentSyn && segment.end === this.next)) this.begin(peer, ack);
    this.count(segment, at, peer);
    if (ack) this.acknowledges(segment.ack, view.ack ?? 0, view.window);
    this.called ||= syn && ack;
    this.sentSyn ||= syn;
    this.sentFin ||= fin;
    this.wentOn ||= !syn;
    this.ttl = segment.ttl;
    const remark: Remark = { ack: ack ? segment.ack : undefined, end: segment.end, syn, fin, text: segment.dataLength > 0 };
    this.recent = [remark, ...this.recent.slice(0, RECENT - 1)];
  }

  /** Its text and its repetitions. */
  private count(segment: Segment, at: Micros, peer: Speaker): void {
    const fresh = this.next === undefined ? segment.len : Math.min(segment.len, Math.max(0, seqDiff(segment.end, this.next)));
    if (this.isKeepAlive(segment, peer)) {
      this.probes++;
      return;
    }
    if (segment.len > 0 && fresh === 0 && this.repeats++ === 0) this.repeatsSince = at;
    if (this.next === undefined || seqGt(segment.end, this.next)) this.next = segment.end;
    const octets = Math.min(fresh, segment.dataLength);
    if (octets > 0) this.says(octets, peer);
  }

  /** It repeats the last number that was acknowledged, with an octet of anything or none. */
  private isKeepAlive(segment: Segment, peer: Speaker): boolean {
    const { next } = this;
    return segment.len <= 1 && !segment.has(SYN) && !segment.has(FIN) && next !== undefined && peer.acked === next && segment.seq === seqAdd(next, -1);
  }

  /** A new connection on the same ports; its SYN,ACK belongs to the SYN that the other end has sent. */
  private begin(peer: Speaker, answers: boolean): void {
    this.next = this.acked = undefined;
    this.called = this.sentFin = this.wentOn = this.doubted = false;
    this.text = this.textSinceAnswer = this.textAfterPeerFin = this.ackedShown = 0;
    this.recent = [];
    if (!answers) peer.textAfterPeerFin = 0;
  }

  private says(octets: number, peer: Speaker): void {
    this.text += octets;
    this.textSinceAnswer += octets;
    peer.textSinceAnswer = 0;
    if (peer.sentFin) this.textAfterPeerFin += octets;
  }

  private acknowledges(ack: Seq, shown: number, window: number): void {
    this.window = window;
    if (this.acked !== undefined && seqLeq(ack, this.acked)) return;
    this.acked = ack;
    this.ackedShown = shown;
  }
}
