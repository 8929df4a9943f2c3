/** Our sources as plain JavaScript in a folder, for tests that must start a process of its own. Types are not checked. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

const ROOT = resolve(__dirname, '../..');

/** @param folders below src. @returns the folder that stands for src; `remove` deletes it. */
export function compiled(folders: readonly string[]): { readonly folder: string; remove(): void } {
  // Inside the project, so that installed packages are found from there.
  const folder = join(ROOT, 'test-output', `compiled-${process.pid}-${Date.now()}`);
  for (const name of folders) {
    for (const entry of readdirSync(join(ROOT, 'src', name), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
      const source = join(entry.parentPath, entry.name);
      const target = join(folder, source.slice(join(ROOT, 'src').length)).replace(/\.ts$/, '.js');
      mkdirSync(dirname(target), { recursive: true });
      const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
      writeFileSync(target, ts.transpileModule(readFileSync(source, 'utf8'), { compilerOptions, fileName: source }).outputText);
    }
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
