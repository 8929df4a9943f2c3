/** One of the two hosts of a lab: socket calls above, IP packets below, and states that can be looked at. */
import type { QueuedPacket } from '../../bsd/queue-device.js';
import type { Sockets } from '../../bsd/sockets.js';
import type { TcpState } from '../../tcp/state.js';
import type { Duration, Micros } from '../../util/units.js';

/** The parts that the two hosts play. */
export type Role = 'client' | 'server';
export const ROLES: readonly Role[] = ['client', 'server'];

export const otherRole = (role: Role): Role => (role === 'client' ? 'server' : 'client');

/** One socket or remnant of a connection, as `ss -tan` lists it. */
export interface EndState {
  readonly localPort: number;
  /** 0 for a listener. */
  readonly remotePort: number;
  readonly state: TcpState;
  /** tcp_info by Linux's names (src/bsd/tcp-info.ts), times in µs, as it was then; absent for what has no socket of its own (yet, any more). */
  readonly info?: Readonly<Record<string, number>>;
  /** Those that are running; the kernel tells of one at a time. */
  readonly timers?: readonly EndTimer[];
}

export interface EndTimer {
  /** retransmission, persist, keep-alive, time-wait … */
  readonly name: string;
  /** µs from then. */
  readonly due: Duration;
}

export interface End {
  readonly kind: 'glasstcp' | 'kernel';
  readonly address: string;
  readonly sockets: Sockets;
  /** An IP packet arrives. */
  packetIn(octets: Uint8Array): void;
  /** The oldest packet that it has sent and nobody has taken; undefined = none. */
  takePacket(): QueuedPacket | undefined;
  /** When something happens by itself; Infinity = never, or its own affair. */
  nextDeadline(): Micros;
  advanceTo(now: Micros): void;
  /** @throws Error for a name or value that it does not take */
  sysctl(name: string, value: string | number): void;
  /** All its TCP sockets and remnants now. */
  states(): EndState[];
  close(): void;
}
