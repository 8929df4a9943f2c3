/** What the demo plays in: our stack, the one it talks to, and the link between them with its accidents. */
import { randomBytes } from 'node:crypto';
import type { Device } from '../../device/device.js';
import { Netem } from '../../device/netem.js';
import { Host } from '../../net/host.js';
import type { RealClock } from '../../stack/clock.js';
import { fanOut } from '../../trace/fan-out.js';
import type { Audience } from '../../trace/moment.js';
import { Story } from '../../trace/story.js';
import type { Tracer } from '../../trace/tracer.js';
import { Random } from '../../util/random.js';
import { SECOND } from '../../util/units.js';
import { type DemoOptions, onHostNetwork } from './options.js';
import type { Party } from './party.js';
import type { Peer } from './peer.js';
import type { PathStep } from './state-path.js';

/** Where the acts meet. */
export interface DemoPorts {
  /** Our server's. */
  readonly ours: number;
  /** The peer's server's. */
  readonly theirs: number;
  /** Ours and the peer's, on which nobody listens. */
  readonly oursClosed: number;
  readonly theirsClosed: number;
}

/** On addresses of our own all ports are free. */
export const PORTS: DemoPorts = { ours: 7001, theirs: 7002, oursClosed: 7999, theirsClosed: 7999 };

export interface World {
  readonly clock: RealClock;
  readonly us: Party;
  readonly peer: Peer;
  /** "Linux kernel", "other glasstcp", in the language of the demo. */
  readonly peerName: string;
  /** How the text of the demo calls it: "the kernel". */
  readonly thePeer: string;
  /** Where there is little room: "kernel". */
  readonly shortPeer: string;
  readonly peerIsKernel: boolean;
  readonly ours: string;
  readonly theirs: string;
  readonly ports: DemoPorts;
  /** Name of the interface. */
  readonly interfaceName: string;
  readonly netem: Netem;
  /** Looks at the peer's states now; they are looked at when it sends, too. */
  look(): void;
  /** The states the peer's side of a connection has been in, so far. */
  peerPath(peerPort: number, ourPort: number): PathStep[];
  close(): Promise<void>;
}

/** Documentation addresses (RFC 5737, RFC 3849): they exist nowhere else. */
export const ADDRESSES = {
  v4: { ours: '192.0.2.2', theirs: '192.0.2.1', kernel: '192.0.2.1/24' },
  v6: { ours: '2001:db8::2', theirs: '2001:db8::1', kernel: '2001:db8::1/64' },
} as const;

export const addressesFor = (ipv6: boolean): (typeof ADDRESSES)['v4' | 'v6'] => ADDRESSES[ipv6 ? 'v6' : 'v4'];

/** A tracer that tells an audience in moments, none later than the end of the current turn of the event loop. */
export function tellingTracer(audience: Audience): Tracer {
  const story = new Story((moment) => audience.moment(moment));
  let due = false;
  const soon = (): void => {
    if (due) return;
    due = true;
    setImmediate(() => {
      due = false;
      story.flush();
    });
  };
  return fanOut(story, { decision: soon, segment: soon, state: soon, settled: () => undefined });
}

export interface OurSide {
  readonly host: Host;
  readonly netem: Netem;
}

/** Our stack on a device, behind the link's accidents. */
export function makeOurSide(device: Device, address: string, clock: RealClock, options: DemoOptions, audience: Audience): OurSide {
  const { loss, seed } = options;
  const netem = new Netem(device, {
    clock,
    seed,
    in: { loss },
    out: { loss },
    onFate: (packet, direction, fate, label, at) => audience.fate({ at, direction, bytes: packet.toBytes(), what: fate === 'queue-full' ? 'lost' : fate, label }),
  });
  const host = new Host({
    device: netem,
    clock,
    addresses: [address],
    secret: secretFor(options, 1),
    config: { msl: options.msl * SECOND },
    tracer: tellingTracer(audience),
  });
  return { host, netem };
}

/** On a network of its own nobody is there to guess, so the seed decides; on the host's network it is a real secret. */
export function secretFor(options: DemoOptions, side: number): Uint8Array {
  const secret = new Uint8Array(32);
  if (onHostNetwork(options)) return randomBytes(32);
  new Random(options.seed + side).fill(secret);
  return secret;
}
