/** Socket calls on a bench: the test plays the peer with hand-made segments, and time stands still until it is moved. */
import { Linux } from '../../src/bsd/constants.js';
import { SocketCalls, type SocketCallsOptions } from '../../src/bsd/socket-calls.js';
import type { CallResult, PendingCall, SocketAddress } from '../../src/bsd/sockets.js';
import { Address } from '../../src/util/address.js';
import { seq } from '../../src/util/seq.js';
import { Packet } from '../../src/wire/packet.js';
import { covered } from './coverage.js';
import { Recorder } from './recorder.js';
import { brief, buildPacket, details, parsePacket, type Shape, type Socket } from './segments.js';

export const ISS = 10_000;
export const IRS = 70_000;
export const OURS = '192.0.2.2';
export const OURS6 = '2001:db8::2';
export const PORT = 8080;
export const US: Socket = { address: Address.from(OURS), port: PORT };
export const PEER: Socket = { address: Address.from('192.0.2.1'), port: 40_000 };

export const at = (address: string, port: number): SocketAddress => ({ family: Linux.AF_INET, address, port });
export const at6 = (address: string, port: number): SocketAddress => ({ family: Linux.AF_INET6, address, port });

/** The result of a call that must not block. */
export function result(call: PendingCall): CallResult {
  if (call.result === undefined) throw new Error(`${call.call.name} blocks`);
  return call.result;
}

/** value, or -errno. */
export const outcome = (call: PendingCall): number => (result(call).errno === 0 ? result(call).value : -result(call).errno);

/** A call that must succeed. */
export function ok(call: PendingCall): CallResult {
  const { errno } = result(call);
  if (errno !== 0) throw new Error(`${call.call.name}: errno ${errno}`);
  return result(call);
}

export class CallBench {
  readonly calls: SocketCalls;
  readonly recorder = new Recorder();
  /** Port that a connecting socket of ours has. */
  ourPort = PORT;

  constructor(options: Partial<SocketCallsOptions> = {}) {
    this.calls = new SocketCalls({ addresses: [OURS, OURS6], iss: () => seq(ISS), tracer: covered(this.recorder), ...options });
    this.calls.sysctl('net.ipv4.tcp_timestamps', 0);
    this.calls.sysctl('net.ipv4.tcp_sack', 0);
  }

  /** A segment of the peer arrives. @returns what was sent because of it */
  arrive(shape: Shape, from: Socket = PEER): string[] {
    this.calls.packetIn(buildPacket(shape, from, { address: US.address, port: this.ourPort }, seq(IRS), seq(ISS)).toBytes());
    return this.sent();
  }

  /** What was sent since the last look. */
  sent(): string[] {
    const lines: string[] = [];
    for (let packet = this.calls.takePacket(); packet !== undefined; packet = this.calls.takePacket()) {
      lines.push(brief(parsePacket(Packet.of(packet.octets)), seq(ISS), seq(IRS)));
    }
    return lines;
  }

  /** The same with windows and options. */
  sentFully(): string[] {
    const lines: string[] = [];
    for (let packet = this.calls.takePacket(); packet !== undefined; packet = this.calls.takePacket()) {
      const segment = parsePacket(Packet.of(packet.octets));
      lines.push(`${brief(segment, seq(ISS), seq(IRS))} ${details(segment, seq(IRS))}`);
    }
    return lines;
  }

  pass(micros: number): string[] {
    this.calls.advanceTo(this.calls.now + micros);
    return this.sent();
  }

  tcp(flags = 0): number {
    return ok(this.calls.socket(Linux.AF_INET, Linux.SOCK_STREAM | flags, 0)).value;
  }

  /** @returns a listening descriptor on PORT */
  listener(backlog = 1, flags = 0): number {
    const fd = this.tcp(flags);
    this.calls.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
    ok(this.calls.bind(fd, at('0.0.0.0', PORT)));
    ok(this.calls.listen(fd, backlog));
    return fd;
  }

  /** The peer's handshake with our listener. */
  shake(from: Socket = PEER, wnd = 65_535, mss = 1000): void {
    this.arrive({ flags: 'S', mss, wnd }, from);
    this.arrive({ flags: '.', seq: 1, ack: 1, wnd }, from);
  }

  /** @returns an accepted descriptor (4), its listener is 3 */
  /** @param mss the peer's */
  accepted(flags = 0, wnd = 65_535, mss = 1000): number {
    const listener = this.listener();
    this.shake(PEER, wnd, mss);
    return ok(this.calls.accept(listener, flags)).value;
  }

  /** Begins to connect to the peer. */
  connecting(flags: number = Linux.SOCK_NONBLOCK): { fd: number; call: PendingCall } {
    const fd = this.tcp(flags);
    const call = this.calls.connect(fd, at(PEER.address.toString(), PEER.port));
    this.ourPort = ok(this.calls.getsockname(fd)).address?.port ?? 0;
    this.sent();
    return { fd, call };
  }

  /** @returns a connected descriptor */
  connected(flags: number = Linux.SOCK_NONBLOCK): number {
    const { fd } = this.connecting(flags);
    this.arrive({ flags: 'S.', ack: 1, mss: 1000 });
    return fd;
  }

  int(fd: number, level: number, option: number): number {
    const octets = ok(this.calls.getsockopt(fd, level, option)).octets ?? new Uint8Array(4);
    return new DataView(octets.buffer, octets.byteOffset).getInt32(0, true);
  }

  soError(fd: number): number {
    return this.int(fd, Linux.SOL_SOCKET, Linux.SO_ERROR);
  }

  revents(fd: number, events: number): number {
    return ok(this.calls.poll([{ fd, events }], 0)).revents?.[0] ?? -1;
  }
}
