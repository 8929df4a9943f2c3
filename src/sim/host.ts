/** One host of a virtual network: a stack on an impaired device, and on request a capture of all it sees, explained. */
import { ExplainedCapture } from '../capture/explained.js';
import { PcapngWriter } from '../capture/pcapng-write.js';
import type { Device } from '../device/device.js';
import type { Fate, Gremlin, Impairment } from '../device/impairment.js';
import { Netem } from '../device/netem.js';
import { type PacketSink, Recorder } from '../device/recorder.js';
import { Stack } from '../stack/stack.js';
import type { TcpConfig } from '../tcp/config.js';
import { fanOut } from '../trace/fan-out.js';
import type { LinkFate } from '../trace/moment.js';
import { Story } from '../trace/story.js';
import type { Tracer } from '../trace/tracer.js';
import type { Address } from '../util/address.js';
import type { Clock } from '../util/clock.js';
import { Random } from '../util/random.js';
import type { Seq } from '../util/seq.js';
import type { Micros } from '../util/units.js';
import type { Packet } from '../wire/packet.js';

export interface HostOptions {
  readonly config?: Partial<TcpConfig>;
  /** What the network does to the packets this host sends. */
  readonly out?: Impairment;
  /** Accidents by script; a host sees its own packets as `out`, and no others. */
  readonly gremlins?: readonly Gremlin[];
  readonly tracer?: Tracer;
  /** Sees every packet that leaves and reaches the stack. */
  readonly watch?: PacketSink;
  /** Path of a pcapng with all that this host sends and receives, and why. Written by Network.close(). */
  readonly capture?: string;
  /** Replaces the initial send sequence numbers that the stack chooses. */
  readonly iss?: (chosen: Seq) => Seq;
}

export interface HostPlace {
  readonly name: string;
  readonly address: Address;
  readonly clock: Clock;
  readonly device: Device;
  readonly seed: number;
  /** Told of what the network does to the packets that this host sends. */
  readonly onFate: (packet: Packet, fate: Fate, label: string, at: Micros) => void;
}

/** Instants in captures count from here, so that the same run gives the same file: 2025-01-01. */
const EPOCH: Micros = 1_735_689_600_000_000;

export class Host {
  readonly name: string;
  readonly address: Address;
  readonly stack: Stack;
  /** The bad network in front of the host. */
  readonly netem: Netem;
  private readonly story: Story | null;
  private readonly capture: ExplainedCapture | null;

  constructor(place: HostPlace, options: HostOptions) {
    const { clock, onFate } = place;
    this.name = place.name;
    this.address = place.address;
    this.capture = options.capture === undefined ? null : new ExplainedCapture(new PcapngWriter(options.capture), { name: place.name, epoch: EPOCH });
    const { capture } = this;
    this.story = capture === null ? null : new Story((moment) => capture.moment(moment));
    this.netem = new Netem(place.device, {
      clock, seed: place.seed, out: options.out, gremlins: options.gremlins,
      onFate: (packet, _direction, fate, label, at) => onFate(packet, fate, label, at),
    });
    const secret = new Uint8Array(16);
    new Random(place.seed).fill(secret);
    const tracers = [this.story, options.tracer].filter((t) => t !== null && t !== undefined);
    this.stack = new Stack({
      device: options.watch === undefined ? this.netem : new Recorder(this.netem, clock, options.watch),
      clock,
      addresses: [place.address],
      secret,
      config: options.config,
      tracer: tracers.length === 0 ? null : fanOut(...tracers),
      iss: options.iss,
    });
  }

  get captures(): boolean {
    return this.capture !== null;
  }

  fate(fate: LinkFate): void {
    this.capture?.fate(fate);
  }

  close(): void {
    this.stack.stop();
    this.story?.flush();
    this.capture?.close();
  }
}
