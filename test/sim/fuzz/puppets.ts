/** Connections of the victim with a peer that exists only in forged packets, each led into one state and left there. */
import type { Endpoint } from '../../../src/stack/endpoint.js';
import type { Listener } from '../../../src/stack/listener.js';
import type { TcpState } from '../../../src/tcp/state.js';
import type { Random } from '../../../src/util/random.js';
import type { Address } from '../../../src/util/address.js';
import { Packet } from '../../../src/wire/packet.js';
import { ACK, FIN, SYN } from '../../../src/wire/segment.js';
import { forge } from './forge.js';
import { PUPPET, type Victim, VICTIM } from './victim.js';

export const STATES: readonly TcpState[] = [
  'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT',
];

const NONE = new Uint8Array(0);
const TEXT = new Uint8Array(400).fill(0x61);
/** MSS 1460, SACK-permitted, timestamps 1000, window scale 7. */
const SYN_OPTIONS = Uint8Array.of(2, 4, 5, 180, 4, 2, 8, 10, 0, 0, 3, 232, 0, 0, 0, 0, 1, 3, 3, 7);

/** One connection and the numbers its forger goes by. */
export class Puppet {
  endpoint: Endpoint | undefined;
  remotePort = 0;
  private next = 0;
  private withTimestamps = false;
  private readonly packet = new Packet(2048);
  private readonly src: Address;
  private readonly dst: Address;

  constructor(readonly wanted: TcpState, readonly family: 0 | 1, private readonly victim: Victim, private readonly listener: Listener, private readonly random: Random) {
    this.src = PUPPET[family];
    this.dst = VICTIM[family];
  }

  get alive(): boolean {
    return this.endpoint !== undefined && this.endpoint.state === this.wanted;
  }

  /** Leaves the old connection, if any, and brings up a new one in the wanted state. */
  renew(port: number): void {
    if (this.endpoint !== undefined && this.endpoint.state !== 'CLOSED') this.endpoint.abort();
    this.remotePort = port;
    this.next = this.random.uint32() | 0;
    this.withTimestamps = this.random.chance(0.5);
    if (this.wanted === 'SYN-SENT') {
      const opened = this.victim.stack.connect({ remote: this.src, remotePort: port }, { signals: () => undefined });
      if (typeof opened === 'string') throw new Error(`connect: ${opened}`);
      this.endpoint = opened;
      return;
    }
    this.say(SYN, 0, 0, this.withTimestamps ? SYN_OPTIONS : NONE);
    this.next = (this.next + 1) | 0;
    this.endpoint = this.victim.stack.demux.find(this.dst, this.listener.port, this.src, port);
    if (this.endpoint === undefined || this.wanted === 'SYN-RECEIVED') return;
    this.say(ACK, 0);
    // Others in the queue were opened by forged ACKs.
    let accepted = this.listener.accept();
    while (accepted !== undefined && accepted !== this.endpoint) {
      accepted.abort();
      accepted = this.listener.accept();
    }
    if (accepted === undefined) return;
    accepted.attach({ signals: (endpoint) => this.read(endpoint) });
    this.lead(accepted);
  }

  private lead(endpoint: Endpoint): void {
    const text = this.random.chance(0.5);
    if (text) endpoint.send(TEXT);
    switch (this.wanted) {
      case 'FIN-WAIT-1': return void endpoint.close();
      case 'CLOSE-WAIT': return this.finish();
      case 'FIN-WAIT-2':
        endpoint.close();
        return this.say(ACK, 0);
      case 'CLOSING':
        endpoint.close();
        return this.finish(-1);
      case 'LAST-ACK':
        this.finish();
        return void endpoint.close();
      case 'TIME-WAIT':
        endpoint.close();
        return this.finish();
    }
  }

  /** FIN, acknowledging all but the last `short` numbers. */
  private finish(short = 0): void {
    this.say(FIN | ACK, short);
    this.next = (this.next + 1) | 0;
  }

  /** A user who reads only now and then: windows close. */
  private read(endpoint: Endpoint): void {
    if (this.random.chance(0.5)) endpoint.receive(new Uint8Array(this.random.int(1, 4000)));
  }

  private say(flags: number, ackShort: number, wnd = 500, options = NONE): void {
    const { tap } = this.victim;
    const tcb = this.endpoint?.connection.tcb;
    const withOptions = options.length > 0 || tcb?.timestamps !== true ? options : timestamps(tcb.tsRecent + 1);
    const ack = tcb === undefined ? 0 : tcb.sndNxt + ackShort;
    tap.inject(forge({
      src: this.src, dst: this.dst, srcPort: this.remotePort, dstPort: this.listener.port,
      seq: this.next, ack, flags, wnd, urgentPointer: 0, options: withOptions, text: NONE,
    }, this.packet));
    tap.endBatch();
  }
}

/** NOP NOP timestamps. */
export function timestamps(tsVal: number, tsEcr = 0): Uint8Array {
  const octets = Uint8Array.of(1, 1, 8, 10, 0, 0, 0, 0, 0, 0, 0, 0);
  const view = new DataView(octets.buffer);
  view.setInt32(4, tsVal | 0);
  view.setInt32(8, tsEcr | 0);
  return octets;
}
