/** What net/ and node:net have in common, the two worlds in which the same cases run, and the log of what a case sees. */
import { EventEmitter, once } from 'node:events';
import * as net from 'node:net';
import type { Duplex } from 'node:stream';
import { createPipe } from '../../../src/device/pipe.js';
import { Host } from '../../../src/net/host.js';
import { Socket } from '../../../src/net/socket.js';
import { RealClock } from '../../../src/stack/clock.js';
import type { TcpConfig } from '../../../src/tcp/config.js';
import { MILLISECOND } from '../../../src/util/units.js';

export interface SocketFace extends Duplex {
  readonly connecting: boolean;
  readonly pending: boolean;
  readonly readyState: string;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly localAddress?: string;
  readonly localPort?: number;
  readonly remoteAddress?: string;
  readonly remotePort?: number;
  readonly remoteFamily?: string;
  readonly timeout?: number;
  resetAndDestroy(): unknown;
  destroySoon(): void;
  setTimeout(timeout: number, callback?: () => void): unknown;
  setNoDelay(on?: boolean): unknown;
  setKeepAlive(on?: boolean, initialDelay?: number): unknown;
  address(): object;
}

export interface ServerFace extends EventEmitter {
  readonly listening: boolean;
  listen(port: number, host: string, callback?: () => void): unknown;
  listen(options: { port: number; host: string }, callback?: () => void): unknown;
  close(callback?: (error?: Error) => void): unknown;
  address(): string | { address: string; family: string; port: number } | null;
  getConnections(callback: (error: Error | null, count: number) => void): unknown;
}

export interface Wishes {
  readonly host: string;
  readonly port: number;
  readonly localAddress?: string;
  readonly localPort?: number;
  readonly allowHalfOpen?: boolean;
  readonly signal?: AbortSignal;
}

export interface World {
  /** Of the servers. */
  readonly address: string;
  createServer(options: { allowHalfOpen?: boolean }, onConnection?: (socket: SocketFace) => void): ServerFace;
  connect(wishes: Wishes): SocketFace;
  /** A socket that was never connected. */
  newSocket(): SocketFace;
  /** Ends the world. @returns connections that were left behind in it */
  end(): Promise<number>;
}

/** The kernel's TCP, on loopback. */
export function kernelWorld(): World {
  const open = new Set<{ destroy?: () => void; close?: () => void }>();
  return {
    address: '127.0.0.1',
    createServer: (options, onConnection) => {
      const server = net.createServer(options, (socket) => {
        open.add(socket);
        onConnection?.(socket);
      });
      open.add(server);
      return server;
    },
    connect: (wishes) => {
      const socket = net.connect(wishes);
      open.add(socket);
      return socket;
    },
    newSocket: () => new net.Socket(),
    end: () => {
      for (const one of open) (one.destroy ?? one.close)?.call(one);
      return Promise.resolve(0);
    },
  };
}

export interface Pair {
  readonly client: Host;
  readonly server: Host;
}

export const CLIENT = '192.0.2.1';
export const SERVER = '192.0.2.2';

/** Two hosts on a pipe in this process; TIME-WAIT lasts 10 ms, so that what is left behind can be told from what waits. */
export function makePair(config: Partial<TcpConfig> = {}): Pair {
  const clock = new RealClock();
  const [left, right] = createPipe({ clock });
  const settings = { msl: 5 * MILLISECOND, ...config };
  return {
    client: new Host({ device: left, addresses: [CLIENT, '2001:db8::1'], clock, config: settings }),
    server: new Host({ device: right, addresses: [SERVER, '2001:db8::2'], clock, config: settings }),
  };
}

/** Connections that both stacks still know once TIME-WAIT must be over. */
export async function leftBehind({ client, server }: Pair): Promise<number> {
  const count = (): number => client.stack.demux.size + server.stack.demux.size;
  for (let tries = 0; tries < 60 && count() > 0; tries++) await sleep(5);
  return count();
}

export function glassWorld(pair: Pair = makePair()): World {
  return {
    address: SERVER,
    createServer: (options, onConnection) => pair.server.createServer(options, onConnection),
    connect: (wishes) => pair.client.connect(wishes),
    newSocket: () => new Socket(),
    end: async () => {
      const left = await leftBehind(pair);
      pair.client.close();
      pair.server.close();
      return left;
    },
  };
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

export type Log = unknown[];

/** What an error says, ports and addresses by their roles. */
export function errorFacts(error: unknown, roles: Readonly<Record<string, string>> = {}): Record<string, unknown> {
  const { name, message, code, errno, syscall, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const named = (text: string): string => Object.entries(roles).reduce((all, [value, role]) => all.replaceAll(value, role), text);
  const facts = { name, message: named(message), code, errno, syscall, address: address && named(address), port: port && named(String(port)) };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

/** Writes down the socket's events under a label; text is written down whole, when it ends or the socket closes. */
export function watch(socket: SocketFace, log: Log, label = ''): SocketFace {
  const say = (what: string, ...more: unknown[]): void => void log.push([`${label}${what}`, ...more]);
  for (const event of ['connect', 'ready', 'finish', 'timeout']) socket.on(event, () => say(event));
  socket.on('error', (error: NodeJS.ErrnoException) => say('error', error.code));
  socket.on('close', (hadError: boolean) => say('close', hadError));
  return socket;
}

/** Collects what comes in, and writes it down at the end. */
export function collect(socket: SocketFace, log: Log, label = ''): SocketFace {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  socket.on('end', () => log.push([`${label}end`, text]));
  return socket;
}

export const portOf = (server: ServerFace): number => (server.address() as { port: number }).port;

/** A server that listens on a free port. */
export async function listening(world: World, options: { allowHalfOpen?: boolean }, onConnection?: (socket: SocketFace) => void): Promise<{ server: ServerFace; port: number }> {
  const server = world.createServer(options, onConnection);
  server.listen(0, world.address);
  await once(server, 'listening');
  return { server, port: portOf(server) };
}

/** Waits for the event even if an error comes first. */
export const event = (emitter: EventEmitter, name: string): Promise<unknown[]> => new Promise((resolve) => void emitter.once(name, (...args: unknown[]) => resolve(args)));
