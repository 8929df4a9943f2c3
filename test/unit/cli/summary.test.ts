import pc from 'picocolors';
import { renderTable } from '../../../src/cli/summary.js';
import { widthOf } from '../../../src/cli/terminal.js';

const plain = { width: 80, colors: pc.createColors(false) };
const content = {
  title: 'States',
  head: ['', 'glasstcp', 'kernel'],
  rows: [['server', 'LISTEN SYN-RECEIVED ESTABLISHED CLOSE-WAIT LAST-ACK CLOSED', 'SYN-SENT ESTABLISHED'], ['octets', 1_234_567]],
};

test('numbers are grouped and stand to the right, short rows are filled', () => {
  expect(renderTable({ head: ['what', 'how many'], rows: [['segments', 1_234], ['x']] }, plain)).toBe(
    [
      '┌──────────┬──────────┐',
      '│ what     │ how many │',
      '├──────────┼──────────┤',
      '│ segments │    1,234 │',
      '├──────────┼──────────┤',
      '│ x        │          │',
      '└──────────┴──────────┘',
      '',
    ].join('\n'),
  );
});

test('a compact table has no lines between its rows', () => {
  const text = renderTable({ head: ['what', 'how many'], rows: [['segments', 1], ['octets', 2]], compact: true }, plain);
  expect(text.match(/├/g)).toHaveLength(1);
  expect(text).toContain('│ segments │        1 │\n│ octets   │        2 │');
});

test.each([60, 80, 100])('fits into %d columns without losing a word', (width) => {
  const text = renderTable(content, { ...plain, width });
  for (const line of text.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
  for (const word of ['States', 'LISTEN', 'SYN-RECEIVED', 'LAST-ACK', 'CLOSED', '1,234,567']) expect(text).toContain(word);
});

test('no escape sequences without colours', () => {
  expect(renderTable(content, plain)).not.toContain('\x1b');
  expect(renderTable(content, { width: 80, colors: pc.createColors(true) })).toContain('\x1b[1mStates');
});
