import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import ts from 'typescript';
import * as glasstcp from '../../../src/index.js';

const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code);

/** Runs a program of the README with our sources for its package. @returns the lines that it prints, as they come */
function run(code: string): string[] {
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const lines: string[] = [];
  const load = (name: string): unknown => {
    if (name !== 'glasstcp') throw new Error(`the example needs ${name}`);
    return glasstcp;
  };
  const program = compileFunction(outputText, ['require', 'exports', 'console']) as (load: (name: string) => unknown, exports: object, console: object) => void;
  program(load, {}, { log: (line: string) => lines.push(...line.split('\n')) });
  return lines;
}

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('the example on a pipe connects, echoes and closes, and explains it all', async () => {
  const lines = run(blocks[0] ?? '');
  const over = (): boolean => lines.some((line) => line.includes('TIME-WAIT'));
  await until(over);
  expect(lines).toContain('echo: hello');
  expect(lines.some((line) => line.startsWith('in   SYN-SENT → ESTABLISHED'))).toBe(true);
  expect(lines.some((line) => /^FIN, octet 6: .*\[RFC 9293 §3\.10\.4, MUST\]$/.test(line))).toBe(true);
  expect(over()).toBe(true);
});

test('whatever the examples import is there', () => {
  expect(blocks.length).toBeGreaterThan(1);
  for (const [, names = ''] of blocks.join('\n').matchAll(/import \{ (.*) \} from 'glasstcp'/g)) {
    for (const name of names.split(', ')) expect(glasstcp).toHaveProperty(name);
  }
});
