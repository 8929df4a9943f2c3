/** The kernel's time: its wall clock, its ticks, sleeping until a descriptor can be read, and a priority that keeps times exact. */
import { NativeMemory, native } from '../../device/native.js';
import type { Micros } from '../../util/units.js';

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
