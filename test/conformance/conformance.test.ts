/** Every requirement has a verdict from a run on glasstcp, and docs/rfc-map.md says what the run says. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allRules } from '../../src/trace/rules.js';
import { allChecks } from './all-checks.js';
import { mapPage } from './map.js';
import { allExemptions, allRequirements } from './requirements.js';
import { runOnEngine } from './run.js';
import { judge } from './verdicts.js';

const MAP = join(__dirname, '..', '..', 'docs', 'rfc-map.md');
const checks = allChecks();
const { outcomes } = runOnEngine(checks);
const verdicts = judge(allRequirements(), checks, outcomes, new Map(), allExemptions());

test.each(checks.map(({ name }) => [name]))('%s holds on the engine', (name) => {
  expect(outcomes.get(name)).toBeNull();
});

test('Appendix B has 126 rows, each with a verdict', () => {
  const rows = verdicts.filter(({ requirement }) => requirement.rfc === 9293);
  expect(rows).toHaveLength(126);
  expect(rows.filter(({ glasstcp }) => glasstcp.kind === 'missing').map(({ requirement }) => requirement.id)).toEqual([]);
});

test('so have the rows of the other RFCs', () => {
  expect(verdicts.filter(({ glasstcp }) => glasstcp.kind === 'missing').map(({ requirement }) => requirement.id)).toEqual([]);
});

test('no MUST is met by a setting only', () => {
  const late = verdicts.filter(({ requirement, glasstcp }) => requirement.level.startsWith('MUST') && glasstcp.kind === 'by setting');
  expect(late.map(({ requirement }) => requirement.id)).toEqual([]);
});

test('checks claim requirements that exist, and name rules that exist', () => {
  const ids = new Set(allRequirements().map(({ id }) => id));
  const rules = new Set(allRules().map(({ name }) => name));
  expect(checks.flatMap((check) => check.claims.filter((id) => !ids.has(id)).map((id) => `${check.name}: ${id}`))).toEqual([]);
  expect(checks.flatMap((check) => check.rules.filter((rule) => !rules.has(rule)).map((rule) => `${check.name}: ${rule}`))).toEqual([]);
});

test('the same run gives the same outcomes', () => {
  expect(runOnEngine(checks).outcomes).toEqual(outcomes);
});

/** The table's rows without the kernel's column, which only a run with that kernel can fill. */
const rowsOf = (page: string): string[] =>
  page.split('\n').filter((line) => line.startsWith('| ')).map((line) => line.split(/(?<!\\)\|/).filter((_, i) => i !== 5).join('|'));

test('docs/rfc-map.md is what npm run conformance writes', () => {
  expect(existsSync(MAP) ? rowsOf(readFileSync(MAP, 'utf8')) : []).toEqual(rowsOf(mapPage(verdicts, { kernel: undefined })));
});
