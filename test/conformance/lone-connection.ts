/** One connection of the engine with the test as its peer: for probes, which run outside of any test framework. */
import { makeConfig, type TcpConfig } from '../../src/tcp/config.js';
import { Connection } from '../../src/tcp/connection.js';
import { Address } from '../../src/util/address.js';
import { seq, seqAdd, seqDiff } from '../../src/util/seq.js';
import { type Duration, MILLISECOND, SECOND } from '../../src/util/units.js';
import { Packet } from '../../src/wire/packet.js';
import { ACK, Segment, SYN } from '../../src/wire/segment.js';

const ISS = seq(1_000);
const IRS = seq(5_000);
const US = { address: Address.from('192.0.2.2'), port: 8080 };
const PEER = { address: Address.from('192.0.2.1'), port: 40_000 };
const IPV4_HEADER = 20;
const IDENTIFICATION = 4;

/** A segment of the peer's: numbers count from the initial ones, its window is 65535. */
export interface Shape {
  readonly flags: number;
  readonly seq: number;
  readonly ack?: number;
  /** Octets of text. */
  readonly length?: number;
}

/** What was sent. */
export interface Sent {
  /** From our initial one. */
  readonly seq: number;
  /** The IP packet's identification field. */
  readonly identity: number;
}
const BARE: Partial<TcpConfig> = { timestamps: false, sack: false, windowScaling: false };

export class LoneConnection {
  readonly connection: Connection;
  private now = 1 * SECOND;

  /** Open already: the peer's MSS is 1000, its window 65535, the round trip took 100 ms. */
  constructor(config: Partial<TcpConfig> = {}) {
    this.connection = new Connection({ id: 1, config: makeConfig({ ...BARE, ...config }), local: US.address, localPort: US.port, mtu: 1500, iss: ISS });
    this.connection.openPassive(this.now);
    this.arrive({ flags: SYN, seq: 0 });
    this.now += 100 * MILLISECOND;
    this.arrive({ flags: ACK, seq: 1, ack: 1 });
  }

  /** @returns what it makes due */
  arrive({ flags, seq: at, ack = 0, length = 0 }: Shape): Sent[] {
    const segment = new Segment();
    Object.assign(segment.src, PEER.address);
    Object.assign(segment.dst, US.address);
    segment.srcPort = PEER.port;
    segment.dstPort = US.port;
    segment.seq = seqAdd(IRS, at);
    segment.ack = seqAdd(ISS, ack);
    segment.flags = flags;
    segment.wnd = 65_535;
    if ((flags & SYN) !== 0) segment.options.mss = 1000;
    segment.bytes = new Uint8Array(length);
    segment.dataEnd = length;
    segment.len = length + ((flags & SYN) !== 0 ? 1 : 0);
    this.connection.segmentArrives(segment, this.now);
    return this.sent();
  }

  /** SEND so many octets. @returns what it makes due */
  send(octets: number): Sent[] {
    this.connection.send(new Uint8Array(octets), 0, octets, this.now);
    return this.sent();
  }

  /** Lets time pass. @returns what was sent meanwhile */
  pass(duration: Duration): Sent[] {
    const end = this.now + duration;
    const packets: Sent[] = [];
    for (let next = this.connection.nextDeadline(); next <= end; next = this.connection.nextDeadline()) {
      this.now = Math.max(this.now, next);
      this.connection.timeout(this.now);
      packets.push(...this.sent());
    }
    this.now = end;
    return packets;
  }

  private sent(): Sent[] {
    const all: Sent[] = [];
    const packet = new Packet(2_000);
    while (this.connection.nextSegment(packet, this.now)) {
      all.push({ seq: seqDiff(seq(packet.view.getUint32(IPV4_HEADER + 4)), ISS), identity: packet.view.getUint16(IDENTIFICATION) });
    }
    return all;
  }
}
