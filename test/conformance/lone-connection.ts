/** One connection of the engine with the test as its peer: for probes, which run outside of any test framework. */
import { makeConfig, type TcpConfig } from '../../src/tcp/config.js';
import { Connection } from '../../src/tcp/connection.js';
import { Address } from '../../src/util/address.js';
import { seq } from '../../src/util/seq.js';
import { type Duration, MILLISECOND, SECOND } from '../../src/util/units.js';
import { Packet } from '../../src/wire/packet.js';
import { buildPacket, parsePacket, type Shape, type Socket } from '../support/segments.js';

const ISS = seq(1_000);
const IRS = seq(5_000);
const US: Socket = { address: Address.from('192.0.2.2'), port: 8080 };
const PEER: Socket = { address: Address.from('192.0.2.1'), port: 40_000 };
const BARE: Partial<TcpConfig> = { timestamps: false, sack: false, windowScaling: false };

export class LoneConnection {
  readonly connection: Connection;
  private now = 1 * SECOND;

  /** Open already: the peer's MSS is 1000, its window 65535, the round trip took 100 ms. */
  constructor(config: Partial<TcpConfig> = {}) {
    this.connection = new Connection({ id: 1, config: makeConfig({ ...BARE, ...config }), local: US.address, localPort: US.port, mtu: 1500, iss: ISS });
    this.connection.openPassive(this.now);
    this.arrive({ flags: 'S', mss: 1000 });
    this.now += 100 * MILLISECOND;
    this.arrive({ flags: '.', seq: 1, ack: 1 });
  }

  /** @returns the IP packets that it makes due */
  arrive(shape: Shape): Packet[] {
    this.connection.segmentArrives(parsePacket(buildPacket(shape, PEER, US, IRS, ISS)), this.now);
    return this.sent();
  }

  /** SEND so many octets. @returns the IP packets that it makes due */
  send(octets: number): Packet[] {
    this.connection.send(new Uint8Array(octets), 0, octets, this.now);
    return this.sent();
  }

  /** Lets time pass. @returns the IP packets sent meanwhile */
  pass(duration: Duration): Packet[] {
    const end = this.now + duration;
    const packets: Packet[] = [];
    for (let next = this.connection.nextDeadline(); next <= end; next = this.connection.nextDeadline()) {
      this.now = Math.max(this.now, next);
      this.connection.timeout(this.now);
      packets.push(...this.sent());
    }
    this.now = end;
    return packets;
  }

  private sent(): Packet[] {
    const packets: Packet[] = [];
    const packet = new Packet(2_000);
    while (this.connection.nextSegment(packet, this.now)) packets.push(Packet.of(packet.toBytes()));
    return packets;
  }
}
