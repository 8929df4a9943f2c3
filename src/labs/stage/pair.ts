/** An open connection between the two hosts of a lab, with which most plays begin, the states of its two ends, and its orderly close. */
import { Linux } from '../../bsd/constants.js';
import type { TcpState } from '../../tcp/state.js';
import type { Micros } from '../../util/units.js';
import { otherRole, type Role } from '../ends/end.js';
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

  /** That side closes; the other one does when it has heard of it. */
  async closeFirst(role: Role): Promise<void> {
    const other = this[otherRole(role)];
    this[role].close();
    await this.stage.until(() => {
      other.receive();
      return other.ended;
    });
    other.close();
  }

  private ports(role: Role): [here: number, there: number] {
    return role === 'client' ? [this.port, this.serverPort] : [this.serverPort, this.port];
  }
}

/**
 * Opens a connection from the client to a listener of the server, and waits until it is open.
 * @param port the server's
 * @param from the client's; one that is free when it is left out
 * @throws Error when it does not come about
 */
export async function pairUp(stage: Stage, listener: LabSocket, port: number, from?: number): Promise<Pair> {
  const client = stage.client.socket();
  if (from !== undefined && client.reuseAddress().bind(from).error !== '') throw new Error(`port ${from} cannot be bound (${client.error})`);
  client.connect(stage.server.address, port);
  const server = await accepted(stage, listener);
  if (server === undefined) throw new Error(`no connection came about (${client.error})`);
  return new Pair(stage, client, server, port);
}

/** The same with a listener of its own. @param room octets of its receive buffer (SO_RCVBUF) */
export function establish(stage: Stage, port: number, room?: number): Promise<Pair> {
  const listener = stage.server.socket();
  if (room !== undefined) listener.option(Linux.SOL_SOCKET, Linux.SO_RCVBUF, room);
  return pairUp(stage, listener.listen(port), port);
}
