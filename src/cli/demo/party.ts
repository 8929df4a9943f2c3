/** A Peer on anything that has the shape of node:net: the kernel's sockets and glasstcp's own obey by the same code. */
import type { Duplex } from 'node:stream';
import type { Peer } from './peer.js';
import { seededText, sha256 } from './seeded-text.js';

/** As much of node:net as is needed. */
export interface Network {
  connect(options: { readonly host: string; readonly port: number; readonly allowHalfOpen: true }): Duplex;
  createServer(options: { readonly allowHalfOpen: true }, accept: (socket: Duplex) => void): NetworkServer;
}

export interface NetworkServer {
  listen(port: number, host: string): unknown;
  close(): unknown;
  once(event: 'listening', listener: () => void): unknown;
  once(event: 'error', listener: (error: Error) => void): unknown;
}

export class Party implements Peer {
  private server: NetworkServer | null = null;
  private conversation: Conversation | null = null;
  private accepted: Promise<void> = Promise.resolve();

  constructor(private readonly network: Network) {}

  listen(port: number, host: string): Promise<void> {
    return new Promise((listening, failed) => {
      this.accepted = new Promise((accepted) => {
        this.server = this.network.createServer({ allowHalfOpen: true }, (socket) => {
          this.conversation = new Conversation(socket);
          accepted();
        });
      });
      this.server?.once('listening', () => listening());
      this.server?.once('error', failed);
      this.server?.listen(port, host);
    });
  }

  async accept(): Promise<void> {
    await this.accepted;
    this.server?.close();
    this.server = null;
  }

  connect(port: number, host: string): Promise<string> {
    const socket = this.network.connect({ port, host, allowHalfOpen: true });
    return new Promise((resolve) => {
      const refused = (error: NodeJS.ErrnoException): void => resolve(error.code ?? error.message);
      socket.once('error', refused);
      socket.once('connect', () => {
        this.conversation = new Conversation(socket);
        socket.off('error', refused);
        resolve('connected');
      });
    });
  }

  send(octets: number, seed: number): Promise<string> {
    return this.talk.send(seededText(octets, seed));
  }

  receive(octets: number): Promise<string> {
    return this.talk.receive(octets);
  }

  end(): Promise<void> {
    return this.talk.end();
  }

  ended(): Promise<void> {
    return this.talk.ended();
  }

  private get talk(): Conversation {
    if (this.conversation === null) throw new Error('nobody to talk to');
    return this.conversation;
  }
}

/** One connection, and what has come in on it. */
class Conversation {
  private readonly chunks: Uint8Array[] = [];
  private waiting = 0;
  private over = false;
  private failure: Error | null = null;
  private wake: () => void = () => undefined;

  constructor(private readonly socket: Duplex) {
    socket.on('data', (chunk: Uint8Array) => {
      this.chunks.push(chunk);
      this.waiting += chunk.length;
      this.wake();
    });
    socket.on('end', () => {
      this.over = true;
      this.wake();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.failure = new Error(error.code ?? error.message);
      this.wake();
    });
  }

  send(text: Uint8Array): Promise<string> {
    return new Promise((resolve, reject) => {
      this.socket.write(text, (error) => (error ? reject(error) : resolve(sha256(text))));
    });
  }

  async receive(octets: number): Promise<string> {
    await this.until(() => this.waiting >= octets || this.over);
    const all = Buffer.concat(this.chunks.splice(0));
    const text = all.subarray(0, octets);
    if (all.length > octets) this.chunks.push(all.subarray(octets));
    this.waiting = Math.max(0, all.length - octets);
    return sha256(text);
  }

  end(): Promise<void> {
    return new Promise((resolve) => void this.socket.end(resolve));
  }

  async ended(): Promise<void> {
    await this.until(() => this.over);
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      if (this.failure !== null) throw this.failure;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
