/** One of the two hosts of a lab: socket calls above, IP packets below, and states that can be looked at. */
import type { Sockets } from '../../bsd/sockets.js';
import type { TcpState } from '../../tcp/state.js';
import type { Duration, Micros } from '../../util/units.js';

/** The parts that the two hosts play. */
export type Role = 'client' | 'server';

export const otherRole = (role: Role): Role => (role === 'client' ? 'server' : 'client');

/** One socket or remnant of a connection, as `ss -tan` lists it. */
export interface EndState {
  readonly localPort: number;
  /** 0 for a listener. */
  readonly remotePort: number;
  readonly state: TcpState;
  /** tcp_info by Linux's names, times in µs; absent for listeners and what has no socket any more. */
  readonly info?: Readonly<Record<string, number>>;
  /** Until the kernel's timer of this socket goes off (in TIME-WAIT: how long it still waits), µs; absent on glasstcp, and where none runs. */
  readonly remaining?: Duration;
}

export interface End {
  readonly kind: 'glasstcp' | 'kernel';
  readonly address: string;
  readonly sockets: Sockets;
  /** An IP packet arrives. */
  packetIn(octets: Uint8Array): void;
  /** The oldest packet that it has sent and nobody has taken; undefined = none. */
  takePacket(): Uint8Array | undefined;
  /** When something happens by itself; Infinity = never, or its own affair. */
  nextDeadline(): Micros;
  advanceTo(now: Micros): void;
  /** @throws Error for a name or value that it does not take */
  sysctl(name: string, value: string | number): void;
  /** All its TCP sockets and remnants now. */
  states(): EndState[];
  close(): void;
}
