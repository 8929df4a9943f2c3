/** What leaves out TCP's protection, in labs alone: that it does, and that nothing else can ask for it. */
import { Unsafe } from '../../../src/tcp/unsafe.js';
import { listening, peerSyn, synReceived } from '../../support/states.js';

const setup = { config: { unsafe: Unsafe.twoWayHandshake } };

describe('two-way handshake', () => {
  const open = () => {
    const bench = listening(setup);
    expect(bench.play(peerSyn())).toEqual([expect.stringMatching(/^S\. 0:0 ack 1/)]);
    return bench;
  };

  test('the SYN,ACK opens the connection, unconfirmed', () => {
    const bench = open();
    expect(bench.state).toBe('ESTABLISHED');
    expect(bench.rules).toContain('unsafe-two-way');
    expect(bench.tcb.flight).toBe(0);
    expect(bench.pass(600_000_000)).toEqual([]); // nothing is repeated, nothing ends it
    expect(bench.state).toBe('ESTABLISHED');
  });

  test('it sends text that nobody may want', () => {
    const bench = open();
    bench.send(10);
    expect(bench.drain()).toEqual(['P. 1:11 ack 1']);
  });

  test('with an honest peer everything goes on as ever', () => {
    const bench = open();
    expect(bench.play({ flags: '.', seq: 1, ack: 1 })).toEqual([]);
    bench.play({ flags: 'P.', seq: 1, ack: 1, data: 10 });
    expect(bench.tcb.rcv(bench.tcb.rcvNxt)).toBe(11);
    expect(bench.connection.unread).toBe(10);
  });

  test('without it the connection waits for the ACK', () => {
    expect(synReceived().state).toBe('SYN-RECEIVED');
  });
});
