/** %{ … }%: statements, and what expressions come to (the table agrees with Python 3). */
import fc from 'fast-check';
import type { CodeEvent } from '../../../src/script/ast.js';
import { ScriptError } from '../../../src/script/errors.js';
import { evaluate, isTrue, type CodeValue } from '../../../src/script/evaluate.js';
import { parseScript } from '../../../src/script/parse.js';
import { arbitraryCode } from './arbitrary.js';
import { parseEvent } from './support.js';

const statements = (code: string): CodeEvent['statements'] => (parseEvent(`+0 %{${code}}%`) as CodeEvent).statements;
const NAMES: Readonly<Record<string, number>> = { tcpi_snd_cwnd: 10, tcpi_options: 7, tcpi_rate: 2 ** 53 };
const names = (name: string): number | undefined => (Object.hasOwn(NAMES, name) ? NAMES[name] : undefined);
const value = (expression: string): CodeValue => evaluate(statements(`assert ${expression}`)[0].condition, names);

describe('statements', () => {
  test.each([
    ['', []], [' \n\n ; ', []], [' assert 1 ', ['assert 1']], ['\nassert a\nassert b\n', ['assert a', 'assert b']], [' assert a; print(b) ; ', ['assert a', 'print(b)']],
    ['assert (a\n  == 1) # why\nprint(\n)', ['assert (a == 1)', 'print( )']], ['assert a and \\\n  b', ['assert a and \\ b']], ['\r\nassert a\r\n', ['assert a']],
  ])('%j', (code, texts) => {
    expect(statements(code).map(({ text }) => text.replace(/ +/g, ' '))).toEqual(texts);
  });

  test('assert has a condition and perhaps a message', () => {
    expect(statements('assert a == 1, "why"')).toMatchObject([{ kind: 'assert', condition: { kind: 'comparison' }, message: { kind: 'string', value: 'why' } }]);
    expect(statements('assert a')[0].message).toBeUndefined();
  });

  test('print has any number of values', () => {
    expect(statements('print(); print(1); print(1, 2, 3)')).toMatchObject([
      { kind: 'print', condition: { value: '' } }, { kind: 'print', condition: { value: 1 } }, { kind: 'print', condition: { value: 1 }, rest: [{ value: 2 }, { value: 3 }] },
    ]);
  });

  test('each knows its place in the script', () => {
    expect(statements('\n  assert a\n  assert b').map(({ at }) => at)).toEqual([{ line: 2, column: 3 }, { line: 3, column: 3 }]);
  });
});

describe('an expression comes to', () => {
  test.each<[string, CodeValue]>([
    ['7 / 2', 3.5], ['7 // 2', 3], ['-7 // 2', -4], ['7 % 3', 1], ['-7 % 3', 2], ['7 % -3', -2], ['-7 % -3', -1], ['6 % -3', 0], ['2 ** 10', 1024], ['2 ** -1', 0.5], ['-2 ** 2', -4], ['(-2) ** 2', 4], ['2 ** 3 ** 2', 512],
    ['1 + 2 * 3', 7], ['(1 + 2) * 3', 9], ['10 - 4 - 3', 3], ['1 << 4 | 1', 17], ['6 & 3 ^ 1', 3], ['1 | 6 & 2', 3], ['~5', -6], ['~-1', 0], ['-8 >> 1', -4], ['1 << 40', 2 ** 40], ['tcpi_rate | 0', 2 ** 53], ['0x1ffffffff & 0xf00000000', 2 ** 32],
    ['1 < 2 < 3', 1], ['1 < 3 < 2', 0], ['3 > 2 >= 2 != 1', 1], ['1 == 1.0', 1], ['1 == "1"', 0], ['1 != "1"', 1], ['"a" < "b"', 1], ['1 < 2 == 1', 0], ['(1 < 2) == 1', 1], ['1 > 2 > unknown', 0],
    ['True', 1], ['False', 0], ['True + True', 2], ['not 0', 1], ['not "x"', 0], ['not 1 == 2', 1], ['0 or 5', 5], ['4 or unknown', 4], ['0 and unknown', 0], ['3 and 5', 5], ['"" or "x"', 'x'], ['1 or 0 and 0', 1],
    ['tcpi_snd_cwnd', 10], ['tcpi_options & 4', 4], ['(tcpi_options & 8) != 0', 0],
    ['abs(-3)', 3], ['min(3, 1, 2)', 1], ['max(3, 1, 2)', 3], ['int(2.9)', 2], ['int(-2.9)', -2], ['float(3)', 3], ['round(0.5)', 0], ['round(1.5)', 2], ['round(2.5)', 2], ['round(-1.5)', -2], ['round(2.4)', 2], ['round(2.6)', 3],
    ['round(1.256, 2)', 1.26], ['round(1234, -2)', 1200], ['len("abc")', 3], ['"a" "b"', 'ab'], ['"a" + \'b\'', 'ab'], ['"\\x41\\n"', 'A\n'], ['1e3', 1000], ['.5 + 1.', 1.5], ['0xfF', 255], ['- - 1', 1], ['+1', 1],
  ])('%s = %j', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  test('not always a number: truth is Python\'s', () => {
    expect([0, 1, -1, '', '0'].map(isTrue)).toEqual([false, true, true, false, true]);
  });
});

describe('an expression without a value', () => {
  const failure = (expression: string): string => {
    const script = parseScript(`+0 %{ assert ${expression} }%`, 'x.pkt');
    try {
      return `came to ${evaluate((script.events[0] as CodeEvent).statements[0].condition, names, script)}`;
    } catch (error) {
      return error instanceof ScriptError ? `${error.column}: ${error.message}` : `threw ${String(error)}`;
    }
  };

  test.each([
    ['1 + nobody', '18: unknown name \'nobody\' in code'], ['constructor', '14: unknown name \'constructor\' in code'], ['1 / 0', '16: division by zero'], ['1 // 0', '16: division by zero'], ['1 % 0', '16: division by zero'],
    ['0 ** -1', '16: division by zero'], ['10 ** 400', '17: 10 ** 400 is no number that fits'], ['(-8) ** 0.5', '19: -8 ** 0.5 is no number that fits'], ['1 << 2000', '16: the shift by 2000 is out of range'], ['1 >> -1', '16: the shift by -1 is out of range'],
    ['1.5 & 1', '18: & wants whole numbers, not 1.5'], ['~1.5', '14: ~ wants whole numbers, not 1.5'], ['"a" + 1', '18: + does not go with text'], ['"%d" % 1', '19: % does not go with text'], ['-"a"', '14: - does not go with text'],
    ['1 < "a"', '16: < does not compare numbers with text'], ['min(1)', '14: min() does not take 1 values'], ['abs()', '14: abs() does not take 0 values'], ['round(1, 2, 3)', '14: round() does not take 3 values'], ['len(1)', '14: len() wants text'],
    ['abs("a")', '14: abs() wants numbers'],
  ])('%s says %s', (expression, expected) => {
    expect(failure(expression)).toBe(expected);
  });

  test('shows the script\'s line where the script is given', () => {
    const script = parseScript('+0 %{\nassert nobody\n}%', 'x.pkt');
    const { condition } = (script.events[0] as CodeEvent).statements[0];
    expect(() => evaluate(condition, names, script)).toThrow(ScriptError);
    try {
      evaluate(condition, names, script);
    } catch (error) {
      expect(String(error)).toMatch(/^x\.pkt:2:8: unknown name 'nobody' in code\n {4}assert nobody\n {11}\^\n/);
    }
  });

  test('whatever it is, fails with a ScriptError and nothing else', () => {
    fc.assert(fc.property(arbitraryCode, (code) => {
      try {
        expect(typeof evaluate(code, (name) => name.length)).toMatch(/^(?:number|string)$/);
      } catch (error) {
        expect(error).toBeInstanceOf(ScriptError);
      }
    }), { numRuns: 2000, seed: 5 });
  });
});
