/** glasstcp as it is shipped, the compiled code, so that nothing is measured that ts-node does; and a TUN, MTU 1500, for it. */
import { createRequire } from 'node:module';
import { meter } from './meter.js';

/** The benchmark puts a copy beside this file. */
const glasstcp = createRequire(__filename)('./dist/index.js') as typeof import('../../../src/index.js');

export const { Address, Host, Signal, Stack } = glasstcp;

function openTun() {
  const clock = new glasstcp.RealClock();
  const device = glasstcp.openTun({ clock, addresses: [{ local: '192.0.2.1/24' }] });
  const { counters } = device;
  meter.device = () => ({ packetsIn: counters.rxPackets, packetsOut: counters.txPackets, wakeUps: counters.wakeUps });
  return { clock, device, address: '192.0.2.2' };
}

/** The kernel's side is 192.0.2.1. */
export const tun = openTun();
