/** An open connection between the two hosts of a lab, with which most plays begin, and the states of its two ends. */
import type { TcpState } from '../../tcp/state.js';
import type { Micros } from '../../util/units.js';
import type { Role } from '../ends/end.js';
import type { LabSocket } from './lab-socket.js';
import { accepted, pathText, reached } from './opening.js';
import type { Stage } from './stage.js';

export class Pair {
  /** The client's port; asked now, because a closed socket no longer tells. */
  readonly port: number;

  constructor(private readonly stage: Stage, readonly client: LabSocket, readonly server: LabSocket, private readonly serverPort: number) {
    this.port = client.port;
  }

  /** CLOSED when that host knows nothing of the connection any more. */
  state(role: Role): string {
    return this.stage.state(role, ...this.ports(role));
  }

  /** All states so far: "SYN-SENT ESTABLISHED FIN-WAIT-1". */
  path(role: Role): string {
    return pathText(this.stage, role, ...this.ports(role));
  }

  /** When that state was first seen; NaN = never. */
  since(role: Role, state: TcpState): Micros {
    return reached(this.stage, role, ...this.ports(role), state);
  }

  private ports(role: Role): [here: number, there: number] {
    return role === 'client' ? [this.port, this.serverPort] : [this.serverPort, this.port];
  }
}

/** Opens a connection to a listener of the server. @throws Error when it does not come about */
export async function pairUp(stage: Stage, listener: LabSocket, port: number): Promise<Pair> {
  const client = stage.client.connect(port);
  const server = await accepted(stage, listener);
  if (server === undefined) throw new Error('the connection that this play begins with was not opened');
  return new Pair(stage, client, server, port);
}

/** The same with a listener of its own. */
export const establish = (stage: Stage, port: number): Promise<Pair> => pairUp(stage, stage.server.listen(port), port);
