/** All checks there are: the scripts, and the probes of each area. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { allScripts, type Check, type Probe } from './checks.js';

const PROBES = join(__dirname, 'probes');
const load = createRequire(__filename);

export function allChecks(): readonly Check[] {
  const files = readdirSync(PROBES).filter((file) => /\.(ts|js)$/.test(file)).sort();
  const probes = files.flatMap((file) => (load(join(PROBES, file)) as { readonly probes: readonly Probe[] }).probes);
  return [...allScripts(), ...probes];
}
