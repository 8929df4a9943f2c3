/** Watches lo as tcpdump and Wireshark do, by a packet socket, for RSTs and nothing else: a busy lo does not make it lose one. */
import { FilterInMemory, FPROG_SIZE, SO_ATTACH_FILTER, SOL_SOCKET } from '../../src/device/socket-filter.js';
import { must } from '../../src/device/native.js';
import { PacketSocket, Passing } from '../../src/script/kernel/packet-socket.js';
import { Packet } from '../../src/wire/packet.js';
import { printPacket } from '../../src/wire/print.js';

const ETHERNET = 14;
const RST = 0x04;

/** TCP segments of both IP versions that have RST set. */
const PROGRAM: readonly (readonly [code: number, jt: number, jf: number, k: number])[] = [
  [0x28, 0, 0, 12], // the Ethernet type
  [0x15, 0, 3, 0x86dd],
  [0x30, 0, 0, ETHERNET + 40 + 13],
  [0x45, 4, 0, RST],
  [0x06, 0, 0, 0],
  [0xb1, 0, 0, ETHERNET],
  [0x50, 0, 0, ETHERNET + 13],
  [0x45, 0, 1, RST],
  [0x06, 0, 0, 0xffff_ffff],
  [0x06, 0, 0, 0],
];

export class ResetWatch {
  private readonly socket = new PacketSocket('lo');

  constructor() {
    const octets = new Uint8Array(8 * PROGRAM.length);
    const view = new DataView(octets.buffer);
    PROGRAM.forEach(([code, jt, jf, k], i) => {
      view.setUint16(8 * i, code, true);
      octets.set([jt, jf], 8 * i + 2);
      view.setUint32(8 * i + 4, k, true);
    });
    const filter = new FilterInMemory(octets);
    must('Watching for RSTs only', 'setsockopt', this.socket.fd, SOL_SOCKET, SO_ATTACH_FILTER, filter.address, FPROG_SIZE);
    filter.free();
    this.take(); // what came before the filter
  }

  /** RSTs since the last look, one line each. */
  take(): string[] {
    const lines: string[] = [];
    for (let seen = this.socket.take(Passing.Outgoing); seen !== undefined; seen = this.socket.take(Passing.Outgoing)) {
      lines.push(printPacket(Packet.of(seen.octets.slice(ETHERNET))));
    }
    return lines;
  }

  close(): void {
    this.socket.close();
  }
}
