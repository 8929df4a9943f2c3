/** Options that Linux takes and that change nothing here: they are kept, and read as they were set. Programs set them in passing. */
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { littleEndian } from './octets.js';
import { type OptionRow, withByteOrInt, withInt, within } from './option-table.js';

const any = (): boolean => true;
const flag = within(0, 1);
const unsigned = (value: number): boolean => value >= 0;

const keyOf = (level: number, option: number): number => (level << 16) | option;
export const keptValue = ({ options }: BsdSocket, level: number, option: number, initial = 0): number => options.kept.get(keyOf(level, option)) ?? initial;

interface Kept {
  readonly allowed?: (value: number) => boolean;
  readonly initial?: number;
  /** What is kept of a value. */
  readonly as?: (value: number) => number;
}

function row(level: number, option: number, { allowed = any, initial = 0, as = (value) => value }: Kept): readonly [number, OptionRow] {
  const set = (_world: unknown, socket: BsdSocket, value: number): number => {
    if (!allowed(value)) return Errno.EINVAL;
    socket.options.kept.set(keyOf(level, option), as(value));
    return 0;
  };
  const taking = level === Linux.SOL_IP ? withByteOrInt(set) : withInt(set);
  return [option, { set: taking, get: (_world, socket) => ({ int: keptValue(socket, level, option, initial) }) }];
}

const truth = (value: number): number => (value === 0 ? 0 : 1);
const bools = (level: number, ...options: readonly number[]): (readonly [number, OptionRow])[] => options.map((option) => row(level, option, { as: truth }));

const { SOL_SOCKET, SOL_TCP, SOL_IP } = Linux;
const unsupported: OptionRow = { set: withInt(() => Errno.EOPNOTSUPP), get: () => Errno.EOPNOTSUPP };

/** A 64-bit number for whoever has room for one. */
const pacingRate: OptionRow = {
  ...row(SOL_SOCKET, Linux.SO_MAX_PACING_RATE, { initial: -1 })[1],
  get: (_world, socket) => {
    const rate = keptValue(socket, SOL_SOCKET, Linux.SO_MAX_PACING_RATE, -1);
    const octets = new Uint8Array(8).fill(rate === -1 ? 0xff : 0);
    octets.set(littleEndian(rate));
    return octets;
  },
};

export const keptOfSocket: readonly (readonly [number, OptionRow])[] = [
  ...bools(
    SOL_SOCKET, Linux.SO_DEBUG, Linux.SO_DONTROUTE, Linux.SO_BROADCAST, Linux.SO_NO_CHECK, Linux.SO_TIMESTAMP, Linux.SO_TIMESTAMPNS, Linux.SO_RXQ_OVFL,
  ),
  row(SOL_SOCKET, Linux.SO_PEEK_OFF, { initial: -1 }),
  row(SOL_SOCKET, Linux.SO_INCOMING_CPU, { initial: -1 }),
  row(SOL_SOCKET, Linux.SO_BUSY_POLL, { allowed: unsigned }),
  row(SOL_SOCKET, Linux.SO_BINDTOIFINDEX, { allowed: unsigned }),
  row(SOL_SOCKET, Linux.SO_ZEROCOPY, { allowed: flag }),
  row(SOL_SOCKET, Linux.SO_TXREHASH, { allowed: within(-1, 1), initial: 1, as: (value) => (value === -1 ? 1 : value) }),
  [Linux.SO_MAX_PACING_RATE, pacingRate],
  [Linux.SO_PASSCRED, unsupported],
];

export const keptOfTcp: readonly (readonly [number, OptionRow])[] = [
  row(SOL_TCP, Linux.TCP_THIN_LINEAR_TIMEOUTS, { allowed: flag }),
  row(SOL_TCP, Linux.TCP_THIN_DUPACK, { allowed: flag, as: () => 0 }),
];

export const keptOfIp: readonly (readonly [number, OptionRow])[] = bools(
  SOL_IP, Linux.IP_FREEBIND, Linux.IP_TRANSPARENT, Linux.IP_BIND_ADDRESS_NO_PORT, Linux.IP_RECVTOS, Linux.IP_RECVTTL, Linux.IP_PKTINFO, Linux.IP_RETOPTS,
  Linux.IP_RECVOPTS, Linux.IP_CHECKSUM, Linux.IP_RECVORIGDSTADDR,
);
