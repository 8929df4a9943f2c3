/** Checksums, added up here in the plainest way and not by the code under test. */
import { Linux } from '../../../src/bsd/constants.js';
import { SocketCalls } from '../../../src/bsd/socket-calls.js';
import { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import { buildPacket, type Shape } from '../../support/segments.js';
import { type Probe, probe } from '../checks.js';

const PORT = 8080;
const FAMILIES = [
  { family: Linux.AF_INET, ours: '192.0.2.2', peer: '192.0.2.1', header: 20, addresses: 12 },
  { family: Linux.AF_INET6, ours: '2001:db8::2', peer: '2001:db8::1', header: 40, addresses: 8 },
] as const;
type Family = (typeof FAMILIES)[number];

/** The ones' complement sum over pseudo-header and segment, octet by octet; 0xffff = the checksum in it is right. */
function sumOf(packet: Uint8Array, { header, addresses }: Family): number {
  const segment = packet.subarray(header);
  const pseudo = [...packet.subarray(addresses, header), 0, 0, segment.length >> 8, segment.length & 0xff, 0, 6];
  let sum = 0;
  [...pseudo, ...segment].forEach((octet, i) => {
    sum += i % 2 === 0 ? octet << 8 : octet;
    if (sum > 0xffff) sum -= 0xffff;
  });
  return sum;
}

class World {
  readonly calls: SocketCalls;
  private iss = 0;

  constructor(private readonly family: Family) {
    this.calls = new SocketCalls({ addresses: [family.ours] });
    const fd = this.calls.socket(family.family, Linux.SOCK_STREAM | Linux.SOCK_NONBLOCK).result?.value ?? -1;
    this.calls.bind(fd, { family: family.family, address: family.ours, port: PORT });
    this.calls.listen(fd, 1);
  }

  packet(shape: Shape): Uint8Array {
    const [from, to] = [this.family.peer, this.family.ours].map((address) => Address.from(address));
    return buildPacket(shape, { address: from, port: 40_000 }, { address: to, port: PORT }, seq(1000), seq(this.iss)).toBytes();
  }

  /** What is sent because of it. */
  arrive(octets: Uint8Array): Uint8Array[] {
    this.calls.packetIn(octets);
    return this.taken();
  }

  taken(): Uint8Array[] {
    const packets: Uint8Array[] = [];
    for (let packet = this.calls.takePacket(); packet !== undefined; packet = this.calls.takePacket()) packets.push(packet.octets);
    return packets;
  }

  /** Opens a connection, and sends and closes on it. @returns all that was sent */
  conversation(texts: readonly Uint8Array[]): Uint8Array[] {
    const sent = this.arrive(this.packet({ flags: 'S', seq: 0, mss: 1000, sackOk: true, scale: 3, ts: [5, 0] }));
    const [synAck] = sent;
    this.iss = new DataView(synAck.buffer, synAck.byteOffset).getInt32(this.family.header + 4);
    sent.push(...this.arrive(this.packet({ flags: '.', seq: 1, ack: 1, ts: [6, 0] })));
    const fd = this.calls.accept(3).result?.value ?? -1;
    for (const text of texts) this.calls.send(fd, text);
    sent.push(...this.arrive(this.packet({ flags: '.', seq: 101, ack: 1, data: 50, ts: [7, 0] })));
    this.calls.close(fd);
    return [...sent, ...this.taken()];
  }
}

export const probes: readonly Probe[] = [
  probe('Checksums of all that is sent, added up octet by octet, are right over IPv4 and IPv6', ['MUST-2'], () => {
    for (const family of FAMILIES) {
      const texts = [1, 2, 3, 255, 256, 999].map((length) => Uint8Array.from({ length }, (_, i) => (i * 37 + length) & 0xff));
      const sent = new World(family).conversation(texts);
      if (sent.length < 4) return `only ${sent.length} packets were sent`;
      const wrong = sent.findIndex((packet) => sumOf(packet, family) !== 0xffff);
      if (wrong >= 0) return `packet ${wrong + 1} to ${family.peer} adds up to 0x${sumOf(sent[wrong], family).toString(16)}`;
    }
    return null;
  }),
  probe('A SYN with any one bit of its TCP header, options or text turned is not answered, over IPv4 and IPv6', ['MUST-3'], () => {
    for (const family of FAMILIES) {
      const world = new World(family);
      const syn = world.packet({ flags: 'S', seq: 0, mss: 1000, data: 5 });
      for (let bit = 8 * family.header; bit < 8 * syn.length; bit++) {
        const spoilt = syn.slice();
        spoilt[bit >> 3] ^= 0x80 >> (bit & 7);
        if (world.arrive(spoilt).length > 0) return `bit ${bit - 8 * family.header} turned, and it was answered over ${family.peer}`;
      }
      if (world.arrive(syn).length !== 1) return 'the SYN as it should be was not answered';
    }
    return null;
  }, { rules: ['discarded'] }),
];
