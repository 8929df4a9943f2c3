/**
 * IPv4 options that TCP and its users know (RFC 791 §3.1, RFC 1122 §3.2.1.8): record route, timestamp, loose and strict source
 * route. Read from a packet, written for one. What is not known is passed over; an illegal length ends the reading.
 */
import { Address } from '../util/address.js';

export const IP_OPT_EOL = 0;
export const IP_OPT_NOP = 1;
export const IP_OPT_RECORD_ROUTE = 7;
export const IP_OPT_TIMESTAMP = 68;
export const IP_OPT_LSRR = 131;
export const IP_OPT_SSRR = 137;

/** Octets an IPv4 header has for options. */
export const MAX_IP_OPTIONS = 40;

/** One option that a user wants on every packet. */
export type IpOption =
  /** Gateways write their addresses into so many slots, 1 … 9. */
  | { readonly kind: 'record-route'; readonly slots: number }
  /** Hosts write milliseconds since midnight UT into so many slots: 1 … 9, with their addresses 1 … 4. */
  | { readonly kind: 'timestamp'; readonly slots: number; readonly withAddresses?: boolean }
  /** IPv4 addresses to pass, in this order, 1 … 9, before the peer; strict = no other gateway between them. */
  | { readonly kind: 'source-route'; readonly strict: boolean; readonly via: readonly Address[] };

export interface ReceivedIpOptions {
  /** The route that the packet took as its sender demanded, in its order; null = none, or not complete. */
  sourceRoute: { strict: boolean; via: Address[] } | null;
  /** Addresses recorded on the way; null = not asked for. */
  recordRoute: Address[] | null;
  /** Milliseconds since midnight UT, as hosts on the way wrote them; `overflow` = hosts that found no room. */
  timestamps: { times: { address: Address | null; time: number }[]; overflow: number } | null;
  /** Options of other kinds. */
  unknown: number;
  /** A length or pointer was illegal: the rest was not read. */
  malformed: boolean;
}

/** Octets of the option at `at`, which ends before `end`; 0 = illegal. */
function lengthAt(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] === IP_OPT_NOP || bytes[at] === IP_OPT_EOL) return 1;
  const length = at + 1 < end ? bytes[at + 1] : 0;
  return length < 2 || at + length > end ? 0 : length;
}

const isSourceRoute = (kind: number): boolean => kind === IP_OPT_LSRR || kind === IP_OPT_SSRR;

/** Reads the option area bytes[start, end) of a packet that has reached its end. Never fails. */
export function readIpOptions(bytes: Uint8Array, start: number, end: number): ReceivedIpOptions {
  const read: ReceivedIpOptions = { sourceRoute: null, recordRoute: null, timestamps: null, unknown: 0, malformed: false };
  for (let at = start; at < end && bytes[at] !== IP_OPT_EOL;) {
    const length = lengthAt(bytes, at, end);
    if (length === 0 || !readOption(bytes, at, length, read)) {
      read.malformed = true;
      break;
    }
    at += length;
  }
  return read;
}

function readOption(bytes: Uint8Array, at: number, length: number, into: ReceivedIpOptions): boolean {
  const kind = bytes[at];
  if (kind === IP_OPT_NOP) return true;
  if (kind === IP_OPT_TIMESTAMP) return readTimestamps(bytes, at, length, into);
  if (kind !== IP_OPT_RECORD_ROUTE && !isSourceRoute(kind)) {
    into.unknown++;
    return true;
  }
  if (length < 3 || (length - 3) % 4 !== 0 || bytes[at + 2] < 4) return false;
  const used = Math.min(bytes[at + 2] - 1, length);
  const addresses: Address[] = [];
  for (let slot = at + 3; slot + 4 <= at + used; slot += 4) addresses.push(addressAt(bytes, slot));
  if (kind === IP_OPT_RECORD_ROUTE) into.recordRoute = addresses;
  else if (used === length && addresses.length > 0) into.sourceRoute = { strict: kind === IP_OPT_SSRR, via: addresses };
  return true;
}

function readTimestamps(bytes: Uint8Array, at: number, length: number, into: ReceivedIpOptions): boolean {
  if (length < 4 || bytes[at + 2] < 5) return false;
  const flag = bytes[at + 3] & 15;
  const size = flag === 0 ? 4 : 8;
  const used = Math.min(bytes[at + 2] - 1, length);
  const times: { address: Address | null; time: number }[] = [];
  for (let slot = at + 4; slot + size <= at + used; slot += size) {
    times.push({ address: flag === 0 ? null : addressAt(bytes, slot), time: wordAt(bytes, slot + size - 4) >>> 0 });
  }
  into.timestamps = { times, overflow: bytes[at + 3] >> 4 };
  return true;
}

/** Where the address stands that a source route of bytes[start, end) still leads to: its last slot; -1 = there is none, or it is complete. */
export function unfinishedRoute(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end && bytes[at] !== IP_OPT_EOL;) {
    const length = lengthAt(bytes, at, end);
    if (length === 0) return -1;
    if (isSourceRoute(bytes[at]) && length >= 7) return bytes[at + 2] + 3 <= length ? at + length - 4 : -1;
    at += length;
  }
  return -1;
}

/** Is there a source route in the area, complete or not? */
export function hasSourceRoute(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  for (let at = start; at < end && bytes[at] !== IP_OPT_EOL;) {
    const length = lengthAt(bytes, at, end);
    if (length === 0) return false;
    if (isSourceRoute(bytes[at])) return true;
    at += length;
  }
  return false;
}

/**
 * The option area of what a user wants, as setsockopt(IP_OPTIONS) takes it: a source route begins with its first hop.
 * @throws RangeError for more than 40 octets, for counts out of range and for addresses that are not IPv4
 */
export function ipOptionArea(options: readonly IpOption[]): Uint8Array {
  const octets: number[] = [];
  for (const option of options) octets.push(...octetsOf(option));
  while (octets.length % 4 !== 0) octets.push(IP_OPT_EOL);
  const area = Uint8Array.from(octets);
  if (!isIpOptionArea(area)) throw new RangeError(`IP options of ${area.length} octets, but at most ${MAX_IP_OPTIONS} fit, and one source route`);
  return area;
}

function octetsOf(option: IpOption): number[] {
  switch (option.kind) {
    case 'record-route':
      return slots(option.slots, 9, 4, [IP_OPT_RECORD_ROUTE, 3 + 4 * option.slots, 4]);
    case 'timestamp': {
      const size = option.withAddresses === true ? 8 : 4;
      return slots(option.slots, 36 / size | 0, size, [IP_OPT_TIMESTAMP, 4 + size * option.slots, 5, size === 8 ? 1 : 0]);
    }
    case 'source-route': {
      const { via, strict } = option;
      if (via.some((address) => !address.isV4)) throw new RangeError('a source route is made of IPv4 addresses');
      const route = slots(via.length, 9, 4, [strict ? IP_OPT_SSRR : IP_OPT_LSRR, 3 + 4 * via.length, 4]);
      for (const [i, { w3 }] of via.entries()) for (let j = 0; j < 4; j++) route[3 + 4 * i + j] = (w3 >>> (24 - 8 * j)) & 255;
      return route;
    }
  }
}

function slots(count: number, most: number, size: number, head: number[]): number[] {
  if (!Number.isInteger(count) || count < 1 || count > most) throw new RangeError(`an IP option with ${count} slots, but it must be 1 … ${most}`);
  return [...head, ...new Array<number>(size * count).fill(0)];
}

/** Can these octets be sent as an option area: whole options, one source route at most, fresh pointers? */
export function isIpOptionArea(area: Uint8Array): boolean {
  if (area.length > MAX_IP_OPTIONS || area.length % 4 !== 0) return false;
  let routes = 0;
  for (let at = 0; at < area.length && area[at] !== IP_OPT_EOL;) {
    const length = lengthAt(area, at, area.length);
    if (length === 0) return false;
    if (isSourceRoute(area[at]) && (++routes > 1 || length < 7 || (length - 3) % 4 !== 0 || area[at + 2] !== 4)) return false;
    at += length;
  }
  return true;
}

/**
 * The area as it goes out to a peer: a source route gives its first hop to the destination field and ends at the peer.
 * @param area what `isIpOptionArea` accepts; changed in place
 * @returns the first hop, or null without a source route
 */
export function startRoute(area: Uint8Array, peer: Address): Address | null {
  for (let at = 0; at < area.length && area[at] !== IP_OPT_EOL;) {
    const length = lengthAt(area, at, area.length);
    if (!isSourceRoute(area[at])) {
      at += length;
      continue;
    }
    const first = addressAt(area, at + 3);
    area.copyWithin(at + 3, at + 7, at + length);
    for (let j = 0; j < 4; j++) area[at + length - 4 + j] = (peer.w3 >>> (24 - 8 * j)) & 255;
    return first;
  }
  return null;
}

const wordAt = (bytes: Uint8Array, at: number): number => (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
const addressAt = (bytes: Uint8Array, at: number): Address => new Address(0, 0, 0xffff, wordAt(bytes, at));

/** One word or so for each option, as people read them. */
export function ipOptionsText(bytes: Uint8Array, start: number, end: number): string {
  const texts: string[] = [];
  for (let at = start; at < end && bytes[at] !== IP_OPT_EOL;) {
    const length = lengthAt(bytes, at, end);
    if (length === 0) {
      texts.push('malformed');
      break;
    }
    if (bytes[at] !== IP_OPT_NOP) texts.push(optionText(bytes, at, length));
    at += length;
  }
  return texts.join(',');
}

const NAMES: Readonly<Record<number, string>> = { [IP_OPT_RECORD_ROUTE]: 'rr', [IP_OPT_TIMESTAMP]: 'ts', [IP_OPT_LSRR]: 'lsrr', [IP_OPT_SSRR]: 'ssrr', 148: 'ra' };

function optionText(bytes: Uint8Array, at: number, length: number): string {
  const kind = bytes[at];
  const name = NAMES[kind] ?? `unknown-${kind}`;
  if (kind !== IP_OPT_RECORD_ROUTE && !isSourceRoute(kind)) return name;
  let text = name;
  for (let slot = at + 3; slot + 4 <= at + length; slot += 4) text += `${slot - at + 1 === bytes[at + 2] ? ' |' : ''} ${addressAt(bytes, slot).toString()}`;
  return text;
}
