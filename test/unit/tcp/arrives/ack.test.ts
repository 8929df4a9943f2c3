/** Fifth: the ACK field. RFC 9293 §3.10.7.4, RFC 5961 §5, RFC 5681 §2. */
import { Signal } from '../../../../src/tcp/tcb.js';
import { type Setup, WORLDS } from '../../../support/engine.js';
import {
  closing, established, establishedPassive, finWait1, finWait2, lastAck, otherStates, synReceived, synReceivedActive, synchronised, timeWait,
} from '../../../support/states.js';

const noNagle = { nagle: false };

/** 3000 octets outstanding. */
function sending(setup: Setup = {}) {
  const bench = established({ ...setup, config: noNagle });
  bench.send(3000);
  expect(bench.drain()).toHaveLength(3);
  return bench.clear();
}

describe.each(WORLDS)('ACK, $name', (world) => {
  test.each(otherStates)('no ACK bit in $state: dropped', ({ state, make, rcvNxt }) => {
    for (const segment of [{ flags: '', data: 10 }, { flags: 'P', data: 1 }, { flags: 'F', data: 0 }]) {
      const bench = make({ world });
      expect(bench.play({ ...segment, seq: rcvNxt })).toEqual([]);
      expect(bench.state).toBe(state);
      expect(bench.rules).toEqual(['no-ack']);
    }
  });

  describe.each(synchronised)('$state', ({ state, make, rcvNxt, sndNxt, sndUna }) => {
    test('of what was never sent: ACK, dropped, text and FIN with it', () => {
      const bench = make({ world });
      const { rcvNxt: before } = bench.tcb;
      expect(bench.play({ flags: 'FP.', seq: rcvNxt, ack: sndNxt + 1, data: 5 })).toEqual([`. ${sndNxt}:${sndNxt} ack ${rcvNxt}`]);
      expect(bench.state).toBe(state);
      expect(bench.tcb.rcvNxt).toBe(before);
      expect(bench.rules).toContain('ack-unsent');
    });

    test('older than any window: ACK, dropped (RFC 5961 §5.2)', () => {
      const bench = make({ world });
      expect(bench.play({ flags: 'P.', seq: rcvNxt, ack: sndUna - 65_536, data: 5 })).toEqual([`. ${sndNxt}:${sndNxt} ack ${rcvNxt}`]);
      expect(bench.rules).toContain('ack-too-old');
      expect(bench.state).toBe(state);
    });

    test('before our SYN, however large the window: ACK, dropped', () => {
      const bench = make({ world });
      expect(bench.play({ flags: 'P.', seq: rcvNxt, ack: -1, data: 5 })).toEqual([`. ${sndNxt}:${sndNxt} ack ${rcvNxt}`]);
      expect(bench.rules).toContain('ack-too-old');
    });

    test('the same once more, with nothing outstanding: told as nothing new', () => {
      const bench = make({ world });
      const { sndUna } = bench.connection.tcb;
      const outstanding = bench.connection.tcb.queue.length;
      bench.play({ flags: '.', seq: rcvNxt, ack: bench.connection.tcb.snd(sndUna) });
      expect(bench.rules).toContain(outstanding === 0 ? 'ack-again' : 'ack-duplicate');
    });

    test('old, but not too old: nothing new, no answer', () => {
      const bench = make({ world });
      expect(bench.play({ flags: '.', seq: rcvNxt, ack: 0 })).toEqual([]);
      expect(bench.rules).toContain('ack-old');
      expect(bench.state).toBe(state);
    });
  });

  test('older than the largest window the peer ever offered: ACK; that old: nothing (RFC 5961 §5.2)', () => {
    const bench = established({ world, syn: { wnd: 100 } });
    for (let acked = 1; acked <= 401; acked += 100) {
      bench.send(100);
      bench.drain();
      bench.play({ flags: '.', seq: 1, ack: acked + 100, wnd: 100 });
    }
    expect(bench.play({ flags: '.', seq: 1, ack: 501 - 100, wnd: 100 })).toEqual([]);
    expect(bench.play({ flags: '.', seq: 1, ack: 501 - 101, wnd: 100 })).toEqual(['. 501:501 ack 1']);
  });

  test.each([
    { name: 'LISTEN', make: synReceived },
    { name: 'SYN-SENT', make: synReceivedActive },
  ])('SYN-RECEIVED from $name: a bad ACK is answered with RST', ({ make }) => {
    for (const ack of [0, 2, -70_000]) {
      const bench = make({ world });
      expect(bench.play({ flags: '.', seq: 1, ack })).toEqual([`R ${ack}:${ack}`]);
      expect(bench.state).toBe('SYN-RECEIVED');
      expect(bench.rules).toContain('syn-received-bad-ack');
      bench.play({ flags: '.', seq: 1, ack: 1 });
      expect(bench.state).toBe('ESTABLISHED');
    }
  });

  test('SYN-RECEIVED: the ACK of our SYN opens, and sets SND.WND, WL1, WL2', () => {
    const bench = synReceived({ world });
    expect(bench.play({ flags: '.', seq: 1, ack: 1, wnd: 5000 })).toEqual([]);
    const { tcb } = bench;
    expect(bench.state).toBe('ESTABLISHED');
    expect([tcb.sndWnd, tcb.rcv(tcb.sndWl1), tcb.snd(tcb.sndWl2), tcb.snd(tcb.sndUna)]).toEqual([5000, 1, 1, 1]);
    expect(bench.connection.takeSignals()).toBe(Signal.Connected | Signal.Writable);
    expect(bench.connection.nextDeadline()).toBe(Infinity);
  });

  test('SYN-RECEIVED: text and FIN with the ACK are taken in the same step', () => {
    const bench = synReceived({ world });
    expect(bench.play({ flags: 'FP.', seq: 1, ack: 1, data: 12 })).toEqual(['. 1:1 ack 14']);
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.receive()).toBe(12);
  });

  test('new data: SND.UNA moves, what is wholly acknowledged leaves the queue', () => {
    const bench = sending({ world });
    bench.play({ flags: '.', seq: 1, ack: 1461 });
    expect(bench.tcb.snd(bench.tcb.sndUna)).toBe(1461);
    expect(bench.tcb.queue.length).toBe(2);
    bench.play({ flags: '.', seq: 1, ack: 1500 }); // in the middle of a segment
    expect(bench.tcb.queue.length).toBe(2);
    expect(bench.tcb.snd(bench.tcb.queue.at(0).seq)).toBe(1500);
    bench.play({ flags: '.', seq: 1, ack: 3001 });
    expect(bench.tcb.queue.length).toBe(0);
    expect(bench.tcb.sndBuf.length).toBe(0);
    expect(bench.connection.nextDeadline()).toBe(Infinity);
  });

  test('a partly acknowledged segment is repeated from there', () => {
    const bench = sending({ world });
    bench.play({ flags: '.', seq: 1, ack: 1500 });
    const again = bench.pass(1_000_000);
    expect(again[0]).toBe('. 1500:2921 ack 1');
  });

  test('an ACK that was passed by a later one changes nothing', () => {
    const bench = sending({ world });
    bench.play({ flags: '.', seq: 1, ack: 2921, wnd: 4000 });
    bench.play({ flags: '.', seq: 1, ack: 1461, wnd: 9 });
    expect([bench.tcb.snd(bench.tcb.sndUna), bench.tcb.sndWnd]).toEqual([2921, 4000]);
  });

  describe('window updates (SND.WL1, SND.WL2)', () => {
    test('same SEQ, same or newer ACK: taken', () => {
      const bench = sending({ world });
      bench.play({ flags: '.', seq: 1, ack: 1, wnd: 7000 });
      expect(bench.tcb.sndWnd).toBe(7000);
      bench.play({ flags: '.', seq: 1, ack: 1461, wnd: 100 });
      expect(bench.tcb.sndWnd).toBe(100);
    });

    test('newer SEQ: taken', () => {
      const bench = sending({ world });
      bench.play({ flags: '.', seq: 1, ack: 1, data: 10, wnd: 6000 });
      bench.play({ flags: '.', seq: 11, ack: 1, wnd: 500 });
      expect(bench.tcb.sndWnd).toBe(500);
    });

    test('older SEQ: not taken', () => {
      const bench = sending({ world });
      bench.play({ flags: '.', seq: 11, ack: 1, data: 10, wnd: 6000 });
      bench.play({ flags: '.', seq: 1, ack: 1, data: 10, wnd: 50 });
      expect(bench.tcb.sndWnd).toBe(6000);
      expect(bench.rules).toContain('window-stale');
    });

    test('scaled, except in a SYN', () => {
      const bench = establishedPassive({ world, config: { windowScaling: true }, syn: { scale: 4, wnd: 1000 } });
      expect(bench.tcb.sndWnd).toBe(16_000);
      bench.play({ flags: '.', seq: 1, ack: 1, wnd: 2 });
      expect(bench.tcb.sndWnd).toBe(32);
    });

    test('a window taken back is noted, and nothing new is sent (SHLD-15)', () => {
      const bench = sending({ world });
      bench.play({ flags: '.', seq: 1, ack: 1461, wnd: 1000 });
      expect(bench.rules).toContain('window-shrunk');
      bench.send(100);
      expect(bench.drain()).toEqual([]);
    });
  });

  describe('duplicates (RFC 5681 §2)', () => {
    const isDuplicate = (shape: object, more: (bench: ReturnType<typeof sending>) => void = () => undefined) => {
      const bench = sending({ world });
      more(bench);
      bench.clear().play({ flags: '.', seq: 1, ack: 1, ...shape });
      return bench.rules.includes('ack-duplicate');
    };
    test('same ACK, no text, same window, something outstanding', () => expect(isDuplicate({})).toBe(true));
    test('not with text', () => expect(isDuplicate({ data: 1 })).toBe(false));
    test('not with another window', () => expect(isDuplicate({ wnd: 60_000 })).toBe(false));
    test('not with FIN', () => expect(isDuplicate({ flags: 'F.' })).toBe(false));
    test('not when nothing is outstanding', () => expect(isDuplicate({ ack: 3001 }, (b) => b.play({ flags: '.', seq: 1, ack: 3001 }))).toBe(false));
    test('not an older ACK', () => expect(isDuplicate({}, (b) => b.play({ flags: '.', seq: 1, ack: 1461 }))).toBe(false));
  });

  describe('duplicates, with SACK agreed (RFC 6675 §2)', () => {
    const isDuplicate = (shape: object): boolean => {
      const bench = established({ world, config: { ...noNagle, sack: true }, syn: { sackOk: true } });
      bench.send(3000);
      bench.drain();
      bench.clear().play({ flags: '.', seq: 1, ack: 1, ...shape });
      return bench.rules.includes('ack-duplicate');
    };
    test('a block that reports new text counts, though the window differs', () => expect(isDuplicate({ wnd: 60_000, sack: [[1461, 2921]] })).toBe(true));
    test('a block that reports a duplicate does not (RFC 2883)', () => expect(isDuplicate({ sack: [[-100, 1]] })).toBe(false));
    test('without a block, the window must be the same', () => {
      expect(isDuplicate({})).toBe(true);
      expect(isDuplicate({ wnd: 60_000 })).toBe(false);
    });
  });

  test('the user hears when there is room again in the send buffer', () => {
    const bench = established({ world, config: { sendBuffer: 3000, ...noNagle } });
    expect(bench.send(5000)).toBe(3000);
    bench.drain();
    bench.clear().play({ flags: '.', seq: 1, ack: 501 });
    expect(bench.connection.takeSignals() & Signal.Writable).toBe(0);
    bench.play({ flags: '.', seq: 1, ack: 1461 });
    expect(bench.connection.takeSignals() & Signal.Writable).toBe(Signal.Writable);
    expect(bench.send(5000)).toBe(1460);
  });

  test('FIN-WAIT-1: the ACK of text before the FIN is not the ACK of the FIN', () => {
    const bench = established({ world });
    bench.send(100);
    bench.close();
    expect(bench.drain()).toEqual(['FP. 1:101 ack 1']);
    bench.play({ flags: '.', seq: 1, ack: 101 });
    expect(bench.state).toBe('FIN-WAIT-1');
    bench.play({ flags: '.', seq: 1, ack: 102 });
    expect(bench.state).toBe('FIN-WAIT-2');
    expect(bench.rules).toContain('fin-acked');
    expect(bench.connection.nextDeadline()).toBe(Infinity); // its user is still there
  });

  test('FIN-WAIT-1 before the FIN could be sent: an ACK of everything sent is not the ACK of the FIN', () => {
    const bench = established({ world, syn: { wnd: 100 }, config: noNagle });
    bench.send(300);
    bench.close();
    expect(bench.drain()).toEqual(['. 1:101 ack 1']);
    bench.play({ flags: '.', seq: 1, ack: 101, wnd: 0 });
    expect(bench.state).toBe('FIN-WAIT-1');
  });

  test('CLOSING: only the ACK of our FIN counts, everything else is ignored', () => {
    const bench = closing({ world });
    expect(bench.play({ flags: 'P.', seq: 2, ack: 1, data: 5 })).toEqual([]);
    expect(bench.state).toBe('CLOSING');
    expect(bench.play({ flags: '.', seq: 2, ack: 2 })).toEqual([]);
    expect(bench.state).toBe('TIME-WAIT');
  });

  test('LAST-ACK: the ACK of our FIN ends it', () => {
    const bench = lastAck({ world });
    bench.play({ flags: '.', seq: 2, ack: 1 });
    expect(bench.state).toBe('LAST-ACK');
    expect(bench.clear().play({ flags: '.', seq: 2, ack: 2 })).toEqual([]);
    expect(bench.state).toBe('CLOSED');
    expect(bench.connection.failure).toBeNull();
    expect(bench.connection.takeSignals() & Signal.Closed).toBeTruthy();
    expect(bench.connection.nextDeadline()).toBe(Infinity);
  });

  test('TIME-WAIT: the remote FIN again is acknowledged and restarts 2 MSL', () => {
    const bench = timeWait({ world });
    bench.wait(59_000_000);
    expect(bench.play({ flags: 'F.', seq: 1, ack: 2 })).toEqual(['. 2:2 ack 2']);
    expect(bench.rules).toContain('time-wait-restart');
    bench.wait(59_999_999);
    expect(bench.state).toBe('TIME-WAIT');
    bench.wait(1);
    expect(bench.state).toBe('CLOSED');
  });

  test('TIME-WAIT: the last text with the FIN again does the same', () => {
    const bench = finWait2({ world });
    bench.play({ flags: 'FP.', seq: 1, ack: 2, data: 50 });
    bench.in('TIME-WAIT').wait(30_000_000);
    expect(bench.play({ flags: 'FP.', seq: 1, ack: 2, data: 50 })).toEqual(['. 2:2 ack 52']);
    bench.wait(59_999_999).in('TIME-WAIT').wait(1).in('CLOSED');
  });

  test('our FIN is repeated until it is acknowledged', () => {
    const bench = finWait1({ world });
    expect(bench.timed(1_400_000)).toEqual([[200_000, 'F. 1:1 ack 1'], [600_000, 'F. 1:1 ack 1'], [1_400_000, 'F. 1:1 ack 1']]);
  });
});
