/** scripts/rst-problem: puts the ladders of two live runs into docs/kernel-setup.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureIsolated } from '../../src/cli/isolate.js';
import { liveLadder } from './live-ladder.js';
import { putLadder } from './page.js';

const PAGE = join(__dirname, '../../docs/kernel-setup.md');

async function main(): Promise<void> {
  // It starts itself again as it was started: by ts-node.
  const isolated = await ensureIsolated(process.argv);
  if (isolated !== 'isolated') throw new Error(`no private network to be had: ${isolated.unavailable}`);
  let text = readFileSync(PAGE, 'utf8');
  for (const guard of [false, true]) text = putLadder(text, guard, await liveLadder(guard));
  writeFileSync(PAGE, text);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
