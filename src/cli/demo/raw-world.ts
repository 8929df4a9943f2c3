/** glasstcp and the kernel at the same address: localhost, by raw sockets on the loopback interface. */
import type { DeviceError } from '../../device/errors.js';
import { openRaw } from '../../device/raw.js';
import type { RealClock } from '../../stack/clock.js';
import type { Audience } from '../../trace/moment.js';
import { chooseLocalPorts } from './local-ports.js';
import { makeKernelWorld } from './kernel-world.js';
import type { DemoOptions } from './options.js';
import type { World } from './world.js';

/** As on Ethernet: the loopback interface's own 65536 would put each act's text into one segment. */
const MTU = 1500;

/** @throws DeviceError when there are no raw sockets to be had, Failure when no port is free */
export async function makeRawWorld(clock: RealClock, options: DemoOptions, audience: Audience, onLost: (error: DeviceError) => void): Promise<World> {
  const address = options.ipv6 ? '::1' : '127.0.0.1';
  const device = await openRaw({ addresses: [address], clock, mtu: MTU, onLost });
  try {
    const ports = await chooseLocalPorts(address, device.ports);
    return makeKernelWorld({ device, ours: address, theirs: address, ports, interfaceName: 'lo' }, clock, options, audience);
  } catch (error) {
    device.close();
    throw error;
  }
}
