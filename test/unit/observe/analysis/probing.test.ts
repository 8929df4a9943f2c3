/** Keep-alives, window probes and their answers: each verdict, and the case beside it that it is not for. */
import { ack, handshake, type Line, namesOf, namesOfLast, text, textsOfLast } from '../../../support/onlooker.js';

const idle: Line[] = [...handshake(10), text(20, 1), ack(30, 101)];
const closed: Line[] = [...handshake(10, { wnd: 100, scale: 0 }), text(20, 1), ack(30, 101, { wnd: 0 })];
const question = (ms: number, at: number, data = 0): Line => [ms, 'left', { flags: '.', seq: at, ack: 1, wnd: 512, data }];

describe('keep-alive', () => {
  test('the octet before the next one, with text or without', () => {
    expect(textsOfLast([...idle, question(1_030, 100)])).toEqual(['keep-alive: octet 100, long acknowledged, to make the peer answer: a keep-alive after 1000 ms of silence']);
    expect(namesOfLast([...idle, question(1_030, 100, 1)])).toEqual(['keep-alive']);
    expect(namesOfLast([...idle, question(1_030, 99)])).toEqual([]);
    expect(namesOfLast([...idle, question(1_030, 101)])).toEqual(['duplicate-ack']);
  });

  test('is answered by an ACK that repeats the last one', () => {
    const asked = [...idle, question(1_030, 100)];
    expect(textsOfLast([...asked, ack(1_040, 101)])).toEqual(['keep-alive-ack: answers the keep-alive: 101 is still what is expected']);
    expect(namesOfLast([...asked, ack(1_040, 101, { wnd: 600 })])).toEqual(['window-update']);
    expect(namesOfLast([...asked, ack(1_040, 101, { data: 1 })])).toEqual([]);
    expect(namesOfLast([...asked, text(1_035, 101), ack(1_040, 101)])).toEqual(['duplicate-ack']);
  });

  test('an old ACK that a FIN overtook is none', () => {
    const late: Line[] = [...handshake(10), text(20, 1), text(21, 101), ack(30, 201, { flags: 'F.' }), ack(31, 101)];
    expect(namesOfLast(late)).toEqual(['old-ack']);
  });
});

describe('window probe', () => {
  test('the next octet into a closed window, and the answer', () => {
    const probed = [...closed, text(300, 101, 1)];
    expect(textsOfLast(probed)).toEqual(['zero-window-probe: octet 101 into a closed window: asks whether it has opened']);
    expect(namesOfLast([...probed, ack(310, 101, { wnd: 0 })])).toEqual(['zero-window', 'zero-window-probe-ack']);
    expect(namesOfLast([...probed, ack(310, 101, { wnd: 100 })])).toEqual(['window-update']);
    expect(namesOfLast([...idle, text(300, 101, 1)])).toEqual([]);
  });

  test('an old octet while the window is closed, as Linux asks, is no keep-alive', () => {
    expect(textsOfLast([...closed, question(300, 100)])).toEqual(['old-octet-window-probe: octet 100, long acknowledged, while the window is closed: asks whether it has opened']);
    expect(namesOfLast([...closed, question(300, 100), ack(310, 101, { wnd: 0 })])).toEqual(['zero-window', 'zero-window-probe-ack']);
  });

  test('its octet may be taken: then nothing is missing afterwards', () => {
    expect(namesOf([...closed, text(300, 101, 1), ack(310, 102, { wnd: 200 }), text(320, 102)]).slice(-2)).toEqual([[], []]);
  });

  test('its octet may be refused: then it comes again with more, and that is new', () => {
    expect(namesOf([...closed, text(300, 101, 1), ack(310, 101, { wnd: 200 }), text(320, 101)]).slice(-2)).toEqual([['window-update'], []]);
  });

  test('a FIN may come with the octet', () => {
    expect(namesOfLast([...closed, text(300, 101, 1, { flags: 'FP.' })])).toEqual(['zero-window-probe']);
  });
});
