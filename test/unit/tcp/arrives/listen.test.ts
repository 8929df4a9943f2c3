/** SEGMENT ARRIVES in LISTEN, RFC 9293 §3.10.7.2, and in CLOSED, where the engine says nothing (§3.10.7.1 is the stack's). */
import { WORLDS } from '../../../support/engine.js';
import { closed, listening, unopened } from '../../../support/states.js';

const queue = { synText: 'queue' as const };

describe.each(WORLDS)('LISTEN, $name', (world) => {
  test.each([
    { what: 'a RST', segment: { flags: 'R', seq: 0 }, reply: [], rule: 'listen-ignores-reset' },
    { what: 'a RST with ACK', segment: { flags: 'R.', seq: 0, ack: 5 }, reply: [], rule: 'listen-ignores-reset' },
    { what: 'a RST with SYN', segment: { flags: 'SR', seq: 0 }, reply: [], rule: 'listen-ignores-reset' },
    { what: 'an ACK', segment: { flags: '.', seq: 9, ack: 77 }, reply: ['R 77:77'], rule: 'listen-refuses-ack' },
    { what: 'text with ACK', segment: { flags: 'P.', seq: 9, ack: 1, data: 10 }, reply: ['R 1:1'], rule: 'listen-refuses-ack' },
    { what: 'a SYN,ACK', segment: { flags: 'S.', seq: 0, ack: 1 }, reply: ['R 1:1'], rule: 'listen-refuses-ack' },
    { what: 'a FIN with ACK', segment: { flags: 'F.', seq: 0, ack: 1 }, reply: ['R 1:1'], rule: 'listen-refuses-ack' },
    { what: 'a bare FIN', segment: { flags: 'F', seq: 0 }, reply: [], rule: 'listen-drops' },
    { what: 'text without anything', segment: { flags: 'P', seq: 0, data: 3 }, reply: [], rule: 'listen-drops' },
    { what: 'no control bit at all', segment: { flags: '', seq: 0 }, reply: [], rule: 'listen-drops' },
  ])('$what: still LISTEN, $reply', ({ segment, reply, rule }) => {
    const bench = listening({ world });
    expect(bench.play(segment)).toEqual(reply);
    expect(bench.state).toBe('LISTEN');
    expect(bench.rules).toContain(rule);
    expect(bench.connection.nextDeadline()).toBe(Infinity);
    // And it is as good as new.
    expect(bench.play({ flags: 'S', seq: 0 })).toEqual(['S. 0:0 ack 1']);
  });

  test('a SYN: SYN,ACK, SYN-RECEIVED, the variables of the RFC', () => {
    const bench = listening({ world });
    expect(bench.play({ flags: 'S', seq: 0, wnd: 1234 })).toEqual(['S. 0:0 ack 1']);
    expect(bench.state).toBe('SYN-RECEIVED');
    const { tcb } = bench;
    expect(tcb.irs).toBe(world.irs | 0);
    expect(tcb.rcv(tcb.rcvNxt)).toBe(1);
    expect([tcb.snd(tcb.sndUna), tcb.snd(tcb.sndNxt)]).toEqual([0, 1]);
    expect(tcb.remote.toString()).toBe('192.0.2.1');
    expect(tcb.remotePort).toBe(40_312);
    expect(bench.rules).toEqual(['listen-takes-syn', 'peer-options', 'send-syn-ack']);
    expect(bench.connection.takeSignals()).toBe(0); // the user is not told yet
  });

  test('text and FIN on the SYN wait for the handshake', () => {
    const bench = listening({ world, config: queue });
    // Only the SYN is acknowledged, so that the peer may count on nothing.
    expect(bench.play({ flags: 'SF', seq: 0, data: 20 })).toEqual(['S. 0:0 ack 1']);
    expect(bench.state).toBe('SYN-RECEIVED');
    expect(bench.receive()).toBe(0);
    expect(bench.play({ flags: '.', seq: 22, ack: 1 })).toEqual(['. 1:1 ack 22']);
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.receive()).toBe(20);
    expect(bench.receive()).toBe('connection-closing');
  });

  test('text on the SYN, repeated with the ACK, is delivered once', () => {
    const bench = listening({ world, config: queue });
    bench.play({ flags: 'S', seq: 0, data: 20 });
    expect(bench.play({ flags: 'P.', seq: 1, ack: 1, data: 20 })).toEqual(['. 1:1 ack 21']);
    expect(bench.state).toBe('ESTABLISHED');
    expect(bench.receive()).toBe(20);
    bench.play({ flags: 'P.', seq: 21, ack: 1, data: 10 });
    expect(bench.receive()).toBe(10);
  });

  test('text on the SYN, repeated with more and a FIN', () => {
    const bench = listening({ world, config: queue });
    bench.play({ flags: 'S', seq: 0, data: 20 });
    expect(bench.play({ flags: 'FP.', seq: 1, ack: 1, data: 30 })).toEqual(['. 1:1 ack 32']);
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.receive()).toBe(30);
  });

  test('the ACK of a SYN with text may cover the SYN alone', () => {
    const bench = listening({ world, config: queue });
    bench.play({ flags: 'S', seq: 0, data: 20 });
    expect(bench.play({ flags: '.', seq: 1, ack: 1 })).toEqual(['. 1:1 ack 21']);
    expect(bench.receive()).toBe(20);
  });
});

describe('text with the SYN, ignored (as Linux does)', () => {
  test('it must come again', () => {
    const bench = listening();
    expect(bench.play({ flags: 'S', seq: 0, data: 20 })).toEqual(['S. 0:0 ack 1']);
    expect(bench.rules).toContain('text-on-syn-ignored');
    expect(bench.play({ flags: '.', seq: 1, ack: 1 })).toEqual([]);
    expect(bench.receive()).toBe(0);
    bench.play({ flags: 'P.', seq: 1, ack: 1, data: 20 });
    expect(bench.receive()).toBe(20);
  });

  test('so must a FIN', () => {
    const bench = listening();
    bench.play({ flags: 'SF', seq: 0 });
    bench.play({ flags: '.', seq: 1, ack: 1 });
    expect(bench.state).toBe('ESTABLISHED');
  });
});

describe('CLOSED', () => {
  test.each([closed, unopened])('the engine neither answers nor changes', (make) => {
    for (const flags of ['S', '.', 'R', 'F.', 'S.', 'P.']) {
      const bench = make();
      expect(bench.play({ flags, seq: 1, ack: 1, data: flags === 'P.' ? 5 : 0 })).toEqual([]);
      expect(bench.state).toBe('CLOSED');
      expect(bench.connection.nextDeadline()).toBe(Infinity);
    }
  });
});
