/** scripts/glasstcp asks set-up for a compiler's work only when the command needs it. Set-up and build are played; it ends before the build. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'glasstcp-scripts-'));
  mkdirSync(join(folder, 'scripts'));
  copyFileSync(resolve(__dirname, '../../../scripts/glasstcp'), join(folder, 'scripts/glasstcp'));
  writeFileSync(join(folder, 'scripts/setup.sh'), '#!/bin/sh\necho "$*"\nexit 1\n', { mode: 0o755 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['', 'run'],
  ['demo', 'run'],
  ['demo --quiet --device tun', 'run'],
  ['demo --device raw', 'native raw-socket'],
  ['demo --device=raw --quiet', 'native raw-socket'],
  ['demo --quiet --device raw --isolated', 'native raw-socket'],
  ['demo --quiet --device=raw', 'native raw-socket'],
  ['demo --device raw --help', 'run'],
  ['capture -i lo -w x.pcapng', 'native cap'],
  ['capture', 'native cap'],
  ['capture -h', 'run'],
  ['read capture', 'run'],
  ['script demo --device raw', 'run'],
])('glasstcp %s: set-up is asked for %s', (words, purpose) => {
  const { status, stdout } = spawnSync(join(folder, 'scripts/glasstcp'), words === '' ? [] : words.split(' '), { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 1, stdout: `${purpose}\n` });
});
