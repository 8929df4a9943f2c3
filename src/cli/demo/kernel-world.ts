/** glasstcp on a device, the kernel behind it: what the demos by TUN and by raw sockets have in common. */
import type { Device } from '../../device/device.js';
import { Recorder } from '../../device/recorder.js';
import type { RealClock } from '../../stack/clock.js';
import type { Audience } from '../../trace/moment.js';
import { Address } from '../../util/address.js';
import { KernelStates } from './kernel-states.js';
import type { DemoOptions } from './options.js';
import { Party } from './party.js';
import { RemotePeer } from './remote-peer.js';
import { completePath } from './state-path.js';
import { sayIn } from './text/say.js';
import { makeOurSide, type World } from './world.js';

/** What lies between us and the kernel. The device is closed with the world. */
export interface KernelLink extends Pick<World, 'ours' | 'theirs' | 'ports' | 'interfaceName'> {
  readonly device: Device;
}

export function makeKernelWorld(link: KernelLink, clock: RealClock, options: DemoOptions, audience: Audience): World {
  const { device, ours, theirs, ports, interfaceName } = link;
  const states = new KernelStates(Address.from(ours), Address.from(theirs));
  const watched = new Recorder(device, clock, (packet, _at, direction) => {
    if (direction === 'in') states.before(packet);
  });
  const { host, netem } = makeOurSide(watched, ours, clock, options, audience);
  const peer = new RemotePeer();
  const us = new Party(host);
  const say = sayIn(options.language);
  return {
    clock, us, peer, peerName: say('kernel-name'), thePeer: say('kernel'), shortPeer: say('kernel-short'), peerIsKernel: true, ours, theirs, ports, interfaceName, netem,
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
