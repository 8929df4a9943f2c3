/** Two glasstcp stacks and a pipe between them: the demo where there is no TUN to be had. */
import { createPipe } from '../../device/pipe.js';
import { Host } from '../../net/host.js';
import type { RealClock } from '../../stack/clock.js';
import type { Audience } from '../../trace/moment.js';
import { SECOND } from '../../util/units.js';
import type { DemoOptions } from './options.js';
import { Party } from './party.js';
import type { PathStep } from './state-path.js';
import { sayIn } from './text/say.js';
import { addressesFor, makeOurSide, PORTS, secretFor, tellingTracer, type World } from './world.js';
import { portOf, Witness } from './witness.js';
import type { TcpState } from '../../tcp/state.js';

export function makePipeWorld(clock: RealClock, options: DemoOptions, audience: Audience): World {
  const { ours, theirs } = addressesFor(options.ipv6);
  const say = sayIn(options.language);
  const [left, right] = createPipe({ clock, names: ['pipe0', 'pipe1'] });
  const { host, netem } = makeOurSide(left, ours, clock, options, audience);
  const seen = new Witness();
  const other = new Host({
    device: right, clock, addresses: [theirs], secret: secretFor(options, 2),
    config: { msl: options.msl * SECOND }, tracer: tellingTracer(seen),
  });
  const us = new Party(host);
  const peer = new Party(other);
  return {
    clock, us, peer, peerName: say('other-name'), thePeer: say('other'), shortPeer: say('other-short'), peerIsKernel: false, ours, theirs, ports: PORTS, interfaceName: left.name, netem,
    look: () => undefined,
    peerPath: (peerPort, ourPort) => pathOf(seen, peerPort, ourPort),
    close: () => {
      host.close();
      other.close();
      return Promise.resolve();
    },
  };
}

function pathOf(seen: Witness, peerPort: number, ourPort: number): PathStep[] {
  const sight = seen.all.find(({ conn, view, direction }) => {
    if (conn === 0 || view === undefined) return false;
    const [own, other] = direction === 'out' ? [view.from, view.to] : [view.to, view.from];
    return portOf(own) === peerPort && portOf(other) === ourPort;
  });
  return sight === undefined ? [] : seen.path(sight.conn).map((state) => ({ state: state as TcpState, inferred: false }));
}
