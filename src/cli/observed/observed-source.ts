/** From frames, as a file or an interface gives them, to what an onlooker makes of them. */
import type { Frame } from '../../capture/frame.js';
import { ipPacketOf, LONGEST_IP_PACKET } from '../../capture/link-layer.js';
import { Observer } from '../../observe/observer.js';
import type { Overlooked, Sighting } from '../../observe/sighting.js';
import type { Micros } from '../../util/units.js';
import { Packet } from '../../wire/packet.js';

export class ObservedSource {
  private readonly packet = new Packet(LONGEST_IP_PACKET);
  private streams = 0;

  constructor(private readonly observer: Pick<Observer, 'see'> = new Observer()) {}

  see(frame: Frame): Sighting | Overlooked {
    const at = microsOf(frame.nanos);
    const captured = ipPacketOf(frame, this.packet);
    if (typeof captured === 'string') return { number: frame.number, at, why: captured };
    const seen = this.observer.see({ number: frame.number, at, packet: this.packet, captured });
    if (!isSighting(seen)) return seen;
    this.streams = Math.max(this.streams, seen.stream + 1);
    return seen;
  }

  /** Conversations so far. */
  get conversations(): number {
    return this.streams;
  }
}

export const isSighting = (seen: Sighting | Overlooked): seen is Sighting => 'view' in seen;

/** As precise as a double is for µs since 1970: a quarter of one. */
const microsOf = (nanos: bigint): Micros => Number(nanos / 1_000n) + Number(nanos % 1_000n) / 1_000;
