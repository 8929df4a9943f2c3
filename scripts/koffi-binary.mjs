// koffi's binary for this machine is an optional package of its own, so `npm ci --omit=optional` leaves it out with the rest; but
// nothing here meets the kernel without it. Fetches just that package, as package-lock.json has it, when koffi cannot be loaded.
// Part of `npm run prepare`. Never fatal: without it there is --device pipe.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function loads() {
  try {
    createRequire(join(root, 'package.json'))('koffi');
    return true;
  } catch {
    return false;
  }
}

function run(command, ...args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args[0]}: ${String(error ?? stderr).trim().split('\n').at(-1)}`);
  return stdout;
}

function fetchBinary() {
  const name = `@koromix/koffi-${process.platform}-${process.arch}`;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages[`node_modules/${name}`];
  if (locked === undefined) throw new Error(`there is none for ${process.platform} on ${process.arch}`);
  const work = mkdtempSync(join(tmpdir(), 'glasstcp-koffi-'));
  try {
    const [packed] = JSON.parse(run('npm', 'pack', `${name}@${locked.version}`, '--json', '--pack-destination', work));
    if (packed.integrity !== locked.integrity) throw new Error(`${name} is not the one that package-lock.json names`);
    const folder = join(root, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    run('tar', '-xzf', join(work, packed.filename), '-C', folder, '--strip-components=1');
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  if (!loads()) throw new Error(`${name} does not load`);
}

if (!loads()) {
  try {
    fetchBinary();
    console.error("koffi's binary was left out, and has been fetched");
  } catch (error) {
    console.error(`koffi's binary is missing (${error.message}): there is only --device pipe. To mend it: npm ci --include=optional`);
  }
}
