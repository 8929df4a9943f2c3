/** setsockopt(2) and getsockopt(2): one row for each option, with Linux's limits, and the lengths of values. */
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { intAt } from './octets.js';
import type { SocketOptions } from './socket-options.js';
import type { World } from './world.js';

export interface OptionRow {
  /** @returns errno, 0 = set. undefined: cannot be set */
  readonly set?: (world: World, socket: BsdSocket, value: Uint8Array) => number;
  /** The value whole. undefined: cannot be asked for. A number is an errno. */
  readonly get?: (world: World, socket: BsdSocket) => Uint8Array | { readonly int: number } | number;
}

/** The settings that are numbers. */
type NumberField = { [K in keyof SocketOptions]-?: SocketOptions[K] extends number ? K : never }[keyof SocketOptions];

/** An int that is kept as it is. @param allowed values outside are EINVAL */
export function int(field: NumberField, allowed: (value: number) => boolean = () => true): OptionRow {
  return {
    set: withInt((_world, socket, value) => {
      if (!allowed(value)) return Errno.EINVAL;
      socket.options[field] = value;
      return 0;
    }),
    get: (_world, socket) => ({ int: socket.options[field] }),
  };
}

/** An int of which only "is it 0?" is kept. */
export function bool(field: NumberField, taking: typeof withInt = withInt): OptionRow {
  return {
    set: taking((_world, socket, value) => {
      socket.options[field] = value === 0 ? 0 : 1;
      return 0;
    }),
    get: (_world, socket) => ({ int: socket.options[field] }),
  };
}

/** What is asked only. */
export const told = (get: (world: World, socket: BsdSocket) => number): OptionRow => ({ get: (world, socket) => ({ int: get(world, socket) }) });

/** Takes any value and does nothing; reads as 0. */
export const without: OptionRow = { set: () => 0, get: () => ({ int: 0 }) };

/** A setter of an int: shorter values are EINVAL. */
export function withInt(set: (world: World, socket: BsdSocket, value: number) => number): NonNullable<OptionRow['set']> {
  return (world, socket, value) => (value.length < 4 ? Errno.EINVAL : set(world, socket, intAt(value)));
}

/** A setter of an int that may be given as one octet, or as nothing for 0 (SOL_IP). */
export function withByteOrInt(set: (world: World, socket: BsdSocket, value: number) => number): NonNullable<OptionRow['set']> {
  return (world, socket, value) => {
    if (value.length >= 4) return set(world, socket, intAt(value));
    return set(world, socket, value.length >= 1 ? value[0] : 0);
  };
}

export const within = (least: number, most: number) => (value: number): boolean => value >= least && value <= most;

export type Table = ReadonlyMap<number, OptionRow>;

export const table = (...rows: (readonly [number, OptionRow])[]): Table => new Map(rows);

/** A connection or listener whose options cannot change any more. */
export const isUsed = (socket: BsdSocket): boolean => socket.state !== Linux.TCP_CLOSE;
