/** glasstcp and the kernel, on the two ends of a TUN interface. */
import { Recorder } from '../../device/recorder.js';
import type { DeviceError } from '../../device/errors.js';
import { openTun } from '../../device/tun.js';
import type { RealClock } from '../../stack/clock.js';
import type { Audience } from '../../trace/moment.js';
import { Address } from '../../util/address.js';
import { KernelStates } from './kernel-states.js';
import type { DemoOptions } from './options.js';
import { Party } from './party.js';
import { RemotePeer } from './remote-peer.js';
import { completePath } from './state-path.js';
import { addressesFor, makeOurSide, type World } from './world.js';

/** @throws DeviceError when there is no TUN to be had */
export function makeTunWorld(clock: RealClock, options: DemoOptions, audience: Audience, onLost: (error: DeviceError) => void): World {
  const { ours, theirs, kernel } = addressesFor(options.ipv6);
  const states = new KernelStates(Address.from(ours), Address.from(theirs));
  const tun = openTun({ clock, addresses: [{ local: kernel }], onLost });
  const watched = new Recorder(tun, clock, (packet, _at, direction) => {
    if (direction === 'in') states.before(packet);
  });
  const { host, netem } = makeOurSide(watched, clock, options, audience);
  const peer = new RemotePeer();
  const us = new Party(host);
  return {
    clock, us, peer, peerName: 'Linux kernel', thePeer: 'the kernel', shortPeer: 'kernel', ours, theirs, interfaceName: tun.name, netem,
    look: () => states.sample(),
    peerPath: (peerPort, ourPort) => {
      states.sample();
      return completePath(states.path(peerPort, ourPort));
    },
    close: async () => {
      await peer.stop();
      host.close();
    },
  };
}
