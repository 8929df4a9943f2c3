/** Fourth: the SYN bit. RFC 9293 §3.10.7.4 with RFC 5961 §4: a challenge ACK, whatever the sequence number. */
import { WORLDS } from '../../../support/engine.js';
import { synReceived, synReceivedActive, synchronised } from '../../../support/states.js';

describe.each(WORLDS)('SYN, $name', (world) => {
  describe.each(synchronised)('$state', ({ state, make, rcvNxt, sndNxt, sndUna }) => {
    test.each([
      { where: 'at RCV.NXT', at: 0 },
      { where: 'inside the window', at: 20_000 },
      { where: 'before the window', at: -50_000 },
      { where: 'beyond the window', at: 200_000 },
      { where: 'the very first SYN again', at: -rcvNxt },
    ])('$where: one ACK, no change', ({ at }) => {
      for (const flags of ['S', 'S.']) {
        const bench = make({ world });
        const { tcb } = bench;
        const before = [tcb.sndUna, tcb.sndNxt, tcb.rcvNxt, tcb.sndWnd];
        expect(bench.play({ flags, seq: rcvNxt + at, ack: sndUna, wnd: 99 })).toEqual([`. ${sndNxt}:${sndNxt} ack ${rcvNxt}`]);
        expect(bench.state).toBe(state);
        expect([tcb.sndUna, tcb.sndNxt, tcb.rcvNxt, tcb.sndWnd]).toEqual(before);
      }
    });

    test('the challenge is answered with RST by a peer that restarted: that one counts', () => {
      const bench = make({ world });
      bench.play({ flags: 'S', seq: rcvNxt + 7 });
      bench.play({ flags: 'R', seq: rcvNxt }); // <SEQ=SEG.ACK> of our challenge
      expect(bench.state).toBe('CLOSED');
    });
  });

  test('SYN-RECEIVED from LISTEN, another SYN in the window: back to LISTEN', () => {
    for (const flags of ['S', 'S.']) {
      const bench = synReceived({ world });
      expect(bench.play({ flags, seq: 1, ack: 1 })).toEqual([]);
      expect(bench.state).toBe('LISTEN');
      expect(bench.rules).toEqual(['syn-received-syn']);
    }
  });

  test('SYN-RECEIVED from LISTEN, a SYN outside the window: ACK', () => {
    const bench = synReceived({ world });
    expect(bench.play({ flags: 'S', seq: -9000 })).toEqual(['. 1:1 ack 1']);
    expect(bench.state).toBe('SYN-RECEIVED');
  });

  test('SYN-RECEIVED from SYN-SENT, another SYN: challenge ACK', () => {
    const bench = synReceivedActive({ world });
    expect(bench.play({ flags: 'S', seq: 1 })).toEqual(['. 1:1 ack 1']);
    expect(bench.state).toBe('SYN-RECEIVED');
    expect(bench.rules).toContain('challenge-syn');
  });
});
