/** Second: the RST bit. RFC 9293 §3.10.7.4 with the three checks of RFC 5961 §3. */
import { ChallengeCount } from '../../../../src/tcp/receive/challenge.js';
import { Signal } from '../../../../src/tcp/tcb.js';
import { ruleNamed } from '../../../../src/trace/rules.js';
import { MILLISECOND, SECOND } from '../../../../src/util/units.js';
import { WORLDS } from '../../../support/engine.js';
import { established, otherStates, synReceived, synReceivedActive, synchronised, timeWait } from '../../../support/states.js';

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

  test('the challenge ACK says which number a genuine RST has, not that of the RST it answers', () => {
    const rule = ruleNamed('challenge-reset');
    expect([rule?.say(9, 5, 0), rule?.say(5, 5, 0)]).toEqual([expect.stringContaining('RST at 9'), expect.stringContaining('we expect 5')]);
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

  test('there is no limit by default: it could be measured by an attacker', () => {
    const bench = established();
    let replies = 0;
    for (let i = 0; i < 300; i++) replies += bench.play({ flags: 'S', seq: 2 }).length;
    expect(replies).toBe(300);
  });

  test('the connections of a stack share it', () => {
    const challenges = new ChallengeCount();
    expect([0, 1, 2, 3].map((at) => challenges.allows(3, at))).toEqual([true, true, true, false]);
    expect(challenges.allows(3, SECOND)).toBe(true);
  });
});

describe('answers to what cannot be right keep a distance (Linux: tcp_invalid_ratelimit)', () => {
  const config = { invalidRatelimit: 500 * MILLISECOND };

  test.each([['a RST in the window', { flags: 'R', seq: 50 }], ['a SYN', { flags: 'S', seq: 50 }], ['an ACK of what was never sent', { flags: '.', seq: 1, ack: 50 }],
    ['an empty segment outside the window', { flags: '.', seq: 100_000, ack: 1 }]])('%s: one answer in 500 ms', (_name, shape) => {
    const bench = established({ config });
    expect([bench.play(shape).length, bench.play(shape).length]).toEqual([1, 0]);
    expect(bench.rules).toContain('ack-rate-limited');
    bench.now += 499_999;
    expect(bench.play(shape)).toEqual([]);
    bench.now += 1;
    expect(bench.play(shape)).toHaveLength(1);
  });

  test('they share the distance', () => {
    const bench = established({ config });
    expect([bench.play({ flags: 'R', seq: 50 }).length, bench.play({ flags: 'S', seq: 50 }).length]).toEqual([1, 0]);
  });

  test('text is answered always', () => {
    const bench = established({ config });
    for (let i = 0; i < 3; i++) expect(bench.play({ flags: '.', seq: 100_000, ack: 1, data: 10 })).toHaveLength(1);
  });

  test('in TIME-WAIT as well', () => {
    const bench = timeWait({ config });
    expect([bench.play({ flags: '.', seq: 1, ack: 1 }).length, bench.play({ flags: '.', seq: 1, ack: 1 }).length]).toEqual([1, 0]);
  });

  test('the SYN again in SYN-RECEIVED: one SYN,ACK', () => {
    const bench = synReceived({ config });
    expect([bench.play({ flags: 'S', seq: 0 }).length, bench.play({ flags: 'S', seq: 0 }).length]).toEqual([1, 0]);
  });
});
