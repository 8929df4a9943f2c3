/** First: the sequence number. RFC 9293 §3.10.7.4, Table 6, with trimming; RFC 7323 timestamps are in timestamps.test.ts. */
import { WORLDS } from '../../../support/engine.js';
import { established, otherStates, synReceived, synReceivedActive, timeWait } from '../../../support/states.js';

const WND = 65_535;

describe.each(WORLDS)('acceptability, $name', (world) => {
  describe.each(otherStates)('$state', ({ state, make, rcvNxt, sndNxt, sndUna }) => {
    const ack = sndUna === 0 ? 1 : sndUna;
    test.each([
      { what: 'empty, before the window', seq: -1, data: 0 },
      { what: 'empty, beyond the right edge', seq: WND + 1, data: 0 },
      { what: 'empty, far beyond', seq: 2 * WND, data: 0 },
      { what: 'text that ends before the window', seq: -10, data: 10 },
      { what: 'text that starts at the right edge', seq: WND, data: 1 },
    ])('$what: ACK, dropped', ({ seq, data }) => {
      const bench = make({ world });
      // A FIN received took one octet of window.
      const at = seq >= WND ? seq + 1 : rcvNxt + seq;
      expect(bench.play({ flags: '.', seq: at, ack, data })).toEqual([`. ${sndNxt}:${sndNxt} ack ${rcvNxt}`]);
      expect(bench.state).toBe(state);
      expect(bench.rules[0]).toBe('unacceptable');
    });

    test('RST outside the window: dropped in silence', () => {
      for (const at of [-1, WND + 1, -100_000]) {
        const bench = make({ world });
        expect(bench.play({ flags: 'R', seq: rcvNxt + at })).toEqual([]);
        expect(bench.state).toBe(state);
        expect(bench.rules).toEqual(['unacceptable-reset']);
      }
    });

    test('empty segments that need an ACK get so many a second, no more (RFC 5961 §7)', () => {
      const bench = make({ world, config: { challengeAckLimit: 3 } });
      const replies = (): number => bench.play({ flags: '.', seq: rcvNxt - 1, ack }).length;
      expect(Array.from({ length: 10 }, replies)).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 0, 0]);
      expect(bench.rules.filter((r) => r === 'ack-suppressed')).toHaveLength(7);
      bench.now += 1_000_000;
      expect(replies()).toBe(1);
    });
  });

  test('empty, first and last place of the window, and at its right edge as in Linux: acceptable', () => {
    for (const seq of [1, WND, WND + 1]) {
      const bench = established({ world });
      expect(bench.play({ flags: '.', seq, ack: 1 })).toEqual([]);
      expect(bench.rules).not.toContain('unacceptable');
    }
  });

  test('text that begins before the window: only the new part is taken', () => {
    const bench = established({ world });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 100 });
    expect(bench.clear().play({ flags: '.', seq: 51, ack: 1, data: 100 })).toEqual(['. 1:1 ack 151']);
    expect(bench.rules).toEqual(expect.arrayContaining(['trimmed-front', 'text-delivered']));
    expect(bench.receive()).toBe(150);
  });

  test('text that reaches beyond the window: the rest is cut off, the FIN with it', () => {
    const bench = established({ world, config: { receiveBuffer: 1000, receiveBufferMax: 1000 } });
    expect(bench.play({ flags: 'FP.', seq: 1, ack: 1, data: 1200 })).toEqual(['. 1:1 ack 1001']);
    expect(bench.rules).toContain('trimmed-tail');
    expect(bench.state).toBe('ESTABLISHED');
    expect(bench.receive()).toBe(1000);
  });

  test('a FIN just beyond the window is not taken', () => {
    const bench = established({ world, config: { receiveBuffer: 1000, receiveBufferMax: 1000 } });
    bench.play({ flags: 'FP.', seq: 1, ack: 1, data: 1000 });
    expect(bench.state).toBe('ESTABLISHED');
    bench.receive();
    bench.drain();
    expect(bench.play({ flags: 'F.', seq: 1001, ack: 1 })).toEqual(['. 1:1 ack 1002']);
    expect(bench.state).toBe('CLOSE-WAIT');
  });

  test('text older than the window entirely, repeated: ACK each time, nothing delivered twice', () => {
    const bench = established({ world });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 100 });
    for (let i = 0; i < 3; i++) expect(bench.play({ flags: '.', seq: 1, ack: 1, data: 100 })).toEqual(['. 1:1 ack 101']);
    expect(bench.receive()).toBe(100);
  });
});

describe.each(WORLDS)('a closed window of ours, $name', (world) => {
  const closedWindow = () => {
    const bench = established({ world, config: { receiveBuffer: 500, receiveBufferMax: 500 } });
    bench.send(50);
    bench.drain();
    bench.play({ flags: '.', seq: 1, ack: 1, data: 500 });
    bench.pass(40_000);
    expect(bench.tcb.rcvWnd).toBe(0);
    return bench.clear();
  };

  test('a valid ACK is taken', () => {
    const bench = closedWindow();
    expect(bench.play({ flags: '.', seq: 501, ack: 51 })).toEqual([]);
    expect(bench.tcb.snd(bench.tcb.sndUna)).toBe(51);
  });

  test('text is refused with an ACK, but the ACK it carries counts', () => {
    const bench = closedWindow();
    expect(bench.play({ flags: 'P.', seq: 501, ack: 51, data: 1 })).toEqual(['. 51:51 ack 501']);
    expect(bench.tcb.snd(bench.tcb.sndUna)).toBe(51);
    expect(bench.receive()).toBe(500);
  });

  test('a probe is answered each time, with no limit', () => {
    const bench = established({ world, config: { receiveBuffer: 500, receiveBufferMax: 500, challengeAckLimit: 1 } });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 500 });
    bench.pass(40_000);
    for (let i = 0; i < 5; i++) {
      bench.inject({ flags: '.', seq: 501, ack: 1, data: 1 });
      expect(bench.drainFully()).toEqual(['. 1:1 ack 501 win 0']);
    }
  });

  test('RST at RCV.NXT is taken', () => {
    const bench = closedWindow();
    expect(bench.play({ flags: 'R', seq: 501 })).toEqual([]);
    expect(bench.state).toBe('CLOSED');
  });

  test('an ACK after the octet of a refused probe is taken (RFC 9293 A.2)', () => {
    const bench = closedWindow();
    bench.play({ flags: '.', seq: 502, ack: 51 });
    expect(bench.tcb.snd(bench.tcb.sndUna)).toBe(51);
  });

  test('an ACK just before RCV.NXT, in the place of a probe that we took, is taken and answered', () => {
    const bench = closedWindow();
    expect(bench.play({ flags: '.', seq: 500, ack: 51 })).toEqual(['. 51:51 ack 501']);
    expect(bench.tcb.snd(bench.tcb.sndUna)).toBe(51);
  });

  test('anything else is not acceptable', () => {
    for (const seq of [499, 503]) {
      const bench = closedWindow();
      expect(bench.play({ flags: '.', seq, ack: 51 })).toEqual(['. 51:51 ack 501']);
      expect(bench.tcb.snd(bench.tcb.sndUna)).toBe(1);
    }
  });
});

describe.each(WORLDS)('the first SYN again in SYN-RECEIVED, $name', (world) => {
  test.each([{ make: synReceived, how: 'passive' }, { make: synReceivedActive, how: 'active' }])('$how: our SYN,ACK again', ({ make }) => {
    const bench = make({ world });
    expect(bench.play({ flags: 'S', seq: 0, mss: 1460 })).toEqual(['S. 0:0 ack 1']);
    expect(bench.state).toBe('SYN-RECEIVED');
    expect(bench.rules).toContain('syn-repeated');
    bench.play({ flags: '.', seq: 1, ack: 1 });
    expect(bench.state).toBe('ESTABLISHED');
  });

  test('no more often than challenge ACKs may be', () => {
    const bench = synReceived({ world, config: { challengeAckLimit: 2 } });
    expect(Array.from({ length: 4 }, () => bench.play({ flags: 'S', seq: 0 }).length)).toEqual([1, 1, 0, 0]);
  });

  test('with an ACK of what we never sent: an ACK, nothing else', () => {
    const bench = synReceivedActive({ world });
    expect(bench.play({ flags: 'S.', seq: 0, ack: 9 })).toEqual(['. 1:1 ack 1']);
    expect(bench.state).toBe('SYN-RECEIVED');
  });
});

test('in TIME-WAIT a segment outside the window does not restart the wait unless it is the FIN', () => {
  const bench = timeWait();
  const before = bench.connection.nextDeadline();
  bench.now += 1_000_000;
  expect(bench.play({ flags: 'P.', seq: 0, ack: 2, data: 1 })).toEqual(['. 2:2 ack 2']);
  expect(bench.connection.nextDeadline()).toBe(before);
});
