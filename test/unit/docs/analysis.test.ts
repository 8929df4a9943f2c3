import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { differencesTable } from '../../support/real-captures/differences.js';
import { comparedTable, otherTable } from '../../support/verdict-table.js';

const page = readFileSync(join(__dirname, '../../../docs/analysis.md'), 'utf8');

test.each([['compared', comparedTable], ['other', otherTable], ['differences', differencesTable]])('the table "%s" of docs/analysis.md is that of the code', (name, table) => {
  expect(page).toContain(`<!-- ${name} -->\n${table()}\n<!-- end -->`);
});
