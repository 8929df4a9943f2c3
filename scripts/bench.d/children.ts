/** The two programs of a measurement as child processes: compiled once to a temporary folder, started, marked, ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { SYSTEM_PATH } from '../../src/device/ip-command.js';
import type { Job, Mark, Report, Request } from './programs/job.js';

const PATIENCE_MS = 10_000;

/**
 * @param dist compiled glasstcp, of which a copy is measured: a build meanwhile changes nothing
 * @returns the folder with the programs as JavaScript; `remove` deletes it
 */
export function compilePrograms(dist: string): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'glasstcp-bench-'));
  const source = join(__dirname, 'programs');
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  cpSync(dist, join(folder, 'dist'), { recursive: true });
  symlinkSync(resolve(__dirname, '../../node_modules'), join(folder, 'node_modules'));
  for (const file of readdirSync(source)) {
    const { outputText } = ts.transpileModule(readFileSync(join(source, file), 'utf8'), { compilerOptions, fileName: file });
    writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), outputText);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A program that is told and tells by messages. Whatever goes wrong rejects the promise that is waited for. */
export class Program {
  private readonly reports: Report[] = [];
  private waiting: { resolve: (report: Report) => void; reject: (error: Error) => void } | null = null;
  private complaints = '';
  private ended: string | null = null;

  private constructor(private readonly child: ChildProcess, private readonly title: string) {
    child.on('message', (report: Report) => this.told(report));
    child.on('error', (error) => this.fail(error.message));
    child.on('exit', (code, signal) => this.fail(`ended with ${signal ?? `status ${code}`}`));
    child.stderr?.on('data', (data: Buffer) => { this.complaints = (this.complaints + data.toString()).slice(-2000); });
  }

  /** @param inside arguments of `nsenter` */
  static start(inside: readonly string[], program: string, job: Job): Program {
    const args = [...inside, process.execPath, program, JSON.stringify(job)];
    const env = { ...process.env, PATH: SYSTEM_PATH };
    return new Program(spawn('nsenter', args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env }), `${job.role} (${job.style})`);
  }

  async ready(): Promise<void> {
    await this.next();
  }

  async mark(profile?: string): Promise<Mark> {
    const request: Request = { mark: true, profile };
    this.child.send(request);
    const report = await this.next();
    if ('mark' in report) return report.mark;
    throw new Error(`the ${this.title} answered a mark with something else`);
  }

  /** Ends the program, and waits until it is gone: the next measurement wants the machine for itself. */
  async stop(): Promise<void> {
    if (this.ended !== null) return;
    await new Promise<void>((done) => {
      this.child.once('exit', () => done());
      this.child.kill('SIGKILL');
    });
  }

  private next(): Promise<Report> {
    const report = this.reports.shift();
    if (report !== undefined) return Promise.resolve(report);
    return new Promise((resolve, reject) => {
      if (this.ended !== null) return reject(new Error(this.ended));
      const timer = setTimeout(() => this.reject(`said nothing for ${PATIENCE_MS / 1000} s`), PATIENCE_MS);
      this.waiting = {
        resolve: (got) => { clearTimeout(timer); resolve(got); },
        reject: (error) => { clearTimeout(timer); reject(error); },
      };
    });
  }

  private told(report: Report): void {
    const { waiting } = this;
    this.waiting = null;
    if (waiting === null) this.reports.push(report);
    else waiting.resolve(report);
  }

  private fail(why: string): void {
    this.ended ??= `the ${this.title} ${why}`;
    this.reject(why);
  }

  private reject(why: string): void {
    const { waiting } = this;
    this.waiting = null;
    waiting?.reject(new Error(`the ${this.title} ${why}${this.complaints === '' ? '' : `:\n${this.complaints.trimEnd()}`}`));
  }
}
