/** When we acknowledge: RFC 9293 §3.8.6.3 (MUST-40, SHLD-19), RFC 5681 §4.2; SACK blocks: RFC 2018 §4. */
import { MILLISECOND } from '../../../../src/util/units.js';
import { WORLDS } from '../../../support/engine.js';
import { established } from '../../../support/states.js';

const MSS = 1460;

describe.each(WORLDS)('delayed ACKs, $name', (world) => {
  test('one segment waits, exactly so long', () => {
    const bench = established({ world });
    expect(bench.play({ flags: '.', seq: 1, ack: 1, data: MSS })).toEqual([]);
    expect(bench.rules).toContain('ack-delayed');
    expect(bench.timed(1000 * MILLISECOND)).toEqual([[40 * MILLISECOND, '. 1:1 ack 1461']]);
    expect(bench.rules).toContain('send-ack-delayed');
  });

  test('the wait is counted from the first segment, not from the last', () => {
    const bench = established({ world });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 10 });
    bench.wait(30 * MILLISECOND);
    bench.play({ flags: '.', seq: 11, ack: 1, data: 10 });
    expect(bench.timed(40 * MILLISECOND)).toEqual([[10 * MILLISECOND, '. 1:1 ack 21']]);
  });

  test('every second full segment at once (SHLD-19)', () => {
    const bench = established({ world });
    const acks = Array.from({ length: 6 }, (_, i) => bench.play({ flags: '.', seq: 1 + i * MSS, ack: 1, data: MSS }).length);
    expect(acks).toEqual([0, 1, 0, 1, 0, 1]);
    expect(bench.rules).toContain('send-ack-second');
    expect(bench.connection.nextDeadline()).toBe(Infinity);
  });

  test('it rides on text of ours', () => {
    const bench = established({ world });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 100 });
    bench.send(50);
    expect(bench.drain()).toEqual(['P. 1:51 ack 101']);
    expect(bench.connection.nextDeadline()).toBe(bench.now + bench.tcb.rto); // only the retransmission timer
  });

  test('0 acknowledges every segment', () => {
    const bench = established({ world, config: { delayedAck: 0 } });
    expect(bench.play({ flags: '.', seq: 1, ack: 1, data: 1 })).toEqual(['. 1:1 ack 2']);
  });

  test('out of order, filling a gap, FIN: at once', () => {
    const bench = established({ world });
    expect(bench.play({ flags: '.', seq: 11, ack: 1, data: 10 })).toEqual(['. 1:1 ack 1']);
    expect(bench.play({ flags: '.', seq: 1, ack: 1, data: 5 })).toEqual(['. 1:1 ack 6']); // part of the gap
    expect(bench.play({ flags: '.', seq: 6, ack: 1, data: 5 })).toEqual(['. 1:1 ack 21']);
    expect(bench.play({ flags: 'F.', seq: 21, ack: 1 })).toEqual(['. 1:1 ack 22']);
  });

  test('pure ACKs are never acknowledged', () => {
    const bench = established({ world });
    for (let i = 0; i < 5; i++) expect(bench.play({ flags: '.', seq: 1, ack: 1 })).toEqual([]);
    expect(bench.connection.nextDeadline()).toBe(Infinity);
  });

  test('the setting must be below half a second (MUST-40)', () => {
    expect(() => established({ config: { delayedAck: 500 * MILLISECOND } })).toThrow(/delayedAck.*0\.5 s/);
  });
});

describe.each(WORLDS)('SACK blocks, $name', (world) => {
  const acks = (config: object, syn: object) => {
    const bench = established({ world, config: { sack: true, ...config }, syn: { sackOk: true, ...syn } });
    const ts = 'ts' in syn ? { ts: [100, 0] as const } : {};
    return (seq: number, data = 10): string => {
      bench.inject({ flags: '.', seq, ack: 1, data, ...ts });
      return bench.drainFully().map((line) => line.replace(/.*?((sack \d+:\d+(, )?)*)>?$/, '$1')).join(' | ');
    };
  };

  test('the run that changed last comes first, then those before it, the latest first', () => {
    const say = acks({}, {});
    expect(say(101)).toBe('sack 101:111');
    expect(say(301)).toBe('sack 301:311, sack 101:111');
    expect(say(201)).toBe('sack 201:211, sack 301:311, sack 101:111');
    expect(say(111)).toBe('sack 101:121, sack 201:211, sack 301:311');
    expect(say(401)).toBe('sack 401:411, sack 101:121, sack 201:211, sack 301:311');
    expect(say(501).split('sack')).toHaveLength(5); // four blocks, no more
    expect(say(1, 100)).toMatch(/^sack 501:511, sack 401:411, sack 201:211, sack 301:311/); // up to 121: that run is no longer reported
  });

  test('three blocks beside timestamps', () => {
    const say = acks({ timestamps: true }, { ts: [100, 0] });
    for (const at of [101, 201, 301]) say(at);
    expect(say(401)).toBe('sack 401:411, sack 301:311, sack 201:211');
  });

  test('none unless both sides agreed, none when nothing is missing', () => {
    const bench = established({ world, config: { sack: true } });
    bench.inject({ flags: '.', seq: 101, ack: 1, data: 10 });
    expect(bench.drainFully()).toEqual(['. 1:1 ack 1 win 65535']);
    const say = acks({ delayedAck: 0 }, {});
    expect(say(1)).toBe('');
  });
});
