import { align } from '../../../src/compare/align.js';
import type { Entry } from '../../../src/compare/recording.js';
import { pair, sent, shared } from './scenes.js';

/** '0.100|0.100' for a pair, '0.100|-' for one that stands alone, '<' for events. */
function shape(before: Entry[], glasstcp: Entry[], kernel: Entry[]): string[] {
  const at = (entry: { readonly at: number } | undefined): string => (entry === undefined ? '-' : (entry.at / 1e6).toFixed(3));
  return align(...pair(before, glasstcp, kernel)).map((row) => (row.kind === 'event' ? row.glasstcp.text.slice(0, 1) : `${at(row.glasstcp)}|${at(row.kernel)}`));
}

const PUSH = 'P. 1:101(100) ack 1 win 1000';

describe('align', () => {
  test('pairs what is equal, in spite of the jitter of a real clock', () => {
    expect(shape([shared(0, 0, '< S')], [sent(0, 'S. 0:0(0) ack 1 win 1000')], [sent(0.004, 'S. 0:0(0) ack 1 win 1000')])).toEqual(['<', '0.000|0.004']);
  });

  test('leaves a retransmission alone that only one makes, and pairs the next with the next', () => {
    expect(shape([], [sent(1, PUSH), sent(3, PUSH), sent(7, PUSH)], [sent(1, PUSH), sent(2, PUSH), sent(3, PUSH), sent(4, PUSH), sent(7.1, PUSH)]))
      .toEqual(['1.000|1.000', '-|2.000', '3.000|3.000', '-|4.000', '7.000|7.100']);
  });

  test('pairs a segment that came much later when nothing fits better', () => {
    expect(shape([shared(0, 0, '<')], [sent(0.04, '. 1:1(0) ack 101 win 1000')], [sent(0.2, '. 1:1(0) ack 101 win 1000')])).toEqual(['<', '0.040|0.200']);
  });

  test('never pairs segments of different conversations', () => {
    expect(shape([], [sent(0, 'R 5:5(0) win 0')], [sent(0, 'R 5:5(0) win 0', { conversation: '8080:40002' })])).toEqual(['0.000|-', '-|0.000']);
  });

  test('puts what stands alone in the order in which it came', () => {
    const rows = shape([], [sent(1, 'F. 9:9(0) ack 1 win 5'), sent(4, 'F. 9:9(0) ack 1 win 5')], [sent(2, 'R 5:5(0) win 0'), sent(3, 'R 6:6(0) win 0')]);
    expect(rows).toEqual(['1.000|-', '-|2.000', '-|3.000', '4.000|-']);
  });

  test('keeps the script\'s events in their order between the packets', () => {
    const ours = [shared(0, 0, '< a'), sent(0.001, PUSH), shared(1, 1, '( b'), sent(1.001, PUSH)];
    expect(shape([], ours, ours)).toEqual(['<', '0.001|0.001', '(', '1.001|1.001']);
  });
});
