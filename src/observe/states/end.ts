/**
 * One end of a conversation as an onlooker knows it: what it sent, and what has reached it, in the variables of a TCB
 * (RFC 9293 §3.3.1). Its state (§3.3.2) follows from these facts alone, so a fact that proves wrong takes its state along.
 */
import { type Seq, seqGeq, seqGt } from '../../util/seq.js';
import type { Segment } from '../../wire/segment.js';
import type { InferredState } from '../sighting.js';
import { Arrivals } from './arrivals.js';

/** Why an end has no connection any more. */
export interface Ending {
  readonly state: 'CLOSED' | 'LISTEN';
  /** It sent the RST itself. */
  readonly own: boolean;
  /** Own: the RST's number. Otherwise what the peer had sent when its RST passed. A segment beyond that shows that the connection lives. */
  readonly mark: Seq | undefined;
}

/** A SYN that reached an end which had no connection, or had one of its own to open. */
export interface HeardSyn {
  readonly seq: Seq;
  readonly end: Seq;
}

export class End {
  /** It has sent something other than RST. */
  spoke = false;
  opening: 'active' | 'passive' | 'unseen' = 'unseen';
  /** Number of its SYN; undefined = its SYN was not seen. */
  iss: Seq | undefined;
  /** SND.NXT: the first number after all that it sent. */
  next: Seq | undefined;
  /** SND.UNA: acknowledged by segments that reached it. */
  una: Seq | undefined;
  /** The number after its FIN. */
  fin: Seq | undefined;
  /** The peer's FIN had reached it before it sent its own. */
  finAnswers = false;
  /** Number of the peer's SYN, once that has arrived. */
  irs: Seq | undefined;
  readonly arrived = new Arrivals();
  /** The number after the peer's FIN, which has passed but may wait behind a gap. */
  peerFin: Seq | undefined;
  /** Text that passed after the peer's FIN ends here. */
  afterPeerFin: Seq | undefined;
  /** Its furthest acknowledgement: proof of what has arrived. */
  acked: Seq | undefined;
  sentSynAck = false;
  /** It took text from the SYN and may answer before the handshake is done (RFC 7413). */
  fastOpen = false;
  /** It has done what no end does before its SYN is acknowledged. */
  proven = false;
  heard: HeardSyn | undefined;
  /** Last acknowledgement, received while opening, of something it never sent. */
  badAck: Seq | undefined;
  /** Without its SYN: enough has passed both ways to call it open. */
  sure = false;
  ending: Ending | undefined;

  get state(): InferredState {
    return this.stateAt(this.arrived.next);
  }

  /** The state if everything before rcvNxt has arrived and nothing after it. */
  stateAt(rcvNxt: Seq | undefined): InferredState {
    if (this.ending !== undefined) return this.ending.state;
    if (!this.spoke || (this.iss === undefined && !this.sure)) return 'unknown';
    if (this.fin === undefined && !this.synAcked) return this.irs === undefined ? 'SYN-SENT' : 'SYN-RECEIVED';
    const peerDone = this.peerFin !== undefined && rcvNxt !== undefined && seqGeq(rcvNxt, this.peerFin);
    return this.closingState(peerDone);
  }

  private closingState(peerDone: boolean): InferredState {
    if (this.fin === undefined) return peerDone ? 'CLOSE-WAIT' : 'ESTABLISHED';
    const acked = this.una !== undefined && seqGeq(this.una, this.fin);
    if (!peerDone) return acked ? 'FIN-WAIT-2' : 'FIN-WAIT-1';
    if (this.finAnswers) return acked ? 'CLOSED' : 'LAST-ACK';
    return acked ? 'TIME-WAIT' : 'CLOSING';
  }

  get synAcked(): boolean {
    return this.iss === undefined || (this.irs !== undefined && this.una !== undefined && seqGt(this.una, this.iss));
  }

  /** It has a connection, or is about to. */
  get connected(): boolean {
    const { state } = this;
    return state !== 'unknown' && state !== 'CLOSED' && state !== 'LISTEN' && state !== 'TIME-WAIT';
  }

  /** Begins a connection by a SYN of its own. What it has heard stays. */
  static opens(segment: Segment, heard: HeardSyn | undefined): End {
    const end = new End();
    end.spoke = true;
    end.iss = end.una = segment.seq;
    end.next = segment.end;
    end.heard = heard;
    return end;
  }
}
