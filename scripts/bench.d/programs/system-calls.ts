/** The kernel's socket and epoll calls through koffi: what a program in C would call, at about 0.3 µs more for each. IPv4. */
import { createRequire } from 'node:module';
import type { Koffi } from '../../../src/device/libc.js';

const koffi = createRequire(__filename)('koffi') as Koffi;
const library = koffi.load(null);
const func = (definition: string): unknown => library.func(definition);

type Call<Args extends readonly unknown[]> = (...args: Args) => number;

const socket = func('int socket(int, int, int)') as Call<[number, number, number]>;
const setsockopt = func('int setsockopt(int, int, int, void *, unsigned int)') as Call<[number, number, number, Uint8Array, number]>;
const bind = func('int bind(int, void *, unsigned int)') as Call<[number, Uint8Array, number]>;
const listen = func('int listen(int, int)') as Call<[number, number]>;
const connect = func('int connect(int, void *, unsigned int)') as Call<[number, Uint8Array, number]>;
const accept4 = func('int accept4(int, void *, void *, int)') as Call<[number, null, null, number]>;
const shutdown = func('int shutdown(int, int)') as Call<[number, number]>;
const epollCreate = func('int epoll_create1(int)') as Call<[number]>;
const epollControl = func('int epoll_ctl(int, int, int, void *)') as Call<[number, number, number, Uint8Array]>;
const epollWait = func('int epoll_wait(int, void *, int, int)') as Call<[number, Uint8Array, number, number]>;

/** Octets read or written, 0 = end of the stream, -1 = not now or an error. */
export const read = func('intptr_t read(int, void *, size_t)') as Call<[number, Uint8Array, number]>;
export const write = func('intptr_t write(int, void *, size_t)') as Call<[number, Uint8Array, number]>;
export const close = func('int close(int)') as Call<[number]>;

const [AF_INET, SOCK_STREAM, SOCK_NONBLOCK, SOL_SOCKET, SO_REUSEADDR, IPPROTO_TCP, TCP_NODELAY, SHUT_WR] = [2, 1, 0o4000, 1, 2, 6, 1, 1] as const;
const ONE = new Uint8Array(new Int32Array([1]).buffer);
const EINPROGRESS = 115;

function must(result: number, what: string): number {
  if (result < 0) throw new Error(`${what}: errno ${koffi.errno()}`);
  return result;
}

function socketAddress(address: string, port: number): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes[0] = AF_INET; // little-endian, as everywhere koffi is likely to run
  new DataView(bytes.buffer).setUint16(2, port);
  bytes.set(address.split('.').map(Number), 4);
  return bytes;
}

/** A socket that listens on all addresses. */
export function listenOn(port: number, backlog: number): number {
  const fd = must(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), 'socket');
  must(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, ONE, 4), 'setsockopt');
  must(bind(fd, socketAddress('0.0.0.0', port), 16), 'bind');
  must(listen(fd, backlog), 'listen');
  return fd;
}

/** @returns the next connection, -1 = none */
export const accept = (listener: number): number => accept4(listener, null, null, SOCK_NONBLOCK);

/** Begins to connect: writable when done. */
export function connectTo(address: string, port: number, noDelay: boolean): number {
  const fd = must(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), 'socket');
  if (noDelay) sendAtOnce(fd);
  if (connect(fd, socketAddress(address, port), 16) < 0 && koffi.errno() !== EINPROGRESS) must(-1, 'connect');
  return fd;
}

export const sendAtOnce = (fd: number): number => setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, ONE, 4);
export const endSending = (fd: number): number => shutdown(fd, SHUT_WR);

/** Which descriptors are readable or writable (level-triggered). */
export class Readiness {
  private readonly epoll = must(epollCreate(0), 'epoll_create1');
  // struct epoll_event is packed on x86 only.
  private readonly size = process.arch === 'x64' || process.arch === 'ia32' ? 12 : 16;
  private readonly event = new Uint8Array(16);
  private readonly eventView = new DataView(this.event.buffer);
  private readonly events = new Uint8Array(this.size * MOST);
  private readonly view = new DataView(this.events.buffer);

  add(fd: number, want: 'read' | 'write'): void {
    this.control(ADD, fd, want);
  }

  change(fd: number, want: 'read' | 'write'): void {
    this.control(MODIFY, fd, want);
  }

  private control(operation: number, fd: number, want: 'read' | 'write'): void {
    this.eventView.setUint32(0, want === 'read' ? READABLE : WRITABLE, true);
    this.eventView.setInt32(this.size - 8, fd, true);
    must(epollControl(this.epoll, operation, fd, this.event), 'epoll_ctl');
  }

  /** Waits up to so many milliseconds and tells of each descriptor that is ready, or has failed. */
  wait(milliseconds: number, ready: (fd: number) => void): void {
    const found = epollWait(this.epoll, this.events, MOST, milliseconds);
    for (let i = 0; i < found; i++) ready(this.view.getInt32(i * this.size + this.size - 8, true));
  }
}

const [MOST, ADD, MODIFY, READABLE, WRITABLE] = [256, 1, 3, 1, 4] as const;
