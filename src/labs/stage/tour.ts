/** Three connections that lead through all eleven states of RFC 9293 §3.3.2, and who was seen in which of them. */
import { type TcpState, tcpStates } from '../../tcp/state.js';
import { MILLISECOND } from '../../util/units.js';
import type { Role } from '../ends/end.js';
import { establish, pairUp } from './pair.js';
import type { Stage } from './stage.js';

/** Ports of a connection. */
interface Way {
  readonly client: number;
  readonly server: number;
}

/** In the order in which they are played. */
export type ConnectionName = 'orderly' | 'both-close' | 'both-open';

/** A state, with the first connection that led into it, and when each side was first seen in it there: ms since the tour began; NaN = not seen. */
export interface Visit {
  readonly state: TcpState;
  readonly connection: ConnectionName;
  readonly client: number;
  readonly server: number;
}

const [PORT, LEFT, RIGHT] = [80, 700, 701];
/** How long the server has more to do after the client's FIN. */
const MEANWHILE = 50 * MILLISECOND;

export class Tour {
  private readonly ways: Partial<Record<ConnectionName, Way>> = {};
  private readonly start: number;

  constructor(private readonly stage: Stage) {
    this.start = stage.now();
  }

  /** Opened by the client, closed by the client and then by the server. */
  async orderly(): Promise<void> {
    const { stage } = this;
    const listener = stage.server.listen(PORT);
    stage.world.look('server');
    const pair = await pairUp(stage, listener, PORT);
    this.ways.orderly = { client: pair.port, server: PORT };
    pair.client.close();
    await stage.until(() => pair.state('client') === 'FIN-WAIT-2' && pair.state('server') === 'CLOSE-WAIT');
    await stage.pause(MEANWHILE);
    pair.server.close();
    await stage.until(() => pair.state('server') === 'CLOSED' && pair.state('client') === 'TIME-WAIT');
  }

  /** Closed by both before either has heard of it. */
  async bothClose(): Promise<void> {
    const { stage } = this;
    const pair = await establish(stage, PORT + 1);
    this.ways['both-close'] = { client: pair.port, server: PORT + 1 };
    pair.client.close();
    pair.server.close();
    await stage.until(() => pair.state('client') === 'TIME-WAIT' && pair.state('server') === 'TIME-WAIT');
  }

  /** Opened by both, without a listener; it stays open. */
  async bothOpen(): Promise<void> {
    const { stage } = this;
    this.ways['both-open'] = { client: LEFT, server: RIGHT };
    stage.client.socket().bind(LEFT).connect(stage.server.address, RIGHT);
    stage.server.socket().bind(RIGHT).connect(stage.client.address, LEFT);
    await stage.until(() => stage.state('client', LEFT, RIGHT) === 'ESTABLISHED' && stage.state('server', RIGHT, LEFT) === 'ESTABLISHED');
  }

  /** The client's TIME-WAIT of the first connection ends. */
  async lastClosed(): Promise<void> {
    const { client, server } = this.ways.orderly ?? { client: 0, server: 0 };
    await this.stage.until(() => this.stage.state('client', client, server) === 'CLOSED');
  }

  /** When that side of the connection was first seen in this state, ms since the tour began; NaN = never. */
  at(connection: ConnectionName, role: Role, state: TcpState): number {
    const way = this.ways[connection];
    if (way === undefined) return NaN;
    const [here, there] = role === 'client' ? [way.client, way.server] : [way.server, way.client];
    const sights = this.stage.path(role, here, state === 'LISTEN' ? 0 : there);
    return Math.round(((sights.find((sight) => sight.state === state)?.at ?? NaN) - this.start) / MILLISECOND);
  }

  /** States that were seen, in the RFC's order. */
  visits(): readonly Visit[] {
    return tcpStates.flatMap((state) => {
      const found = (['orderly', 'both-close', 'both-open'] as const)
        .map((connection) => ({ state, connection, client: this.at(connection, 'client', state), server: this.at(connection, 'server', state) }))
        .find(({ client, server }) => !Number.isNaN(client) || !Number.isNaN(server));
      return found === undefined ? [] : [found];
    });
  }
}
