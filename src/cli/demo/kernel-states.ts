/**
 * The kernel's side of each connection, read from /proc/net/tcp as ss does: sampled when a packet comes from it that may go
 * with a state, before the answer moves it on. One that begins and ends between two samples is missed; state-path.ts fills
 * it in. A look costs milliseconds, as the kernel walks all of its table: plain data on an open connection gets none.
 * On localhost both sides have one address, and other programs' connections stand in the table too: our ports tell.
 */
import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import type { Address } from '../../util/address.js';
import type { TcpState } from '../../tcp/state.js';
import type { Packet } from '../../wire/packet.js';
import { FIN, RST, SYN } from '../../wire/segment.js';

/** By the number in /proc/net/tcp (include/net/tcp_states.h); 12 is a handshake that has no socket yet. */
const STATES: Readonly<Record<number, TcpState>> = {
  1: 'ESTABLISHED', 2: 'SYN-SENT', 3: 'SYN-RECEIVED', 4: 'FIN-WAIT-1', 5: 'FIN-WAIT-2', 6: 'TIME-WAIT', 7: 'CLOSED', 8: 'CLOSE-WAIT', 9: 'LAST-ACK',
  10: 'LISTEN', 11: 'CLOSING', 12: 'SYN-RECEIVED',
};

/** States that a plain ACK ends. */
const PASSING: ReadonlySet<TcpState> = new Set(['SYN-SENT', 'SYN-RECEIVED', 'FIN-WAIT-1', 'CLOSING', 'LAST-ACK']);

/** One line of the table, as far as it matters. */
export interface KernelSocket {
  /** As the kernel prints them: "0100007F". */
  readonly local: string;
  readonly localPort: number;
  readonly remote: string;
  readonly remotePort: number;
  readonly state: TcpState;
}

export function parseProcNetTcp(text: string): KernelSocket[] {
  const sockets: KernelSocket[] = [];
  for (const line of text.split('\n')) {
    const found = /^\s*\d+: ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]+):([0-9A-F]{4}) ([0-9A-F]{2}) /.exec(line);
    if (found === null) continue;
    const [, local = '', localPort = '', remote = '', remotePort = '', state = ''] = found;
    const name = STATES[parseInt(state, 16)];
    if (name !== undefined) sockets.push({ local, localPort: parseInt(localPort, 16), remote, remotePort: parseInt(remotePort, 16), state: name });
  }
  return sockets;
}

/** An address as the kernel prints it there: 32-bit words of network order read in the machine's own. */
export function procAddress(address: Address): string {
  const words = address.isV4 ? [address.w3] : [address.w0, address.w1, address.w2, address.w3];
  const hex = (word: number): string => (word >>> 0).toString(16).toUpperCase().padStart(8, '0');
  return words.map((word) => (endianness() === 'LE' ? (hex(word).match(/../g) ?? []).reverse().join('') : hex(word))).join('');
}

export class KernelStates {
  private readonly file: string;
  private readonly ours: string;
  private readonly kernel: string;
  /** By "kernel's port > our port", in the order of their first sight. */
  private readonly paths = new Map<string, TcpState[]>();
  /** Those to which the kernel has sent something. */
  private readonly ourPorts = new Set<number>();

  constructor(ours: Address, kernel: Address) {
    this.file = ours.isV4 ? '/proc/net/tcp' : '/proc/net/tcp6';
    this.ours = procAddress(ours);
    this.kernel = procAddress(kernel);
  }

  /** A packet of the kernel's has come, and is not answered yet: looks, if a state led to it that may not last. */
  before(packet: Packet): void {
    const paths = [...this.paths.values()];
    const tcp = tcpHeaderOf(packet);
    if (tcp + FLAGS >= packet.end) return;
    this.ourPorts.add(packet.view.getUint16(tcp + DESTINATION_PORT));
    if ((packet.view.getUint8(tcp + FLAGS) & (SYN | FIN | RST)) !== 0 || paths.some((path) => PASSING.has(path.at(-1) as TcpState))) this.sample();
  }

  sample(): void {
    const present = new Set<string>();
    for (const socket of parseProcNetTcp(this.read())) {
      if (socket.local !== this.kernel || !this.isOfInterest(socket)) continue;
      const key = keyOf(socket.localPort, socket.remotePort);
      present.add(key);
      this.note(key, socket.state);
    }
    // A connection that is not there any more is CLOSED.
    for (const key of this.paths.keys()) if (!present.has(key)) this.note(key, 'CLOSED');
  }

  /** The states seen, CLOSED at the end when it had gone; for the server's side of a connection, its listener's first. */
  path(kernelPort: number, ourPort: number): readonly TcpState[] {
    const listener = this.paths.has(keyOf(kernelPort, 0)) ? (['LISTEN'] as const) : [];
    const own = this.paths.get(keyOf(kernelPort, ourPort)) ?? [];
    return [...listener, ...own];
  }

  private isOfInterest({ remote, remotePort, state }: KernelSocket): boolean {
    return state === 'LISTEN' || (remote === this.ours && this.ourPorts.has(remotePort));
  }

  private note(key: string, state: TcpState): void {
    const path = this.paths.get(key);
    if (path === undefined) this.paths.set(key, [state]);
    else if (path.at(-1) !== state) path.push(state);
  }

  private read(): string {
    try {
      return readFileSync(this.file, 'utf8');
    } catch {
      return '';
    }
  }
}

const keyOf = (kernelPort: number, ourPort: number): string => `${kernelPort} ${ourPort}`;

/** Within the TCP header. */
const DESTINATION_PORT = 2;
const FLAGS = 13;

/** Where the TCP header is, in a packet whose IP header has nothing unusual. */
function tcpHeaderOf({ view, start, end }: Packet): number {
  const first = start < end ? view.getUint8(start) : 0;
  return start + (first >> 4 === 6 ? 40 : (first & 15) * 4);
}
