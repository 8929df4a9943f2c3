/** glasstcp as an end of a lab: the engine below BSD socket calls, in whatever time it is told. */
import { Errno } from '../../bsd/constants.js';
import { type SocketCallsOptions, SocketCalls } from '../../bsd/socket-calls.js';
import type { QueuedPacket } from '../../bsd/queue-device.js';
import type { PendingCall, SocketCall, Sockets } from '../../bsd/sockets.js';
import type { Connection } from '../../tcp/connection.js';
import type { Micros } from '../../util/units.js';
import type { Tcb } from '../../tcp/tcb.js';
import { type Timer, timerNames } from '../../tcp/timers/timer-table.js';
import { IpHeader, readIp } from '../../wire/ip.js';
import { Packet } from '../../wire/packet.js';
import { Reject } from '../../wire/reject.js';
import type { End, EndState, EndTimer } from './end.js';

export type GlassOptions = Pick<SocketCallsOptions, 'seed' | 'tracer' | 'profile' | 'iss' | 'mtu' | 'start'>;

export class GlassEnd implements End {
  readonly kind = 'glasstcp';
  readonly sockets: Sockets = { begin: (call) => this.begin(call) };
  readonly calls: SocketCalls;
  private readonly header = new IpHeader();

  /** @param now the lab's time: a call happens then, however long the last turn was ago */
  constructor(readonly address: string, prefix: number, options: GlassOptions, private readonly now: () => Micros) {
    this.calls = new SocketCalls({ addresses: [`${address}/${prefix}`, address.includes(':') ? '::1/128' : '127.0.0.1/8'], ...options });
  }

  packetIn(octets: Uint8Array): void {
    this.calls.packetIn(octets);
  }

  takePacket(): QueuedPacket | undefined {
    for (;;) {
      const packet = this.calls.takePacket();
      if (packet === undefined || !this.isForItself(packet.octets)) return packet;
      this.calls.packetIn(packet.octets);
    }
  }

  /** The loopback interface: such packets never reach the line. */
  private isForItself(octets: Uint8Array): boolean {
    return readIp(Packet.of(octets), this.header) === Reject.None && this.header.dst.isLoopback;
  }

  nextDeadline(): Micros {
    return this.calls.nextDeadline();
  }

  advanceTo(now: Micros): void {
    this.calls.advanceTo(now);
  }

  sysctl(name: string, value: string | number): void {
    const answer = this.calls.sysctl(name, value);
    if (answer !== 'set') throw new Error(`glasstcp does not take ${name} = ${value}: ${answer}`);
  }

  states(): EndState[] {
    return [...this.listeners(), ...[...this.calls.stack.demux].map(({ connection }) => this.stateOf(connection))];
  }

  /** The engine's own view of a connection; undefined = there is none. */
  connection(localPort: number, remotePort: number): Connection | undefined {
    return [...this.calls.stack.demux].find(({ connection }) => connection.localPort === localPort && connection.remotePort === remotePort)?.connection;
  }

  /** As Linux does: a handshake that came in and TIME-WAIT are no sockets, and have no tcp_info. */
  private stateOf({ localPort, remotePort, state, tcb }: Connection): EndState {
    const plain = { localPort, remotePort, state, timers: timersOf(tcb, this.now()) };
    return state === 'TIME-WAIT' || (state === 'SYN-RECEIVED' && tcb.passive) ? plain : { ...plain, info: this.calls.connectionInfo(tcb) };
  }

  close(): void {
    this.calls.closeAll();
  }

  private begin(call: SocketCall): PendingCall {
    this.calls.advanceTo(this.now());
    return this.calls.begin(call);
  }

  private listeners(): EndState[] {
    const found = new Map<number, EndState>();
    for (const fd of this.calls.descriptors) {
      const name = this.calls.getsockname(fd).result;
      const port = name?.errno === 0 ? name.address?.port ?? 0 : 0;
      if (port !== 0 && this.accepts(fd)) found.set(port, { localPort: port, remotePort: 0, state: 'LISTEN', info: this.calls.tcpInfo(fd) });
    }
    return [...found.values()];
  }

  private accepts(fd: number): boolean {
    const SOL_SOCKET = 1;
    const SO_ACCEPTCONN = 30;
    const answer = this.calls.getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN).result;
    return answer !== undefined && answer.errno !== Errno.EBADF && answer.octets?.[0] === 1;
  }
}

const timersOf = (tcb: Tcb, now: Micros): EndTimer[] =>
  timerNames.map((name, timer) => ({ name, due: tcb.timers.deadline(timer as Timer) - now })).filter(({ due }) => due !== Infinity);
