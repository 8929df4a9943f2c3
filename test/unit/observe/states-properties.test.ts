/** Whatever passes, in whatever order: no exception, states that exist, and one cause for each RST. */
import fc from 'fast-check';
import { resetCauses } from '../../../src/observe/reset-verdicts.js';
import { ResetReasons } from '../../../src/observe/resets.js';
import { StateInference } from '../../../src/observe/states.js';
import { tcpStates } from '../../../src/tcp/state.js';
import { Passings } from '../../support/passings.js';

const VALID: readonly string[] = ['unknown', ...tcpStates];
const CAUSES = Object.values(resetCauses);

const number = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.integer({ min: -(2 ** 31), max: 2 ** 32 }), fc.constantFrom(2 ** 30, 2 ** 31, 2 ** 31 - 1));
const segment = fc
  .record({
    from: fc.constantFrom('left', 'right'),
    flags: fc.oneof(
      fc.constantFrom('SYN', 'SYN,ACK', 'ACK', 'PSH,ACK', 'FIN,ACK', 'FIN', 'RST', 'RST,ACK'),
      fc.subarray(['SYN', 'FIN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'], { minLength: 1 }).map((names) => names.join(',')),
    ),
    seq: number, ack: number, len: fc.constantFrom(0, 0, 1, 2, 100), wnd: fc.constantFrom(0, 1, 10, 65_535),
  })
  .map(({ from, flags, seq, ack, len, wnd }) => `${from} ${flags} ${seq} ${ack} len ${len} wnd ${wnd}`);

test('any segments at all', () => {
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 40 }), (lines) => {
      const passings = new Passings();
      const inference = new StateInference();
      const resets = new ResetReasons();
      for (const line of lines) {
        const passing = passings.pass(line);
        const states = inference.pass(passing);
        for (const { before, after } of [states.left, states.right]) expect(VALID).toEqual(expect.arrayContaining([before, after]));
        const told = resets.pass(passing, states);
        expect(told.filter(({ rule }) => CAUSES.includes(rule))).toHaveLength(line.includes('RST') ? 1 : 0);
        for (const { text } of told) expect(text).not.toMatch(/NaN|undefined|Infinity/);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('the same segments give the same states, whatever the initial numbers', () => {
  // Relative numbers are the same, so the wrap must not show: a shift of both initial numbers is a shift of all numbers.
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 20 }), number, (lines, shift) => {
      const moved = lines.map((line) => line.split(' ').map((word, i) => (i === 2 || i === 3 ? String(Number(word) + shift) : word)).join(' '));
      const states = (all: readonly string[]): unknown[] => {
        const passings = new Passings();
        const inference = new StateInference();
        return all.map((line) => inference.pass(passings.pass(line)));
      };
      expect(states(moved)).toEqual(states(lines));
    }),
    { numRuns: 500 },
  );
});
