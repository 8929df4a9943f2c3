/** The receive buffer as Linux counts it: a window that follows what the peer's segments take of the memory, taken from a kernel behind a TUN. */
import { memoryOf } from '../../../../src/tcp/receive/memory.js';
import { linuxConfig } from '../../../../src/tcp/config.js';
import type { Bench, Setup } from '../../../support/engine.js';
import { established, listening } from '../../../support/states.js';

const counted = (memory: number, more: Setup['config'] = {}): Setup['config'] => ({
  ...linuxConfig, receiveBuffer: memory / 2, receiveBufferMax: memory / 2, receiveMemory: memory, receiveMemoryMax: memory, initialReceiveWindow: memory / 2,
  ackPolicy: 'linux', finInClosedWindow: true, ...more,
});
const windows = (lines: readonly string[]): number[] => lines.map((line) => Number(/win (\d+)/.exec(line)?.[1] ?? -1));
const windowOf = (bench: Bench): number => windows(bench.drainFully()).at(-1) ?? -1;

describe('memoryOf', () => {
  test.each([
    [1, 832], [128, 832], [200, 1280], [536, 1280], [700, 2304], [1460, 2304], [2000, 4352], [3000, 4352], [3800, 8448], [9000, 12_544], [20_000, 20_736], [60_000, 61_696],
  ])('%i octets of text take %i', (octets, memory) => {
    expect(memoryOf(octets)).toBe(memory);
  });
});

describe('the window', () => {
  test('of the SYN,ACK is half of the memory, in whole segments', () => {
    const bench = listening({ config: counted(40_000) });
    bench.inject({ flags: 'S', seq: 0, mss: 1000 });
    expect(windowOf(bench)).toBe(18_980);
  });

  test('shrinks by the text while segments carry what half of the memory stands for', () => {
    const bench = established({ config: counted(40_000) });
    const seen = [1, 2, 3].map((n) => {
      bench.inject({ flags: '.', seq: 1000 * n - 999, ack: 1, data: 1000 });
      return windowOf(bench);
    });
    expect(seen).toEqual([17_980, 16_980, 15_980]);
  });

  test('of segments that take more memory is a smaller share of it, in steps of a segment', () => {
    const bench = established({ config: counted(20_000) });
    bench.inject({ flags: '.', seq: 1, ack: 1, data: 4000 });
    bench.pass(50_000);
    expect(bench.tcb.rcvBuf.limit).toBe(Math.floor((20_000 * 121) / 256));
    expect(bench.tcb.lastWndSent % 1460).toBe(0);
  });

  test('never shrinks: what was offered stays, whatever the memory becomes', () => {
    const bench = established({ config: counted(40_000) });
    bench.connection.setReceiveMemory(4608, bench.now);
    bench.inject({ flags: '.', seq: 1, ack: 1, data: 1000 });
    expect(windowOf(bench)).toBe(17_980);
  });

  test('goes to zero rather than to crumbs', () => {
    const bench = established({ config: counted(8000) });
    for (let i = 0; i < 3; i++) bench.play({ flags: '.', seq: 1 + 900 * i, ack: 1, data: 900 });
    bench.pass(50_000);
    expect([bench.tcb.lastWndSent, bench.tcb.rcvBuf.limit - bench.tcb.rcvBuf.length]).toEqual([220, 425]); // what was offered, and no step of less than a segment
  });

  test('grows by two segments for each that is worth its memory', () => {
    const bench = established({ config: counted(131_072, { receiveBufferMax: 6_291_456, receiveMemoryMax: 6_291_456, windowScaling: true }), syn: { scale: 7, mss: 1460 } });
    const before = bench.tcb.rcvLimit;
    bench.play({ flags: '.', seq: 1, ack: 1, data: 1448 });
    expect(before).toBe(64_076); // room for one segment is kept back
    expect(bench.tcb.rcvLimit).toBe(64_256 + 2 * 1460); // from what is offered on
  });

  test('can be bounded by the user', () => {
    const bench = established({ config: counted(131_072) });
    bench.connection.setWindowClamp(5000, bench.now);
    expect([bench.tcb.rcvBuf.limit, bench.tcb.rcvLimit]).toEqual([5000, 5000]);
  });

  test('has room for what the user waits for at once', () => {
    const bench = established({ config: counted(131_072, { receiveMemoryMax: 6_291_456 }) });
    bench.connection.makeRoom(300_000, bench.now);
    expect(bench.tcb.rcvMemory).toBe(600_000);
  });
});

describe('text beyond the window', () => {
  test('is taken whole if nothing waits for the user: the window is used up', () => {
    const bench = established({ config: counted(40_000) });
    bench.inject({ flags: '.', seq: 1, ack: 1, data: 60_000 });
    bench.pass(50_000);
    expect([bench.tcb.rcv(bench.tcb.rcvNxt), bench.tcb.rcvWnd]).toEqual([60_001, 0]);
  });

  test('is not taken at all if something waits', () => {
    const bench = established({ config: counted(40_000) });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 1000 });
    expect(bench.play({ flags: '.', seq: 1001, ack: 1, data: 30_000 })).toEqual(['. 1:1 ack 1001']);
    expect(bench.tcb.rcvBuf.length).toBe(1000);
  });

  test('a FIN needs no room, and is acknowledged at once while memory is short', () => {
    const bench = established({ config: counted(40_000) });
    bench.inject({ flags: '.', seq: 1, ack: 1, data: 60_000 });
    bench.pass(50_000);
    expect(bench.play({ flags: 'F.', seq: 60_001, ack: 1 })).toEqual(['. 1:1 ack 60002']);
  });

  test('memory comes back as the user reads', () => {
    const bench = established({ config: counted(40_000) });
    for (let i = 0; i < 4; i++) bench.play({ flags: '.', seq: 1 + 1000 * i, ack: 1, data: 1000 });
    expect(bench.tcb.rcvMemoryUsed).toBe(4 * 2304);
    bench.receive(1000);
    expect(bench.tcb.rcvMemoryUsed).toBe(3 * 2304);
    bench.receive();
    expect(bench.tcb.rcvMemoryUsed).toBe(0);
  });
});

describe('text out of order', () => {
  const setup: Setup = { config: counted(131_072, { sack: true, receiveBufferMax: 6_291_456, receiveMemoryMax: 6_291_456 }), syn: { sackOk: true, mss: 1000 } };

  test('earns the peer a larger window where SACK tells him', () => {
    const bench = established(setup);
    const before = bench.tcb.rcvLimit;
    bench.play({ flags: '.', seq: 2001, ack: 1, data: 9000 });
    expect(bench.tcb.rcvLimit).toBeGreaterThan(before);
  });

  test('makes the memory grow once somebody has accepted the connection', () => {
    const [without, attended] = [false, true].map((accepted) => {
      const bench = established(setup);
      bench.tcb.attended = accepted;
      bench.play({ flags: '.', seq: 2001, ack: 1, data: 39_000 });
      bench.play({ flags: '.', seq: 41_001, ack: 1, data: 60_000 });
      return bench.tcb.rcvMemory;
    });
    expect(without).toBe(131_072);
    expect(attended).toBeGreaterThan(131_072);
  });
});
