/** The calls about sockets rather than their octets: options, flags, queues, readiness. */
import type { CallResult } from '../bsd/sockets.js';
import { Address } from '../util/address.js';
import type { Expression } from './ast.js';
import { intOctets } from './calls-data.js';
import { type CallContext, expectArgs, liveFd, type Preparer, printable } from './marshal.js';
import { Stop } from './stop.js';
import { pollText } from './symbols.js';

/** An option's value as the kernel has it in memory: `[n]`, a string, {onoff, linger}, an IPv6 address. */
function optionOctets(expression: Expression, length: number, context: CallContext): Uint8Array {
  const { values } = context;
  const text = values.octets(expression);
  if (text !== undefined) return fitted(text, length);
  if (expression.kind === 'list') return fitted(intOctets(values.boxed(expression)), length);
  if (expression.kind === 'struct') return fitted(lingerOctets(expression, context), length);
  if (expression.kind === 'apply' && expression.name === 'inet6_addr') return fitted(ipv6Octets(expression.args[0], context), length);
  throw new Stop('unsupported', 'a value of an option is [number], a string or {onoff=…, linger=…} here', expression.at);
}

function fitted(octets: Uint8Array, length: number): Uint8Array {
  if (octets.length === length) return octets;
  const whole = new Uint8Array(Math.max(0, length));
  whole.set(octets.subarray(0, whole.length));
  return whole;
}

function lingerOctets(expression: Expression, { values }: CallContext): Uint8Array {
  const octets = new Uint8Array(8);
  const view = new DataView(octets.buffer);
  for (const { name, value, at } of values.struct(expression)) {
    if (name === 'onoff' || name === 'l_onoff') view.setInt32(0, values.number(value), true);
    else if (name === 'linger' || name === 'l_linger') view.setInt32(4, values.number(value), true);
    else throw new Stop('unsupported', `options with the field ${name} are not supported here`, at);
  }
  return octets;
}

function ipv6Octets(text: Expression | undefined, { values }: CallContext): Uint8Array {
  const address = text === undefined ? undefined : Address.parse(values.text(text));
  if (address === undefined) throw new Stop('error', 'inet6_addr() needs an IPv6 address', text?.at);
  const octets = new Uint8Array(16);
  const view = new DataView(octets.buffer);
  [address.w0, address.w1, address.w2, address.w3].forEach((word, i) => view.setInt32(4 * i, word));
  return octets;
}

const shown = (octets: Uint8Array): string =>
  octets.length === 4 ? String(new DataView(octets.buffer, octets.byteOffset).getInt32(0, true)) : `"${printable(octets)}"`;

const isAny = (expression: Expression): boolean =>
  expression.kind === 'ellipsis' || (expression.kind === 'list' && expression.items.length === 1 && expression.items[0].kind === 'ellipsis');

function optionDifference(result: CallResult, expected: Uint8Array | undefined, length: number): string | undefined {
  if (result.value < 0) return undefined;
  const octets = result.octets ?? new Uint8Array(0);
  if (octets.length !== length) return `the option has ${octets.length} octets instead of ${length}`;
  if (expected === undefined || expected.every((octet, i) => octet === octets[i])) return undefined;
  return `the option is ${shown(octets)} instead of ${shown(expected)}`;
}

export const optionCalls: Readonly<Record<string, Preparer>> = {
  getsockopt: (event, context) => {
    const [fd, level, option, value, size] = expectArgs(event, 5);
    const { values } = context;
    const length = values.boxed(size);
    const expected = isAny(value) ? undefined : optionOctets(value, length, context);
    return {
      call: { name: 'getsockopt', fd: liveFd(fd, context), level: values.number(level), option: values.number(option), length },
      check: (result) => optionDifference(result, expected, length),
    };
  },
  setsockopt: (event, context) => {
    const [fd, level, option, value, size] = expectArgs(event, 5);
    const { values } = context;
    const octets = optionOctets(value, values.number(size), context);
    return { call: { name: 'setsockopt', fd: liveFd(fd, context), level: values.number(level), option: values.number(option), value: octets } };
  },
  fcntl: (event, context) => {
    const [fd, command, argument] = expectArgs(event, 2, 3);
    const { values } = context;
    return {
      call: { name: 'fcntl', fd: liveFd(fd, context), command: values.number(command), argument: argument === undefined ? 0 : values.number(argument) },
    };
  },
  ioctl: (event, context) => {
    const [fd, request, answer] = expectArgs(event, 2, 3);
    const { values } = context;
    const expected = answer === undefined || isAny(answer) ? undefined : intOctets(values.boxed(answer));
    return {
      call: { name: 'ioctl', fd: liveFd(fd, context), request: values.number(request) },
      check: ({ value, octets }) => {
        if (value < 0 || expected === undefined || octets === undefined) return undefined;
        return expected.every((octet, i) => octet === octets[i]) ? undefined : `the answer is ${shown(octets)} instead of ${shown(expected)}`;
      },
    };
  },
  poll: (event, context) => {
    const [list, count, timeout] = expectArgs(event, 3);
    const { values } = context;
    const wanted = values.list(list).map((item) => pollEntry(item, context));
    if (values.number(count) !== wanted.length) throw new Stop('error', `poll() is told of ${values.number(count)} descriptors, but ${wanted.length} are there`, count.at);
    return {
      call: { name: 'poll', entries: wanted.map(({ fd, events }) => ({ fd, events })), timeout: values.number(timeout) },
      check: ({ revents = [] }) => {
        const wrong = wanted.findIndex((entry, i) => entry.revents !== undefined && entry.revents !== (revents[i] ?? 0));
        return wrong < 0 ? undefined : `revents of descriptor ${wrong + 1} are ${pollText(revents[wrong] ?? 0)} instead of ${pollText(wanted[wrong].revents ?? 0)}`;
      },
    };
  },
};

function pollEntry(item: Expression, context: CallContext): { readonly fd: number; readonly events: number; readonly revents: number | undefined } {
  const { values } = context;
  const fields = values.struct(item);
  const fd = fields.find((f) => f.name === 'fd');
  if (fd === undefined) throw new Stop('error', 'a pollfd needs fd', item.at);
  const number = (name: string): number | undefined => {
    const field = fields.find((f) => f.name === name);
    return field === undefined || field.value.kind === 'ellipsis' ? undefined : values.number(field.value);
  };
  return { fd: liveFd(fd.value, context), events: number('events') ?? 0, revents: number('revents') };
}
