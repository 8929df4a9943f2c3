/** What stands in a line of JSON for numbers, octets, addresses and calls: names for numbers, hex, base64 or text for octets. */
import { constants } from './constants.js';
import { littleEndian } from './octets.js';
import type { CallResult, ControlMessage, PendingCall, PollEntry, SocketAddress, SocketCall } from './sockets.js';

type Json = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws RangeError saying which field is wrong */
export function objectIn(value: unknown, what: string): Json {
  if (!isObject(value)) throw new RangeError(`${what} must be an object`);
  return value;
}

/** A number, a name of one, or names joined by "|": "SOCK_STREAM | SOCK_NONBLOCK". */
export function numberIn(value: unknown, what: string, otherwise?: number): number {
  if (value === undefined && otherwise !== undefined) return otherwise;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'string') throw new RangeError(`${what} must be a number or the name of one`);
  return value.split('|').map((name) => named(name.trim(), what)).reduce((sum, n) => sum | n, 0);
}

function named(name: string, what: string): number {
  if (/^-?(\d+|0x[0-9a-f]+)$/i.test(name)) return Number(name);
  if (!Object.hasOwn(constants, name)) throw new RangeError(`${what}: no number is called ${name}`);
  return constants[name];
}

/** Hex as a string; {"base64": "…"} or {"text": "…"}. */
export function octetsIn(value: unknown, what: string): Uint8Array {
  if (typeof value === 'string') return fromHex(value, what);
  if (isObject(value) && typeof value.base64 === 'string') return Uint8Array.from(Buffer.from(value.base64, 'base64'));
  if (isObject(value) && typeof value.text === 'string') return new TextEncoder().encode(value.text);
  throw new RangeError(`${what} must be octets: hex, {"base64": …} or {"text": …}`);
}

function fromHex(text: string, what: string): Uint8Array {
  const digits = text.replaceAll(/\s/g, '');
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) throw new RangeError(`${what} is not hex`);
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

function addressIn(value: unknown, what: string): SocketAddress {
  const { family, address, port } = objectIn(value, what);
  const known = numberIn(family, `${what}.family`, typeof address === 'string' && address.includes(':') ? constants.AF_INET6 : constants.AF_INET);
  return { family: known, address: typeof address === 'string' ? address : '0.0.0.0', port: numberIn(port, `${what}.port`, 0) };
}

function controlIn(value: unknown): ControlMessage[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map((item: unknown, i) => {
    const { level, type, data } = objectIn(item, `control[${i}]`);
    return { level: numberIn(level, 'level'), type: numberIn(type, 'type'), data: octetsIn(data, 'data') };
  });
}

function entriesIn(value: unknown): PollEntry[] {
  if (!Array.isArray(value)) throw new RangeError('entries must be a list');
  return value.map((item: unknown, i) => {
    const { fd, events } = objectIn(item, `entries[${i}]`);
    return { fd: numberIn(fd, 'fd'), events: numberIn(events, 'events') };
  });
}

/** The call that an object describes: the fields of SocketCall. @throws RangeError saying what is wrong with it */
export function callIn(value: unknown): SocketCall {
  const call = objectIn(value, 'call');
  const number = (name: string, otherwise?: number): number => numberIn(call[name], name, otherwise);
  switch (call.name) {
    case 'socket': return { name: 'socket', domain: number('domain'), type: number('type'), protocol: number('protocol', 0) };
    case 'poll': return { name: 'poll', entries: entriesIn(call.entries), timeout: number('timeout', -1) };
    case 'bind': return { name: 'bind', fd: number('fd'), address: addressIn(call.address, 'address') };
    case 'connect': return { name: 'connect', fd: number('fd'), address: addressIn(call.address, 'address') };
    case 'listen': return { name: 'listen', fd: number('fd'), backlog: number('backlog') };
    case 'accept': return { name: 'accept', fd: number('fd'), flags: number('flags', 0) };
    case 'send': return {
      name: 'send', fd: number('fd'), octets: octetsIn(call.octets, 'octets'), flags: number('flags', 0), control: controlIn(call.control),
      ...(call.to === undefined ? {} : { to: addressIn(call.to, 'to') }),
    };
    case 'recv': return { name: 'recv', fd: number('fd'), length: number('length'), flags: number('flags', 0), controlLength: number('controlLength', 0) };
    case 'shutdown': return { name: 'shutdown', fd: number('fd'), how: number('how') };
    case 'close': case 'getsockname': case 'getpeername': return { name: call.name, fd: number('fd') };
    case 'setsockopt': return { name: 'setsockopt', fd: number('fd'), level: number('level'), option: number('option'), value: valueIn(call.value) };
    case 'getsockopt': return { name: 'getsockopt', fd: number('fd'), level: number('level'), option: number('option'), length: number('length', 4) };
    case 'fcntl': return { name: 'fcntl', fd: number('fd'), command: number('command'), argument: number('argument', 0) };
    case 'ioctl': return { name: 'ioctl', fd: number('fd'), request: number('request') };
    default: throw new RangeError(`no call is called ${String(call.name)}`);
  }
}

/** An option's value: a number is an int. */
const valueIn = (value: unknown): Uint8Array => (typeof value === 'number' ? littleEndian(value) : octetsIn(value, 'value'));

const hex = (octets: Uint8Array): string => Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString('hex');

/** Octets in hex, Infinity as null. */
export function toLine(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (item instanceof Uint8Array ? hex(item) : item === Infinity ? null : item));
}

/** The result of a call that has ended, with when. */
export const endOf = (pending: PendingCall): { readonly at: number; readonly result: CallResult | undefined } => ({ at: pending.endedAt, result: pending.result });
