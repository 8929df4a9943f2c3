import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stateDiagramPage } from '../../../scripts/state-diagram.d/page.js';
import { TRANSITIONS, tcpStates } from '../../../src/tcp/state.js';

const page = readFileSync(join(__dirname, '../../../docs/state-diagram.md'), 'utf8');

test('docs/state-diagram.md is what scripts/state-diagram makes of TRANSITIONS now', () => {
  expect(page).toBe(stateDiagramPage());
});

test('the page has a row for every edge and names every state', () => {
  const rows = page.split('\n').filter((line) => /^\| [A-Z]/.test(line));
  expect(rows).toHaveLength(TRANSITIONS.length);
  for (const state of tcpStates) expect(page).toContain(`| ${state} |`);
});

test('every edge names a rule of the book', () => {
  expect(page).not.toContain('| `` |');
});
