/** What plays about opening ask for again and again: how and when a socket came to its state, and what accept() gives. */
import type { Role } from '../ends/end.js';
import type { LabSocket } from './lab-socket.js';
import type { Seen } from './seen.js';
import type { Stage } from './stage.js';

/** The states of a host's socket so far, as words: "SYN-RECEIVED ESTABLISHED". */
export const pathText = (stage: Stage, role: Role, here: number, there: number): string => stage.path(role, here, there).map(({ state }) => state).join(' ');

/** When a host's socket was first seen in that state, µs; NaN = never. */
export const reached = (stage: Stage, role: Role, here: number, there: number, state: string): number =>
  stage.path(role, here, there).find((sight) => sight.state === state)?.at ?? NaN;

/** The next connection of a listener, waited for; undefined = none came. */
export async function accepted(stage: Stage, listener: LabSocket): Promise<LabSocket | undefined> {
  let socket: LabSocket | null = null;
  await stage.until(() => {
    socket = listener.accept();
    return socket !== null;
  });
  return socket ?? undefined;
}

/** The same numbers on the wire again? */
export const sameNumber = (seen: readonly Seen[]): boolean => new Set(seen.map(({ view }) => view.absolute.seq)).size === 1;
