/** The states of a host's sockets, in the order in which they were seen. */
import type { TcpState } from '../../tcp/state.js';
import type { Micros } from '../../util/units.js';
import type { EndState } from '../ends/end.js';

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
