import { explainFate, formatChange, formatCitation, formatDuration } from '../../../src/trace/explain.js';
import { rule, ruleOf, type Rule } from '../../../src/trace/rules.js';

test.each([
  [0, '0 µs'],
  [0.25, '0.25 µs'],
  [48, '48 µs'],
  [999.6, '1 ms'],
  [1_500, '1.5 ms'],
  [210_000, '210 ms'],
  [999_600, '1 s'],
  [1_040_000, '1.04 s'],
  [60_000_000, '60 s'],
  [119_999_999, '120 s'],
  [150_000_000, '2 min 30 s'],
  [7_200_000_000, '2 h'],
  [-48, '-48 µs'],
  [Infinity, 'never'],
])('formatDuration(%d) is "%s"', (micros, text) => expect(formatDuration(micros)).toBe(text));

test.each([
  ['snd.una', 0, 1, 'snd.una 0→1'],
  ['cwnd', 14_600, 16_060, 'cwnd 14600→16060'],
  ['ssthresh', Infinity, 7_300, 'ssthresh ∞→7300'],
  ['ssthresh', 0x7fff_ffff, 7_300, 'ssthresh ∞→7300'],
  ['srtt', -1, 38, 'srtt none→38 µs'],
  ['rto', 1_000_000, 2_000_000, 'rto 1 s→2 s'],
])('formatChange of %s %d to %d', (name, from, to, text) => expect(formatChange({ name, from, to })).toBe(text));

test('a level is shown when the source has one', () => {
  const must = ruleOf(rule('explain-must', 'RFC 9293 §3.5', 'MUST', () => '')) as Rule;
  const linux = ruleOf(rule('explain-linux', 'Linux', 'note', () => '')) as Rule;
  expect(formatCitation(must)).toBe('[RFC 9293 §3.5, MUST]');
  expect(formatCitation(linux)).toBe('[Linux]');
});

test('a fate names what happened and by what', () => {
  const fate = { at: 0, direction: 'out', bytes: new Uint8Array(), what: 'lost' } as const;
  expect(explainFate({ ...fate, label: 'the 2nd SYN,ACK' })).toBe('LOST ON THE LINK: the 2nd SYN,ACK');
  expect(explainFate({ ...fate, label: '' })).toBe('LOST ON THE LINK');
});
