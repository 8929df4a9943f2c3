/** Urgent text as the user's interface of a connection tells of it: more than sockets can say. */
import { QueueDevice } from '../../../src/bsd/queue-device.js';
import { VirtualClock } from '../../../src/sim/virtual-clock.js';
import type { Endpoint } from '../../../src/stack/endpoint.js';
import { Stack } from '../../../src/stack/stack.js';
import { Signal } from '../../../src/tcp/tcb.js';
import { Address } from '../../../src/util/address.js';
import { seq } from '../../../src/util/seq.js';
import { SECOND } from '../../../src/util/units.js';
import { buildPacket, type Shape, type Socket } from '../../support/segments.js';
import { type Probe, probe } from '../checks.js';

const US: Socket = { address: Address.from('192.0.2.2'), port: 5000 };
const PEER: Socket = { address: Address.from('192.0.2.1'), port: 80 };
const ISS = seq(1000);
const IRS = seq(9000);

/** A connection whose peer is played by hand. */
class Played {
  readonly endpoint: Endpoint;
  /** What the user was told since the last look. */
  signals = 0;
  private readonly device: QueueDevice;

  constructor() {
    const clock = new VirtualClock(SECOND);
    this.device = new QueueDevice(1500, () => clock.now());
    const stack = new Stack({ device: this.device, clock, addresses: [US.address], secret: new Uint8Array(32), iss: () => ISS, config: { timestamps: false, sack: false } });
    const owner = { signals: (_: Endpoint, signals: number): void => void (this.signals |= signals) };
    const endpoint = stack.connect({ remote: PEER.address, remotePort: PEER.port, localPort: US.port }, owner);
    if (typeof endpoint === 'string') throw new Error(endpoint);
    this.endpoint = endpoint;
    this.arrive({ flags: 'S.', seq: 0, ack: 1, mss: 1460 });
    this.signals = 0;
  }

  arrive(shape: Shape): void {
    this.device.arrive(buildPacket(shape, PEER, US, IRS, ISS).toBytes());
  }

  /** Was the user told of urgent text since the last look? */
  told(): boolean {
    const was = (this.signals & Signal.Urgent) !== 0;
    this.signals = 0;
    return was;
  }
}

export const probes: readonly Probe[] = [
  probe('The user is told of urgent text that is announced but not here yet, once, and again when the pointer moves on', ['MUST-32'], () => {
    const played = new Played();
    played.arrive({ flags: 'U.', seq: 1, ack: 1, urg: 500 });
    if (!played.told()) return 'the pointer ran ahead of the text, and the user was not told';
    played.arrive({ flags: 'U.', seq: 1, ack: 1, data: 100, urg: 500 });
    if (played.told()) return 'the pointer stood still, and the user was told again';
    played.arrive({ flags: 'U.', seq: 101, ack: 1, data: 100, urg: 700 });
    return played.told() ? null : 'the pointer moved on, and the user was not told';
  }, { rules: ['urgent-new'] }),
  probe('STATUS says how much urgent text is still to be read, here or not', ['MUST-33'], () => {
    const played = new Played();
    const unread = (): number => played.endpoint.info().urgentUnread;
    const seen = [unread()];
    played.arrive({ flags: 'U.', seq: 1, ack: 1, urg: 500 });
    seen.push(unread());
    played.arrive({ flags: 'U.', seq: 1, ack: 1, data: 600, urg: 500 });
    seen.push(unread());
    played.endpoint.receive(new Uint8Array(200), 0, 200);
    seen.push(unread());
    for (let given = 1; given > 0; ) given = Number(played.endpoint.receive(new Uint8Array(1000), 0, 1000)) || 0;
    seen.push(unread());
    return seen.join() === '0,500,500,300,0' ? null : `${seen.join()} octets`;
  }),
];
