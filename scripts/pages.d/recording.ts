/** One run of a lab in virtual time, kept whole: what passed, what was said, what became of the states, and why. */
import { type Role, ROLES } from '../../src/labs/ends/end.js';
import type { Figure } from '../../src/labs/figure.js';
import type { Lab } from '../../src/labs/lab.js';
import type { LabResult } from '../../src/labs/run.js';
import { runLab } from '../../src/labs/run.js';
import type { Seen } from '../../src/labs/stage/seen.js';
import { StateLog } from '../../src/labs/stage/state-log.js';
import type { Values } from '../../src/labs/stage/stage.js';
import { explanationsOf } from '../../src/trace/explain.js';
import type { Explanation, Moment } from '../../src/trace/moment.js';
import type { Micros } from '../../src/util/units.js';

/** A packet on the line, and what glasstcp thought when it sent it or when it came. */
export interface Packet {
  /** From 1. */
  readonly number: number;
  readonly seen: Seen;
  readonly why: readonly Explanation[];
  /** How many packets had been sent by all when it arrived, for each time it did. */
  readonly arrivedAfter: readonly number[];
}

/** Something that the play says, before the next packet. */
export interface Note {
  readonly at: Micros;
  readonly key: string;
  readonly values: Values;
  /** Said before the packet of this serial number. */
  readonly before: number;
}

/** A decision without a packet: a timer, a call, what is not sent. */
export interface Happening {
  readonly at: Micros;
  /** It led to the packet of this serial number; Infinity = to none. */
  readonly before: number;
  readonly why: readonly Explanation[];
}

export interface StateMark {
  readonly role: Role;
  readonly at: Micros;
  readonly state: string;
  readonly localPort: number;
  readonly remotePort: number;
}

/** A state change of glasstcp, by its rule. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly rule: string;
}

export interface Recording {
  readonly lab: Lab;
  readonly result: LabResult;
  readonly start: Micros;
  readonly packets: readonly Packet[];
  readonly happenings: readonly Happening[];
  readonly notes: readonly Note[];
  readonly marks: readonly StateMark[];
  readonly edges: readonly Edge[];
  readonly figures: readonly Figure[];
}

/** @throws Error when the lab fails: no page is made of that */
export async function record(lab: Lab): Promise<Recording> {
  const notes: { key: string; values: Values; after: number }[] = [];
  const arrivals = new Map<number, number[]>();
  const moments: Moment[] = [];
  const logs: Readonly<Record<Role, StateLog>> = { client: new StateLog(), server: new StateLog() };
  /** One more than the serial number of the last packet. */
  let passed = 0;
  const result = await runLab(lab, {
    setting: 'sim',
    spectator: {
      say: (key, values) => void notes.push({ key, values, after: passed }),
      sent: ({ serial }) => void (passed = serial + 1),
      moment: (moment) => void moments.push(moment),
      states: (role, states, at) => logs[role].note(states, at),
      arrived: (serial) => void arrivals.set(serial, [...(arrivals.get(serial) ?? []), passed]),
      met: () => undefined, figure: () => undefined, pace: () => Promise.resolve(),
    },
  });
  if (!result.passed) throw new Error(`${lab.id} failed: ${result.failure?.key ?? ''}: ${result.failure?.instead ?? ''}`);
  const { stage } = result;
  const seen = stage.seen.filter(({ hidden }) => !hidden);
  const { packets, others } = explain(seen, moments, lab.glass, arrivals);
  const start = seen[0]?.at ?? stage.now();
  return {
    lab, result, start, packets, happenings: others,
    notes: notes.map(({ key, values, after }) => ({ key, values, before: after, at: seen.find(({ serial }) => serial >= after)?.at ?? Infinity })),
    marks: ROLES.flatMap((role) => logs[role].all().flatMap(({ localPort, remotePort, path }) =>
      path.map(({ state, at }) => ({ role, at, state, localPort, remotePort })))).sort((a, b) => a.at - b.at),
    edges: moments.flatMap(({ states }) => states.map(({ from, to, because }) => ({ from, to, rule: because?.rule.name ?? '' }))),
    figures: result.figures,
  };
}

/** Gives each packet the moments of glasstcp that are about it; the others are happenings of their own. */
function explain(seen: readonly Seen[], moments: readonly Moment[], glass: Role, arrivals: ReadonlyMap<number, readonly number[]>): { readonly packets: Packet[]; readonly others: Happening[] } {
  const why = new Map<Seen, Explanation[]>();
  const others: Happening[] = [];
  let waiting: { at: Micros; why: Explanation[] }[] = [];
  const settle = (before: number): void => {
    for (const happening of waiting) others.push({ ...happening, before });
    waiting = [];
  };
  for (const moment of moments) {
    const about = moment.direction === undefined ? undefined : seen.find((s) => isAbout(s, moment, glass) && !why.has(s)) ?? seen.find((s) => isAbout(s, moment, glass));
    const told = explanationsOf(moment);
    if (waiting.some(({ at }) => at !== moment.at)) settle(Infinity);
    if (about !== undefined) {
      why.set(about, [...(why.get(about) ?? []), ...told]);
      if (moment.direction === 'out') settle(about.serial);
    } else if (told.length > 0) waiting.push({ at: moment.at, why: told });
  }
  settle(Infinity);
  return { packets: seen.map((s, i) => ({ number: i + 1, seen: s, why: why.get(s) ?? [], arrivedAfter: arrivals.get(s.serial) ?? [] })), others };
}

function isAbout(seen: Seen, { direction, bytes, at }: Moment, glass: Role): boolean {
  if (bytes === undefined || (direction === 'out') !== (seen.from === glass)) return false;
  if (direction === 'out' ? seen.at !== at : !seen.arrivals.includes(at)) return false;
  return seen.octets.length === bytes.length && seen.octets.every((octet, i) => octet === bytes[i]);
}
