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
      expect(wrapped.join('').replaceAll(' ', '')).toBe(words.join(''));
      for (const line of wrapped) expect(widthOf(line)).toBeLessThanOrEqual(width);
    }));
  });
});

describe('wrap of Chinese', () => {
  const lines = (text: string, width: number): string[] => wrap([{ text, paint: same }], width).map(paintRuns);

  test('breaks between characters, where there are no spaces', () => {
    expect(lines('对端的窗口已打开', 6)).toEqual(['对端的', '窗口已', '打开']);
  });

  test('no line begins with what closes or separates', () => {
    expect(lines('窗口打开，对端', 8)).toEqual(['窗口打', '开，对端']);
    expect(lines('连接建立。”又断', 8)).toEqual(['连接建', '立。”又', '断']);
  });

  test('no line ends with what opens', () => {
    expect(lines('超时（重传）', 6)).toEqual(['超时', '（重', '传）']);
    expect(lines('这叫“超时”', 5)).toEqual(['这叫', '“超', '时”']);
  });

  test('Latin letters and digits stay together', () => {
    expect(lines('收到SYN,ACK之后', 9)).toEqual(['收到', 'SYN,ACK之', '后']);
    expect(lines('字节1…1460已确认', 8)).toEqual(['字节', '1…1460已', '确认']);
    expect(lines('等待 2 MSL，再', 8)).toEqual(['等待 2', 'MSL，再']);
  });

  test('loses nothing, keeps the width, and binds punctuation wherever a line is broken', () => {
    const word = fc.stringMatching(/^[，。；：！？、（）《》“”窗口连接重传abc12]{1,12}$/);
    fc.assert(fc.property(fc.array(word, { maxLength: 12 }), fc.integer({ min: 60, max: 100 }), (words, width) => {
      const wrapped = lines(words.join(' '), width);
      expect(wrapped.join('').replaceAll(' ', '')).toBe(words.join(''));
      for (const [i, line] of wrapped.entries()) {
        expect(widthOf(line)).toBeLessThanOrEqual(width);
        // Where the text itself has a space, that is where it breaks, whatever stands there.
        if (i > 0 && !words.some((w) => line.startsWith(w))) expect(line).not.toMatch(/^[，。；：！？、）》”]/);
      }
    }));
  });
});

test('padTo measures columns, not characters', () => {
  expect(padTo('界', 4)).toBe('界  ');
  expect(padTo('\x1b[31mred\x1b[39m', 4)).toBe('\x1b[31mred\x1b[39m ');
});
