/** The book of verdicts: names, sentences, and what Wireshark calls them. */
import { resetCauses, resetFates } from '../../../../src/observe/reset-verdicts.js';
import { allVerdicts, TSHARK_FLAGS, tsharkFlagsOf, verdicts } from '../../../../src/observe/verdicts.js';
import { Explanation } from '../../../../src/trace/moment.js';
import { ruleOf } from '../../../../src/trace/rules.js';
import '../../../../src/trace/book.js';
import { FLAGS } from '../../../support/real-captures/scene.js';

const resets = [...Object.values(resetCauses), ...Object.values(resetFates)];

test('names are in kebab-case, and each is there once', () => {
  const names = [...allVerdicts(), ...resets].map(({ name }) => name);
  expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

test('no id is that of a rule of the engine', () => {
  expect([...allVerdicts(), ...resets].filter(({ id }) => ruleOf(id) !== undefined)).toEqual([]);
  expect(new Set(allVerdicts().map(({ id }) => id)).size).toBe(allVerdicts().length);
});

test('sentences say their numbers, begin small and end without a full stop', () => {
  for (const { name, say } of allVerdicts()) {
    expect([name, say(7, 8, 9)]).toEqual([name, expect.stringMatching(/^([a-z]|[A-Z]{2,}|\d)(?!.*(undefined|NaN)).*[^.]$/)]);
  }
});

test('every flag of Wireshark is meant by a verdict, and none that it does not have', () => {
  const meant = new Set([...TSHARK_FLAGS.values()].flat());
  expect([...meant].sort()).toEqual([...FLAGS].sort());
});

test('the flags of a segment are those of all that is said of it, each once', () => {
  const said = [verdicts.FastRetransmission, verdicts.AfterSack, verdicts.WindowFull, verdicts.Retransmission].map((v) => new Explanation(v, 1, 2, 3));
  expect(tsharkFlagsOf(said)).toEqual(['fast_retransmission', 'retransmission', 'window_full']);
});
