import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparedTable, otherTable } from '../../support/verdict-table.js';

const page = readFileSync(join(__dirname, '../../../docs/analysis.md'), 'utf8');

test.each([['compared', comparedTable], ['other', otherTable]])('the table "%s" of docs/analysis.md is that of the verdicts', (name, table) => {
  expect(page).toContain(`<!-- ${name} -->\n${table()}\n<!-- end -->`);
});
