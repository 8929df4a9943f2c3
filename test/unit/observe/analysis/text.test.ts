/** What the text of a segment is: new, again, overtaken, behind a gap; each verdict, and the case beside it that it is not for. */
import { ack, handshake, type Line, namesOf, namesOfLast, text, textsOfLast } from '../../../support/onlooker.js';

const open = handshake(10);

describe('sent again', () => {
  test('after the timer: when it was first sent, how long ago, and why', () => {
    expect(textsOfLast([...open, text(20, 1), text(240, 1)])).toEqual([
      'retransmission: octets from 1 on again: first sent in frame 4, 220 ms before',
      'after-timeout: the likely cause: the retransmission timer. No acknowledgement for 220 ms',
    ]);
    expect(textsOfLast([...open, text(20, 1), text(240, 1), text(700, 1)])).toEqual([
      'retransmission: octets from 1 on again: first sent in frame 4, 680 ms before',
      'after-timeout: the likely cause: the retransmission timer, after 2 transmissions. No acknowledgement for 460 ms',
    ]);
  });

  test('new text is not, nor is what fills a gap', () => {
    expect(namesOf([...open, text(20, 1), text(21, 101), text(22, 301), text(23, 201)]).slice(3)).toEqual([[], [], ['lost-segment'], ['out-of-order']]);
  });

  test('after duplicate ACKs: fast within 20 ms of the last, otherwise with that as the likely cause', () => {
    const lost = [...open, text(20, 1), text(20.1, 101), text(20.2, 201), text(20.3, 301), ack(30, 101), ack(31, 101), ack(32, 101), ack(33, 101)];
    expect(textsOfLast([...lost, text(34, 101)])).toEqual(['fast-retransmission: octets from 101 on again, 1 ms after duplicate ACK 3 for them: no timeout was waited for']);
    expect(namesOfLast([...lost, text(60, 101)])).toEqual(['retransmission', 'after-duplicate-acks']);
    expect(namesOfLast([...lost, text(34, 201)])).toEqual(['retransmission']);
    expect(namesOfLast([...lost.slice(0, -2), text(34, 101)])).toEqual(['retransmission']);
  });

  test('what SACK blocks leave out', () => {
    const lost = [...open, text(20, 1), text(20.1, 101), text(20.2, 201), ack(30, 1, { sack: [[101, 201]] }), ack(31, 1, { sack: [[101, 301]] })];
    expect(textsOfLast([...lost, text(60, 1)])[1]).toBe('after-sack: the likely cause: SACK blocks up to 301 leave out octet 1, last sent 40 ms before');
    expect(namesOfLast([...lost, text(60, 201)])).toEqual(['retransmission']);
  });

  test('the last segment after two round trips: a tail loss probe, where SACK is used', () => {
    const sent = (more: object): Line[] => [...handshake(10, more), text(20, 1), text(20.1, 101), text(45, 101)];
    expect(namesOfLast(sent({}))).toEqual(['retransmission', 'tail-loss-probe']);
    expect(namesOfLast(sent({ sackOk: false }))).toEqual(['retransmission']);
    expect(namesOfLast([...open, text(20, 1), text(20.1, 101), text(45, 1)])).toEqual(['retransmission']);
    expect(namesOfLast([...open, text(20, 1), text(20.1, 101), text(45, 101), text(70, 101)])).toEqual(['retransmission']);
  });

  test('too soon for any answer: copied on the way', () => {
    expect(namesOfLast([...open, text(20, 1), text(20.01, 1)])).toEqual(['retransmission', 'copied']);
  });

  test('though it was acknowledged: for nothing', () => {
    expect(textsOfLast([...open, text(20, 1), ack(30, 101), text(35, 1)])).toEqual([
      'spurious-retransmission: octets from 1 on again for nothing: they were acknowledged in frame 5, 5 ms before',
    ]);
    expect(namesOfLast([...open, text(20, 1), ack(30, 100), text(250, 1)])).toEqual(['retransmission', 'after-timeout']);
  });

  test('a first transmission that was not captured', () => {
    expect(textsOfLast([...open, text(20, 101), text(50, 1)])).toEqual([
      'retransmission-unseen: octets from 1 on, 30 ms after text that follows them: probably sent again, after a first transmission that is not in the capture',
    ]);
  });

  test('one octet that nobody acknowledged is no keep-alive', () => {
    expect(namesOfLast([...open, text(20, 1, 1), text(240, 1, 1)])).toEqual(['retransmission', 'after-timeout']);
    expect(namesOfLast([...open, text(20, 1, 1), ack(30, 2), text(240, 1, 1)])).toEqual(['keep-alive']);
  });

  test('several at once: the first one is the measure', () => {
    expect(textsOfLast([...open, text(20, 1), text(30, 101), text(240, 1, 200)])[0]).toBe('retransmission: octets from 1 on again: first sent in frame 4, 220 ms before');
  });
});

describe('part of it new', () => {
  test('says from where on; tshark calls it a retransmission', () => {
    expect(textsOfLast([...open, text(20, 1), text(240, 51)])).toEqual([
      'retransmission: octets from 51 on again: first sent in frame 4, 220 ms before',
      'after-timeout: the likely cause: the retransmission timer. No acknowledgement for 220 ms',
      'partly-new: octets 51…100 had passed before, the 50 octets from 101 on are new',
    ]);
  });

  test('new text behind one old octet, a probe that may not have counted, is new text', () => {
    expect(namesOfLast([...open, text(20, 1), text(240, 100, 50)])).toEqual(['partly-new']);
  });
});

describe('out of order', () => {
  test('within the round trip of the handshake', () => {
    expect(textsOfLast([...open, text(20, 1), text(21, 201), text(30, 101)])).toEqual(['out-of-order: octets from 101 on come 9 ms after frame 5, whose text follows them: overtaken on the way']);
    expect(namesOfLast([...open, text(20, 1), text(21, 201), text(32, 101)])).toEqual(['retransmission-unseen']);
  });

  test('within 3 ms where no handshake was seen', () => {
    expect(namesOfLast([text(20, 1), text(21, 201), text(23, 101)])).toContain('out-of-order');
    expect(namesOfLast([text(20, 1), text(21, 201), text(25, 101)])).toContain('retransmission-unseen');
  });

  test('not what has passed before, however soon it comes', () => {
    expect(namesOfLast([...open, text(20, 1), text(21, 101), text(27, 1)])).toEqual(['retransmission']);
  });
});

describe('a segment that was not captured', () => {
  test('is missed once', () => {
    const names = namesOf([...open, text(20, 1), text(21, 201), text(22, 301)]);
    expect(names.slice(3)).toEqual([[], ['lost-segment'], []]);
    expect(textsOfLast([...open, text(20, 1), text(21, 201)])).toEqual(['lost-segment: a segment before this one was not captured: octets 101…200 are missing so far']);
  });

  test('is missed by a bare ACK, too, and by that only', () => {
    expect(namesOf([...open, ack(20, 1, { seq: 101 }), ack(21, 1, { seq: 101 })]).slice(3)).toEqual([['lost-segment'], ['duplicate-ack']]);
  });

  test('is not missed before a RST, nor at the beginning of a capture', () => {
    expect(namesOfLast([...open, [20, 'left', { flags: 'R', seq: 500 }]])).not.toContain('lost-segment');
    expect(namesOfLast([text(20, 500)])).not.toContain('lost-segment');
  });
});

describe('SYN and FIN', () => {
  const SYN: Line = [0, 'left', { flags: 'S' }];
  test('a SYN again', () => {
    expect(textsOfLast([SYN, [1_000, 'left', { flags: 'S' }], [3_000, 'left', { flags: 'S' }]])).toEqual([
      'retransmitted-syn: the SYN again (transmission 3): first sent in frame 1, 3000 ms before',
      'after-timeout: the likely cause: the retransmission timer, after 2 transmissions. No acknowledgement for 2000 ms',
    ]);
  });

  test('a SYN,ACK again, acknowledged or not', () => {
    const answered: Line[] = [SYN, [10, 'right', { flags: 'S.', ack: 1 }]];
    expect(namesOfLast([...answered, [1_010, 'right', { flags: 'S.', ack: 1 }]])).toEqual(['retransmitted-syn-ack', 'after-timeout']);
    expect(textsOfLast([...answered, [20, 'left', { flags: '.', seq: 1, ack: 1 }], [1_010, 'right', { flags: 'S.', ack: 1 }]])).toEqual([
      'needless-syn-ack: the SYN,ACK again, although it was acknowledged in frame 3, 990 ms before: that had not arrived, or not yet',
    ]);
  });

  test('a SYN again that was acknowledged', () => {
    expect(namesOfLast([SYN, [10, 'right', { flags: 'S.', ack: 1 }], [1_000, 'left', { flags: 'S' }]])).toEqual(['needless-syn']);
  });

  test('SYNs that crossed are answered with the same number and an acknowledgement', () => {
    const crossed: Line[] = [SYN, [1, 'right', { flags: 'S' }], [10, 'left', { flags: 'S.', ack: 1 }], [11, 'right', { flags: 'S.', ack: 1 }]];
    expect(namesOf(crossed)).toEqual([[], [], ['crossed-syn'], ['crossed-syn']]);
  });

  test('a FIN again, acknowledged or not', () => {
    const fin = (ms: number): Line => [ms, 'left', { flags: 'F.', seq: 101, ack: 1, wnd: 512 }];
    expect(textsOfLast([...open, text(20, 1), fin(21), fin(240)])[0]).toBe('retransmitted-fin: the FIN, octet 101, again: first sent in frame 5, 219 ms before');
    expect(namesOfLast([...open, text(20, 1), fin(21), ack(30, 102), fin(240)])).toEqual(['needless-fin']);
  });
});
