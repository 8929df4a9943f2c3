/** The congestion control is the user's choice (RFC 9293 MAY-18). */
import type { CongestionControl } from '../../../../src/tcp/congestion/congestion.js';
import { established } from '../../../support/states.js';

/** A window that nothing changes. */
const fixed = (segments: number): CongestionControl => ({
  name: 'fixed',
  onAck: (w) => void (w.cwnd = segments * w.smss),
  onCongestion: () => undefined, onTimeout: () => undefined, onIdle: () => undefined, onUndo: () => undefined,
});

test('another congestion control than Reno has the window\'s say', () => {
  const bench = established({ config: { congestionControl: () => fixed(3), initialWindow: 1 } });
  bench.send(20_000);
  expect(bench.drain()).toHaveLength(3);
  expect(bench.play({ flags: '.', seq: 1, ack: 2921 })).toHaveLength(2); // Reno would have sent four
});

test('each connection has a congestion control of its own', () => {
  let made = 0;
  const config = { congestionControl: (): CongestionControl => fixed(++made) };
  established({ config });
  established({ config });
  expect(made).toBe(2);
});
