/** SEGMENT ARRIVES in SYN-SENT, RFC 9293 §3.10.7.3, and what follows from its two outcomes. */
import { Signal } from '../../../../src/tcp/tcb.js';
import { WORLDS } from '../../../support/engine.js';
import { established, synReceivedActive, synSent } from '../../../support/states.js';

describe.each(WORLDS)('SYN-SENT, $name', (world) => {
  test.each([
    { what: 'ACK =< ISS', segment: { flags: '.', seq: 0, ack: 0 }, reply: ['R 0:0'], rule: 'syn-sent-bad-ack' },
    { what: 'ACK below ISS', segment: { flags: '.', seq: 0, ack: -5 }, reply: ['R -5:-5'], rule: 'syn-sent-bad-ack' },
    { what: 'ACK > SND.NXT', segment: { flags: '.', seq: 0, ack: 2 }, reply: ['R 2:2'], rule: 'syn-sent-bad-ack' },
    { what: 'SYN,ACK of something else', segment: { flags: 'S.', seq: 0, ack: 2 }, reply: ['R 2:2'], rule: 'syn-sent-bad-ack' },
    { what: 'RST with a bad ACK', segment: { flags: 'R.', seq: 0, ack: 2 }, reply: [], rule: 'syn-sent-bad-ack' },
    { what: 'RST without ACK', segment: { flags: 'R', seq: 0 }, reply: [], rule: 'syn-sent-drops-reset' },
    { what: 'RST with SYN, without ACK', segment: { flags: 'SR', seq: 0 }, reply: [], rule: 'syn-sent-drops-reset' },
    { what: 'a good ACK alone', segment: { flags: '.', seq: 0, ack: 1 }, reply: [], rule: 'syn-sent-drops' },
    { what: 'FIN with a good ACK', segment: { flags: 'F.', seq: 0, ack: 1 }, reply: [], rule: 'syn-sent-drops' },
    { what: 'bare text', segment: { flags: '', seq: 1, data: 10 }, reply: [], rule: 'syn-sent-drops' },
  ])('$what: still SYN-SENT, $reply', ({ segment, reply, rule }) => {
    const bench = synSent({ world });
    expect(bench.play(segment)).toEqual(reply);
    expect(bench.rules).toContain(rule);
    expect(bench.state).toBe('SYN-SENT');
    // Unharmed: the SYN,ACK still opens.
    expect(bench.play({ flags: 'S.', seq: 0, ack: 1 })).toEqual(['. 1:1 ack 1']);
    expect(bench.state).toBe('ESTABLISHED');
  });

  test('RST with a good ACK: "connection refused"', () => {
    const bench = synSent({ world });
    bench.send(100);
    expect(bench.play({ flags: 'R.', seq: 0, ack: 1 })).toEqual([]);
    expect(bench.state).toBe('CLOSED');
    expect(bench.connection.failure).toBe('refused');
    expect(bench.connection.takeSignals()).toBe(Signal.Failed | Signal.Closed);
    expect(bench.connection.nextDeadline()).toBe(Infinity);
    expect(bench.rules).toContain('syn-sent-refused');
  });

  test('SYN,ACK: ESTABLISHED, ACK', () => {
    const bench = synSent({ world });
    expect(bench.play({ flags: 'S.', seq: 0, ack: 1, wnd: 4321 })).toEqual(['. 1:1 ack 1']);
    expect(bench.state).toBe('ESTABLISHED');
    const { tcb } = bench;
    expect([tcb.snd(tcb.sndUna), tcb.snd(tcb.sndNxt), tcb.rcv(tcb.rcvNxt), tcb.sndWnd]).toEqual([1, 1, 1, 4321]);
    expect(tcb.rcv(tcb.sndWl1)).toBe(0);
    expect(tcb.snd(tcb.sndWl2)).toBe(1);
    expect(tcb.queue.length).toBe(0);
    expect(bench.connection.takeSignals() & Signal.Connected).toBeTruthy();
    expect(bench.connection.nextDeadline()).toBe(Infinity);
  });

  test('queued text rides on the ACK of the SYN,ACK', () => {
    const bench = synSent({ world });
    expect(bench.send(300)).toBe(300);
    expect(bench.drain()).toEqual([]);
    expect(bench.play({ flags: 'S.', seq: 0, ack: 1, mss: 1460 })).toEqual(['P. 1:301 ack 1']);
  });

  test('SYN,ACK with text and FIN: all of it is processed', () => {
    const bench = synSent({ world });
    expect(bench.play({ flags: 'SF.', seq: 0, ack: 1, data: 40 })).toEqual(['. 1:1 ack 42']);
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.receive()).toBe(40);
    expect(bench.recorder.edges.map((e) => e.to)).toEqual(['ESTABLISHED', 'CLOSE-WAIT']);
  });

  test('SYN,ACK with URG goes on at the sixth step', () => {
    const bench = synSent({ world });
    bench.play({ flags: 'SU.', seq: 0, ack: 1, data: 40, urg: 11 });
    expect(bench.connection.takeSignals() & Signal.Urgent).toBeTruthy();
  });

  test('SYN: simultaneous open, SYN,ACK with our ISS', () => {
    const bench = synSent({ world });
    expect(bench.play({ flags: 'S', seq: 0, wnd: 777 })).toEqual(['S. 0:0 ack 1']);
    expect(bench.state).toBe('SYN-RECEIVED');
    expect(bench.tcb.sndWnd).toBe(777);
    expect(bench.tcb.snd(bench.tcb.sndNxt)).toBe(1);
    expect(bench.rules).toContain('simultaneous-open');
  });

  test('simultaneous open to its end (Fig. 7): the SYN,ACK that comes is the last step', () => {
    const bench = synReceivedActive({ world });
    expect(bench.play({ flags: 'S.', seq: 0, ack: 1 })).toEqual(['. 1:1 ack 1']);
    expect(bench.state).toBe('ESTABLISHED');
    expect(bench.rules).toContain('simultaneous-syn-ack');
  });

  test('simultaneous open that ends with a plain ACK', () => {
    const bench = synReceivedActive({ world });
    expect(bench.play({ flags: '.', seq: 1, ack: 1 })).toEqual([]);
    expect(bench.state).toBe('ESTABLISHED');
  });

  test('simultaneous open: the SYN,ACK carries text', () => {
    const bench = synReceivedActive({ world });
    expect(bench.play({ flags: 'SP.', seq: 0, ack: 1, data: 25 })).toEqual(['. 1:1 ack 26']);
    expect(bench.receive()).toBe(25);
  });

  test('simultaneous open with text and FIN on the SYN', () => {
    const bench = synSent({ world });
    expect(bench.play({ flags: 'SF', seq: 0, data: 10 })).toEqual(['S. 0:0 ack 1']);
    expect(bench.receive()).toBe(0);
    expect(bench.play({ flags: 'S.', seq: 0, ack: 1 })).toEqual(['. 1:1 ack 12']);
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.receive()).toBe(10);
  });

  test('the SYN,ACK of a simultaneous open is repeated as SYN,ACK', () => {
    const bench = synReceivedActive({ world });
    expect(bench.pass(1_000_000)).toEqual(['S. 0:0 ack 1']);
  });
});

describe('what the SYNs agree upon', () => {
  const offer = { timestamps: true, sack: true, windowScaling: true, receiveBuffer: 1 << 20, receiveBufferMax: 6 << 20 };

  test('the SYN offers everything', () => {
    const bench = synSent({ config: offer });
    expect(bench.recorder.sent).toHaveLength(0);
    expect(bench.timed(1_000_000)).toHaveLength(1);
    const again = synSent({ config: offer });
    again.now += 1_000_000;
    again.connection.timeout(again.now);
    expect(again.drainFully()).toEqual(['S 0:0 win 65535 <mss 1460, sackOK, ts 2000 0, scale 7>']);
  });

  test.each([
    { peer: {}, timestamps: false, sack: false, sndScale: 0, rcvScale: 0 },
    { peer: { ts: [900, 1000] as const }, timestamps: true, sack: false, sndScale: 0, rcvScale: 0 },
    { peer: { sackOk: true }, timestamps: false, sack: true, sndScale: 0, rcvScale: 0 },
    { peer: { scale: 0 }, timestamps: false, sack: false, sndScale: 0, rcvScale: 7 },
    { peer: { scale: 9 }, timestamps: false, sack: false, sndScale: 9, rcvScale: 7 },
    { peer: { scale: 200 }, timestamps: false, sack: false, sndScale: 14, rcvScale: 7 }, // RFC 7323 §2.3
  ])('the peer answers $peer', ({ peer, timestamps, sack, sndScale, rcvScale }) => {
    const { tcb } = established({ config: offer, syn: { wnd: 1000, ...peer } });
    expect(tcb).toMatchObject({ timestamps, sackPermitted: sack, sndScale, rcvScale });
    expect(tcb.sndWnd).toBe(1000); // the window of a SYN is never scaled (RFC 7323 §2.2)
  });

  test.each([
    { what: 'older than our SYN', echo: 999 },
    { what: 'from the future', echo: 1001 },
  ])('a SYN,ACK with an echo $what: RST, and we wait on', ({ echo }) => {
    const bench = synSent({ config: offer });
    expect(bench.play({ flags: 'S.', seq: 0, ack: 1, ts: [900, echo] })).toEqual(['R 1:1']);
    expect(bench.rules).toContain('syn-sent-bad-echo');
    expect(bench.play({ flags: 'R.', seq: 0, ack: 1, ts: [900, echo] })).toEqual([]);
    expect(bench.state).toBe('SYN-SENT');
    bench.play({ flags: 'S.', seq: 0, ack: 1, ts: [900, 1000] });
    expect(bench.state).toBe('ESTABLISHED');
  });

  test.each([
    { what: 'nothing', mss: undefined, ipv6: false, expected: 536 },
    { what: '0', mss: 0, ipv6: false, expected: 536 },
    { what: 'nothing', mss: undefined, ipv6: true, expected: 1220 },
    { what: '1', mss: 1, ipv6: false, expected: 48 },
    { what: '48', mss: 48, ipv6: false, expected: 48 },
    { what: '1000', mss: 1000, ipv6: false, expected: 1000 },
    { what: '65535', mss: 65_535, ipv6: false, expected: 1460 },
  ])('the MSS option says $what (IPv6 $ipv6): segments of $expected', ({ mss, ipv6, expected }) => {
    const bench = synSent({ ipv6 });
    bench.play({ flags: 'S.', seq: 0, ack: 1, ...(mss === undefined ? {} : { mss }) });
    expect(bench.tcb.sndMss).toBe(expected);
  });

  test('a SYN,ACK answers only what was offered', () => {
    const bench = synSent({ config: offer });
    bench.inject({ flags: 'S', seq: 0, sackOk: true });
    expect(bench.drainFully()).toEqual(['S. 0:0 ack 1 win 65535 <mss 1460, sackOK>']);
  });

  test('nothing is used that we did not offer', () => {
    const { tcb } = established({ syn: { ts: [1, 2], sackOk: true, scale: 5 } });
    expect(tcb).toMatchObject({ timestamps: false, sackPermitted: false, sndScale: 0, rcvScale: 0 });
  });
});
