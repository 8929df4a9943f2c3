/** For probes: two stacks with their own defaults on a cable in virtual time. The cable can be cut, and remembers what went over it. */
import { createPipe } from '../../src/device/pipe.js';
import type { Device } from '../../src/device/device.js';
import { VirtualClock } from '../../src/sim/virtual-clock.js';
import type { Endpoint, EndpointOwner } from '../../src/stack/endpoint.js';
import { type ConnectOptions, Stack, type StackOptions } from '../../src/stack/stack.js';
import { Address } from '../../src/util/address.js';
import { type Micros, SECOND } from '../../src/util/units.js';
import type { Packet } from '../../src/wire/packet.js';
import { printPacket } from '../../src/wire/print.js';

export const OURS = Address.from('192.0.2.2');
export const ALSO_OURS = Address.from('192.0.2.3');
export const PEERS = Address.from('192.0.2.1');
export const PORT = 80;

/** Long enough for a handshake, short enough for every timer. */
const MOMENT = SECOND / 10;
const SECRET = 16;

/** What our side has sent: when, and the packet in a line. */
export interface Sent {
  readonly at: Micros;
  readonly line: string;
}

export class TwoStacks {
  readonly clock = new VirtualClock();
  readonly us: Stack;
  readonly peer: Stack;
  readonly sent: Sent[] = [];
  /** Signals raised for our user, each with its instant. */
  readonly told: { readonly at: Micros; readonly signals: number }[] = [];
  /** Nothing gets through while it is. */
  cut = false;

  constructor(ours: Partial<StackOptions> = {}, theirs: Partial<StackOptions> = {}) {
    const { clock } = this;
    const [left, right] = createPipe({ clock });
    this.us = new Stack({ device: this.watched(left), clock, addresses: [OURS, ALSO_OURS], secret: new Uint8Array(SECRET).fill(1), ...ours });
    this.peer = new Stack({ device: right, clock, addresses: [PEERS], secret: new Uint8Array(SECRET).fill(2), ...theirs });
  }

  /** An active OPEN of ours, to whatever is there. @throws Error where the call itself is refused */
  connect(options: Partial<ConnectOptions> = {}): Endpoint {
    const endpoint = this.us.connect({ remote: PEERS, remotePort: PORT, ...options }, this.owner);
    if (typeof endpoint === 'string') throw new Error(`connect: ${endpoint}`);
    return endpoint;
  }

  /** A connection that is open on both sides. @returns ours and the peer's */
  open(): [Endpoint, Endpoint] {
    const accepted: Endpoint[] = [];
    const listener = this.peer.listen({ port: PORT }, (l) => {
      for (let next = l.accept(); next !== undefined; next = l.accept()) accepted.push(next);
    });
    if (typeof listener === 'string') throw new Error(`listen: ${listener}`);
    const ours = this.connect();
    this.clock.advance(MOMENT);
    const [theirs] = accepted;
    if (theirs === undefined || ours.state !== 'ESTABLISHED') throw new Error(`the connection is ${ours.state}`);
    this.sent.length = 0;
    return [ours, theirs];
  }

  private readonly owner: EndpointOwner = { signals: (_endpoint, signals) => void this.told.push({ at: this.clock.now(), signals }) };

  private watched(device: Device): Device {
    const send = (packet: Packet): boolean => {
      this.sent.push({ at: this.clock.now(), line: printPacket(packet) });
      return this.cut || device.send(packet);
    };
    return {
      name: device.name, mtu: device.mtu, offload: device.offload, send, close: () => device.close(),
      open: (receive, batchEnd) => device.open((packet, at) => {
        if (!this.cut) receive(packet, at);
      }, batchEnd),
    };
  }
}

/** null when it holds, else what was seen. */
export const seen = (holds: boolean, what: string): string | null => (holds ? null : what);
