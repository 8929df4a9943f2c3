/** Explicit congestion notification, RFC 3168: asking for it, marks on the way here, echoes of marks on the way there. */
import { SECOND } from '../../../../src/util/units.js';
import { Bench } from '../../../support/engine.js';
import { established, establishedPassive, listening, synReceivedActive, synSent } from '../../../support/states.js';

const on = { ecn: 'on' as const };
const agreed = (): Bench => {
  const bench = synSent({ config: { ...on, nagle: false, initialWindow: 4 } });
  bench.play({ flags: 'S.E', seq: 0, ack: 1, mss: 1000 });
  return bench.in('ESTABLISHED');
};
const fields = (bench: Bench): string[] => bench.segments().map((s) => `${s.dataLength} ${s.ecn}`);

describe('asking for it (§6.1.1)', () => {
  test.each([
    { ecn: 'on', syn: 'SEW' },
    { ecn: 'accept', syn: 'S' },
    { ecn: 'off', syn: 'S' },
  ] as const)('$ecn: the SYN is $syn', ({ ecn, syn }) => {
    const bench = new Bench({ config: { ecn } });
    bench.connection.openActive(bench.now);
    expect(bench.drain()).toEqual([`${syn} 0:0`]);
  });

  test.each([
    { ecn: 'on', flags: 'SEW', reply: 'S.E' },
    { ecn: 'accept', flags: 'SEW', reply: 'S.E' },
    { ecn: 'off', flags: 'SEW', reply: 'S.' },
    { ecn: 'accept', flags: 'S', reply: 'S.' },
    { ecn: 'accept', flags: 'SE', reply: 'S.' },
    { ecn: 'accept', flags: 'SW', reply: 'S.' },
  ] as const)('$ecn: $flags is answered with $reply', ({ ecn, flags, reply }) => {
    expect(listening({ config: { ecn } }).play({ flags, seq: 0 })).toEqual([`${reply} 0:0 ack 1`]);
  });

  test('a SYN that routers could mark is not taken for a request', () => {
    expect(listening().play({ flags: 'SEW', seq: 0, ecn: 2 })).toEqual(['S. 0:0 ack 1']);
  });

  test.each([
    { flags: 'S.E', agreed: true },
    { flags: 'S.', agreed: false },
    { flags: 'S.EW', agreed: false },
    { flags: 'S.W', agreed: false },
  ])('the answer $flags: agreed $agreed', ({ flags, agreed: expected }) => {
    const bench = synSent({ config: on });
    bench.play({ flags, seq: 0, ack: 1 });
    expect(bench.tcb.ecn).toBe(expected);
    expect(bench.rules.includes('ecn-agreed')).toBe(expected);
  });

  test('ECE in a SYN,ACK that nobody asked for agrees to nothing', () => {
    const bench = synSent();
    bench.play({ flags: 'S.E', seq: 0, ack: 1 });
    expect(bench.tcb.ecn).toBe(false);
  });

  describe('a SYN sent again asks no more (§6.1.1.1); a late answer to the first agrees', () => {
    const lateAnswer = (): Bench => {
      const bench = synSent({ config: on });
      expect(bench.pass(1 * SECOND)).toEqual(['S 0:0']);
      bench.play({ flags: 'S.E', seq: 0, ack: 1 });
      return bench;
    };

    test('our text is not ECN-capable: we have sent a SYN without ECN (§6.1.1)', () => {
      const bench = lateAnswer();
      bench.send(100);
      expect(fields(bench)).toEqual(['100 0']);
      expect(bench.rules).toContain('ecn-withheld');
    });

    test('marks on the peer\'s text are echoed: he has sent none', () => {
      expect(lateAnswer().play({ flags: 'P.', seq: 1, ack: 1, data: 100, ecn: 3 })).toEqual(['.E 1:1 ack 101']);
    });
  });

  test('without the fallback it asks again', () => {
    expect(synSent({ config: { ...on, ecnFallback: false } }).pass(1 * SECOND)).toEqual(['SEW 0:0']);
  });

  test('SYN × SYN: both must ask', () => {
    const config = on;
    expect(synReceivedActive({ config }).tcb.ecn).toBe(false);
    expect(synSent({ config }).play({ flags: 'SEW', seq: 0 })).toEqual(['S.E 0:0 ack 1']);
    expect(synSent().play({ flags: 'SEW', seq: 0 })).toEqual(['S. 0:0 ack 1']);
  });
});

describe('what routers may mark (§6.1.4 to §6.1.6)', () => {
  test('new text is ECT(0); SYN, ACKs and FIN are not', () => {
    const bench = synSent({ config: { ...on, nagle: false } });
    bench.play({ flags: 'S.E', seq: 0, ack: 1, mss: 1000 });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 1000 });
    bench.play({ flags: '.', seq: 1001, ack: 1, data: 1000 });
    bench.send(1500);
    expect(fields(bench)).toEqual(['1000 2', '500 2']);
    bench.play({ flags: '.', seq: 2001, ack: 1501 });
    bench.close();
    expect(fields(bench)).toEqual(['0 0']);
  });

  test('a retransmission is not', () => {
    const bench = agreed();
    bench.send(100);
    bench.drain();
    bench.now = bench.connection.nextDeadline();
    bench.connection.timeout(bench.now);
    expect(fields(bench)).toEqual(['100 0']);
  });

  test('a probe of a closed window is not', () => {
    const bench = agreed();
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    bench.send(100);
    expect(bench.drain()).toEqual([]);
    bench.now = bench.connection.nextDeadline();
    bench.connection.timeout(bench.now);
    expect(fields(bench)).toEqual([expect.stringMatching(/^[01] 0$/) as string]);
  });

  test('nothing is where ECN was not agreed upon', () => {
    const bench = established({ config: { ...on, nagle: false } });
    bench.send(100);
    expect(fields(bench)).toEqual(['100 0']);
  });
});

describe('marks on the way here (§6.1.3)', () => {
  test('CE: an ACK at once with ECE, and so in everything until CWR', () => {
    const bench = agreed();
    expect(bench.play({ flags: 'P.', seq: 1, ack: 1, data: 10, ecn: 3 })).toEqual(['.E 1:1 ack 11']);
    expect(bench.rules).toContain('ce-received');
    bench.send(5);
    expect(bench.drain()).toEqual(['P.E 1:6 ack 11']);
    bench.inject({ flags: 'P.', seq: 11, ack: 6, data: 10, ecn: 2 });
    expect(bench.pass(SECOND)).toEqual(['.E 6:6 ack 21']);
    expect(bench.play({ flags: 'P.W', seq: 21, ack: 6, data: 10, ecn: 2 })).toEqual(['. 6:6 ack 31']);
    expect(bench.rules).toContain('cwr-received');
  });

  test('CWR and CE in one segment: the echo starts again', () => {
    const bench = agreed();
    bench.play({ flags: 'P.', seq: 1, ack: 1, data: 10, ecn: 3 });
    expect(bench.play({ flags: 'P.W', seq: 11, ack: 1, data: 10, ecn: 3 })).toEqual(['.E 1:1 ack 21']);
  });

  test('text that came early can be marked too', () => {
    const bench = agreed();
    expect(bench.play({ flags: 'P.', seq: 101, ack: 1, data: 10, ecn: 3 })).toEqual(['.E 1:1 ack 1']);
  });

  test('text without ECT after text with it looks like a retransmission: acknowledged at once', () => {
    const bench = agreed();
    bench.inject({ flags: 'P.', seq: 1, ack: 1, data: 10, ecn: 2 });
    bench.pass(SECOND);
    expect(bench.play({ flags: 'P.', seq: 11, ack: 1, data: 10 })).toEqual(['. 1:1 ack 21']);
  });

  test('CE without an agreement says nothing', () => {
    const bench = establishedPassive();
    bench.inject({ flags: 'P.', seq: 1, ack: 1, data: 10, ecn: 3 });
    expect(bench.pass(SECOND)).toEqual(['. 1:1 ack 11']);
  });
});

describe('marks on the way there (§6.1.2)', () => {
  test('ECE halves the window, once for everything outstanding, and CWR goes with the next new text', () => {
    const bench = agreed();
    bench.send(10_000);
    expect(bench.drain()).toHaveLength(4);
    bench.clear();
    bench.inject({ flags: '.E', seq: 1, ack: 1001 });
    expect(bench.tcb.cwnd).toBe(2000);
    expect(bench.rules).toContain('ecn-reduced');
    expect(bench.drain()).toEqual([]);
    bench.inject({ flags: '.E', seq: 1, ack: 2001 });
    bench.inject({ flags: '.E', seq: 1, ack: 3001 });
    expect(bench.tcb.cwnd).toBe(2000);
    expect(bench.drain()).toEqual(['.W 4001:5001 ack 1']);
    expect(bench.rules).toContain('cwr-sent');
    expect(bench.play({ flags: '.E', seq: 1, ack: 4001 })).toEqual(['. 5001:6001 ack 1']);
    expect(bench.tcb.cwnd).toBe(2000);
    // Beyond what was outstanding then, ECE is news.
    bench.send(0);
    bench.inject({ flags: '.E', seq: 1, ack: 5001 });
    expect(bench.rules.filter((r) => r === 'ecn-reduced')).toHaveLength(2);
  });

  test('a loss is told with CWR as well, and ECE of the same window does not halve again', () => {
    const bench = agreed();
    bench.send(10_000);
    bench.drain();
    for (let i = 0; i < 3; i++) bench.inject({ flags: '.', seq: 1, ack: 1 });
    const { cwnd } = bench.tcb;
    bench.drain();
    bench.inject({ flags: '.E', seq: 1, ack: 1 });
    expect(bench.tcb.cwnd).toBe(cwnd);
    expect(bench.play({ flags: '.', seq: 1, ack: 4001 })[0]).toMatch(/^\.W? /);
    expect(bench.tcb.cwrDue).toBe(false);
  });

  test('ECE without an agreement is ignored', () => {
    const bench = established({ config: { nagle: false } });
    bench.send(3000);
    bench.drain();
    bench.inject({ flags: '.E', seq: 1, ack: 1461 });
    expect(bench.rules).not.toContain('ecn-reduced');
  });
});
