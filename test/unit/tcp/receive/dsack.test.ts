/** Text that comes twice is reported: RFC 2883. */
import { type Shape, WORLDS } from '../../../support/engine.js';
import { closeWait, established } from '../../../support/states.js';

describe.each(WORLDS)('D-SACK, $name', (world) => {
  const open = (config: object = {}) => established({ world, config: { sack: true, ...config }, syn: { sackOk: true } });
  const play = (bench: ReturnType<typeof open>, shape: Partial<Shape> & { seq: number }): string => {
    bench.inject({ flags: '.', ack: 1, ...shape });
    return bench.drainFully().map((line) => line.replace(/ win \d+/, '')).join(' | ');
  };

  test('a whole segment again (§4.1.1)', () => {
    const bench = open({ delayedAck: 0 });
    play(bench, { seq: 1, data: 500 });
    expect(play(bench, { seq: 1, data: 500 })).toBe('. 1:1 ack 501 <sack 1:501>');
    expect(bench.rules).toContain('duplicate-reported');
  });

  test('only once', () => {
    const bench = open({ delayedAck: 0 });
    play(bench, { seq: 1, data: 500 });
    play(bench, { seq: 1, data: 500 });
    expect(play(bench, { seq: 501, data: 500 })).toBe('. 1:1 ack 1001');
  });

  test('before the blocks of what is kept (§4.1.2)', () => {
    const bench = open({ delayedAck: 0 });
    play(bench, { seq: 1, data: 500 });
    play(bench, { seq: 1001, data: 500 });
    expect(play(bench, { seq: 1, data: 500 })).toBe('. 1:1 ack 501 <sack 1:501, sack 1001:1501>');
  });

  test('kept text again: its block follows, as the larger one that contains it (§4.1.3)', () => {
    const bench = open();
    play(bench, { seq: 501, data: 500 });
    play(bench, { seq: 1001, data: 500 });
    expect(play(bench, { seq: 1001, data: 500 })).toBe('. 1:1 ack 1 <sack 1001:1501, sack 501:1501>');
  });

  test('a part that was kept (§4.2.2)', () => {
    const bench = open();
    play(bench, { seq: 501, data: 500 });
    expect(play(bench, { seq: 801, data: 500 })).toBe('. 1:1 ack 1 <sack 801:1001, sack 501:1301>');
  });

  test('a part that was delivered (§4.2.1)', () => {
    const bench = open({ delayedAck: 0 });
    play(bench, { seq: 1, data: 500 });
    expect(play(bench, { seq: 301, data: 500 })).toBe('. 1:1 ack 801 <sack 301:501>');
  });

  test('the gap is filled by a segment that repeats what follows it', () => {
    const bench = open();
    play(bench, { seq: 501, data: 500 });
    expect(play(bench, { seq: 1, data: 800 })).toBe('. 1:1 ack 1001 <sack 501:801>');
  });

  test('a FIN again', () => {
    const bench = closeWait({ world, config: { sack: true }, syn: { sackOk: true } });
    expect(play(bench, { flags: 'F.', seq: 1 })).toBe('. 1:1 ack 2 <sack 1:2>');
  });

  test('with timestamps two more blocks fit', () => {
    const bench = established({ world, config: { sack: true, timestamps: true }, syn: { sackOk: true, ts: [100, 0] } });
    const ts = [100, 0] as const;
    for (const seq of [101, 201, 301]) play(bench, { seq, data: 10, ts });
    bench.inject({ flags: '.', seq: 201, ack: 1, data: 10, ts });
    expect(bench.drainFully()[0]).toMatch(/sack 201:211, sack 201:211, sack 301:311>$/);
  });

  test('off by setting, or without SACK: nothing', () => {
    for (const bench of [open({ delayedAck: 0, dsack: false }), established({ world, config: { delayedAck: 0 } })]) {
      play(bench, { seq: 1, data: 500 });
      expect(play(bench, { seq: 1, data: 500 })).toBe('. 1:1 ack 501');
    }
  });

  test('it must not be merged with another ACK', () => {
    const bench = open({ delayedAck: 0 });
    play(bench, { seq: 1, data: 500 });
    bench.inject({ flags: '.', seq: 1, ack: 1, data: 500 });
    expect(bench.connection.owesSeparateAck).toBe(true);
  });
});

describe('SACK blocks beside text', () => {
  test('go with a short segment', () => {
    const bench = established({ config: { sack: true }, syn: { sackOk: true } });
    bench.inject({ flags: '.', seq: 101, ack: 1, data: 10 }).drain();
    bench.send(100);
    expect(bench.drainFully()).toEqual(['P. 1:101 ack 1 win 65535 <sack 101:111>']);
  });

  test('do not make a full one shorter', () => {
    const bench = established({ config: { sack: true }, syn: { sackOk: true } });
    bench.inject({ flags: '.', seq: 101, ack: 1, data: 10 }).drain();
    bench.send(1460);
    expect(bench.drainFully()).toEqual(['P. 1:1461 ack 1 win 65535']);
  });
});
