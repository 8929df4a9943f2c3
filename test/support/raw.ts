/** A stack on the raw device, for tests against the kernel's TCP on lo; skipped where raw sockets cannot be had. */
import { Recorder } from '../../src/device/recorder.js';
import { openRaw, type RawDevice, type RawOptions } from '../../src/device/raw.js';
import { loadRawPackage } from '../../src/device/raw-package.js';
import { RealClock } from '../../src/stack/clock.js';
import type { Endpoint } from '../../src/stack/endpoint.js';
import { Stack } from '../../src/stack/stack.js';
import type { TcpConfig } from '../../src/tcp/config.js';
import { Signal } from '../../src/tcp/tcb.js';
import type { Tracer } from '../../src/trace/tracer.js';
import { Address } from '../../src/util/address.js';
import { MILLISECOND } from '../../src/util/units.js';

/** What keeps raw sockets from being tested here, or null. */
export function rawUnavailable(): string | null {
  if (process.env.GLASSTCP_ISOLATED !== '1') return 'needs a private network namespace: unshare --net env GLASSTCP_ISOLATED=1 npx jest …';
  try {
    loadRawPackage();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

export interface RawWorld {
  readonly device: RawDevice;
  readonly stack: Stack;
  /** Octets of each packet received, and where it went. */
  readonly received: { readonly octets: number; readonly port: number }[];
}

/** MSL 100 ms, so that TIME-WAIT does not keep anybody waiting. */
export async function openWorld(address: string, options: Partial<RawOptions> = {}, config: Partial<TcpConfig> = {}, tracer: Tracer | null = null): Promise<RawWorld> {
  const clock = new RealClock();
  const device = await openRaw({ addresses: [address], clock, ...options });
  const received: { octets: number; port: number }[] = [];
  const tap = new Recorder(device, clock, (packet, _at, direction) => {
    const ports = packet.start + (address.includes(':') ? 40 : 20);
    if (direction === 'in') received.push({ octets: packet.length, port: packet.view.getUint16(ports + 2) });
  });
  const stack = new Stack({
    device: tap, clock, addresses: (options.addresses ?? [address]).map((text) => Address.from(text)), secret: new Uint8Array(16).fill(7), config: { msl: 100 * MILLISECOND, ...config }, tracer,
  });
  return { device, stack, received };
}

export const until = async (condition: () => boolean, milliseconds = 20_000): Promise<boolean> => {
  const end = Date.now() + milliseconds;
  while (!condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
  return condition();
};

/** Answers what it reads with the same, and closes after its peer. */
export const echo = {
  signals(e: Endpoint): void {
    const buffer = new Uint8Array(65_536);
    for (let n = e.receive(buffer); n !== 0; n = e.receive(buffer)) {
      if (typeof n !== 'number') {
        if (n === 'connection-closing') e.close();
        return;
      }
      e.send(buffer, 0, n);
    }
  },
};

/** Sends a text once it is connected, reads one of the same length, closes; notes how it went. */
export class Caller {
  answer = '';
  connected = false;
  closed = false;
  failure: string | null = null;

  constructor(private readonly text: string) {}

  signals(e: Endpoint, signals: number): void {
    if ((signals & Signal.Connected) !== 0) {
      this.connected = true;
      e.send(new TextEncoder().encode(this.text));
    }
    const buffer = new Uint8Array(1000);
    for (let n = e.receive(buffer); typeof n === 'number' && n > 0; n = e.receive(buffer)) this.answer += new TextDecoder().decode(buffer.subarray(0, n));
    if (this.answer.length === this.text.length) e.close();
    if ((signals & Signal.Closed) === 0) return;
    this.closed = true;
    this.failure = e.failure;
  }
}

export function connect(stack: Stack, to: string, remotePort: number, owner: { signals(e: Endpoint, signals: number): void }, localPort?: number): Endpoint {
  const made = stack.connect({ remote: Address.from(to), remotePort, localPort }, owner);
  if (typeof made === 'string') throw new Error(made);
  return made;
}
