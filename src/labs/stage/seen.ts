/** What the audience of a lab has seen: segments on the line with what became of them, and the states of both hosts in order. */
import type { LineFate } from '../line.js';
import type { EndState, Role } from '../ends/end.js';
import type { FlagName, TcpView } from '../../observe/segment-view.js';
import type { TcpState } from '../../tcp/state.js';
import type { Micros } from '../../util/units.js';

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

export const flagsText = (flags: readonly FlagName[]): string => flags.filter((f) => f !== 'PSH').join(',');

/** The states that one socket has been in, each with the instant of its first sight. */
export interface StateSight {
  readonly state: TcpState;
  readonly at: Micros;
}

export class StateLog {
  private readonly paths = new Map<string, StateSight[]>();

  note(states: readonly EndState[], at: Micros): void {
    const present = new Set<string>();
    for (const { localPort, remotePort, state } of states) {
      const key = keyOf(localPort, remotePort);
      present.add(key);
      this.add(key, state, at);
    }
    // What is not in the table any more is CLOSED.
    for (const key of this.paths.keys()) if (!present.has(key)) this.add(key, 'CLOSED', at);
  }

  /** Every socket that has been seen, with its path. */
  all(): readonly { readonly localPort: number; readonly remotePort: number; readonly path: readonly StateSight[] }[] {
    return [...this.paths].map(([key, path]) => {
      const [localPort, remotePort] = key.split(' ').map(Number);
      return { localPort, remotePort, path };
    });
  }

  path(localPort: number, remotePort: number): readonly StateSight[] {
    return this.paths.get(keyOf(localPort, remotePort)) ?? [];
  }

  private add(key: string, state: TcpState, at: Micros): void {
    const path = this.paths.get(key);
    if (path === undefined) this.paths.set(key, [{ state, at }]);
    else if (path.at(-1)?.state !== state) path.push({ state, at });
  }
}

const keyOf = (localPort: number, remotePort: number): string => `${localPort} ${remotePort}`;
