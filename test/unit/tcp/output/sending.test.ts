/** What goes out and what is held: RFC 9293 §3.7.4 (Nagle), §3.8.6.2.1 (sender's SWS), PSH §3.9.1.2, windows §3.8.6. */
import { MILLISECOND, SECOND } from '../../../../src/util/units.js';
import { WORLDS } from '../../../support/engine.js';
import { closeWait, established, unopened } from '../../../support/states.js';

const eager = { nagle: false };

describe.each(WORLDS)('Nagle, $name', (world) => {
  test('a short segment goes at once when nothing is outstanding', () => {
    const bench = established({ world });
    bench.send(10);
    expect(bench.drain()).toEqual(['P. 1:11 ack 1']);
  });

  test('while something is outstanding, less than a segment waits and gathers', () => {
    const bench = established({ world });
    bench.send(10);
    bench.drain();
    for (let i = 0; i < 5; i++) {
      bench.send(10);
      expect(bench.drain()).toEqual([]);
    }
    expect(bench.rules.filter((r) => r === 'nagle-holds')).toHaveLength(1); // told once
    expect(bench.play({ flags: '.', seq: 1, ack: 11 })).toEqual(['P. 11:61 ack 1']);
  });

  test('full segments never wait', () => {
    const bench = established({ world });
    bench.send(10);
    bench.drain();
    bench.send(1460 * 2 + 5);
    expect(bench.drain()).toEqual(['. 11:1471 ack 1', '. 1471:2931 ack 1']);
  });

  test('turned off (MUST-17): every SEND goes at once', () => {
    const bench = established({ world, config: eager });
    for (let i = 0; i < 3; i++) {
      bench.send(10);
      expect(bench.drain()).toEqual([`P. ${1 + 10 * i}:${11 + 10 * i} ack 1`]);
    }
  });

  test('CLOSE lets the rest go with the FIN', () => {
    const bench = established({ world });
    bench.send(10);
    bench.drain();
    bench.send(20);
    expect(bench.drain()).toEqual([]);
    bench.close();
    expect(bench.drain()).toEqual(['FP. 11:31 ack 1']);
  });
});

describe.each(WORLDS)('the peer\'s window, $name', (world) => {
  test('never more than it offers', () => {
    const bench = established({ world, config: eager, syn: { wnd: 2000 } });
    bench.send(5000);
    expect(bench.drain()).toEqual(['. 1:1461 ack 1']); // 540 more would be silly: less than a segment and less than half the window
    expect(bench.rules).toContain('sws-holds');
    expect(bench.play({ flags: '.', seq: 1, ack: 1461, wnd: 2000 })).toEqual(['. 1461:2921 ack 1']);
  });

  test('half of the largest window ever seen is worth a segment', () => {
    const bench = established({ world, config: eager, syn: { wnd: 1000 } });
    bench.send(5000);
    expect(bench.drain()).toEqual(['. 1:1001 ack 1']);
    expect(bench.play({ flags: '.', seq: 1, ack: 501, wnd: 1000 })).toEqual(['. 1001:1501 ack 1']);
    expect(bench.rules).toContain('send-half-window');
    expect(bench.play({ flags: '.', seq: 1, ack: 1001, wnd: 999 })).toEqual([]); // 499
  });

  test('with nothing outstanding, a silly window is used after the override timeout', () => {
    const bench = established({ world, syn: { wnd: 5000 } });
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 100 });
    bench.send(1000);
    expect(bench.drain()).toEqual([]);
    expect(bench.rules).toContain('sws-holds');
    expect(bench.timed(SECOND)[0]).toEqual([200 * MILLISECOND, 'P. 1:101 ack 1']);
    expect(bench.rules).toContain('send-override');
  });

  test('the override is off when the window opens first', () => {
    const bench = established({ world, syn: { wnd: 5000 }, config: eager });
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 100 });
    bench.send(1000);
    bench.drain();
    bench.wait(100 * MILLISECOND);
    expect(bench.play({ flags: '.', seq: 1, ack: 1, wnd: 5000 })).toEqual(['P. 1:1001 ack 1']);
    bench.play({ flags: '.', seq: 1, ack: 1001, wnd: 5000 });
    bench.wait(10 * SECOND);
  });

  test('exactly full', () => {
    const bench = established({ world, config: eager, syn: { wnd: 1460 } });
    bench.send(1460);
    expect(bench.drain()).toEqual(['P. 1:1461 ack 1']);
    bench.send(1);
    expect(bench.drain()).toEqual([]);
    expect(bench.rules).toContain('window-full');
  });

  test('the FIN needs a place in it', () => {
    const bench = established({ world, config: eager, syn: { wnd: 100 } });
    bench.send(100);
    bench.close();
    expect(bench.drain()).toEqual(['P. 1:101 ack 1']);
    expect(bench.play({ flags: '.', seq: 1, ack: 101, wnd: 1 })).toEqual(['F. 101:101 ack 1']);
  });

  test('a window taken back: outstanding text within it is repeated, beyond it waits (SHLD-16)', () => {
    const bench = established({ world, config: eager });
    bench.send(1460 * 4);
    bench.drain();
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 2000 });
    bench.pass(200 * MILLISECOND);
    expect(bench.play({ flags: '.', seq: 1, ack: 1461, wnd: 1460 })).toEqual(['. 1461:2921 ack 1']);
    expect(bench.play({ flags: '.', seq: 1, ack: 2921, wnd: 65_535 })[0]).toBe('. 2921:4381 ack 1');
  });

  test('a scaled window is used whole', () => {
    const bench = established({ world, config: { ...eager, windowScaling: true, initialWindow: 200 }, syn: { scale: 7, wnd: 1000 } });
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 1000 }); // 128,000
    bench.send(200_000);
    expect(bench.drain()).toHaveLength(Math.floor(128_000 / 1460));
  });
});

describe.each(WORLDS)('PSH, $name', (world) => {
  test('on the last segment of what is queued, only there', () => {
    const bench = established({ world, config: eager });
    bench.send(3000);
    expect(bench.drain()).toEqual(['. 1:1461 ack 1', '. 1461:2921 ack 1', 'P. 2921:3001 ack 1']);
  });
});

describe('sizes', () => {
  test.each([
    { what: 'no MSS option: 536 (MUST-15)', setup: { syn: { mss: undefined } }, size: 536 },
    { what: 'no MSS option, IPv6: 1220', setup: { ipv6: true, syn: { mss: undefined } }, size: 1220 },
    { what: 'MSS 0 is no MSS', setup: { syn: { mss: 0 } }, size: 536 },
    { what: 'the peer\'s MSS', setup: { syn: { mss: 1000 } }, size: 1000 },
    { what: 'our MTU when it is smaller', setup: { mtu: 1400, syn: { mss: 9000 } }, size: 1360 },
    { what: 'our MTU, IPv6', setup: { mtu: 1400, ipv6: true, syn: { mss: 9000 } }, size: 1340 },
    { what: 'timestamps take 12 octets of it', setup: { config: { timestamps: true }, syn: { mss: 1460, ts: [1, 0] as const } }, size: 1448 },
    { what: 'the user\'s limit', setup: { config: { maxSegmentSize: 700 } }, size: 700 },
    { what: 'never so small that a packet per octet is sent', setup: { syn: { mss: 1 } }, size: 48 },
  ])('$what', ({ setup, size }) => {
    const bench = established(setup);
    bench.send(size + 1);
    const [first] = bench.segments();
    expect(first.dataLength).toBe(size);
  });

  test.each([
    [1500, false, 1460], [1500, true, 1440], [576, false, 536], [9000, false, 8960], [70_000, false, 65_535],
  ])('MTU %p, IPv6 %p: announces %p (MUST-67: options not counted)', (mtu, ipv6, mss) => {
    const bench = unopened({ mtu, ipv6, config: { timestamps: true } });
    bench.connection.openActive(bench.now);
    expect(bench.segments()[0].options.mss).toBe(mss);
  });
});

describe('path MTU (RFC 1191, RFC 8201)', () => {
  test('segments shrink; those too large go again, cut', () => {
    const bench = established({ config: eager });
    bench.send(2920);
    bench.drain();
    bench.connection.pathMtu(1000, bench.now);
    expect(bench.rules).toContain('mss-changed');
    expect(bench.drain()).toEqual(['. 1:961 ack 1', '. 961:1461 ack 1', '. 1461:2421 ack 1', 'P. 2421:2921 ack 1']);
    bench.play({ flags: '.', seq: 1, ack: 2921 });
    bench.send(1000);
    expect(bench.drain()).toEqual(['. 2921:3881 ack 1', 'P. 3881:3921 ack 1']);
  });

  test('a FIN stays with the last part', () => {
    const bench = closeWait({ config: eager });
    bench.send(1200);
    bench.close();
    expect(bench.drain()).toEqual(['FP. 1:1201 ack 2']);
    bench.connection.pathMtu(900, bench.now);
    expect(bench.drain()).toEqual(['. 1:861 ack 2', 'FP. 861:1201 ack 2']);
    bench.play({ flags: '.', seq: 2, ack: 1202 });
    expect(bench.state).toBe('CLOSED');
  });

  test('a larger one, or one that no path has, changes nothing or little', () => {
    const bench = established();
    bench.connection.pathMtu(9000, bench.now);
    expect(bench.tcb.sndMss).toBe(1460);
    bench.connection.pathMtu(1, bench.now);
    expect(bench.tcb.mtu).toBe(552);
    const v6 = established({ ipv6: true });
    v6.connection.pathMtu(100, v6.now);
    expect(v6.tcb.mtu).toBe(1500); // RFC 8201 §4: not believed
  });
});

describe('text that the user wants in segments of its own', () => {
  const record = (bench: ReturnType<typeof established>, octets: number): void => void bench.connection.send(new Uint8Array(octets), 0, octets, bench.now, false, false, true);

  test('ends a segment, though more is queued', () => {
    const bench = established({ config: { nagle: false, nagleMinshall: true } });
    bench.tcb.window.cwnd = 1; // so that all is queued before anything goes
    bench.send(1460);
    bench.drain();
    record(bench, 100);
    bench.send(1000);
    bench.tcb.window.cwnd = 10_000;
    expect(bench.drain()).toEqual(['P. 1461:1561 ack 1', 'P. 1561:2561 ack 1']);
    expect(bench.rules).toContain('send-record');
  });

  test('waits by Nagle while it is the last, and no longer', () => {
    const bench = established();
    bench.send(10);
    bench.drain();
    record(bench, 100);
    expect(bench.drain()).toEqual([]);
    bench.send(200);
    expect(bench.drain()).toEqual(['P. 11:111 ack 1']);
    expect(bench.play({ flags: '.', seq: 1, ack: 111 })).toEqual(['P. 111:311 ack 1']);
  });

  test('that is flushed leaves no mark', () => {
    const bench = established();
    bench.send(10);
    bench.drain();
    record(bench, 100);
    bench.connection.flush(bench.now);
    bench.send(200);
    expect(bench.play({ flags: '.', seq: 1, ack: 11 })).toEqual(['P. 11:211 ack 1']);
  });
});
