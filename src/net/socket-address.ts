/** Addresses and ports as node:net tells them. */
import type { Address } from '../util/address.js';

export type Family = 'IPv4' | 'IPv6';

export interface SocketAddress {
  readonly address: string;
  readonly family: Family;
  readonly port: number;
}

export function familyOf(address: Address): Family;
export function familyOf(address: Address | undefined): Family | undefined;
export function familyOf(address: Address | undefined): Family | undefined {
  if (address === undefined) return undefined;
  return address.isV4 ? 'IPv4' : 'IPv6';
}

/** 0 (any) is a port here. */
export const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port <= 65_535;
