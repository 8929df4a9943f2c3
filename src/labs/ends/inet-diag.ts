/**
 * The kernel's table of TCP sockets as ss(8) reads it: NETLINK_SOCK_DIAG, states and tcp_info in one answer. Sockets of this
 * thread's network namespace only.
 */
import { closeSync } from 'node:fs';
import { NativeMemory, must, native } from '../../device/native.js';
import { MILLISECOND } from '../../util/units.js';
import type { TcpState } from '../../tcp/state.js';
import type { EndState } from './end.js';

const AF_NETLINK = 16;
const SOCK_RAW_CLOEXEC = 0x80003;
const NETLINK_SOCK_DIAG = 4;
const SOCK_DIAG_BY_FAMILY = 20;
const REQUEST_AND_DUMP = 0x301;
const NLMSG_DONE = 3;
const NLMSG_ERROR = 2;
const NLMSG_HEADER = 16;
const REQUEST = NLMSG_HEADER + 56;
const DIAG_MESSAGE = 72;
const INET_DIAG_INFO = 2;
const ALL_STATES = 0xfff;
const BUFFER = 64 * 1024;
const MSG_DONTWAIT = 0x40;

/** By the number in include/net/tcp_states.h; 12 is a handshake that has no socket yet. */
const STATES: readonly (TcpState | undefined)[] = [
  undefined, 'ESTABLISHED', 'SYN-SENT', 'SYN-RECEIVED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSED', 'CLOSE-WAIT', 'LAST-ACK', 'LISTEN', 'CLOSING', 'SYN-RECEIVED',
];

/** Octet and width of each field of struct tcp_info that labs show. */
const INFO: readonly (readonly [name: string, at: number, octets: 1 | 4])[] = [
  ['tcpi_retransmits', 2, 1], ['tcpi_probes', 3, 1], ['tcpi_backoff', 4, 1], ['tcpi_rto', 8, 4], ['tcpi_snd_mss', 16, 4], ['tcpi_rcv_mss', 20, 4], ['tcpi_unacked', 24, 4],
  ['tcpi_sacked', 28, 4], ['tcpi_lost', 32, 4], ['tcpi_retrans', 36, 4], ['tcpi_rtt', 68, 4], ['tcpi_rttvar', 72, 4], ['tcpi_snd_ssthresh', 76, 4], ['tcpi_snd_cwnd', 80, 4],
  ['tcpi_total_retrans', 100, 4],
];

export class InetDiag {
  private readonly fd: number;
  private readonly buffer = new NativeMemory(BUFFER);

  /** @throws DeviceError */
  constructor(private readonly family: 2 | 10) {
    this.fd = must("Asking for the kernel's sockets", 'socket', AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG);
  }

  /** All sockets now; empty where the kernel does not answer. */
  states(): EndState[] {
    this.ask();
    const found: EndState[] = [];
    for (;;) {
      const { value: length } = native('recv', this.fd, this.buffer.address, BUFFER, MSG_DONTWAIT);
      if (length <= 0 || !this.read(length, found)) return found;
    }
  }

  close(): void {
    closeSync(this.fd);
    this.buffer.free();
  }

  private ask(): void {
    const { view, octets } = this.buffer;
    octets.fill(0, 0, REQUEST);
    view.setUint32(0, REQUEST, true);
    view.setUint16(4, SOCK_DIAG_BY_FAMILY, true);
    view.setUint16(6, REQUEST_AND_DUMP, true);
    view.setUint8(NLMSG_HEADER, this.family);
    view.setUint8(NLMSG_HEADER + 1, 6);
    view.setUint8(NLMSG_HEADER + 2, 1 << (INET_DIAG_INFO - 1));
    view.setUint32(NLMSG_HEADER + 4, ALL_STATES | (1 << 12), true);
    native('send', this.fd, this.buffer.address, REQUEST, 0);
  }

  /** @returns does more follow */
  private read(length: number, found: EndState[]): boolean {
    const { view } = this.buffer;
    for (let at = 0; at + NLMSG_HEADER <= length;) {
      const size = view.getUint32(at, true);
      const type = view.getUint16(at + 4, true);
      if (type === NLMSG_DONE || type === NLMSG_ERROR || size < NLMSG_HEADER) return false;
      const state = this.socket(at + NLMSG_HEADER, at + size);
      if (state !== undefined) found.push(state);
      at += (size + 3) & ~3;
    }
    return true;
  }

  /** idiag_timer, and idiag_expires in ms. */
  private timer(at: number): Pick<EndState, 'remaining'> {
    return this.buffer.view.getUint8(at + 2) === 0 ? {} : { remaining: this.buffer.view.getUint32(at + 52, true) * MILLISECOND };
  }

  private socket(at: number, end: number): EndState | undefined {
    const { view } = this.buffer;
    const state = STATES[view.getUint8(at + 1)];
    if (state === undefined) return undefined;
    const plain: EndState = { localPort: view.getUint16(at + 4), remotePort: view.getUint16(at + 6), state, ...this.timer(at) };
    for (let attribute = at + DIAG_MESSAGE; attribute + 4 <= end;) {
      const size = view.getUint16(attribute, true);
      if (size < 4) break;
      if (view.getUint16(attribute + 2, true) === INET_DIAG_INFO) return { ...plain, info: this.info(attribute + 4, attribute + size) };
      attribute += (size + 3) & ~3;
    }
    return plain;
  }

  private info(at: number, end: number): Record<string, number> {
    const { view } = this.buffer;
    const fields = INFO.filter(([, offset, octets]) => at + offset + octets <= end);
    return Object.fromEntries(fields.map(([name, offset, octets]) => [name, octets === 1 ? view.getUint8(at + offset) : view.getUint32(at + offset, true)]));
  }
}
