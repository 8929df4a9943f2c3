import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { oneOctet } from './one-octet.js';

test('the trace in docs/life-of-a-segment.md is what the stacks really say', () => {
  const page = readFileSync(join(__dirname, '../../../docs/life-of-a-segment.md'), 'utf8');
  const [, shown] = /```text trace\n([\s\S]*?)\n```/.exec(page) ?? [];
  expect(shown).toBe(oneOctet());
});
