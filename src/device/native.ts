/**
 * System calls by name: any function of libc with numbers and addresses as arguments, so that a thread for blocking calls can
 * make the very same calls. Memory comes from malloc, because addresses cross threads. koffi is loaded when first needed.
 */
import { createRequire } from 'node:module';
import { DeviceError } from './errors.js';
import { errnoName } from './libc.js';

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

let loaded: { readonly koffi: KoffiMemory; readonly library: ReturnType<KoffiMemory['load']> } | null = null;

function libc(): NonNullable<typeof loaded> {
  if (loaded === null) {
    const koffi = createRequire(__filename)('koffi') as KoffiMemory;
    loaded = { koffi, library: koffi.load(null) };
  }
  return loaded;
}

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
    call = libc().library.func(`intptr_t ${name}(intptr_t, intptr_t, intptr_t, intptr_t, intptr_t, intptr_t)`) as Native;
    functions.set(name, call);
  }
  const value = call(args[0] ?? 0, args[1] ?? 0, args[2] ?? 0, args[3] ?? 0, args[4] ?? 0, args[5] ?? 0) | 0; // every result is an int, or fits
  return { value, errno: value === -1 ? libc().koffi.errno() : 0 };
}

/** The same, for calls that do not fail on a sound machine. @throws DeviceError */
export function must(what: string, name: string, ...args: Argument[]): number {
  const { value, errno } = native(name, ...args);
  if (value !== -1) return value;
  const code = errnoName(libc().koffi as never, errno);
  throw new DeviceError(code, `${what} failed: ${name}() says ${code}.`, 'run as root in a private network namespace; glasstcp doctor says what is missing');
}

/** Memory outside the garbage collector's reach: its address stays what it is, until free(). */
export class NativeMemory {
  readonly octets: Uint8Array;
  readonly address: bigint;
  readonly view: DataView;
  private readonly pointer: unknown;

  constructor(size: number) {
    const { koffi } = libc();
    this.pointer = koffi.alloc('uint8', size);
    this.address = koffi.address(this.pointer);
    const buffer = koffi.view(this.pointer, size);
    this.octets = new Uint8Array(buffer);
    this.view = new DataView(buffer);
    this.octets.fill(0);
  }

  /** Nobody may look at it any more. */
  free(): void {
    libc().koffi.free(this.pointer);
  }
}
