import fc from 'fast-check';
import { clampWidth, padTo, paintRuns, terminalOf, widthOf, wrap } from '../../../src/cli/terminal.js';

const same = (text: string): string => text;

describe('terminalOf', () => {
  const colored = (stream: { isTTY?: boolean; columns?: number }, env: Record<string, string>): boolean =>
    terminalOf(stream, env).colors.red('x') !== 'x';

  test('colours on a terminal, none on a pipe', () => {
    expect(colored({ isTTY: true }, { TERM: 'xterm' })).toBe(true);
    expect(colored({}, { TERM: 'xterm' })).toBe(false);
    expect(colored({}, { TERM: 'xterm', CI: 'true' })).toBe(false);
  });

  test('NO_COLOR wins, FORCE_COLOR reaches through a pipe, a dumb terminal is like one', () => {
    expect(colored({ isTTY: true }, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(colored({ isTTY: true }, { NO_COLOR: '' })).toBe(true);
    expect(colored({}, { FORCE_COLOR: '1' })).toBe(true);
    expect(colored({}, { FORCE_COLOR: '0' })).toBe(false);
    expect(terminalOf({ isTTY: true }, { TERM: 'dumb' }).live).toBe(false);
  });

  test.each([[undefined, 100], [0, 100], [20, 60], [60, 60], [132, 132], [500, 200]])('%p columns give %d', (columns, width) => {
    expect(clampWidth(columns)).toBe(width);
    expect(terminalOf(columns === undefined ? {} : { columns }, {}).width).toBe(width);
  });
});

describe('wrap', () => {
  const lines = (text: string, width: number): string[] => wrap([{ text, paint: same }], width).map(paintRuns);

  test('breaks at spaces, and inside a word only when it must', () => {
    expect(lines('the peer takes it', 8)).toEqual(['the peer', 'takes it']);
    expect(lines('abcdefghij k', 4)).toEqual(['abcd', 'efgh', 'ij k']);
    expect(lines('', 4)).toEqual([]);
  });

  test('what is whole stays whole, where it fits', () => {
    const runs = [{ text: 'why', paint: same }, { text: '[RFC 1 §2]', paint: same, whole: true }];
    expect(wrap(runs, 12).map(paintRuns)).toEqual(['why', '[RFC 1 §2]']);
    expect(wrap(runs, 6).map(paintRuns)).toEqual(['why', '[RFC 1', '§2]']);
  });

  test('loses no word and never exceeds the width', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-zé→界]{1,9}$/), { maxLength: 30 }), fc.integer({ min: 20, max: 60 }), (words, width) => {
      const wrapped = lines(words.join(' '), width);
      expect(wrapped.join(' ')).toBe(words.join(' '));
      for (const line of wrapped) expect(widthOf(line)).toBeLessThanOrEqual(width);
    }));
  });
});

test('padTo measures columns, not characters', () => {
  expect(padTo('界', 4)).toBe('界  ');
  expect(padTo('\x1b[31mred\x1b[39m', 4)).toBe('\x1b[31mred\x1b[39m ');
});
