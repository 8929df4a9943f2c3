/** Second: the RST bit. RFC 9293 §3.10.7.4 with the three checks of RFC 5961 §3. */
import { Signal } from '../../../../src/tcp/tcb.js';
import { WORLDS } from '../../../support/engine.js';
import { established, otherStates, synReceived, synReceivedActive, synchronised } from '../../../support/states.js';

const OUTCOME: Readonly<Record<string, { rule: string; failure: string | null }>> = {
  ESTABLISHED: { rule: 'reset-exact', failure: 'reset' },
  'FIN-WAIT-1': { rule: 'reset-exact', failure: 'reset' },
  'FIN-WAIT-2': { rule: 'reset-exact', failure: 'reset' },
  'CLOSE-WAIT': { rule: 'reset-exact', failure: 'reset' },
  CLOSING: { rule: 'reset-in-closing', failure: null },
  'LAST-ACK': { rule: 'reset-in-closing', failure: null },
  'TIME-WAIT': { rule: 'reset-in-closing', failure: null },
};

describe.each(WORLDS)('RST, $name', (world) => {
  test.each(synchronised)('exactly at RCV.NXT in $state: CLOSED, no answer', ({ state, make, rcvNxt }) => {
    for (const flags of ['R', 'R.', 'SR', 'FR.']) {
      const bench = make({ world });
      expect(bench.play({ flags, seq: rcvNxt, ack: 12_345 })).toEqual([]); // its ACK is not looked at
      expect(bench.state).toBe('CLOSED');
      const { rule, failure } = OUTCOME[state];
      expect(bench.rules).toEqual([rule]);
      expect(bench.connection.failure).toBe(failure);
      expect(bench.connection.takeSignals()).toBe(failure === null ? Signal.Closed : Signal.Failed | Signal.Closed);
      expect(bench.connection.nextDeadline()).toBe(Infinity);
      expect(bench.play({ flags: '.', seq: rcvNxt, ack: 1 })).toEqual([]);
    }
  });

  test.each(otherStates)('elsewhere in the window in $state: challenge ACK', ({ state, make, rcvNxt, sndNxt }) => {
    for (const at of [1, 30_000, 65_533]) {
      const bench = make({ world });
      expect(bench.play({ flags: 'R', seq: rcvNxt + at })).toEqual([`. ${sndNxt}:${sndNxt} ack ${rcvNxt}`]);
      expect(bench.state).toBe(state);
      expect(bench.rules).toEqual(['challenge-reset', 'challenge-reset']);
    }
  });

  test('SYN-RECEIVED from LISTEN: back to LISTEN, and the user is not told', () => {
    const bench = synReceived({ world });
    expect(bench.play({ flags: 'R', seq: 1 })).toEqual([]);
    expect(bench.state).toBe('LISTEN');
    expect(bench.connection.takeSignals()).toBe(0);
    expect(bench.connection.failure).toBeNull();
    expect(bench.connection.nextDeadline()).toBe(Infinity);
    expect(bench.tcb.queue.length).toBe(0);
  });

  test('the next SYN finds a listener as good as new, with another ISS', () => {
    const bench = synReceived({ world });
    const { iss } = bench.tcb;
    bench.play({ flags: 'R', seq: 1 });
    expect(bench.tcb.iss).not.toBe(iss);
    expect(bench.play({ flags: 'S', seq: 0 })).toEqual(['S. 0:0 ack 1']);
    bench.play({ flags: '.', seq: 1, ack: 1 });
    expect(bench.state).toBe('ESTABLISHED');
    bench.play({ flags: 'P.', seq: 1, ack: 1, data: 10 });
    expect(bench.receive()).toBe(10);
    bench.send(10);
    expect(bench.drain()).toEqual(['P. 1:11 ack 11']);
  });

  test('text of the abandoned handshake does not turn up in the next', () => {
    const bench = synReceived({ world, syn: { data: 30 } });
    bench.play({ flags: 'R', seq: 1 });
    bench.play({ flags: 'S', seq: 0 });
    expect(bench.play({ flags: '.', seq: 1, ack: 1 })).toEqual([]);
    expect(bench.receive()).toBe(0);
  });

  test('SYN-RECEIVED from SYN-SENT: "connection refused"', () => {
    const bench = synReceivedActive({ world });
    expect(bench.play({ flags: 'R.', seq: 1, ack: 1 })).toEqual([]);
    expect(bench.state).toBe('CLOSED');
    expect(bench.connection.failure).toBe('refused');
    expect(bench.rules).toEqual(['syn-received-refused']);
  });

  test('the reset flushes the queues: unread text is gone, sent text is not repeated', () => {
    const bench = established({ world });
    bench.send(5000);
    bench.drain();
    bench.play({ flags: '.', seq: 1, ack: 1, data: 100 });
    bench.play({ flags: 'R', seq: 101 });
    expect(bench.receive()).toBe('connection-does-not-exist');
    expect(bench.send(1)).toBe('connection-does-not-exist');
    expect(bench.pass(1_000_000_000)).toEqual([]);
  });
});

test('a listener that became active forgets that it listened: RST means refused', () => {
  const bench = synReceived({ remoteKnown: true });
  bench.play({ flags: 'R', seq: 1 });
  bench.connection.openActive(bench.now);
  bench.drain();
  bench.play({ flags: 'S', seq: 0 });
  expect(bench.in('SYN-RECEIVED').play({ flags: 'R', seq: 1 })).toEqual([]);
  expect(bench.state).toBe('CLOSED');
  expect(bench.connection.failure).toBe('refused');
});

describe('challenge ACKs are limited (RFC 5961 §7)', () => {
  test('so many per second; RST, SYN and strange ACKs share them', () => {
    const bench = established({ config: { challengeAckLimit: 3 } });
    expect(bench.play({ flags: 'R', seq: 50 })).toHaveLength(1);
    expect(bench.play({ flags: 'S', seq: 50 })).toHaveLength(1);
    expect(bench.play({ flags: '.', seq: 1, ack: 50 })).toHaveLength(1);
    for (const flags of ['R', 'S', '.']) expect(bench.play({ flags, seq: flags === '.' ? 1 : 50, ack: 50 })).toEqual([]);
    expect(bench.rules).toContain('ack-suppressed');
    bench.now += 999_999;
    expect(bench.play({ flags: 'R', seq: 50 })).toEqual([]);
    bench.now += 1;
    expect(bench.play({ flags: 'R', seq: 50 })).toHaveLength(1);
  });

  test('the exact RST works even then', () => {
    const bench = established({ config: { challengeAckLimit: 1 } });
    for (let i = 0; i < 5; i++) bench.play({ flags: 'R', seq: 50 });
    bench.play({ flags: 'R', seq: 1 });
    expect(bench.state).toBe('CLOSED');
  });

  test('the default allows 100 a second', () => {
    const bench = established();
    let replies = 0;
    for (let i = 0; i < 300; i++) replies += bench.play({ flags: 'S', seq: 2 }).length;
    expect(replies).toBe(100);
  });
});
