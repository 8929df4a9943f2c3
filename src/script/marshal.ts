/** What all calls need for their arguments: descriptors, addresses, buffers; and what a prepared call is. */
import type { CallResult, SocketAddress, SocketCall } from '../bsd/sockets.js';
import { Address } from '../util/address.js';
import type { CallEvent, Expression } from './ast.js';
import type { Connections } from './connections.js';
import type { Settings } from './settings.js';
import { Stop } from './stop.js';
import type { Values } from './values.js';

export const AF_INET = 2;
export const AF_INET6 = 10;
export const AF_UNSPEC = 0;

export interface CallContext {
  readonly settings: Settings;
  readonly values: Values;
  readonly connections: Connections;
  /** Told when the script writes something else than zeros. */
  wroteText(): void;
}

/** A call ready to be made. */
export interface Prepared {
  readonly call: SocketCall;
  /** The result is a descriptor: any number will do where the script has one. */
  readonly givesFd?: boolean;
  /** What else must hold once result and errno do; says what does not. */
  readonly check?: (result: CallResult) => string | undefined;
  /** What the runner has to know of it; called when all holds. */
  readonly done?: (result: CallResult) => void;
}

export type Preparer = (event: CallEvent, context: CallContext) => Prepared;

/** @throws Stop unless there are so many arguments */
export function expectArgs({ name, args, nameAt }: CallEvent, from: number, to = from): readonly Expression[] {
  if (args.length >= from && args.length <= to) return args;
  throw new Stop('error', `${name}() takes ${from === to ? from : `${from} to ${to}`} arguments, not ${args.length}`, nameAt);
}

export function liveFd(expression: Expression, { values, connections }: CallContext): number {
  return connections.liveFd(values.number(expression), expression.at);
}

/** A buffer to send: `...` is zeros, a string is itself, filled up with zeros; NULL will do where nothing is sent. */
export function payload(expression: Expression, length: number, context: CallContext): Uint8Array {
  if (length < 0 || length > 0x7fffffff) throw new Stop('error', `${length} is no length of a buffer`, expression.at);
  const octets = new Uint8Array(length);
  const text = context.values.octets(expression);
  if (text !== undefined) {
    octets.set(text.subarray(0, length));
    context.wroteText();
  } else if (expression.kind !== 'ellipsis' && context.values.number(expression) !== 0) {
    throw new Stop('error', 'a buffer is ..., NULL or a string', expression.at);
  } else if (expression.kind !== 'ellipsis' && length > 0) {
    throw new Stop('unsupported', 'to send from NULL is not supported here', expression.at);
  }
  return octets;
}

/** What a buffer that was read must hold: undefined = anything. */
export function expectedText(expression: Expression, context: CallContext): Uint8Array | undefined {
  const text = context.values.octets(expression);
  if (text === undefined && expression.kind !== 'ellipsis' && context.values.number(expression) !== 0) {
    throw new Stop('error', 'a buffer is ..., NULL or a string', expression.at);
  }
  return text;
}

export function compareText(expected: Uint8Array | undefined, { octets, value }: CallResult): string | undefined {
  if (expected === undefined || octets === undefined) return undefined;
  const same = expected.length >= value && octets.subarray(0, value).every((octet, i) => octet === expected[i]);
  return same ? undefined : `read "${printable(octets.subarray(0, value))}" instead of "${printable(expected.subarray(0, value))}"`;
}

export const printable = (octets: Uint8Array): string =>
  Array.from(octets, (o) => (o >= 0x20 && o < 0x7f && o !== 0x5c ? String.fromCharCode(o) : `\\x${o.toString(16).padStart(2, '0')}`)).join('');

/** Where `...` binds to. */
export function bindAddress({ subject, bindPort }: Settings): SocketAddress {
  return socketAddress(subject.ipVersion, subject.localAddress, bindPort);
}

/** Where `...` connects to. */
export function connectAddress({ subject, connectPort }: Settings): SocketAddress {
  return socketAddress(subject.ipVersion, subject.remoteAddress, connectPort);
}

function socketAddress(version: Settings['subject']['ipVersion'], address: string, port: number): SocketAddress {
  if (version === 'ipv4') return { family: AF_INET, address, port };
  return { family: AF_INET6, address: version === 'ipv6' ? address : `::ffff:${address}`, port };
}

/** `{sa_family = …, sin_port = …, sin_addr = …}`, with … for what the defaults say. */
export function readAddress(expression: Expression, defaults: SocketAddress, { values }: CallContext): SocketAddress {
  if (expression.kind === 'ellipsis') return defaults;
  if (expression.kind !== 'struct') return { ...defaults, family: values.number(expression) };
  let { family, address, port } = defaults;
  for (const { name, value, at } of values.struct(expression)) {
    if (value.kind === 'ellipsis') continue;
    if (name === 'sa_family' || name === 'sin_family' || name === 'sin6_family') family = values.number(value);
    else if (name === 'sin_port' || name === 'sin6_port') port = values.number(value);
    else if (name === 'sin_addr' || name === 'sin6_addr') address = addressText(value, values);
    else throw new Stop('unsupported', `the field ${name} of an address is not known here`, at);
  }
  return { family, address, port };
}

function addressText(expression: Expression, values: Values): string {
  const inner = expression.kind === 'apply' && expression.args.length > 0 ? expression.args[expression.args.length - 1] : expression;
  if (inner.kind !== 'string') return new Address(0, 0, 0xffff, values.number(expression) | 0).toString();
  const address = Address.parse(inner.value);
  if (address === undefined) throw new Stop('error', `"${inner.value}" is not an IP address`, inner.at);
  return address.toString();
}

/** The same end? ::ffff:a.b.c.d and a.b.c.d are. */
export function sameAddress(a: SocketAddress, b: SocketAddress): boolean {
  const left = Address.parse(a.address);
  const right = Address.parse(b.address);
  return a.port === b.port && left !== undefined && right !== undefined && left.equals(right);
}
