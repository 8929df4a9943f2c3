/** The conformance run can fail: each engine that was broken on purpose is caught by at least one requirement's check. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allChecks } from './all-checks.js';
import { mutants } from './mutants.js';
import { prepareMutants } from './mutate.js';

const ROOT = join(__dirname, '..', '..');
const FOLDER = '.dist.mutants';
const claimsOf = new Map(allChecks().map(({ name, claims }) => [name, claims]));
const caught: string[] = [];
let run: ReturnType<typeof prepareMutants>;

beforeAll(() => {
  run = prepareMutants(FOLDER);
}, 120_000);

afterAll(() => {
  rmSync(join(ROOT, FOLDER), { recursive: true, force: true });
  mkdirSync(join(ROOT, 'test-output'), { recursive: true });
  writeFileSync(join(ROOT, 'test-output', 'mutants.txt'), [`Mutants: ${caught.length} of ${mutants.length} caught`, ...caught, ''].join('\n'));
});

test('the sound engine fails no check', async () => {
  expect(await run(undefined)).toEqual([]);
}, 180_000);

test.each(mutants.map((mutant) => [mutant.name, mutant] as const))('%s is caught', async (name, mutant) => {
  const [failure] = await run(mutant);
  expect(failure).toBeDefined();
  caught.push(`  ${name} (${mutant.what}): ${failure} (${(claimsOf.get(failure ?? '') ?? []).join(', ')})`);
}, 180_000);
