/** Our end of a bulk exchange with the kernel: 8 MiB or so each way at once, checked by hash, watched for stalls. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Endpoint } from '../../src/stack/endpoint.js';
import { Signal } from '../../src/tcp/tcb.js';

// Jest's sandbox makes every look-up of a global slow: once is enough.
const { imul } = Math;

/** The same function as in exchange-peer.mjs. */
export function fill(buffer: Uint8Array, offset: number, seed: number): Uint8Array {
  for (let i = 0; i < buffer.length; i++) {
    const n = imul(offset + i + seed, 0x9e3779b1);
    buffer[i] = (n ^ (n >>> 15)) & 255;
  }
  return buffer;
}

export function expectedHash(total: number, seed: number): string {
  const hash = createHash('sha256');
  for (let at = 0; at < total; at += 65536) hash.update(fill(new Uint8Array(Math.min(65536, total - at)), at, seed));
  return hash.digest('hex');
}

export interface PeerReport {
  readonly listening?: boolean;
  readonly received?: number;
  readonly sha256?: string;
  readonly error?: string;
}

/** The kernel's end as a process; `said` collects its lines. */
export function startPeer(args: readonly (string | number)[]): { child: ChildProcess; said: PeerReport[]; next: () => Promise<PeerReport> } {
  const child = spawn(process.execPath, [join(__dirname, 'exchange-peer.mjs'), ...args.map(String)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: PeerReport[] = [];
  const waiting: ((report: PeerReport) => void)[] = [];
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
    const report = JSON.parse(line) as PeerReport;
    const wake = waiting.shift();
    if (wake !== undefined) wake(report);
    else said.push(report);
  });
  return { child, said, next: () => new Promise((resolve) => { const first = said.shift(); if (first !== undefined) resolve(first); else waiting.push(resolve); }) };
}

/** Sends `total` octets and reads to the end; closes first, or after the peer's end. */
export class Exchange {
  private sent = 0;
  received = 0;
  ended = false;
  closed = false;
  connected = false;
  private readonly hash = createHash('sha256');
  private digest = '';
  private readonly buffer = new Uint8Array(65536);

  constructor(private readonly total: number, private readonly seed: number, private readonly order: 'first' | 'last') {}

  get sha256(): string {
    return this.digest;
  }

  signals(endpoint: Endpoint, signals: number): void {
    if ((signals & Signal.Connected) !== 0) this.connected = true;
    this.read(endpoint);
    this.write(endpoint);
    if ((signals & Signal.Closed) !== 0) this.closed = true;
  }

  private read(endpoint: Endpoint): void {
    for (;;) {
      const n = endpoint.receive(this.buffer);
      if (typeof n !== 'number') {
        if (n === 'connection-closing' && !this.ended) this.finish();
        return;
      }
      if (n === 0) return;
      this.hash.update(this.buffer.subarray(0, n));
      this.received += n;
    }
  }

  private finish(): void {
    this.ended = true;
    this.digest = this.hash.digest('hex');
  }

  private write(endpoint: Endpoint): void {
    while (this.sent < this.total) {
      const chunk = fill(this.buffer.subarray(0, Math.min(65536, this.total - this.sent)), this.sent, this.seed);
      const n = endpoint.send(chunk);
      if (typeof n !== 'number') return;
      this.sent += n;
      if (n < chunk.length) return;
    }
    if (this.order === 'first' || this.ended) endpoint.close();
  }
}

/** States of the kernel's TCP sockets for a port pair, by name, from /proc/net/tcp and tcp6. */
export function kernelStates(port: number): string[] {
  const names = ['', 'ESTABLISHED', 'SYN-SENT', 'SYN-RECEIVED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSED', 'CLOSE-WAIT', 'LAST-ACK', 'LISTEN', 'CLOSING'];
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((f) => f.length > 3 && (f[1]?.endsWith(`:${hex}`) === true || f[2]?.endsWith(`:${hex}`) === true))
    .map((f) => names[parseInt(f[3], 16)] ?? '?')
    .filter((s) => s !== 'LISTEN');
}
