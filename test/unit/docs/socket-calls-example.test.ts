import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import ts from 'typescript';
import { Sysctls } from '../../../src/bsd/sysctls.js';
import * as glasstcp from '../../../src/index.js';

const page = readFileSync(join(__dirname, '../../../docs/socket-calls.md'), 'utf8');

test('the example in docs/socket-calls.md does what the page says', () => {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(page) ?? [];
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const lines: string[] = [];
  const program = compileFunction(outputText, ['require', 'exports', 'console']) as (load: () => unknown, exports: object, console: object) => void;
  program(() => glasstcp, {}, { log: (line: string) => lines.push(line) });
  expect(lines).toContain('1050.0 ms  accept    = 4, peer 192.0.2.1');
  expect(lines).toContain('1060.0 ms  read      = 5: hello');
  expect(lines.at(-1)).toMatch(/^9\d{5}\.\d ms {2}read {6}= -1 ETIMEDOUT$/);
});

test('every setting that the page names is there', () => {
  const [, section = ''] = page.split('## Settings');
  const named = [...section.matchAll(/`((?:tcp|ip)_\w+)`/g)].map(([, name = '']) => `net.ipv4.${name}`);
  expect(named.filter((name) => !Sysctls.names.includes(name))).toEqual([]);
});
