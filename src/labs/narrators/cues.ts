/**
 * What a segment is in the course of a handshake or a close: the first SYN or another one, the ACK that opens, the FIN that answers.
 * Told in the order in which one host sees its segments.
 */
import { otherRole, type Role } from '../ends/end.js';
import type { TcpView } from '../../observe/segment-view.js';
import { type Seq, seqAdd, seqDiff } from '../../util/seq.js';
import type { Cue } from './narrator.js';

/** One direction of one connection. */
interface Side {
  /** The number of its SYN. */
  syn: number | undefined;
  /** It has sent a SYN,ACK. */
  answered: boolean;
  /** It has acknowledged the other side's SYN, or its FIN. */
  ackedSyn: boolean;
  ackedFin: boolean;
  /** The number behind its FIN. */
  finEnd: number | undefined;
}

const fresh = (): Side => ({ syn: undefined, answered: false, ackedSyn: false, ackedFin: false, finEnd: undefined });
type Sides = Record<Role, Side>;

export class Cues {
  private readonly connections = new Map<string, Sides>();

  /** @returns undefined for what belongs to neither handshake nor close */
  of(from: Role, view: TcpView): Cue | undefined {
    const key = [view.from, view.to].sort().join(' ');
    const sides = this.connections.get(key) ?? { client: fresh(), server: fresh() };
    this.connections.set(key, sides);
    if (view.flags.includes('RST')) {
      this.connections.delete(key);
      return 'rst';
    }
    if (view.flags.includes('SYN')) return opening(from, view, sides);
    if (view.flags.includes('FIN')) return closing(from, view, sides);
    return acknowledging(from, view, sides);
  }
}

function opening(from: Role, { absolute, flags }: TcpView, sides: Sides): Cue {
  const [own, other] = [sides[from], sides[otherRole(from)]];
  const known = own.syn === absolute.seq;
  const answers = flags.includes('ACK');
  // The same ports again, after a close.
  if (!known && !answers && other.finEnd !== undefined) Object.assign(other, fresh());
  if (!known) Object.assign(own, fresh(), { syn: absolute.seq });
  if (answers) {
    const again = own.answered;
    own.answered = true;
    own.ackedSyn = true;
    return again ? 'syn-ack-again' : 'syn-ack';
  }
  if (known) return 'syn-again';
  return other.syn !== undefined && !other.answered ? 'syn-crossed' : 'syn';
}

function closing(from: Role, view: TcpView, sides: Sides): Cue {
  const [own, other] = [sides[from], sides[otherRole(from)]];
  const again = own.finEnd !== undefined;
  own.finEnd = seqAdd(view.absolute.seq as Seq, view.length + 1);
  const knows = covers(view, other.finEnd);
  const knew = own.ackedFin;
  own.ackedFin ||= knows;
  if (again) return 'fin-again';
  if (other.finEnd === undefined) return 'fin';
  if (!knows) return 'fin-crossed';
  return knew ? 'fin-back' : 'fin-both';
}

function acknowledging(from: Role, view: TcpView, sides: Sides): Cue | undefined {
  const [own, other] = [sides[from], sides[otherRole(from)]];
  if (covers(view, other.finEnd)) {
    const again = own.ackedFin;
    own.ackedFin = true;
    if (view.length > 0) return undefined;
    if (again) return other.finEnd === undefined ? undefined : 'fin-acked-again';
    return own.finEnd === undefined ? 'fin-acked' : 'last-ack';
  }
  if (!other.answered || own.ackedSyn || !covers(view, seqAdd((other.syn ?? 0) as Seq, 1))) return undefined;
  own.ackedSyn = true;
  return view.length > 0 ? 'third-ack-with-text' : 'third-ack';
}

const covers = ({ ack, absolute }: TcpView, end: number | undefined): boolean => ack !== undefined && end !== undefined && seqDiff(absolute.ack as Seq, end as Seq) >= 0;
