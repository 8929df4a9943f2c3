import { align } from '../../../src/compare/align.js';
import { divergencesOf } from '../../../src/compare/divergences.js';
import type { Entry } from '../../../src/compare/recording.js';
import { pair, sent, shared } from './scenes.js';

const found = (glasstcp: Entry[], kernel: Entry[], before: Entry[] = []): string[] =>
  divergencesOf(align(...pair(before, glasstcp, kernel))).map((d) => (d.what === 'field' ? `${d.field} ${d.values.join('/')}` : d.what));

const SYN = 'S 0:0(0) win 1000';

describe('divergencesOf', () => {
  test('finds none between equals', () => {
    expect(found([sent(0, SYN)], [sent(0.01, SYN)])).toEqual([]);
  });

  test('names each field that differs, with both values', () => {
    expect(found([sent(0, SYN, { options: ['mss 1460'], ttl: 64 })], [sent(0, 'S 0:0(0) win 900', { options: ['mss 1460', 'sackOK'], ttl: 255 })]))
      .toEqual(['window 1000/900', 'options mss 1460/mss 1460,sackOK', 'ttl 64/255']);
  });

  test('tells PSH from the flags that mean something', () => {
    expect(found([sent(0, '. 1:2(1) ack 1 win 9')], [sent(0, 'P. 1:2(1) ack 1 win 9')])).toEqual(['psh ./P.']);
    expect(found([sent(0, 'R. 2:2(0) ack 1 win 0')], [sent(0, 'R 2:2(0) win 0')])).toEqual(['flags R./R', 'ack 1/none']);
  });

  test('takes a delay of more than jitter for a difference', () => {
    expect(found([sent(0.04, SYN)], [sent(0.2, SYN)])).toEqual(['time 0.040 s/0.200 s']);
  });

  test('allows a long timer to be off in proportion', () => {
    expect(found([sent(10, SYN)], [sent(11, SYN)])).toEqual([]);
  });

  test('compares the results of calls', () => {
    const [ours, theirs] = [shared(0, 0, 'read(4)', '10'), shared(0, 0, 'read(4)', '-1 EAGAIN')];
    expect(divergencesOf(align(...pair([], [ours], [theirs]))).map((d) => d.what)).toEqual(['result']);
  });

  test('compares the clocks behind ISNs, not the ISNs', () => {
    const isns = (step: number): Entry[] => [0, 1, 2, 3, 4, 5].map((i) => sent(i, 'S. 0:0(0) ack 1 win 1000', { isn: (4_294_000_000 + i * step) >>> 0 }));
    expect(found(isns(250_000), isns(15_625_000))).toEqual(['isn one every 4.0 µs/one every 64 ns']);
    expect(found(isns(250_000), isns(250_300))).toEqual([]);
  });
});
