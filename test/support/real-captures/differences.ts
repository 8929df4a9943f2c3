/** Where glasstcp and tshark differ on purpose: when, who is right, and why. docs/analysis.md shows this table. */
import type { Pair } from '../compare-with-tshark.js';
import type { Flag } from './scene.js';

export interface Difference {
  /** Verdicts that only glasstcp has. */
  readonly ours: readonly Flag[];
  /** Verdicts that only tshark has. */
  readonly theirs: readonly Flag[];
  /** Holds of the segment, after those of its conversation that came before it. */
  readonly when: (pair: Pair, before: readonly Pair[]) => boolean;
  /** The same in words. */
  readonly condition: string;
  readonly right: 'glasstcp' | 'tshark' | 'both';
  readonly why: string;
}

const beginning = ({ theirs }: Pair): number => theirs.seq;
const SYN = 2;
const FIN = 1;
/** After the segment's last sequence number. */
const end = ({ theirs }: Pair): number => theirs.seq + theirs.length + ((theirs.bits & FIN) === 0 ? 0 : 1) + ((theirs.bits & SYN) === 0 ? 0 : 1);
const from = (side: string) => (pair: Pair): boolean => pair.ours.from === side;

/** Had all of [first, after) passed in these segments? */
function hadPassed(segments: readonly Pair[], first: number, after: number): boolean {
  let reached = first;
  for (const segment of [...segments].sort((a, b) => beginning(a) - beginning(b))) if (beginning(segment) <= reached) reached = Math.max(reached, end(segment));
  return reached >= after;
}

function isSeenAgain(pair: Pair, before: readonly Pair[]): boolean {
  return end(pair) > beginning(pair) && hadPassed(before.filter(from(pair.ours.from)), beginning(pair), end(pair));
}

/** Had all passed that this segment acknowledges, and none before it did? */
function isCovered(pair: Pair, before: readonly Pair[]): boolean {
  const own = before.filter(from(pair.ours.from));
  const others = before.filter((p) => p.ours.from !== pair.ours.from);
  const known = Math.max(Math.min(...others.map(beginning)), ...own.map(({ theirs }) => theirs.ack));
  return hadPassed(others, known, pair.theirs.ack);
}

const lastOf = (pairs: readonly Pair[]): Pair | undefined => pairs.at(-1);

/** Nothing, or an old octet, although the other side's window is closed. */
function asksClosedWindow(pair: Pair, before: readonly Pair[]): boolean {
  const window = lastOf(before.filter((p) => p.ours.from !== pair.ours.from))?.theirs.window;
  const next = Math.max(...before.filter(from(pair.ours.from)).map(end));
  return window === 0 && pair.theirs.length <= 1 && pair.theirs.seq === next - 1;
}

function answersOldOctet(pair: Pair, before: readonly Pair[]): boolean {
  const question = lastOf(before);
  return question !== undefined && question.ours.from !== pair.ours.from && question.flags.has('zero_window_probe') && question.theirs.flags.has('keep_alive') && pair.theirs.window === 0;
}

/** Acknowledges less than its sender did before: it was sent earlier, and overtaken. */
function isOld(pair: Pair, before: readonly Pair[]): boolean {
  return before.some((p) => p.ours.from === pair.ours.from && p.theirs.ack > pair.theirs.ack);
}

function answersOld(pair: Pair, before: readonly Pair[]): boolean {
  const question = lastOf(before);
  return question !== undefined && question.ours.from !== pair.ours.from && question.theirs.flags.has('keep_alive') && isOld(question, before);
}

/** One octet that had passed before, and that nobody had acknowledged. */
function isOneOctetDue(pair: Pair, before: readonly Pair[]): boolean {
  const acked = Math.max(0, ...before.filter((p) => p.ours.from !== pair.ours.from).map(({ theirs }) => theirs.ack));
  return pair.theirs.length === 1 && acked <= pair.theirs.seq && isSeenAgain(pair, before);
}

/** Has all between the first segment and this one passed? The octet of a probe counts, as it did for its receiver. */
function isNothingMissing(pair: Pair, before: readonly Pair[]): boolean {
  const own = before.filter(from(pair.ours.from));
  return hadPassed(own, Math.max(...own.filter((p) => !p.theirs.flags.has('zero_window_probe')).map(end)), beginning(pair));
}

export const DIFFERENCES: readonly Difference[] = [
  {
    ours: ['retransmission'], theirs: ['out_of_order'], when: isSeenAgain, right: 'glasstcp',
    condition: 'all octets of the segment had passed before',
    why: 'tshark does not remember what has passed, only the highest number. A segment below it that comes soon (within the round trip of the handshake) looks overtaken, though it was sent a second time.',
  },
  {
    ours: ['ack_lost_segment'], theirs: [], when: (pair, before) => !isCovered(pair, before), right: 'glasstcp',
    condition: 'some of the octets acknowledged here for the first time are not in the capture',
    why: 'Once tshark has told of a hole it looks for the next one only behind everything that had passed by then: holes in between stay untold.',
  },
  {
    ours: [], theirs: ['ack_lost_segment'], when: isCovered, right: 'glasstcp',
    condition: 'all octets acknowledged here for the first time are in the capture',
    why: 'tshark counts what follows a hole as not captured until an acknowledgement goes beyond it, even where the hole was told already, or filled by a later segment.',
  },
  {
    ours: ['zero_window_probe'], theirs: ['keep_alive'], when: asksClosedWindow, right: 'glasstcp',
    condition: 'no octet, or the last old one, is sent while the window of the other side is closed',
    why: 'So Linux asks whether a window has opened. tshark takes only a new octet for a probe; an old one it takes for a keep-alive, though the connection is not idle: there is text to send.',
  },
  {
    ours: ['zero_window_probe_ack'], theirs: [], when: answersOldOctet, right: 'glasstcp',
    condition: 'the answer to such a probe',
    why: 'It follows from the verdict on the probe.',
  },
  {
    ours: [], theirs: ['keep_alive'], when: isOld, right: 'glasstcp',
    condition: 'the segment acknowledges less than its sender had acknowledged before',
    why: 'An old ACK that others overtook. Its number may be the one before the next, as a keep-alive\'s is, because the sender has sent a FIN since; nobody sends a keep-alive with an old acknowledgement.',
  },
  {
    ours: ['duplicate_ack'], theirs: ['keep_alive_ack'], when: answersOld, right: 'glasstcp',
    condition: 'the answer to such an old ACK',
    why: 'It follows from the verdict on that one; so do the numbers of the duplicates after it.',
  },
  {
    ours: ['retransmission'], theirs: ['keep_alive'], when: isOneOctetDue, right: 'glasstcp',
    condition: 'the last octet sent comes again by itself, and nobody has acknowledged it',
    why: 'tshark does not ask whether the octet was acknowledged. If it was not, it is sent because it must arrive, not to make the other side answer.',
  },
  {
    ours: [], theirs: ['lost_segment'], when: isNothingMissing, right: 'glasstcp',
    condition: 'text follows the octet of a window probe that was acknowledged',
    why: 'tshark never counts the octet of a probe as sent. Here it was taken, and what follows it leaves no gap.',
  },
];

/** The table of docs/analysis.md. */
export function differencesTable(): string {
  const name = (flags: readonly Flag[]): string => (flags.length === 0 ? 'nothing' : flags.map((flag) => `\`${flag.replaceAll('_', '-')}\``).join(', '));
  const rows = DIFFERENCES.map(({ ours, theirs, condition, right, why }) => `| ${name(ours)} | ${name(theirs)} | ${condition} | ${right} | ${why} |`);
  return ['| glasstcp says | tshark says | when | right | why |', '|---|---|---|---|---|', ...rows].join('\n');
}
