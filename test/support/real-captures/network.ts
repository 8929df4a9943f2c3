/** Private networks for scenes with real tools: each a network namespace, held by a process that ends with this one. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { SYSTEM_PATH } from '../../../src/device/ip-command.js';

const env = { ...process.env, PATH: SYSTEM_PATH, LC_ALL: 'C' };

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program in a network, with what it has printed so far. */
export class Program {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Outcome>;
  private readonly watchers = new Set<() => void>();

  constructor(private readonly command: string, readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.hear(() => { this.stdout += text; }));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.hear(() => { this.stderr += text; }));
    child.stdin?.on('error', () => undefined); // It has ended and wants to hear no more.
    this.ended = new Promise((done, failed) => {
      child.once('error', failed);
      child.once('close', (status) => done({ status, stdout: this.stdout, stderr: this.stderr }));
    });
    this.ended.catch(() => undefined);
  }

  private hear(keep: () => void): void {
    keep();
    for (const watch of this.watchers) watch();
  }

  /** Resolves once the text stands in what it printed. @throws Error when it ends without. */
  async printed(text: string | RegExp): Promise<void> {
    const stands = (): boolean => `${this.stdout}${this.stderr}`.search(text) >= 0;
    const seen = new Promise<void>((done) => {
      const watch = (): void => { if (stands()) done(); };
      this.watchers.add(watch);
      watch();
    });
    const early = this.ended.then(({ status, stdout, stderr }) => {
      if (!stands()) throw new Error(`"${this.command}" ended with ${status} before it printed ${String(text)}:\n${stdout}${stderr}`);
    });
    await Promise.race([seen, early]);
  }

  /** Writes a line to its standard input. */
  tell(): void {
    this.child.stdin?.write('\n');
  }

  /** @throws Error when it failed. */
  async succeeded(): Promise<Outcome> {
    const outcome = await this.ended;
    if (outcome.status !== 0) throw new Error(`"${this.command}" ended with ${outcome.status}:\n${outcome.stderr}`);
    return outcome;
  }

  async end(signal: NodeJS.Signals): Promise<Outcome> {
    this.child.kill(signal);
    return this.ended;
  }
}

const start = (command: string, args: readonly string[], options: SpawnOptions = {}): Program =>
  new Program([command, ...args].join(' '), spawn(command, [...args], { env, stdio: 'pipe', ...options }));

export class PrivateNetwork {
  private readonly programs: Program[] = [];

  private constructor(private readonly holder: Program) {}

  /** `lo` is up. It lasts until `close`, or until this process ends: the holder waits for the end of its input. */
  static async make(): Promise<PrivateNetwork> {
    const holder = start('unshare', ['--net', 'sh', '-c', 'ip link set lo up && echo ready && exec cat']);
    await holder.printed('ready');
    return new PrivateNetwork(holder);
  }

  get pid(): string {
    return String(this.holder.child.pid);
  }

  start(command: string, args: readonly string[], options: SpawnOptions = {}): Program {
    const program = start('nsenter', ['-t', this.pid, '-n', command, ...args], options);
    this.programs.push(program);
    return program;
  }

  /** Runs a program to its end. @throws Error when it fails. */
  run(command: string, ...args: readonly string[]): Promise<Outcome> {
    return this.start(command, args).succeeded();
  }

  async sysctl(name: string, value: string | number): Promise<void> {
    await this.run('sysctl', '-q', '-w', `${name}=${value}`);
  }

  /** Ends all that still runs in it. */
  async close(): Promise<void> {
    for (const { child } of this.programs) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await Promise.allSettled(this.programs.map(({ ended }) => ended));
    this.holder.child.stdin?.end();
    if (this.holder.child.exitCode === null) await once(this.holder.child, 'close');
  }
}
