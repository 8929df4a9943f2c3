/** By which rule a RST got its numbers: told from the segments before it (RFC 9293 §3.5.2, §3.10.4, §3.10.7.1). */
import { otherRole, type Role } from '../ends/end.js';
import type { Seen } from './seen.js';
import type { Stage } from './stage.js';

export interface ResetRule {
  /** "0", "SEG.ACK", "SND.NXT", or the number itself when it is none of them. */
  readonly seq: string;
  /** "SEG.SEQ+SEG.LEN", "RCV.NXT"; "-" without ACK. */
  readonly ack: string;
}

/** Octets of sequence space. */
const lengthOf = ({ view }: Seen): number => view.length + view.flags.filter((flag) => flag === 'SYN' || flag === 'FIN').length;
const endOf = (seen: Seen): number => (seen.view.absolute.seq + lengthOf(seen)) >>> 0;

export function ruleOf(stage: Stage, reset: Seen): ResetRule {
  const { from, to } = reset.view;
  const before = stage.seen.slice(0, stage.seen.indexOf(reset)).filter(({ view }) => (view.from === from && view.to === to) || (view.from === to && view.to === from));
  const last = (role: Role): Seen | undefined => before.findLast((seen) => seen.from === role && !seen.flags.includes('RST'));
  const [own, provoking] = [last(reset.from), last(otherRole(reset.from))];
  const { seq, ack } = reset.view.absolute;
  const acknowledges = reset.flags.includes('ACK');
  return { seq: seqRule(seq, acknowledges, own, provoking), ack: acknowledges ? ackRule(ack, own, provoking) : '-' };
}

function seqRule(seq: number, acknowledges: boolean, own: Seen | undefined, provoking: Seen | undefined): string {
  if (acknowledges && own === undefined && seq === 0) return '0';
  if (acknowledges && own !== undefined && seq === endOf(own)) return 'SND.NXT';
  return !acknowledges && seq === provoking?.view.absolute.ack ? 'SEG.ACK' : String(seq);
}

function ackRule(ack: number, own: Seen | undefined, provoking: Seen | undefined): string {
  if (provoking === undefined || ack !== endOf(provoking)) return String(ack);
  return own === undefined ? 'SEG.SEQ+SEG.LEN' : 'RCV.NXT';
}
