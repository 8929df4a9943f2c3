/** What acknowledgements and windows mean: each verdict, and the case beside it that it is not for. */
import { ack, handshake, type Line, namesOf, namesOfLast, text, textsOfLast } from '../../../support/onlooker.js';

const open = handshake(10);
const acked: Line[] = [...open, text(20, 1), text(20.1, 101), ack(30, 101)];

describe('duplicate ACKs', () => {
  test('are counted, and name the frame that they repeat', () => {
    expect(textsOfLast([...acked, ack(31, 101)])).toEqual(['duplicate-ack: duplicate ACK 1 of frame 6: something arrived, but not what comes at 101']);
    expect(textsOfLast([...acked, ack(31, 101), ack(32, 101)])[0]).toContain('duplicate ACK 2 of frame 6');
  });

  test('are counted on after a window update or text; another number begins anew', () => {
    const texts = [...acked, ack(31, 101), ack(32, 101, { wnd: 600 }), ack(33, 101, { wnd: 600 })];
    expect(namesOf(texts).slice(-3)).toEqual([['duplicate-ack'], ['window-update'], ['duplicate-ack']]);
    expect(textsOfLast(texts)[0]).toContain('duplicate ACK 2 of frame 6');
    expect(textsOfLast([...acked, ack(31, 101), ack(32, 201), ack(33, 201)])[0]).toContain('duplicate ACK 1 of frame 8');
  });

  test('have no text, no SYN, FIN or RST, and the same numbers and window', () => {
    expect(namesOfLast([...acked, ack(31, 101, { data: 10 })])).toEqual([]);
    expect(namesOfLast([...acked, ack(31, 101, { flags: 'F.' })])).toEqual([]);
    expect(namesOfLast([...acked, ack(31, 201)])).toEqual([]);
    expect(namesOfLast([...acked, ack(31, 101, { wnd: 0 })])).not.toContain('duplicate-ack');
  });
});

describe('acknowledges what was not captured', () => {
  test('says from where on, once', () => {
    const lines = [...open, text(20, 1), ack(30, 201), ack(31, 201)];
    expect(namesOf(lines).slice(-2)).toEqual([['ack-lost-segment'], ['duplicate-ack']]);
    expect(textsOfLast(lines.slice(0, -1))).toEqual(['ack-lost-segment: acknowledges text that the capture does not have: something from octet 101 on, before 201']);
  });

  test('not where a gap was filled before the acknowledgement', () => {
    expect(namesOfLast([...open, text(20, 1), text(21, 201), text(22, 101), ack(30, 301)])).toEqual([]);
    expect(namesOfLast([...open, text(20, 1), text(21, 201), ack(30, 301)])).toEqual(['ack-lost-segment']);
  });

  test('not at the beginning of a capture in mid-stream', () => {
    expect(namesOf([text(20, 500), ack(30, 600)])[1]).not.toContain('ack-lost-segment');
    expect(namesOf([ack(20, 600), text(30, 600), ack(40, 700)])[2]).toEqual([]);
  });
});

describe('windows', () => {
  test('closed, and open again', () => {
    const lines = [...acked, ack(40, 201, { wnd: 0 }), ack(50, 201, { wnd: 3 })];
    expect(namesOf(lines).slice(-2)).toEqual([['zero-window', 'window-shrunk'], ['window-update']]);
    expect(textsOfLast(lines)).toEqual(['window-update: nothing but another window: 384 octets in place of 0']);
  });

  test('a RST, SYN or FIN with window 0 closes nothing', () => {
    expect(namesOfLast([...acked, ack(40, 201, { flags: 'F.', wnd: 0 })])).not.toContain('zero-window');
    expect(namesOfLast([[0, 'left', { flags: 'S', wnd: 0 }]])).toEqual([]);
  });

  test('filled to the last octet, neither less nor more', () => {
    const offered = [...open, text(20, 1), ack(30, 101, { wnd: 2 })];
    expect(textsOfLast([...offered, text(40, 101, 256)])).toEqual(["window-full: fills the peer's window of 256 octets to the last one, 356"]);
    expect(namesOfLast([...offered, text(40, 101, 255)])).toEqual([]);
    expect(namesOfLast([...offered, text(40, 101, 257)])).toEqual([]);
  });

  test('beyond all that was ever offered', () => {
    const narrow = [...handshake(10, { wnd: 256, scale: 0 }), ack(20, 1, { wnd: 256 })];
    expect(textsOfLast([...narrow, text(40, 1, 300)])).toEqual(['beyond-window: 44 octets more than the peer has offered to take: its window ends before octet 257']);
    expect(namesOfLast([...narrow, text(40, 1, 256)])).toEqual(['window-full']);
  });

  test('taken back: not what the rounding of scaled windows takes', () => {
    const offered = [...open, text(20, 1, 300), ack(30, 101, { wnd: 10 })];
    expect(textsOfLast([...offered, ack(40, 201, { wnd: 8 })])).toEqual(['window-shrunk: takes back 156 octets of the window it has offered: it now ends before octet 1225, which a receiver should not do']);
    expect(namesOfLast([...offered, ack(40, 201, { wnd: 10 })])).toEqual([]);
    expect(namesOfLast([...offered, ack(40, 202, { wnd: 9 })])).toEqual([]);
  });

  test('nobody knows how they are scaled where a SYN is missing; said once each way, and nothing is called full', () => {
    const lines = [text(0, 1), ack(1, 101, { wnd: 1 }), text(2, 101, 128), ack(3, 229, { wnd: 1 })];
    expect(namesOf(lines)).toEqual([['scaling-unknown'], ['scaling-unknown'], [], []]);
    expect(namesOf([[0, 'left', { flags: 'S' }], [5, 'left', { flags: '.', seq: 1, ack: 1 }]])).toEqual([[], []]);
  });
});

test('a number beyond all that has passed does not make everything after it look old', () => {
  const forged = [...acked, ack(40, 900_000), ack(41, 101), text(42, 201), ack(50, 301), text(60, 301)];
  expect(namesOf(forged).slice(-5)).toEqual([['ack-lost-segment'], ['old-ack'], [], [], []]);
});

test('an acknowledgement that was overtaken', () => {
  expect(textsOfLast([...acked, ack(40, 201), ack(41, 150)])).toEqual(['old-ack: acknowledges no more than 150, although frame 7 acknowledged 201: overtaken on the way']);
});
