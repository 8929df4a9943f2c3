/** A board of states as `ss` shows it: how many sockets are in which state at both hosts, taken now and then, as a table and as a plot. */
import { type TcpState, tcpStates } from '../../tcp/state.js';
import { MILLISECOND } from '../../util/units.js';
import type { Role } from '../ends/end.js';
import type { Point } from '../figure.js';
import { countState } from './socket-counts.js';
import type { Stage } from './stage.js';

/** Those that the plot has. */
const COMMON: readonly TcpState[] = ['ESTABLISHED', 'CLOSE-WAIT', 'TIME-WAIT'];

export class Board {
  readonly moments: Readonly<Record<Role, ReadonlyMap<TcpState, number>>>[] = [];
  private readonly server = new Map<TcpState, Point[]>(COMMON.map((state) => [state, []]));
  private readonly start: number;

  constructor(private readonly stage: Stage) {
    this.start = stage.now();
  }

  /** For the plot. */
  sample(): void {
    const at = Math.round((this.stage.now() - this.start) / MILLISECOND);
    for (const [state, points] of this.server) points.push([at, countState(this.stage, 'server', state)]);
  }

  /** For the table. */
  take(): void {
    this.sample();
    const counts = (role: Role): ReadonlyMap<TcpState, number> => new Map(tcpStates.map((state) => [state, countState(this.stage, role, state)]));
    this.moments.push({ client: counts('client'), server: counts('server') });
  }

  show(): void {
    const seen = tcpStates.filter((state) => this.moments.some(({ client, server }) => (client.get(state) ?? 0) + (server.get(state) ?? 0) > 0));
    this.stage.show({
      kind: 'table', key: 'board', columns: ['state', ...this.moments.flatMap((_, i) => [`client-${i + 1}`, `server-${i + 1}`])],
      rows: seen.map((state) => [state, ...this.moments.flatMap(({ client, server }) => [client.get(state) ?? 0, server.get(state) ?? 0])]),
    });
    this.stage.show({ kind: 'plot', key: 'plot', x: 'ms', y: 'sockets', style: 'steps', series: [...this.server].map(([name, points]) => ({ name, points })) });
  }
}
