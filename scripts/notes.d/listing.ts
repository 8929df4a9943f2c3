/** The close of a lab's first connection, with the states of both sides after each segment: what a note's own list should have been. */
import type { Role } from '../../src/labs/ends/end.js';
import { otherRole } from '../../src/labs/ends/end.js';
import type { LabResult } from '../../src/labs/run.js';
import type { Seen } from '../../src/labs/stage/seen.js';
import { MILLISECOND } from '../../src/util/units.js';

/** By the entry that it corrects, the lab that it is taken from. */
export const LISTINGS: Readonly<Record<number, string>> = { 54: 'close-four' };

export interface ListedSegment {
  readonly from: Role;
  readonly flags: string;
  readonly seq: number;
  readonly ack: number | undefined;
  /** After it has left, or arrived. */
  readonly states: Readonly<Record<Role, string>>;
}

export type Listing = readonly ListedSegment[];

/** One way, where a lab does not say otherwise. */
const ONE_WAY = 10 * MILLISECOND;

export function listingOf({ stage, lab }: LabResult): Listing {
  const ours = stage.seen.filter((seen) => sameConnection(seen, stage.seen[0]));
  const close = ours.findIndex(({ flags }) => flags.includes('FIN'));
  const ports = portsOf(stage.seen[0]);
  const delay = { client: ONE_WAY, server: ONE_WAY, ...lab.setUp?.delay };
  return ours.slice(close).map((seen) => {
    const { from, flags, view } = seen;
    const arrived = seen.fate === 'injected' ? seen.at : seen.at + delay[from];
    const state = (role: Role, at: number): string =>
      stage.path(role, ports[role], ports[otherRole(role)]).findLast((sight) => sight.at <= at)?.state ?? 'CLOSED';
    const states = from === 'client' ? { client: state('client', seen.at), server: state('server', arrived) } : { client: state('client', arrived), server: state('server', seen.at) };
    return { from, flags, seq: view.seq, ack: view.ack, states };
  });
}

const portOf = (endpoint: string): number => Number(/\d+$/.exec(endpoint)?.[0]);

function portsOf({ from, view }: Seen): Readonly<Record<Role, number>> {
  const [source, destination] = [portOf(view.from), portOf(view.to)];
  return from === 'client' ? { client: source, server: destination } : { client: destination, server: source };
}

function sameConnection(one: Seen, other: Seen): boolean {
  return JSON.stringify(portsOf(one)) === JSON.stringify(portsOf(other));
}
