/** What many plays begin and end with: a connection that is open on both sides, and its orderly close. */
import { readdirSync, readlinkSync } from 'node:fs';
import { Linux } from '../../bsd/constants.js';
import type { TcpState } from '../../tcp/state.js';
import { type End, type Role, otherRole } from '../ends/end.js';
import { GlassEnd } from '../ends/glass-end.js';
import type { LabSocket } from './lab-socket.js';
import { accepted, pathText } from './opening.js';
import type { Stage } from './stage.js';

export interface Conversation {
  /** The client's port. */
  readonly port: number;
  readonly client: LabSocket;
  readonly server: LabSocket;
}

/**
 * Opens a connection from the client to the listener and waits until it is open.
 * @param port the server's
 * @param from the client's; one that is free when it is left out
 * @throws Error when it does not open
 */
export async function converse(stage: Stage, listener: LabSocket, port: number, from?: number): Promise<Conversation> {
  const client = stage.client.socket();
  if (from !== undefined && reusing(client).bind(from).error !== '') throw new Error(`port ${from} cannot be bound (${client.error})`);
  client.connect(stage.server.address, port);
  const server = await accepted(stage, listener);
  if (server === undefined) throw new Error(`no connection came about (${client.error})`);
  return { port: client.port, client, server };
}

/** SO_REUSEADDR: bind(2) does not mind what is in TIME-WAIT on the port, if that had it too. */
export function reusing(socket: LabSocket): LabSocket {
  socket.option(Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
  return socket;
}

/** One side closes; the other one does when it has heard of it. */
export async function closeFirst(stage: Stage, first: Role, talk: Conversation): Promise<void> {
  const other = talk[otherRole(first)];
  talk[first].close();
  await stage.until(() => {
    other.receive();
    return other.ended;
  });
  other.close();
}

/** How many of a host's sockets are in this state now. */
export const countState = (stage: Stage, role: Role, state: TcpState): number => stage.world.look(role).filter((s) => s.state === state).length;

/** The states that one side of a conversation has been in, in order: "ESTABLISHED CLOSE-WAIT". */
export const pathOf = (stage: Stage, role: Role, clientPort: number, serverPort: number): string =>
  role === 'client' ? pathText(stage, role, clientPort, serverPort) : pathText(stage, role, serverPort, clientPort);

/** Sockets among the open descriptors of a host: glasstcp's table, or those that Linux lists for this process. */
export function countDescriptors(end: End): number {
  if (end instanceof GlassEnd) return end.calls.descriptors.length;
  return readdirSync('/proc/self/fd').filter(isSocket).length;
}

function isSocket(fd: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:');
  } catch {
    return false; // the one that the directory was read by
  }
}
