/** Writes docs/labs anew: pages, ladders, plots, for reading here and in a browser. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allFiles } from './files.js';

const FOLDER = join(__dirname, '../../docs/labs');

async function main(): Promise<void> {
  const files = await allFiles();
  rmSync(FOLDER, { recursive: true, force: true });
  for (const [name, content] of files) {
    mkdirSync(dirname(join(FOLDER, name)), { recursive: true });
    writeFileSync(join(FOLDER, name), content);
  }
  process.stdout.write(`docs/labs: ${files.size} files\n`);
}

void main();
