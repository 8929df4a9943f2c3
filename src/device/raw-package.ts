/**
 * The npm package raw-socket, as far as it is used here: the only file that loads it. It is optional, since it has to be
 * compiled, and it is loaded when first needed, so that everything else works without it.
 */
import { createRequire } from 'node:module';
import { DeviceError } from './errors.js';

export interface RawSocket {
  /** The octets are lent: the package reads the next message into the same buffer. */
  on(event: 'message', listener: (octets: Uint8Array, source: string) => void): unknown;
  /** Nothing to read is an error too; so is a descriptor that is no more, after which it closes itself. */
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  /** Queues the octets, uncopied; sends one packet for each turn of the loop in which the socket can be written. */
  send(octets: Uint8Array, offset: number, length: number, address: string, sent: (error: Error | null) => void): unknown;
  setOption(level: number, option: number, value: number): void;
  setOption(level: number, option: number, value: Uint8Array, length: number): void;
  /** What the package does when the socket is readable: reads one message and emits it, or an error. */
  onRecvReady(): void;
  /** What it does when the socket is writable: sends the packet queued first, or stops asking if there is none. */
  onSendReady(): void;
  close(): unknown;
}

export interface RawPackage {
  createSocket(options: { readonly protocol: number; readonly addressFamily: number; readonly bufferSize: number }): RawSocket;
}

export const ADDRESS_FAMILY = { 4: 1, 6: 2 } as const;

/** @param load how the package is loaded; tests have other ways. @throws DeviceError ENORAWSOCKET */
export function loadRawPackage(load: () => unknown = () => createRequire(__filename)('raw-socket')): RawPackage {
  try {
    return load() as RawPackage;
  } catch (error) {
    throw noPackage(error as NodeJS.ErrnoException);
  }
}

function noPackage(error: NodeJS.ErrnoException): DeviceError {
  // Missing altogether, or installed without a compiler at hand: then its own compiled part is what is missing.
  const missing = error.code === 'MODULE_NOT_FOUND' && !/raw\.node/.test(error.message);
  const why = missing ? 'is not installed' : `cannot be loaded: ${error.message.split('\n')[0]}`;
  return new DeviceError('ENORAWSOCKET', `The optional package raw-socket, which opens raw sockets for us, ${why}.`,
    `sudo apt-get install -y make g++ python3 && npm ${missing ? 'install --include=optional raw-socket' : 'rebuild raw-socket'}, or use --device tun`);
}

/** The package's errors are the C library's sentences. @returns the name of the errno, or the sentence */
export const errnoOf = (error: Error): string => ERRNO_NAMES.get(error.message) ?? error.message;

const ERRNO_NAMES = new Map([
  ['Operation not permitted', 'EPERM'],
  ['Permission denied', 'EACCES'],
  ['Resource temporarily unavailable', 'EAGAIN'],
  ['Interrupted system call', 'EINTR'],
  ['No buffer space available', 'ENOBUFS'],
  ['Cannot allocate memory', 'ENOMEM'],
  ['Message too long', 'EMSGSIZE'],
  ['Invalid argument', 'EINVAL'],
  ['Network is unreachable', 'ENETUNREACH'],
  ['Network is down', 'ENETDOWN'],
  ['Too many open files', 'EMFILE'],
  ['Address family not supported by protocol', 'EAFNOSUPPORT'],
]);
