import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resetCauses, resetFates } from '../../../src/observe/reset-verdicts.js';

const page = readFileSync(join(__dirname, '../../../docs/inferred-states.md'), 'utf8');

test('docs/inferred-states.md lists every reason of a reset with its source, in the order in which they are considered', () => {
  const listed = [...page.matchAll(/^\| `([\w-]+)` \| .+ \| ([^|]+) \|$/gm)].map(([, name = '', source = '']) => `${name} ${source}`);
  const known = [...Object.values(resetCauses), ...Object.values(resetFates)].map(({ name, cite }) => `${name} ${cite}`);
  expect(listed).toEqual(known);
});
