/**
 * The four system calls that Node does not offer for a TUN, through koffi. koffi is loaded when first needed, so that
 * everything without a TUN works where it cannot be loaded.
 *
 * Calling conventions measured (void* with Uint8Array, Buffer, bigint or number address, koffi.as, uintptr_t): within 5 %
 * of each other around the cost of the system call, so the one that cannot point at freed memory is used: a Uint8Array.
 */
import { createRequire } from 'node:module';
import { DeviceError } from './errors.js';

/** As much of koffi as is used here; its own types are an ES module's and describe `poll` otherwise than it is. */
export interface Koffi {
  load(path: null): { func(definition: string): unknown };
  errno(): number;
  readonly os: { readonly errno: Readonly<Record<string, number>> };
  readonly node: {
    /** The callback gets (status, events); status < 0 = the descriptor is no more. */
    poll(fd: number, events: { readonly readable: boolean }, callback: (status: unknown) => void): { close(): void };
  };
}

export interface Libc {
  readonly koffi: Koffi;
  /** @returns octets read, 0, or -1 with `errno()` set; the same for write. */
  readonly read: (fd: number, into: Uint8Array, octets: number) => number;
  readonly write: (fd: number, from: Uint8Array, octets: number) => number;
  readonly ioctl: (fd: number, request: number, argument: Uint8Array) => number;
  /** Of the last call above that returned -1. */
  readonly errno: () => number;
}

export const EINTR = 4;
export const EAGAIN = 11;

let loaded: Libc | null = null;

/** @throws DeviceError ENOTLINUX, ENOKOFFI */
export function libc(): Libc {
  loaded ??= load();
  return loaded;
}

function load(): Libc {
  if (process.platform !== 'linux') {
    throw new DeviceError('ENOTLINUX', `A TUN device is a feature of the Linux kernel; this is ${process.platform}.`,
      'run on Linux (a virtual machine or a container will do), or use --device pipe');
  }
  try {
    const koffi = createRequire(__filename)('koffi') as Koffi;
    const library = koffi.load(null);
    return {
      koffi,
      read: library.func('intptr_t read(int, void *, size_t)') as Libc['read'],
      write: library.func('intptr_t write(int, const void *, size_t)') as Libc['write'],
      ioctl: library.func('int ioctl(int, unsigned long, void *)') as Libc['ioctl'],
      errno: () => koffi.errno(),
    };
  } catch (error) {
    throw new DeviceError('ENOKOFFI', `The package koffi, which calls the kernel for us, cannot be loaded: ${String(error)}`,
      'npm rebuild koffi (or remove node_modules and run npm install), or use --device pipe');
  }
}

/** The name of an errno (EPERM …), or its number as text. */
export function errnoName(koffi: Koffi, errno: number): string {
  const found = Object.entries(koffi.os.errno).find(([, value]) => value === errno);
  return found === undefined ? `errno ${errno}` : found[0];
}
