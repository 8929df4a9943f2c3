/** Text that the user holds back, pushes or takes back: RFC 9293 §3.9.1.2, §3.9.1.7, §3.7.4; Linux's TCP_CORK and MSG_MORE. */
import { MILLISECOND } from '../../../../src/util/units.js';
import { Signal } from '../../../../src/tcp/tcb.js';
import { type Bench, WORLDS } from '../../../support/engine.js';
import { closed, established, finWait1, synSent } from '../../../support/states.js';

const MSS = 1460;
const more = (bench: Bench, octets: number): unknown => bench.connection.send(new Uint8Array(octets), 0, octets, bench.now, false, true);

describe.each(WORLDS)('cork, $name', (world) => {
  test('only full segments go out; the rest when it is drawn', () => {
    const bench = established({ world });
    bench.connection.setCork(true, bench.now);
    bench.send(MSS + 100);
    expect(bench.drain()).toEqual([`. 1:${MSS + 1} ack 1`]);
    expect(bench.rules).toContain('cork-holds');
    bench.play({ flags: '.', seq: 1, ack: MSS + 1 });
    bench.connection.setCork(false, bench.now);
    expect(bench.drain()).toEqual([`P. ${MSS + 1}:${MSS + 101} ack 1`]);
  });

  test('200 ms at most', () => {
    const bench = established({ world });
    bench.connection.setCork(true, bench.now);
    bench.send(100);
    expect(bench.drain()).toEqual([]);
    expect(bench.timed(300 * MILLISECOND)).toEqual([[200 * MILLISECOND, 'P. 1:101 ack 1']]);
  });

  test('a FIN is not held', () => {
    const bench = established({ world });
    bench.connection.setCork(true, bench.now);
    bench.send(100);
    bench.close();
    expect(bench.drain()).toEqual(['FP. 1:101 ack 1']);
  });

  test('or the retransmission timeout, if that is more', () => {
    const bench = established({ world, config: { rtoMin: 300 * MILLISECOND } });
    bench.connection.setCork(true, bench.now);
    bench.send(100);
    bench.drain();
    expect(bench.timed(400 * MILLISECOND)).toEqual([[300 * MILLISECOND, 'P. 1:101 ack 1']]);
  });

  test('setNoDelay(true) pushes out what waits, once', () => {
    const bench = established({ world });
    bench.connection.setCork(true, bench.now);
    bench.send(100);
    bench.drain();
    bench.connection.setNoDelay(true, bench.now);
    expect(bench.drain()).toEqual(['P. 1:101 ack 1']);
    bench.send(100);
    expect(bench.drain()).toEqual([]);
  });

  test("more to come: until the peer's next segment, too, and then without PSH", () => {
    const bench = established({ world });
    more(bench, 100);
    bench.drain();
    expect(bench.play({ flags: '.', seq: 1, ack: 1 })).toEqual(['. 1:101 ack 1']);
  });

  test('more to come: waits for the next SEND without it', () => {
    const bench = established({ world });
    more(bench, 100);
    expect(bench.drain()).toEqual([]);
    bench.send(10);
    expect(bench.drain()).toEqual(['P. 1:111 ack 1']);
  });
});

describe('PUSH', () => {
  test('is set where a SEND ended, though more is queued behind it (MAY-15)', () => {
    const bench = established();
    bench.connection.setCork(true, bench.now);
    bench.send(MSS);
    more(bench, 2 * MSS + 10);
    expect(bench.drain()).toEqual([`P. 1:${MSS + 1} ack 1`, `. ${MSS + 1}:${2 * MSS + 1} ack 1`, `. ${2 * MSS + 1}:${3 * MSS + 1} ack 1`]);
  });

  test('what was pushed is pushed when it goes again', () => {
    const bench = established({ config: { nagle: false } });
    bench.send(10);
    bench.send(10);
    bench.drain();
    bench.send(10);
    bench.drain();
    expect(bench.pass(1_000_000)[0]).toBe('P. 1:21 ack 1');
  });

  test('of several SENDs in one segment is one (SHLD-27)', () => {
    const bench = established();
    bench.send(1);
    bench.drain();
    for (let i = 0; i < 5; i++) bench.send(10);
    expect(bench.play({ flags: '.', seq: 1, ack: 2 })).toEqual(['P. 2:52 ack 1']);
  });
});

describe.each(WORLDS)('FLUSH, $name', (world) => {
  test('forgets what was not sent; numbers go on where they were', () => {
    const bench = established({ world });
    bench.send(10);
    bench.drain();
    bench.send(20); // Nagle holds it
    bench.drain();
    expect(bench.connection.flush(bench.now)).toBe(20);
    expect(bench.play({ flags: '.', seq: 1, ack: 11 })).toEqual([]);
    expect(bench.rules).toContain('flushed');
    bench.send(5);
    expect(bench.drain()).toEqual(['P. 11:16 ack 1']);
  });

  test('before the connection is open: everything', () => {
    const bench = synSent({ world });
    bench.send(10);
    expect(bench.connection.flush(bench.now)).toBe(10);
    expect(bench.play({ flags: 'S.', seq: 0, ack: 1 })).toEqual(['. 1:1 ack 1']);
  });

  test('urgent data that goes is not urgent any more', () => {
    const bench = established({ world, syn: { wnd: 0 } });
    bench.send(10, true);
    bench.connection.flush(bench.now);
    expect(bench.tcb.urgentSending).toBe(false);
  });

  test('a user who waits for room is told', () => {
    const bench = established({ world, config: { sendBuffer: 100 }, syn: { wnd: 0 } });
    bench.send(200);
    bench.clear();
    bench.connection.flush(bench.now);
    expect(bench.connection.takeSignals()).toBe(Signal.Writable);
  });

  test('nothing to forget: 0; no connection: says so', () => {
    expect(established({ world }).connection.flush(0)).toBe(0);
    expect(finWait1({ world }).connection.flush(0)).toBe(0);
    expect(closed({ world }).connection.flush(0)).toBe('connection-does-not-exist');
  });
});

describe("Nagle in Minshall's variant", () => {
  const config = { nagleMinshall: true };

  test('what follows full segments need not wait', () => {
    const bench = established({ config });
    bench.send(MSS + 100);
    expect(bench.drain()).toHaveLength(2);
  });

  test('a short segment waits for a short one', () => {
    const bench = established({ config });
    bench.send(MSS + 100);
    bench.drain();
    bench.send(50);
    expect(bench.drain()).toEqual([]);
    expect(bench.play({ flags: '.', seq: 1, ack: MSS + 101 })).toEqual([`P. ${MSS + 101}:${MSS + 151} ack 1`]);
  });

  test('without it: until everything is acknowledged', () => {
    const bench = established({ config: { nagleMinshall: false } });
    bench.send(MSS + 100);
    expect(bench.drain()).toHaveLength(1);
  });
});

describe('half of the window, as Linux has it', () => {
  const linux = { halfWindowSegments: true, burstSegments: 2, nagleMinshall: true };

  test('is the largest segment; the least that IP carries in any case', () => {
    const sizes = [60_000, 1000, 500, 10].map((wnd) => established({ config: linux, syn: { wnd, mss: MSS } }).tcb.sndMss);
    expect(sizes).toEqual([MSS, 500, 500, 48]);
  });

  test('grows with the window', () => {
    const bench = established({ config: linux, syn: { wnd: 1000, mss: MSS } });
    bench.play({ flags: '.', seq: 1, ack: 1, wnd: 4000 });
    expect(bench.tcb.sndMss).toBe(MSS);
  });

  test('a rest of the window is filled behind full segments only', () => {
    const bench = established({ config: linux, syn: { wnd: 3500, mss: 1000 } });
    bench.send(10_000);
    expect(bench.drain()).toEqual(['. 1:1001 ack 1', '. 1001:2001 ack 1', '. 2001:3001 ack 1', 'P. 3001:3501 ack 1']);
    expect(bench.play({ flags: '.', seq: 1, ack: 1, wnd: 3900 })).toEqual([]); // 400 alone are not worth it
  });
});
