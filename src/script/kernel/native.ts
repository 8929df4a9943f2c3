/**
 * System calls for the kernel subject: any function of libc by name, with numbers and addresses as arguments, so that the
 * thread for blocking calls can make the very same calls. Memory comes from malloc, because addresses cross threads.
 */
import { createRequire } from 'node:module';
import { DeviceError } from '../../device/errors.js';
import { errnoName } from '../../device/libc.js';
import type { Micros } from '../../util/units.js';

type Argument = number | bigint;
type Native = (a: Argument, b: Argument, c: Argument, d: Argument, e: Argument, f: Argument) => number;

interface KoffiMemory {
  load(path: null): { func(definition: string): unknown };
  alloc(type: string, count: number): unknown;
  address(pointer: unknown): bigint;
  view(pointer: unknown, octets: number): ArrayBuffer;
  free(pointer: unknown): void;
  errno(): number;
  readonly os: { readonly errno: Readonly<Record<string, number>> };
}

const koffi = createRequire(__filename)('koffi') as KoffiMemory;
const library = koffi.load(null);
const functions = new Map<string, Native>();

/** What a call returned; errno is 0 unless it returned -1. */
export interface NativeResult {
  readonly value: number;
  readonly errno: number;
}

/** Calls a function of libc with at most six integers or addresses. */
export function native(name: string, ...args: Argument[]): NativeResult {
  let call = functions.get(name);
  if (call === undefined) {
    call = library.func(`intptr_t ${name}(intptr_t, intptr_t, intptr_t, intptr_t, intptr_t, intptr_t)`) as Native;
    functions.set(name, call);
  }
  const value = call(args[0] ?? 0, args[1] ?? 0, args[2] ?? 0, args[3] ?? 0, args[4] ?? 0, args[5] ?? 0) | 0; // every result is an int, or fits
  return { value, errno: value === -1 ? koffi.errno() : 0 };
}

/** The same, for calls that do not fail on a sound machine. @throws DeviceError */
export function must(what: string, name: string, ...args: Argument[]): number {
  const { value, errno } = native(name, ...args);
  if (value !== -1) return value;
  const code = errnoName(koffi as never, errno);
  throw new DeviceError(code, `${what} failed: ${name}() says ${code}.`, 'run as root in a private network namespace; glasstcp doctor says what is missing');
}

/** Memory outside the garbage collector's reach: its address stays what it is, until free(). */
export class NativeMemory {
  readonly octets: Uint8Array;
  readonly address: bigint;
  readonly view: DataView;
  private readonly pointer: unknown;

  constructor(size: number) {
    this.pointer = koffi.alloc('uint8', size);
    this.address = koffi.address(this.pointer);
    const buffer = koffi.view(this.pointer, size);
    this.octets = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.octets.fill(0);
  }

  /** Nobody may look at it any more. */
  free(): void {
    koffi.free(this.pointer);
  }
}

const timeval = new NativeMemory(16);

/** The kernel's wall clock, µs since 1970: the one it stamps packets with. */
export function wallClock(): Micros {
  native('gettimeofday', timeval.address, 0);
  return Number(timeval.view.getBigInt64(0, true)) * 1_000_000 + Number(timeval.view.getBigInt64(8, true));
}

const MAX_POLLED = 4;
const polled = new NativeMemory(8 * MAX_POLLED);
const timeout = new NativeMemory(16);
const POLLIN = 1;

/** Sleeps until one of the descriptors can be read, or so many µs have passed. @returns is one readable */
export function awaitReadable(fds: readonly number[], micros: number): boolean {
  fds.forEach((fd, i) => {
    polled.view.setInt32(8 * i, fd, true);
    polled.view.setInt32(8 * i + 4, POLLIN, true);
  });
  const wait = Math.max(0, Math.floor(micros));
  timeout.view.setBigInt64(0, BigInt(Math.floor(wait / 1_000_000)), true);
  timeout.view.setBigInt64(8, BigInt((wait % 1_000_000) * 1000), true);
  return native('ppoll', polled.address, fds.length, timeout.address, 0).value > 0;
}

const CLOCK_MONOTONIC_COARSE = 6;
const coarse = new NativeMemory(16);
/** No kernel ticks more slowly than 100 times a second. */
const LONGEST_TICK: Micros = 20_000;
/** From the edge of a tick to a place where being a little early or late does not matter. */
const INTO_TICK: Micros = 250;

function lastTick(): bigint {
  native('clock_gettime', CLOCK_MONOTONIC_COARSE, coarse.address);
  return coarse.view.getBigInt64(8, true);
}

/**
 * Waits until the kernel's tick has just moved on. Its timers count ticks: a script that begins near the edge of one sees them
 * one tick earlier in one run and later in the next.
 */
export function awaitTick(): void {
  const before = lastTick();
  const limit = wallClock() + LONGEST_TICK;
  while (lastTick() === before && wallClock() < limit); // looks only: no sleep is so exact
  const start = wallClock() + INTO_TICK;
  while (wallClock() < start);
}

const SCHED_OTHER = 0;
const SCHED_RR = 2;
const priority = new NativeMemory(4);

/** Asks for the lowest real-time priority for this thread, so that scripts keep their times on a busy machine. @returns was it given */
export function beRealTime(on: boolean): boolean {
  priority.view.setInt32(0, on ? 1 : 0, true);
  return native('sched_setscheduler', 0, on ? SCHED_RR : SCHED_OTHER, priority.address).value === 0;
}
