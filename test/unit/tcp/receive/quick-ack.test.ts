/** When Linux acknowledges text (ackPolicy `linux`), within RFC 9293 §3.8.6.3 and RFC 5681 §4.2. */
import { MILLISECOND, SECOND } from '../../../../src/util/units.js';
import type { Bench } from '../../../support/engine.js';
import { established, establishedPassive, finWait2 } from '../../../support/states.js';

const MSS = 1460;
const linux = { config: { ackPolicy: 'linux' as const, receiveBuffer: 1_000_000, receiveBufferMax: 1_000_000, windowScaling: true }, syn: { scale: 0 } };
const ms = (n: number): number => n * MILLISECOND;

/** The next octets of the peer's, now. */
const more = (bench: Bench, octets: number, flags = '.'): string[] =>
  bench.play({ flags, seq: bench.tcb.rcv(bench.tcb.rcvNxt), ack: bench.tcb.snd(bench.tcb.sndNxt), data: octets });

/** An active connection whose quick ACKs are used up, everything read. */
function slow(octets = MSS): Bench {
  const bench = established(linux);
  for (let i = 0; i < 16; i++) more(bench, octets);
  bench.receive();
  bench.drain();
  return bench.clear();
}

describe.each([['active', established], ['passive', establishedPassive]] as const)('the beginning of a connection, %s', (_name, make) => {
  test('16 full segments are acknowledged one by one', () => {
    const bench = make(linux);
    const acks = Array.from({ length: 20 }, () => {
      const n = more(bench, MSS).length;
      bench.receive();
      return n + bench.drain().length;
    });
    expect(acks).toEqual([...Array<number>(16).fill(1), 0, 1, 0, 1]);
    expect(bench.rules).toContain('send-ack-quick');
  });

  test('fewer, if the window is smaller: half as many as full segments fit, or two', () => {
    for (const [buffer, quick] of [[8 * MSS, 4], [2000, 2]] as const) {
      const bench = make({ config: { ackPolicy: 'linux', receiveBuffer: buffer, receiveBufferMax: buffer } });
      more(bench, MSS);
      expect(1 + bench.tcb.ack.quick).toBe(quick);
    }
  });
});

describe('when they are used up', () => {
  test('a single segment waits 40 ms', () => {
    const bench = slow();
    expect(more(bench, MSS)).toEqual([]);
    expect(bench.timed(SECOND).map(([at]) => at)).toEqual([ms(40)]);
  });

  test('more than one full segment is acknowledged at once, be it by an octet (SHLD-19)', () => {
    const bench = slow();
    expect([more(bench, MSS), more(bench, 1).length]).toEqual([[], 1]);
    expect(bench.rules).toContain('send-ack-second');
  });

  test('not while the user has not read and the window would shrink: reading sends it', () => {
    const bench = established({ config: { ackPolicy: 'linux' } });
    for (let i = 0; i < 16; i++) more(bench, MSS);
    expect([more(bench, MSS), more(bench, MSS)]).toEqual([[], []]);
    bench.receive();
    expect(bench.drain()).toHaveLength(1);
    expect(bench.rules).toContain('send-ack-read');
  });

  test('a wait in vain makes the next one longer', () => {
    const bench = slow();
    bench.tcb.rtt.srtt = -1; // no measurement to bound it
    const waits = Array.from({ length: 3 }, () => {
      more(bench, 100);
      const start = bench.now;
      bench.pass(bench.connection.nextDeadline() - start);
      return (bench.now - start) / ms(1);
    });
    expect(waits).toEqual([40, 80, 160]); // half of twice as long, plus the gap
  });

  test('a second wait starts where the first would end late, not anew', () => {
    const bench = slow();
    more(bench, 100, 'P.');
    bench.wait(ms(20));
    more(bench, 100, 'P.');
    expect(bench.timed(SECOND).map(([at]) => at)).toEqual([ms(20)]);
  });

  test('a segment just before the wait ends is acknowledged at once', () => {
    const bench = slow();
    more(bench, 100, 'P.');
    bench.wait(ms(35));
    expect(more(bench, 100, 'P.')).toHaveLength(1);
  });
});

describe('quick again', () => {
  test('after silence longer than the retransmission timeout', () => {
    const bench = slow();
    bench.wait(2 * SECOND);
    expect([more(bench, MSS).length, more(bench, MSS).length]).toEqual([1, 1]);
  });

  test('after a duplicate: the peer does not get our ACKs', () => {
    const bench = slow();
    expect(bench.play({ flags: '.', seq: 1, ack: 1, data: MSS })).toHaveLength(1);
    expect([more(bench, MSS).length, more(bench, MSS).length]).toEqual([1, 1]);
  });

  test('after text for a closed window', () => {
    const bench = established({ config: { ackPolicy: 'linux', receiveBuffer: 1000, receiveBufferMax: 1000 } });
    more(bench, 500);
    more(bench, 500);
    bench.tcb.ack.quick = 0;
    expect(bench.play({ flags: '.', seq: 1001, ack: 1, data: 1 })).toHaveLength(1);
    expect(bench.tcb.ack.quick).toBeGreaterThan(0);
  });

  test('out of order and filling a gap: at once in any case', () => {
    const bench = slow();
    const next = bench.tcb.rcv(bench.tcb.rcvNxt);
    expect(bench.play({ flags: '.', seq: next + MSS, ack: 1, data: MSS })).toHaveLength(1);
    expect(bench.play({ flags: '.', seq: next, ack: 1, data: MSS })).toEqual([`. 1:1 ack ${next + 2 * MSS}`]);
    expect(bench.rules).toContain('send-gap-ack');
  });
});

describe('conversation', () => {
  /** The peer asks, we answer soon. */
  function talking(): Bench {
    const bench = established(linux);
    more(bench, 100, 'P.');
    bench.receive();
    bench.send(10);
    bench.drain();
    return bench.clear();
  }

  test('an answer soon after text ends the quick ACKs: they ride on the next answer', () => {
    const bench = talking();
    expect(more(bench, 100, 'P.')).toEqual([]);
    bench.receive();
    expect(bench.drain()).toEqual([]);
    bench.send(10);
    expect(bench.drain()).toHaveLength(1);
  });

  test('a wait in vain ends the conversation', () => {
    const bench = talking();
    more(bench, 100, 'P.');
    bench.pass(ms(40));
    expect(bench.tcb.ack.conversation).toBe(false);
  });

  test('sending without having been spoken to is none', () => {
    const bench = established(linux);
    bench.send(10);
    bench.drain();
    expect(more(bench, 100, 'P.')).toHaveLength(1);
  });

  test('setQuickAck(true) acknowledges what waits and what comes; setQuickAck(false) waits again', () => {
    const bench = talking();
    more(bench, 100, 'P.');
    bench.receive();
    bench.connection.setQuickAck(true, bench.now);
    expect(bench.drain()).toHaveLength(1);
    expect(more(bench, 100, 'P.')).toHaveLength(1);
    bench.connection.setQuickAck(false, bench.now);
    expect(more(bench, 100, 'P.')).toEqual([]);
  });
});

describe('short segments', () => {
  test('reading everything acknowledges them', () => {
    const bench = slow();
    expect(more(bench, 100, 'P.')).toEqual([]);
    bench.receive();
    expect(bench.drain()).toHaveLength(1);
  });

  test('reading a part does not', () => {
    const bench = slow();
    more(bench, 100, 'P.');
    bench.receive(50);
    expect(bench.drain()).toEqual([]);
  });

  test('a full segment that ends what the peer wrote counts as one', () => {
    const bench = slow();
    more(bench, MSS, 'P.');
    bench.receive();
    expect(bench.drain()).toHaveLength(1);
  });
});

describe('the size of a full segment', () => {
  test('is the largest so far', () => {
    const bench = slow();
    expect(bench.tcb.rcvMss).toBe(MSS);
  });

  test('a smaller one that comes twice in a row becomes it', () => {
    const bench = slow();
    more(bench, 1000);
    expect(bench.tcb.rcvMss).toBe(MSS);
    more(bench, 1000);
    expect(bench.tcb.rcvMss).toBe(1000);
  });

  test('short pushed segments do not', () => {
    const bench = slow();
    for (let i = 0; i < 4; i++) more(bench, 200, 'P.');
    expect(bench.tcb.rcvMss).toBe(MSS);
  });

  test('never more than the MSS we announced', () => {
    const bench = established({ config: { ...linux.config, maxSegmentSize: 600 }, syn: { scale: 0 } });
    more(bench, 1400);
    expect(bench.tcb.rcvMss).toBe(600);
  });
});

test('delayedAck 0 acknowledges every segment', () => {
  const bench = established({ config: { ackPolicy: 'linux', delayedAck: 0 } });
  for (let i = 0; i < 20; i++) expect(more(bench, 10)).toHaveLength(1);
});

describe("the peer's FIN", () => {
  const fin = (bench: Bench, data = 0): string[] => bench.play({ flags: 'F.', seq: bench.tcb.rcv(bench.tcb.rcvNxt), ack: 1, data });

  test('without text before it is acknowledged at once', () => {
    expect(fin(established(linux))).toEqual(['. 1:1 ack 2']);
  });

  test.each([0, 100])('after text it waits for ours, 40 ms at most; %p octets with it', (data) => {
    const bench = established(linux);
    more(bench, 1000, 'P.');
    expect(fin(bench, data)).toEqual([]);
    expect(bench.timed(SECOND)).toEqual([[ms(40), `. 1:1 ack ${1002 + data}`]]);
  });

  test('a user who closes in time sends one segment', () => {
    const bench = established(linux);
    more(bench, 1000, 'P.');
    fin(bench);
    bench.receive();
    bench.close();
    expect(bench.drain()).toEqual(['F. 1:1 ack 1002']);
  });

  test('when we said FIN first there is nothing to wait for', () => {
    const bench = finWait2(linux);
    expect(bench.play({ flags: 'F.', seq: 1, ack: 2 })).toEqual(['. 2:2 ack 2']);
  });
});

test('text that comes early tells the size of segments', () => {
  const bench = established(linux);
  bench.play({ flags: '.', seq: 2001, ack: 1, data: 1000 });
  expect(bench.tcb.rcvMss).toBe(1000);
});

test('a FIN that has waited behind a gap is acknowledged as soon as the gap is filled (RFC 5681 §4.2)', () => {
  const bench = established(linux);
  bench.play({ flags: 'F.', seq: 101, ack: 1 });
  expect(bench.play({ flags: 'P.', seq: 1, ack: 1, data: 100 })).toEqual(['. 1:1 ack 102']);
});
