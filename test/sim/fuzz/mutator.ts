/** Where bad packets come from: real ones spoilt (checksums left wrong, or made right again), forged ones aimed at live connections, noise. */
import type { Endpoint } from '../../../src/stack/endpoint.js';
import type { Random } from '../../../src/util/random.js';
import { writeIcmpError } from '../../../src/wire/icmp.js';
import { Packet } from '../../../src/wire/packet.js';
import { ACK, FIN, PSH, RST, SYN, URG } from '../../../src/wire/segment.js';
import { forge, mend } from './forge.js';
import { timestamps } from './puppets.js';
import { PEER, PUPPET, type Victim, VICTIM } from './victim.js';

export const kinds = ['spoilt', 'spoilt-mended', 'aimed', 'noise', 'icmp', 'stranger'] as const;
export type Kind = (typeof kinds)[number];

const NOISE = 1 << 16;
const FLAGS = [0, ACK, ACK | PSH, ACK | FIN, SYN, SYN | ACK, RST, RST | ACK, ACK | URG, FIN, SYN | FIN, ACK | SYN | FIN | RST | URG | PSH, 0xff];

export class Mutator {
  private readonly packet = new Packet(4096);
  private readonly noise = new Uint8Array(NOISE);

  /** @param targets the connections that forged segments are aimed at */
  constructor(private readonly victim: Victim, private readonly random: Random, private readonly targets: () => readonly Endpoint[], private readonly port: number) {
    random.fill(this.noise);
  }

  /** The next bad packet, lent. */
  make(): { readonly kind: Kind; readonly packet: Packet } {
    const dice = this.random.float();
    if (dice < 0.3) return this.spoilt(false);
    if (dice < 0.55) return this.spoilt(true);
    if (dice < 0.88) return this.aimed();
    if (dice < 0.92) return this.noisy();
    if (dice < 0.95) return this.icmp();
    return this.stranger();
  }

  private spoilt(mended: boolean): { kind: Kind; packet: Packet } {
    const { random, packet } = this;
    const original = this.victim.tap.incoming.any(random);
    if (original === undefined) return this.noisy();
    packet.fill(original.bytes, original.start, original.end);
    const v6 = packet.bytes[0] >> 4 === 6 ? 1 : 0;
    for (let n = random.int(1, 5); n > 0 && packet.length > 0; n--) this.spoil(mended ? (v6 === 1 ? 40 : 20) : 0);
    if (mended) mend(packet, PEER[v6], VICTIM[v6]);
    return { kind: mended ? 'spoilt-mended' : 'spoilt', packet };
  }

  /** One accident to the octets from `least` on; headers are hit most. */
  private spoil(least: number): void {
    const { random, packet } = this;
    const { bytes } = packet;
    if (packet.end <= least) return;
    const at = least + Math.floor((packet.end - least) * random.float() ** 4);
    switch (random.int(0, 7)) {
      case 0:
      case 1:
        bytes[at] ^= 1 << random.int(0, 8);
        break;
      case 2:
        bytes[at] = random.int(0, 256);
        break;
      case 3:
        bytes[at] = random.pick([0, 1, 2, 0x7f, 0x80, 0xff]);
        break;
      case 4:
        packet.end = at;
        break;
      case 5: {
        const n = random.int(1, 200);
        bytes.set(this.noiseOf(n), packet.end);
        packet.end = Math.min(packet.end + n, 3800);
        break;
      }
      case 6:
        bytes.copyWithin(at, least + random.int(0, packet.end - least), packet.end);
        break;
    }
  }

  /** Near the numbers that matter, or anywhere. */
  private near(...marks: number[]): number {
    const { random } = this;
    if (random.chance(0.1)) return random.uint32() | 0;
    return (random.pick(marks) + random.pick([0, 0, 0, 1, -1, 2, random.int(-2000, 2000), random.int(-70_000, 70_000)])) | 0;
  }

  private aimed(): { kind: Kind; packet: Packet } {
    const { random } = this;
    const targets = this.targets();
    if (targets.length === 0) return this.noisy();
    const { connection } = random.pick(targets);
    const { tcb } = connection;
    const tsVal = tcb.tsRecent + random.pick([0, 0, 1, 5, -1, -5000, random.uint32()]);
    const options = random.chance(tcb.timestamps ? 0.85 : 0.1) ? timestamps(tsVal, random.uint32()) : random.chance(0.3) ? this.noiseOf(4 * random.int(0, 11)) : this.noiseOf(0);
    return {
      kind: 'aimed',
      packet: forge({
        src: connection.remote, dst: connection.local, srcPort: connection.remotePort, dstPort: connection.localPort,
        seq: this.near(tcb.rcvNxt, tcb.rcvNxt, tcb.rcvAdv, tcb.irs, tcb.lastAckSent, tcb.peerFinSeq),
        ack: this.near(tcb.sndUna, tcb.sndNxt, tcb.sndNxt, tcb.iss),
        flags: random.chance(0.8) ? random.pick(FLAGS) : random.int(0, 256),
        wnd: random.pick([0, 1, 500, 65_535, random.int(0, 65_536)]),
        urgentPointer: random.chance(0.1) ? random.int(0, 65_536) : 0,
        options,
        text: this.noiseOf(random.chance(0.5) ? 0 : random.int(1, 1400)),
      }, this.packet),
    };
  }

  private noisy(): { kind: Kind; packet: Packet } {
    const { random, packet } = this;
    packet.fill(this.noiseOf(random.int(0, 1600)));
    if (packet.length > 0 && random.chance(0.7)) packet.bytes[0] = random.pick([0x45, 0x46, 0x4f, 0x60]);
    return { kind: 'noise', packet };
  }

  /** Errors about what the victim sent, honest ones and others; echo requests. */
  private icmp(): { kind: Kind; packet: Packet } {
    const { random, packet } = this;
    const original = this.victim.tap.outgoing.any(random);
    if (original === undefined) return this.noisy();
    const v6 = original.bytes[0] >> 4 === 6 ? 1 : 0;
    const [type, code] = v6 === 1
      ? random.pick([[1, 4], [1, 0], [1, 1], [2, 0], [3, 0], [4, 1], [128, 0], [random.int(0, 256), 0]])
      : random.pick([[3, 3], [3, 1], [3, 2], [3, 4], [11, 0], [12, 0], [8, 0], [random.int(0, 256), 0]]);
    writeIcmpError(original, type, code, random.pick([0, 68, 500, 1280, 1400, 65_535]), PEER[v6], packet);
    if (random.chance(0.3)) this.spoil(0);
    return { kind: 'icmp', packet };
  }

  /** Segments for nobody, and SYNs that will never be followed up. */
  private stranger(): { kind: Kind; packet: Packet } {
    const { random } = this;
    const family = random.chance(0.5) ? 0 : 1;
    return {
      kind: 'stranger',
      packet: forge({
        src: PUPPET[family], dst: VICTIM[family], srcPort: random.int(0, 65_536), dstPort: random.chance(0.6) ? this.port : random.int(0, 65_536),
        seq: random.uint32() | 0, ack: random.uint32() | 0, flags: random.pick(FLAGS), wnd: random.int(0, 65_536), urgentPointer: 0,
        options: this.noiseOf(4 * random.int(0, 11)), text: this.noiseOf(random.chance(0.7) ? 0 : random.int(1, 1400)),
      }, this.packet),
    };
  }

  private noiseOf(n: number): Uint8Array {
    const at = this.random.int(0, NOISE - n);
    return this.noise.subarray(at, at + n);
  }
}
