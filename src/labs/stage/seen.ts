/** What the audience of a lab has seen on the line: segments with what became of them, and how plays ask for them. */
import type { FlagName, TcpView } from '../../observe/segment-view.js';
import type { Micros } from '../../util/units.js';
import type { Role } from '../ends/end.js';
import type { LineFate } from '../line.js';

export interface Seen {
  readonly at: Micros;
  readonly from: Role;
  readonly view: TcpView;
  /** "SYN,ACK" */
  readonly flags: string;
  readonly fate: LineFate | undefined;
  /** Of the accident that struck it: the key of a sentence, or words. */
  readonly label: string;
  readonly octets: Uint8Array;
  /** Counts what has entered the line. */
  readonly serial: number;
  /** It passed off stage. */
  readonly hidden: boolean;
  /** When it arrived: never, once, or twice. */
  readonly arrivals: Micros[];
}

export type Test = (seen: Seen) => boolean;

/** From that host, with exactly these flags ("SYN", "SYN,ACK"; PSH does not count) and whatever else is asked for. */
export function segment(from: Role, flags: string, more: Partial<Pick<TcpView, 'seq' | 'ack' | 'length'>> & { readonly fate?: LineFate } = {}): Test {
  return (seen) => seen.from === from && seen.flags === flags && (more.seq === undefined || more.seq === seen.view.seq) && (more.ack === undefined || more.ack === seen.view.ack)
    && (more.length === undefined || more.length === seen.view.length) && (more.fate === undefined || more.fate === seen.fate);
}

export const withText = (from: Role): Test => (seen) => seen.from === from && seen.view.length > 0;

/** Nothing but an acknowledgment, of that number if one is given. */
export const bareAck = (from: Role, ack?: number): Test => (seen) => seen.from === from && seen.flags === 'ACK' && seen.view.length === 0 && (ack === undefined || ack === seen.view.ack);

/** Like this, and from or to that port of the server. */
export const atPort = (port: number, test: Test): Test => (seen) => test(seen) && (portOf(seen.view.to) === port || portOf(seen.view.from) === port);

const portOf = (endpoint: string): number => Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));

export const flagsText = (flags: readonly FlagName[]): string => flags.filter((f) => f !== 'PSH').join(',');
