/** glasstcp itself against the kernel: what kernels do not do, such as probing a closed window with an octet of text. */
import { once } from 'node:events';
import { openTun } from '../../../../src/device/tun.js';
import { Host } from '../../../../src/net/host.js';
import { RealClock } from '../../../../src/stack/clock.js';
import { type Scene, scene } from '../scene.js';
import { A, B, type Stage, hand } from '../stage.js';

const probes = async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  const clock = new RealClock();
  const device = openTun({ name: 'glass%d', addresses: [], clock });
  stage.owns(device);
  await hand(device, network, A);
  await stage.capture(network, { on: device.name });
  const reader = stage.peer(network, 'set=rcvbuf,4096', `listen=${A.v4},7531`, 'accept', 'wait=2500', 'drain', 'close');
  await reader.printed('listening');
  const host = new Host({ device, clock, addresses: [`${B.v4}/24`] });
  const socket = host.connect({ host: A.v4, port: 7531 });
  await once(socket, 'connect');
  socket.resume().end(Buffer.alloc(100_000, 'text'));
  await reader.succeeded();
  host.close();
};

export const ours: readonly Scene[] = [
  scene('glasstcp-probes', { zero_window: 1, zero_window_probe: 1, zero_window_probe_ack: 1, window_full: 1 }, probes),
];
