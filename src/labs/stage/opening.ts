/** What plays about opening ask for again and again: segments by port, and when and how a socket came to its state. */
import type { Role } from '../ends/end.js';
import type { LabSocket } from './lab-socket.js';
import type { Seen, Test } from './seen.js';
import type { Stage } from './stage.js';

/** Like this, and from or to that port of the server. */
export const atPort = (port: number, test: Test): Test => (seen) => test(seen) && (portOf(seen.view.to) === port || portOf(seen.view.from) === port);

const portOf = (endpoint: string): number => Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));

/** All that has passed so far and is like this, in order. */
export const allSeen = (stage: Stage, test: Test): Seen[] => stage.seen.filter(test);

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

/** For sentences: milliseconds without a fraction. */
export const inMilliseconds = (duration: number): number => Math.round(duration / 1000);
/** For sentences: seconds with one place. */
export const inSeconds = (duration: number): string => (duration / 1_000_000).toFixed(1);
