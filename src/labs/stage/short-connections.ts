/** Work of many small requests, each on a connection of its own or all on one: what a proxy or a client of a database does all day. */
import type { Duration } from '../../util/units.js';
import { otherRole, type Role } from '../ends/end.js';
import type { LabSocket } from './lab-socket.js';
import { accepted } from './opening.js';
import { Pair } from './pair.js';
import type { Stage } from './stage.js';
import { exchange } from './text-flow.js';

export interface Work {
  readonly requests: number;
  /** Ports of the server, taken in turn. */
  readonly ports: readonly number[];
  /** Who closes first. Default: the client. */
  readonly closer?: Role;
  /** The client closes with SO_LINGER 0. */
  readonly linger?: boolean;
  /** All requests on one connection. */
  readonly pooled?: boolean;
  /** The first time that connect() fails, the client waits so long and tries again; the second time it gives up. */
  readonly patience: Duration;
}

export interface Done {
  /** Requests that were answered. */
  readonly served: number;
  /** Of the connect() that ended the work; '' = all is done. */
  readonly error: string;
}

/** Does the work. The audience is shown the first connection. */
export async function work(stage: Stage, task: Work): Promise<Done> {
  const listeners = task.ports.map((port) => ({ port, listener: stage.server.listen(port) }));
  let [served, waited, error] = [0, false, ''];
  let open: Pair | undefined;
  while (served < task.requests) {
    const { port, listener } = listeners[served % listeners.length];
    const serve = async (): Promise<void> => {
      const talk = open ?? (await begin(stage, listener, port));
      if (typeof talk === 'string') {
        error = talk;
        return;
      }
      await exchange(stage, talk, '?', '!');
      served++;
      if (task.pooled === true && served < task.requests) open = talk;
      else await finish(stage, talk, task);
    };
    error = '';
    await (served === 0 ? serve() : stage.offStage(serve));
    if (error === '') continue;
    if (waited) break;
    waited = true;
    await stage.pause(task.patience);
  }
  for (const { listener } of listeners) listener.close();
  return { served, error };
}

/** @returns the connection, or the error of connect() */
async function begin(stage: Stage, listener: LabSocket, port: number): Promise<Pair | string> {
  const client = stage.client.connect(port);
  if (client.error !== '' && client.error !== 'EINPROGRESS') {
    const { error } = client;
    client.close();
    return error;
  }
  const server = await accepted(stage, listener);
  if (server === undefined) throw new Error(`no connection came about (${client.error})`);
  return new Pair(stage, client, server, port);
}

async function finish(stage: Stage, talk: Pair, { closer = 'client', linger = false }: Work): Promise<void> {
  if (linger) {
    talk.client.lingerZero();
    talk.client.close();
    await stage.until(() => (talk.server.receive(), talk.server.error === 'ECONNRESET'));
    talk.server.close();
    return;
  }
  await talk.closeFirst(closer);
  // Who closed second is done when the last ACK has come.
  await stage.until(() => talk.state(otherRole(closer)) === 'CLOSED');
}
