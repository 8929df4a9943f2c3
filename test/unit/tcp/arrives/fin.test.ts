/** Eighth: the FIN bit. RFC 9293 §3.10.7.4; §3.6 closing in all its orders. */
import { Signal } from '../../../../src/tcp/tcb.js';
import { WORLDS } from '../../../support/engine.js';
import { closeWait, closing, established, finWait1, finWait2, lastAck, synchronised, timeWait } from '../../../support/states.js';

describe.each(WORLDS)('FIN, $name', (world) => {
  test.each([
    { state: 'ESTABLISHED', make: established, ack: 1, nxt: 1, to: 'CLOSE-WAIT' },
    { state: 'FIN-WAIT-1', make: finWait1, ack: 1, nxt: 2, to: 'CLOSING' },
    { state: 'FIN-WAIT-1 with our FIN acknowledged', make: finWait1, ack: 2, nxt: 2, to: 'TIME-WAIT' },
    { state: 'FIN-WAIT-2', make: finWait2, ack: 2, nxt: 2, to: 'TIME-WAIT' },
  ])('in $state: ACK at once, $to', ({ make, ack, nxt, to }) => {
    const bench = make({ world });
    expect(bench.play({ flags: 'F.', seq: 1, ack })).toEqual([`. ${nxt}:${nxt} ack 2`]);
    expect(bench.state).toBe(to);
    expect(bench.recorder.edges).toHaveLength(1);
    expect(bench.connection.takeSignals() & Signal.PeerFinished).toBeTruthy();
    expect(bench.receive()).toBe('connection-closing');
    expect(bench.tcb.rcv(bench.tcb.rcvNxt)).toBe(2);
  });

  test.each([
    { state: 'CLOSE-WAIT', make: closeWait, ack: 1 },
    { state: 'CLOSING', make: closing, ack: 1 },
    { state: 'LAST-ACK', make: lastAck, ack: 1 },
    { state: 'TIME-WAIT', make: timeWait, ack: 2 },
  ])('again in $state: acknowledged, no change', ({ state, make, ack }) => {
    const bench = make({ world });
    const nxt = bench.tcb.snd(bench.tcb.sndNxt);
    expect(bench.play({ flags: 'F.', seq: 1, ack })).toEqual([`. ${nxt}:${nxt} ack 2`]);
    expect(bench.state).toBe(state);
    // A second FIN at another number cannot be.
    bench.play({ flags: 'F.', seq: 2, ack });
    expect(bench.state).toBe(state);
    expect(bench.tcb.rcv(bench.tcb.rcvNxt)).toBe(2);
  });

  test('with text: both are taken, one ACK', () => {
    const bench = established({ world });
    expect(bench.play({ flags: 'FP.', seq: 1, ack: 1, data: 100 })).toEqual(['. 1:1 ack 102']);
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.receive(60)).toBe(60);
    expect(bench.receive(60)).toBe(40);
    expect(bench.receive()).toBe('connection-closing');
  });

  test('out of order: waits for the text before it', () => {
    const bench = established({ world });
    expect(bench.play({ flags: 'F.', seq: 101, ack: 1 })).toEqual(['. 1:1 ack 1']);
    expect(bench.rules).toContain('fin-out-of-order');
    expect(bench.state).toBe('ESTABLISHED');
    expect(bench.play({ flags: '.', seq: 1, ack: 1, data: 100 })).toEqual(['. 1:1 ack 102']);
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.receive()).toBe(100);
  });

  test('out of order with text, in FIN-WAIT-2', () => {
    const bench = finWait2({ world });
    expect(bench.play({ flags: 'FP.', seq: 51, ack: 2, data: 50 })).toEqual(['. 2:2 ack 1']);
    expect(bench.play({ flags: '.', seq: 1, ack: 2, data: 50 })).toEqual(['. 2:2 ack 102']);
    expect(bench.state).toBe('TIME-WAIT');
    expect(bench.receive()).toBe(100);
  });

  test('out of order, while ours is acknowledged by the segment that fills the gap: TIME-WAIT', () => {
    const bench = finWait1({ world });
    bench.play({ flags: 'F.', seq: 51, ack: 1 });
    expect(bench.state).toBe('FIN-WAIT-1');
    bench.play({ flags: 'P.', seq: 1, ack: 2, data: 50 });
    expect(bench.state).toBe('TIME-WAIT');
  });

  test('text said to lie after a FIN that waits is cut off', () => {
    const bench = established({ world });
    bench.play({ flags: 'F.', seq: 101, ack: 1 });
    bench.play({ flags: 'P.', seq: 51, ack: 1, data: 100 });
    expect(bench.rules).toContain('text-after-fin');
    bench.play({ flags: '.', seq: 1, ack: 1, data: 50 });
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.receive()).toBe(100);
  });

  test('a FIN in front of text already kept: the text after it never counts', () => {
    const bench = established({ world });
    bench.play({ flags: 'P.', seq: 101, ack: 1, data: 100 }); // contradicts what follows
    bench.play({ flags: 'F.', seq: 101, ack: 1 });
    expect(bench.play({ flags: '.', seq: 1, ack: 1, data: 100 })).toEqual(['. 1:1 ack 102']);
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.receive()).toBe(100);
  });

  test('the same when the FIN comes with the text that fills the gap', () => {
    const bench = finWait1({ world });
    bench.play({ flags: 'P.', seq: 101, ack: 1, data: 100 });
    bench.play({ flags: 'FP.', seq: 1, ack: 2, data: 100 });
    expect(bench.state).toBe('TIME-WAIT');
    expect(bench.receive()).toBe(100);
  });

  test('FIN without ACK is dropped before it gets here', () => {
    for (const { make, state, rcvNxt } of synchronised) {
      const bench = make({ world });
      bench.play({ flags: 'F', seq: rcvNxt });
      expect(bench.state).toBe(state);
    }
  });
});

describe.each(WORLDS)('closing, $name', (world) => {
  test('simultaneously (Fig. 13)', () => {
    const bench = finWait1({ world });
    expect(bench.play({ flags: 'F.', seq: 1, ack: 1 })).toEqual(['. 2:2 ack 2']);
    expect(bench.state).toBe('CLOSING');
    bench.play({ flags: '.', seq: 2, ack: 2 });
    bench.in('TIME-WAIT').wait(60_000_000).in('CLOSED');
  });

  test('simultaneously, the FIN lost: it is repeated from CLOSING', () => {
    const bench = closing({ world });
    expect(bench.pass(200_000)).toEqual(['F. 1:1 ack 2']);
    expect(bench.rules).toContain('retransmit-fin');
    bench.play({ flags: '.', seq: 2, ack: 2 });
    expect(bench.state).toBe('TIME-WAIT');
  });

  test('in three segments: FIN, FIN,ACK, ACK', () => {
    const bench = finWait1({ world });
    expect(bench.play({ flags: 'F.', seq: 1, ack: 2 })).toEqual(['. 2:2 ack 2']);
    expect(bench.recorder.edges.map((e) => e.to)).toEqual(['TIME-WAIT']);
  });

  test('by the peer first, our FIN behind what we still say', () => {
    const bench = established({ world });
    bench.play({ flags: 'F.', seq: 1, ack: 1 });
    expect(bench.send(100)).toBe(100);
    expect(bench.drain()).toEqual(['P. 1:101 ack 2']);
    bench.close();
    expect(bench.drain()).toEqual(['F. 101:101 ack 2']);
    expect(bench.state).toBe('LAST-ACK');
    bench.play({ flags: '.', seq: 2, ack: 102 });
    expect(bench.state).toBe('CLOSED');
  });

  test('half: after our FIN the peer may send as long as it likes', () => {
    const bench = finWait2({ world, config: { delayedAck: 0 } });
    bench.wait(3_600_000_000);
    for (let i = 0; i < 10; i++) {
      expect(bench.play({ flags: 'P.', seq: 1 + 1000 * i, ack: 2, data: 1000 })).toEqual([`. 2:2 ack ${1001 + 1000 * i}`]);
      expect(bench.receive()).toBe(1000);
      bench.drain();
    }
    bench.play({ flags: 'F.', seq: 10_001, ack: 2 });
    expect(bench.state).toBe('TIME-WAIT');
  });

  test('with text still unsent in FIN-WAIT-1: a FIN that comes now leads to CLOSING, ours follows the text', () => {
    const bench = established({ world, syn: { wnd: 100 }, config: { nagle: false } });
    bench.send(250);
    bench.close();
    expect(bench.drain()).toEqual(['. 1:101 ack 1']);
    expect(bench.play({ flags: 'F.', seq: 1, ack: 101, wnd: 100 })).toEqual(['. 101:201 ack 2']);
    expect(bench.state).toBe('CLOSING');
    expect(bench.play({ flags: '.', seq: 2, ack: 201, wnd: 100 })).toEqual(['FP. 201:251 ack 2']);
    bench.play({ flags: '.', seq: 2, ack: 252, wnd: 100 });
    expect(bench.state).toBe('TIME-WAIT');
  });

  test('an ACK of all text, before our FIN was sent, is not taken for its ACK: CLOSING stays', () => {
    const bench = established({ world, syn: { wnd: 100 }, config: { nagle: false } });
    bench.send(250);
    bench.close();
    bench.drain();
    bench.play({ flags: 'F.', seq: 1, ack: 101, wnd: 0 });
    expect(bench.state).toBe('CLOSING');
    bench.play({ flags: '.', seq: 2, ack: 101, wnd: 0 });
    expect(bench.state).toBe('CLOSING');
  });
});

test('a FIN out of order is answered each time it comes (RFC 5681 §4.2)', () => {
  const bench = established();
  for (let i = 0; i < 3; i++) expect(bench.play({ flags: 'F.', seq: 101, ack: 1 })).toEqual(['. 1:1 ack 1']);
});

test('a FIN without text is taken though our window is closed, by setting: it needs no room', () => {
  const config = { receiveBuffer: 100, receiveBufferMax: 100, delayedAck: 0 };
  const states = [true, false].map((finInClosedWindow) => {
    const bench = established({ config: { ...config, finInClosedWindow } });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 100 });
    const [reply] = bench.play({ flags: 'F.', seq: 101, ack: 1 });
    return [bench.state, reply];
  });
  expect(states).toEqual([['CLOSE-WAIT', '. 1:1 ack 102'], ['ESTABLISHED', '. 1:1 ack 101']]);
});
