/**
 * Which rules fired in this test file: every recording tracer of the tests feeds it, and at the end of the file the names
 * and counts go to test-output/rules/<test file>.json, where scripts/rule-coverage adds them up.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { RuleCoverage } from '../../src/trace/coverage.js';
import { fanOut } from '../../src/trace/fan-out.js';
import type { Tracer } from '../../src/trace/tracer.js';

const ROOT = resolve(__dirname, '../..');

/** One per test file: jest gives each file modules of its own. */
export const coverage = new RuleCoverage();

/** A tracer that is counted, too. */
export const covered = (...tracers: Tracer[]): Tracer => fanOut(coverage, ...tracers);

afterAll(() => {
  const fired = coverage.byName();
  const { testPath } = expect.getState();
  if (testPath === undefined || Object.keys(fired).length === 0) return;
  const folder = join(ROOT, 'test-output', 'rules');
  mkdirSync(folder, { recursive: true });
  const name = relative(join(ROOT, 'test'), testPath).replace(/\.test\.ts$/, '').replace(/[^A-Za-z0-9]+/g, '-');
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(fired, null, 1)}\n`);
});
