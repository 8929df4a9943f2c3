/** What a raw device is asked for, checked: addresses of this host's loopback, of one family, and an MTU. */
import { Address } from '../util/address.js';
import type { Clock } from '../util/clock.js';
import { DeviceError } from './errors.js';

/** The largest IP packet; the interface lo takes it. */
export const LARGEST_PACKET = 65_535;
const LEAST_MTU = { 4: 68, 6: 1280 } as const;

export interface RawOptions {
  /** Ours: addresses of 127.0.0.0/8, or ::1. */
  readonly addresses: readonly string[];
  readonly clock: Clock;
  /** What we send and announce, octets: 68 … 65535, at least 1280 for IPv6. Default 65535. Packets of up to 65,535 octets are received in any case. */
  readonly mtu?: number;
  /** Packets that may wait to be sent; from 1. Default 1024. */
  readonly sendQueue?: number;
  /** false only in tests: the kernel then answers for our ports. */
  readonly guard?: boolean;
  /** Told once if the socket is lost. */
  readonly onLost?: (error: DeviceError) => void;
}

export interface CheckedRawOptions {
  readonly addresses: readonly Address[];
  readonly version: 4 | 6;
  readonly mtu: number;
  readonly sendQueue: number;
  readonly guard: boolean;
}

/** @throws DeviceError EOPTION */
export function checkRawOptions(options: RawOptions): CheckedRawOptions {
  const { mtu = LARGEST_PACKET, sendQueue = 1024 } = options;
  const addresses = options.addresses.map(readAddress);
  if (addresses.length === 0) throw new DeviceError('EOPTION', 'A raw device needs an address.', 'give it 127.0.0.1, another of 127.0.0.0/8, or ::1');
  const version = addresses[0].isV4 ? 4 : 6;
  if (addresses.some((address) => address.isV4 !== addresses[0].isV4)) {
    throw new DeviceError('EOPTION', 'A raw device speaks one IP version, and these addresses are of both.', 'open one device for each version');
  }
  if (!Number.isInteger(mtu) || mtu < LEAST_MTU[version] || mtu > LARGEST_PACKET) {
    throw new DeviceError('EOPTION', `An MTU of ${mtu} is not possible.`, `choose ${LEAST_MTU[version]} to ${LARGEST_PACKET} octets`);
  }
  if (!Number.isInteger(sendQueue) || sendQueue < 1) {
    throw new DeviceError('EOPTION', `A send queue of ${sendQueue} packets is not possible.`, 'choose 1 or more');
  }
  // A test of the guard must be able to fail: this switch is for it, and for nobody else.
  const guard = options.guard !== false && process.env.GLASSTCP_RST_GUARD !== 'off';
  return { addresses, version, mtu, sendQueue, guard };
}

function readAddress(text: string): Address {
  const address = Address.parse(text);
  if (address?.isLoopback === true) return address;
  throw new DeviceError('EOPTION', `A raw device speaks on this host's loopback only, and "${text}" is no address of it.`,
    'use 127.0.0.1, another of 127.0.0.0/8, or ::1; for other addresses there is --device tun');
}
