/** A Peer in a process of its own: the words go over, the answers come back. */
import { type ChildProcess, fork } from 'node:child_process';
import { extname, join } from 'node:path';
import type { Answer, Peer, Request } from './peer.js';

interface Waiting {
  readonly resolve: (result: string) => void;
  readonly reject: (error: Error) => void;
}

export class RemotePeer implements Peer {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private gone: Error | null = null;

  constructor() {
    // The same kind of file as this one: compiled, or read by ts-node.
    const program = join(__dirname, `kernel-peer${extname(__filename)}`);
    this.child = fork(program, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    this.child.on('message', (message) => this.answered(message as Answer));
    this.child.on('error', (error) => this.lost(error.message));
    this.child.on('exit', (code, signal) => this.lost(signal ?? `status ${code}`));
  }

  listen(port: number, host: string): Promise<void> {
    return this.done('listen', port, host);
  }

  accept(): Promise<void> {
    return this.done('accept');
  }

  connect(port: number, host: string): Promise<string> {
    return this.ask('connect', port, host);
  }

  send(octets: number, seed: number): Promise<string> {
    return this.ask('send', octets, seed);
  }

  receive(octets: number): Promise<string> {
    return this.ask('receive', octets);
  }

  end(): Promise<void> {
    return this.done('end');
  }

  ended(): Promise<void> {
    return this.done('ended');
  }

  /** Ends the process, and waits until it is gone. */
  async stop(): Promise<void> {
    const { child } = this;
    if (this.gone !== null) return;
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await exited;
  }

  private ask(method: Request['method'], ...args: (number | string)[]): Promise<string> {
    const { gone } = this;
    if (gone !== null) return Promise.reject(gone);
    const id = ++this.lastId;
    const request: Request = { id, method, args };
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.child.send(request, (error) => error !== null && reject(error));
    });
  }

  private async done(method: Request['method'], ...args: (number | string)[]): Promise<void> {
    await this.ask(method, ...args);
  }

  private answered({ id, result, error }: Answer): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) waiting?.resolve(result ?? '');
    else waiting?.reject(new Error(error));
  }

  private lost(how: string): void {
    if (this.gone !== null) return;
    this.gone = new Error(`the process that holds the kernel's sockets has ended (${how})`);
    for (const { reject } of this.waiting.values()) reject(this.gone);
    this.waiting.clear();
  }
}
