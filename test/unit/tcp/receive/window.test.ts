/** The window we offer: RFC 9293 §3.8.6.2.2 (SWS, MUST-39), §3.8.6 (never shrinks), RFC 7323 §2. The bench checks every right edge. */
import fc from 'fast-check';
import { windowShift } from '../../../../src/tcp/receive/window.js';
import { KIB, MIB } from '../../../../src/util/units.js';
import { Bench, WORLDS } from '../../../support/engine.js';
import { established, listening, synSent } from '../../../support/states.js';

const small = { receiveBuffer: 8000, receiveBufferMax: 8000, delayedAck: 0 };
const windowOf = (bench: Bench): number => Number(/win (\d+)/.exec(bench.drainFully().at(-1) ?? '')?.[1] ?? -1);

describe('windowShift', () => {
  test.each([[1, 0], [65_535, 0], [65_536, 1], [128 * KIB - 1, 1], [128 * KIB, 2], [6 * MIB, 7], [2 ** 30 - 1, 14], [2 ** 30, 14]])('%p octets: %p', (octets, shift) => {
    expect(windowShift(octets)).toBe(shift);
  });
});

describe.each(WORLDS)('the window offered, $name', (world) => {
  test('shrinks as text waits for the user, and its right edge stays', () => {
    const bench = established({ world, config: small });
    for (let i = 1; i <= 5; i++) {
      bench.inject({ flags: '.', seq: 1 + 1000 * (i - 1), ack: 1, data: 1000 });
      expect(windowOf(bench)).toBe(8000 - 1000 * i);
    }
  });

  test('small reads open nothing until a segment\'s worth is free (MUST-39)', () => {
    const bench = established({ world, config: small });
    for (let i = 0; i < 8; i++) bench.play({ flags: '.', seq: 1 + 1000 * i, ack: 1, data: 1000 });
    expect(bench.tcb.rcvWnd).toBe(0);
    bench.receive(1459);
    expect(bench.drain()).toEqual([]);
    bench.receive(1);
    expect(bench.drainFully()).toEqual(['. 1:1 ack 8001 win 1460']); // window update
    expect(bench.rules).toContain('send-window-update');
  });

  test('half of a small buffer is worth it, too', () => {
    const bench = established({ world, config: { receiveBuffer: 1000, receiveBufferMax: 1000, delayedAck: 0 } });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 1000 });
    bench.receive(499);
    expect(bench.drain()).toEqual([]);
    bench.receive(1);
    expect(bench.drainFully()).toEqual(['. 1:1 ack 1001 win 500']);
  });

  test('an answer sent meanwhile does not open it by less, either', () => {
    const bench = established({ world, config: small });
    for (let i = 0; i < 8; i++) bench.play({ flags: '.', seq: 1 + 1000 * i, ack: 1, data: 1000 });
    bench.receive(1000);
    bench.inject({ flags: '.', seq: 8001, ack: 1, data: 1 }); // probe
    expect(windowOf(bench)).toBe(0);
    bench.receive(460);
    expect(windowOf(bench)).toBe(1460);
  });

  test('while the known window is large, reading sends nothing', () => {
    const bench = established({ world, config: small });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 3000 });
    bench.receive();
    expect(bench.drain()).toEqual([]);
  });

  test('no update after the peer\'s FIN', () => {
    const bench = established({ world, config: small });
    for (let i = 0; i < 7; i++) bench.play({ flags: '.', seq: 1 + 1000 * i, ack: 1, data: 1000 });
    bench.play({ flags: 'F.', seq: 7001, ack: 1, data: 0 });
    bench.receive();
    expect(bench.drain()).toEqual([]);
  });

  test('random traffic and reads: the edge never moves left, never beyond the buffer', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(2000), fc.nat(2500)), { maxLength: 60 }), fc.constantFrom(0, 3, 7), (steps, grow) => {
      const buffer = 9000;
      const max = grow === 0 ? buffer : buffer << grow;
      const bench = established({ world, config: { windowScaling: true, receiveBuffer: buffer, receiveBufferMax: max, delayedAck: 0 }, syn: { scale: 2 } });
      for (const [write, read] of steps) {
        const n = Math.min(write, bench.tcb.rcvWnd);
        bench.play({ flags: '.', seq: bench.tcb.rcv(bench.tcb.rcvNxt), ack: 1, data: n });
        bench.receive(read);
        bench.drain();
        expect(bench.tcb.rcvBuf.length + bench.tcb.rcvWnd).toBeLessThan(buffer + (1 << bench.tcb.rcvScale));
      }
    }), { numRuns: 60 });
  });
});

describe('scaling', () => {
  const config = { windowScaling: true, receiveBuffer: 1 * MIB, receiveBufferMax: 4 * MIB };

  test('the window of a SYN is not scaled (RFC 7323 §2.2)', () => {
    const bench = synSent({ config });
    bench.now += 1_000_000;
    bench.connection.timeout(bench.now);
    expect(bench.drainFully()).toEqual(['S 0:0 win 65535 <mss 1460, scale 7>']);
  });

  test('later ones are; the whole buffer is offered', () => {
    const bench = established({ config, syn: { scale: 0 } });
    bench.close();
    expect(windowOf(bench) << 7).toBe(1 * MIB);
  });

  test('without an agreement 65535 is the most', () => {
    const bench = established({ config });
    bench.close();
    expect(windowOf(bench)).toBe(65_535);
  });

  test('a buffer that grows opens the window, up to the scale of the SYN; it never shrinks', () => {
    const bench = established({ config, syn: { scale: 0 } });
    bench.connection.setReceiveBuffer(2 * MIB, bench.now);
    bench.close();
    expect(windowOf(bench) << 7).toBe(2 * MIB);
    bench.connection.setReceiveBuffer(100 * MIB, bench.now);
    expect(bench.tcb.rcvBuf.limit).toBe(4 * MIB);
    bench.connection.setReceiveBuffer(1000, bench.now);
    expect(bench.tcb.rcvBuf.limit).toBe(4 * MIB);
  });

  test('what the scaled field cannot say was offered before, and is accepted still', () => {
    const bench = established({ config: { windowScaling: true, receiveBuffer: 200_000, receiveBufferMax: 4 * MIB, delayedAck: 0 }, syn: { scale: 0 } });
    bench.inject({ flags: '.', seq: 1, ack: 1, data: 77 });
    const [first] = bench.segments();
    const edge = 78 + (first.wnd << 7);
    for (let i = 1; i < 100; i++) bench.play({ flags: '.', seq: 1 + 77 * i, ack: 1, data: 77 }); // the bench checks each edge
    expect(bench.play({ flags: '.', seq: edge - 1, ack: 1, data: 1 })).toEqual(['. 1:1 ack 7701']);
    expect(bench.rules.at(-2)).toBe('text-out-of-order');
    expect(bench.receive()).toBe(7700);
  });
});

describe('the first window, as Linux has it', () => {
  const linux = { initialReceiveWindow: 65_536, receiveBuffer: MIB, receiveBufferMax: 6 * MIB, windowScaling: true };
  const syn = { scale: 7 };
  const first = (bench: Bench): number => {
    bench.connection.openActive(bench.now);
    return windowOf(bench);
  };

  test.each([[1500, 64_240], [65_535, 65_495], [596, 65_052]])('an MTU of %p: %p in the SYN', (mtu, wnd) => {
    expect(first(new Bench({ config: linux, mtu }))).toBe(wnd);
  });

  test('with timestamps the segments of the SYN,ACK are smaller: 65160', () => {
    const bench = listening({ config: { ...linux, timestamps: true } });
    bench.inject({ flags: 'S', seq: 0, mss: 1460, scale: 7, ts: [1, 0] });
    expect(windowOf(bench)).toBe(65_160);
  });

  test('a smaller buffer is offered whole, in whole segments', () => {
    expect(first(new Bench({ config: { ...linux, receiveBuffer: 5000 } }))).toBe(4380);
    expect(first(new Bench({ config: { ...linux, receiveBuffer: 1000 } }))).toBe(1000);
  });

  test('the first scaled one is rounded up', () => {
    const bench = synSent({ config: linux });
    bench.inject({ flags: 'S.', seq: 0, ack: 1, mss: 1460, scale: 7 });
    expect(windowOf(bench)).toBe(502);
  });

  test('each good segment earns two more, up to the buffer', () => {
    const bench = established({ config: { ...linux, delayedAck: 0 }, syn });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 1460 });
    bench.receive();
    expect(bench.tcb.rcvLimit).toBe(64_240 + 2 * 1460);
    for (let i = 1; i < 400; i++) {
      bench.play({ flags: '.', seq: 1 + 1460 * i, ack: 1, data: 1460 });
      bench.receive();
    }
    expect(bench.tcb.rcvLimit).toBe(MIB);
  });

  test('small ones and unread text earn nothing', () => {
    const bench = established({ config: { ...linux, receiveBuffer: 66_000 }, syn });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 127 });
    expect(bench.tcb.rcvLimit).toBe(64_240);
    bench.play({ flags: '.', seq: 128, ack: 1, data: 1460 });
    bench.play({ flags: '.', seq: 1588, ack: 1, data: 1460 });
    expect(bench.tcb.rcvLimit).toBeLessThan(66_000);
  });

  test('a window update must at least double what is known', () => {
    const bench = established({ config: { ackPolicy: 'linux', receiveBuffer: 30_000, receiveBufferMax: 30_000 } });
    for (let i = 0; i < 14; i++) bench.play({ flags: '.', seq: 1 + 1460 * i, ack: 1, data: 1460 }); // 9560 left
    bench.pass(1_000_000);
    bench.clear();
    bench.receive(9000);
    expect(bench.rules).not.toContain('send-window-update');
    expect(bench.drain()).toEqual([]);
    bench.receive(3000);
    expect(bench.drainFully()).toEqual(['. 1:1 ack 20441 win 21560']);
  });
});
