/** glasstcp and the kernel, on the two ends of a TUN interface. */
import type { DeviceError } from '../../device/errors.js';
import { openTun } from '../../device/tun.js';
import type { RealClock } from '../../stack/clock.js';
import type { Audience } from '../../trace/moment.js';
import { makeKernelWorld } from './kernel-world.js';
import type { DemoOptions } from './options.js';
import { addressesFor, PORTS, type World } from './world.js';

/** @throws DeviceError when there is no TUN to be had */
export function makeTunWorld(clock: RealClock, options: DemoOptions, audience: Audience, onLost: (error: DeviceError) => void): World {
  const { ours, theirs, kernel } = addressesFor(options.ipv6);
  const device = openTun({ clock, addresses: [{ local: kernel }], onLost });
  return makeKernelWorld({ device, ours, theirs, ports: PORTS, interfaceName: device.name }, clock, options, audience);
}
