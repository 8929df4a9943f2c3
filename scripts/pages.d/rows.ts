/**
 * Where things stand on a drawn ladder: rows in the order of time. What one side sends at the instant at which something arrives
 * there begins on the same row, as in textbooks; two segments that cross begin on one row too.
 */
import type { Role } from '../../src/labs/ends/end.js';
import { otherRole } from '../../src/labs/ends/end.js';
import type { Micros } from '../../src/util/units.js';
import type { Note, Packet, Recording, StateMark } from './recording.js';

export interface Row {
  readonly at: Micros;
  readonly note?: Note;
  /** So many packets are left out here. */
  readonly gap?: number;
  readonly states: Readonly<Record<Role, StateMark[]>>;
}

export interface Arrow {
  readonly packet: Packet;
  /** Rows. */
  readonly from: number;
  /** undefined = it never arrives. */
  readonly to: readonly number[];
  /** Another one is on its way against it at the same time. */
  readonly crosses: boolean;
}

export interface Layout {
  readonly rows: readonly Row[];
  readonly arrows: readonly Arrow[];
}

/** More packets than this are a wall; the middle of it is left out. */
const MOST = 44;
const LAST = 12;
/** Of more than so many alike in a row only the first few and the last are drawn. */
const ALIKE = 6;
const ALIKE_FIRST = 3;

type Event =
  | { readonly at: Micros; readonly order: number; readonly kind: 'note'; readonly note: Note }
  | { readonly at: Micros; readonly order: number; readonly kind: 'gap'; readonly gap: number }
  | { readonly at: Micros; readonly order: number; readonly kind: 'state'; readonly mark: StateMark }
  | { readonly at: Micros; readonly order: number; readonly kind: 'send' | 'arrive'; readonly packet: Packet };

export function layOut(recording: Recording): Layout {
  const rows: { at: Micros; note?: Note; gap?: number; states: Record<Role, StateMark[]>; taken: Set<string>; packets: Set<Packet> }[] = [];
  const sentAt = new Map<Packet, number>();
  const arrivedAt = new Map<Packet, number[]>();
  const open = (at: Micros): (typeof rows)[number] => {
    const row = { at, states: { client: [], server: [] }, taken: new Set<string>(), packets: new Set<Packet>() };
    rows.push(row);
    return row;
  };
  for (const event of eventsOf(recording)) {
    if (event.kind === 'note') open(event.at).note = event.note;
    else if (event.kind === 'gap') open(event.at).gap = event.gap;
    else if (event.kind === 'state') {
      const last = rows.at(-1);
      (last?.at === event.at && last.taken.size === 0 && last.note === undefined ? last : open(event.at)).states[event.mark.role].push(event.mark);
    }
    else {
      const { packet } = event;
      const side = event.kind === 'send' ? packet.seen.from : otherRole(packet.seen.from);
      const slot = `${event.kind} ${side}`;
      const last = rows.at(-1);
      const fits = last !== undefined && last.at === event.at && last.note === undefined && last.gap === undefined && !last.taken.has(slot) && !last.packets.has(packet)
        && !(event.kind === 'arrive' && last.taken.has(`send ${side}`));
      const row = fits ? last : open(event.at);
      row.taken.add(slot);
      row.packets.add(packet);
      const index = rows.length - 1;
      if (event.kind === 'send') sentAt.set(packet, index);
      else arrivedAt.set(packet, [...(arrivedAt.get(packet) ?? []), index]);
    }
  }
  placeStates(rows, marksOf(recording));
  return { rows, arrows: withCrossings([...sentAt].map(([packet, from]) => ({ packet, from, to: arrivedAt.get(packet) ?? [] }))) };
}

function withCrossings(arrows: readonly Omit<Arrow, 'crosses'>[]): Arrow[] {
  const endOf = ({ from, to }: Omit<Arrow, 'crosses'>): number => to.at(-1) ?? from + 1;
  return arrows.map((arrow) => ({
    ...arrow, crosses: arrows.some((other) => other.packet.seen.from !== arrow.packet.seen.from && other.from < endOf(arrow) && arrow.from < endOf(other)),
  }));
}

/** States stand where something left or arrived at that instant, in their order. Those that came by themselves have rows of their own. */
function placeStates(rows: readonly (Row & { readonly taken: ReadonlySet<string> })[], marks: readonly StateMark[]): void {
  const used = new Map<string, number>();
  for (const mark of marks) {
    const mine = rows.filter(({ taken }) => taken.has(`send ${mark.role}`) || taken.has(`arrive ${mark.role}`));
    const then = mine.filter(({ at }) => at === mark.at);
    const key = `${mark.role} ${mark.at} ${mark.localPort} ${mark.remotePort}`;
    const nth = used.get(key) ?? 0;
    used.set(key, nth + 1);
    then[Math.min(nth, then.length - 1)]?.states[mark.role].push(mark);
  }
}

function eventsOf(recording: Recording): Event[] {
  const { packets, notes } = recording;
  const gaps = gapsIn(recording);
  const left = gaps.flat();
  const skipped = new Set(left);
  const hides = (at: Micros): boolean => gaps.some((gap) => at >= gap[0].seen.at && at <= gap[gap.length - 1].seen.at);
  const events: Event[] = [];
  for (const note of notes) {
    const next = packets.find(({ seen }) => seen.serial >= note.before);
    if (next === undefined || !skipped.has(next) || gaps.some(([first]) => first === next)) events.push({ at: note.at, order: note.before * 3 + 1, kind: 'note', note });
  }
  for (const gap of gaps) events.push({ at: gap[0].seen.at, order: gap[0].seen.serial * 3 + 1.5, kind: 'gap', gap: gap.length });
  const drawn = packets.filter((packet) => !skipped.has(packet));
  for (const packet of drawn) {
    events.push({ at: packet.seen.at, order: packet.seen.serial * 3 + 2, kind: 'send', packet });
    packet.seen.arrivals.forEach((at, i) => events.push({ at, order: packet.arrivedAfter[i] * 3, kind: 'arrive', packet }));
  }
  const atPacket = new Set(drawn.flatMap(({ seen }) => [`${seen.from} ${seen.at}`, ...seen.arrivals.map((at) => `${otherRole(seen.from)} ${at}`)]));
  for (const mark of marksOf(recording)) {
    if (!atPacket.has(`${mark.role} ${mark.at}`) && !hides(mark.at)) events.push({ at: mark.at, order: Infinity, kind: 'state', mark });
  }
  return events.sort((a, b) => a.at - b.at || (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
}

/** What is not drawn: all but the first and the last of many alike, one after the other, and the middle of what is still too long. */
function gapsIn({ packets, notes }: Recording): Packet[][] {
  const gaps: Packet[][] = [];
  const drawn: Packet[] = [];
  for (const run of runsOf(packets, notes)) {
    const gap = run.length > ALIKE ? run.slice(ALIKE_FIRST, -1) : [];
    if (gap.length > 0) gaps.push(gap);
    drawn.push(...run.filter((packet) => !gap.includes(packet)));
  }
  if (drawn.length <= MOST) return gaps;
  const from = drawn[MOST - LAST].number;
  const to = drawn[drawn.length - LAST].number;
  const middle = packets.filter(({ number }) => number >= from && number < to);
  return [...gaps.filter(([first]) => first.number < from || first.number >= to), middle].sort((a, b) => a[0].number - b[0].number);
}

/** Packets alike from the same side, with nothing said between them. */
function runsOf(packets: readonly Packet[], notes: readonly Note[]): Packet[][] {
  const runs: Packet[][] = [];
  const kindOf = ({ seen: { from, flags, view, fate } }: Packet): string => `${from} ${flags} ${view.length} ${fate ?? ''}`;
  for (const packet of packets) {
    const run = runs.at(-1);
    const announced = notes.some(({ before }) => before === packet.seen.serial);
    if (run !== undefined && !announced && kindOf(run[0]) === kindOf(packet)) run.push(packet);
    else runs.push([packet]);
  }
  return runs;
}

/** LISTEN is there from the start and says nothing; nor does the state that a socket is in for a moment only, between two of one row. */
const marksOf = ({ marks }: Recording): readonly StateMark[] => marks.filter(({ state }) => state !== 'LISTEN');
