/** What the simulations found, each as the few segments that show it. */
import { established, establishedPassive, synReceived, synSent } from '../support/states.js';

describe('found by random conversations', () => {
  test('the SYN again and the ACK of our SYN,ACK before output had its turn: the SYN,ACK is not repeated on an open connection', () => {
    const bench = synReceived();
    bench.inject({ flags: 'S', seq: 0 }).inject({ flags: '.', seq: 1, ack: 1 });
    expect(bench.drain()).toEqual([]);
    expect([bench.state, bench.tcb.snd(bench.tcb.sndNxt)]).toEqual(['ESTABLISHED', 1]);
  });

  test('simultaneous open, SYN and SYN,ACK before output had its turn: one ACK, no SYN,ACK', () => {
    const bench = synSent();
    bench.inject({ flags: 'S', seq: 0 }).inject({ flags: 'S.', seq: 0, ack: 1 });
    expect(bench.drain()).toEqual(['. 1:1 ack 1']);
    expect(bench.state).toBe('ESTABLISHED');
  });

  test('simultaneous open: the window of the SYN,ACK is not scaled (RFC 7323 §2.2)', () => {
    const bench = synSent({ config: { windowScaling: true } });
    bench.play({ flags: 'S', seq: 0, scale: 7, wnd: 1000 });
    bench.play({ flags: 'S.', seq: 0, ack: 1, scale: 7, wnd: 1000 });
    expect(bench.state).toBe('ESTABLISHED');
    expect(bench.tcb.sndWnd).toBeLessThanOrEqual(1000);
  });

  test('a retransmission that acknowledges new data closes the window although its own text is old (SND.WL1)', () => {
    const bench = established();
    bench.play({ flags: '.', seq: 101, ack: 1, wnd: 500, data: 10 }); // out of order: SND.WL1 = 101
    bench.send(500);
    expect(bench.drain()).toEqual(['P. 1:501 ack 1']);
    bench.inject({ flags: '.', seq: 1, ack: 501, wnd: 0, data: 100 });
    expect(bench.tcb.sndWnd).toBe(0);
    bench.send(500);
    expect(bench.drain().filter((line) => !line.startsWith('. 501:501'))).toEqual([]); // nothing but ACKs
  });
});

describe('found after hours without progress', () => {
  test('the ACKs of a peer who has used up our window, all of it lost, lie at the right edge: they count', () => {
    const bench = established();
    bench.send(100);
    bench.drain();
    bench.inject({ flags: '.', seq: 1 + 65_535, ack: 101, wnd: 2000 });
    expect([bench.drain(), bench.tcb.queue.length, bench.tcb.sndWnd]).toEqual([[], 0, 2000]);
  });

  test.each([0, 1])('both ends took a probe and neither heard so: an ACK in the place of the probe (%i octets) is news', (data) => {
    const bench = established();
    bench.inject({ flags: '.', seq: 1, ack: 1, wnd: 0 });
    bench.send(100);
    bench.drain();
    bench.pass(1_000_000);
    expect(bench.tcb.snd(bench.tcb.sndNxt)).toBe(2); // our probe
    bench.play({ flags: 'P.', seq: 1, ack: 1, wnd: 0, data: 1 }); // his, and our ACK of it is lost
    expect(bench.play({ flags: '.', seq: 1, ack: 2, wnd: 0, data })).toEqual(['. 2:2 ack 2']);
    expect(bench.tcb.queue.length).toBe(0);
  });
});

describe('found by bad packets', () => {
  test('RST with text that reaches over RCV.NXT is not a RST at RCV.NXT: challenge ACK (RFC 5961 §3.2)', () => {
    const bench = establishedPassive();
    bench.play({ flags: 'P.', seq: 1, ack: 1, data: 100 });
    bench.clear();
    expect(bench.play({ flags: 'R', seq: 51, data: 200 })).toEqual(['. 1:1 ack 101']);
    expect(bench.state).toBe('ESTABLISHED');
    expect(bench.rules).toContain('challenge-reset');
  });

  test('SYN just before RCV.NXT with text and FIN behind it: challenge ACK, nothing of it is believed (RFC 5961 §4.2)', () => {
    const bench = establishedPassive();
    expect(bench.play({ flags: 'SF.', seq: 0, ack: 1, data: 50 })).toEqual(['. 1:1 ack 1']);
    expect([bench.state, bench.receive()]).toEqual(['ESTABLISHED', 0]);
    expect(bench.rules).toContain('challenge-syn');
  });

  test.each(['R', 'S'])('the timestamp of a segment with %s that is not believed is not remembered either', (flag) => {
    const bench = establishedPassive({ config: { timestamps: true }, syn: { ts: [1000, 0] } });
    bench.play({ flags: 'P.', seq: 1, ack: 1, data: 100, ts: [1001, 0] });
    bench.pass(1_000_000);
    bench.play({ flags: flag, seq: 51, data: 200, ts: [2_000_000_000, 0] });
    expect(bench.tcb.tsRecent).toBe(1001);
    bench.play({ flags: 'P.', seq: 101, ack: 1, data: 100, ts: [1002, 0] });
    expect(bench.receive()).toBe(200);
  });
});
