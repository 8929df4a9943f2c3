/** Sending and receiving: what no socket call shows, or no script can ask for. */
import type { CongestionControl } from '../../../src/tcp/congestion/congestion.js';
import { SECOND } from '../../../src/util/units.js';
import { ACK, PSH } from '../../../src/wire/segment.js';
import { probe, type Probe } from '../checks.js';
import { LoneConnection } from '../lone-connection.js';

/** Three segments, whatever happens. */
const ALWAYS_THREE: CongestionControl = {
  name: 'always three',
  onAck: (w) => void (w.cwnd = 3 * w.smss),
  onCongestion: () => undefined, onTimeout: () => undefined, onIdle: () => undefined, onUndo: () => undefined,
};

function pushIsTold(): string | null {
  const lone = new LoneConnection();
  lone.arrive({ flags: ACK, seq: 1, ack: 1, length: 10 });
  if (lone.connection.pushedUnread > 0) return 'text without PSH counts as pushed';
  lone.arrive({ flags: ACK | PSH, seq: 11, ack: 1, length: 10 });
  lone.arrive({ flags: ACK, seq: 21, ack: 1, length: 10 });
  const { pushedUnread } = lone.connection;
  return pushedUnread === 20 ? null : `${pushedUnread} octets are said to be pushed, instead of 20`;
}

function retransmissionsHaveAnIdentityOfTheirOwn(): string | null {
  const lone = new LoneConnection();
  const [first] = lone.send(500);
  const [again] = lone.pass(SECOND);
  if (again === undefined) return 'nothing was sent again';
  if (first.seq !== again.seq) return 'something else was sent';
  return first.identity === again.identity ? `both have the identity ${first.identity}` : null;
}

function anotherAlgorithmHasItsSay(): string | null {
  const lone = new LoneConnection({ congestionControl: () => ALWAYS_THREE });
  const flight = lone.send(20_000).length;
  if (flight !== 3) return `the first flight is ${flight} segments`;
  const next = lone.arrive({ flags: ACK, seq: 1, ack: 3001 }).length;
  return next === 3 ? null : `the acknowledgment of all three brings ${next} segments`;
}

export const probes: readonly Probe[] = [
  probe('the user can ask how far what is unread was pushed', ['MAY-17'], pushIsTold, { onKernel: { kind: 'not run', reason: 'no call of its sockets tells of PSH' } }),
  probe('a retransmission has an IP identity of its own, so that fragments of the two never mix (the permission is not used)', ['MAY-4'], retransmissionsHaveAnIdentityOfTheirOwn, {
    rules: ['retransmit'], onKernel: { kind: 'not run', reason: 'the identity of packets is nothing that scripts speak of' },
  }),
  probe('another congestion control can be plugged in, for each connection', ['MAY-18'], anotherAlgorithmHasItsSay, {
    onKernel: { kind: 'not run', reason: 'its algorithms are modules of its own' },
  }),
];
