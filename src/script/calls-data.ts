/** The calls that carry octets: read, write and their relatives. */
import type { CallResult, ControlMessage } from '../bsd/sockets.js';
import type { CallEvent, Expression, Field } from './ast.js';
import {
  AF_UNSPEC, type CallContext, compareText, connectAddress, expectArgs, expectedText, liveFd, payload, type Prepared, type Preparer, readAddress,
} from './marshal.js';
import { Stop } from './stop.js';

/** Octets of struct cmsghdr; data after it is padded to as many. */
const CMSG_HEADER = 16;
const CMSG_ALIGN = 8;
const EXTENDED_ERROR = 16;

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** `[{..., 1000}, {"text", 4}]` with its count. */
function vectors(list: Expression, count: Expression | undefined, context: CallContext): { readonly base: Expression; readonly length: number }[] {
  const items = context.values.list(list).map((item) => {
    const [base, length] = context.values.struct(item);
    if (base === undefined || length === undefined) throw new Stop('error', 'an iovec is {buffer, length}', item.at);
    return { base: base.value, length: context.values.number(length.value) };
  });
  if (count !== undefined && context.values.number(count) !== items.length) {
    throw new Stop('error', `the count ${context.values.number(count)} does not match the ${items.length} elements`, count.at);
  }
  return items;
}

const total = (items: readonly { readonly length: number }[]): number => items.reduce((sum, { length }) => sum + length, 0);

/** write(fd, buffer, length) and its kin: the buffer may be NULL. */
function prepareBuffer(event: CallEvent, context: CallContext, flags: number, to?: Expression): Prepared {
  const [, buffer, size] = event.args;
  const length = context.values.number(size);
  if (!isNull(buffer, context) || length <= 0) return prepareSend(event, context, payload(buffer, length, context), flags, to);
  const prepared = prepareSend(event, context, new Uint8Array(0), flags, to);
  return prepared.call.name === 'send' ? { call: { ...prepared.call, nowhere: length } } : prepared;
}

const isNull = (buffer: Expression, { values }: CallContext): boolean =>
  buffer.kind !== 'ellipsis' && values.octets(buffer) === undefined && values.number(buffer) === 0;

function prepareSend(event: CallEvent, context: CallContext, octets: Uint8Array, flags: number, to?: Expression): Prepared {
  const [fd] = event.args;
  const call = { name: 'send', fd: liveFd(fd, context), octets, flags } as const;
  if (to === undefined) return { call };
  const address = readAddress(to, connectAddress(context.settings), context);
  const socket = context.connections.byFd(context.values.number(fd));
  if (socket?.state === 'new' && address.family !== AF_UNSPEC) {
    socket.state = 'connecting';
    socket.localPort = 0;
    socket.remotePort = address.port;
  }
  return { call: { ...call, to: address } };
}

export const sending: Readonly<Record<string, Preparer>> = {
  write: (event, context) => {
    expectArgs(event, 3);
    return prepareBuffer(event, context, 0);
  },
  send: (event, context) => {
    const [, , , flags] = expectArgs(event, 4);
    return prepareBuffer(event, context, context.values.number(flags));
  },
  sendto: (event, context) => {
    const [, , , flags, to] = expectArgs(event, 6);
    return prepareBuffer(event, context, context.values.number(flags), to);
  },
  writev: (event, context) => {
    const [, list, count] = expectArgs(event, 3);
    return prepareSend(event, context, concatenated(vectors(list, count, context).map(({ base, length }) => payload(base, length, context))), 0);
  },
  sendmsg: (event, context) => {
    const [, header, flags] = expectArgs(event, 3);
    const message = messageOf(header, context);
    if (message.flags !== 0) throw new Stop('error', 'sendmsg() ignores msg_flags', header.at);
    const octets = concatenated(message.vectors.map(({ base, length }) => payload(base, length, context)));
    const prepared = prepareSend(event, context, octets, context.values.number(flags), message.name);
    if (prepared.call.name !== 'send' || message.control === undefined) return prepared;
    return { call: { ...prepared.call, control: message.control } };
  },
};

function prepareRecv(event: CallEvent, context: CallContext, buffer: Expression, length: number, flags: number): Prepared {
  const text = expectedText(buffer, context);
  return { call: { name: 'recv', fd: liveFd(event.args[0], context), length, flags }, check: (result) => compareText(text, result) };
}

const ANYTHING = { kind: 'ellipsis', at: { line: 0, column: 0 } } as const;

export const receiving: Readonly<Record<string, Preparer>> = {
  read: (event, context) => {
    const [, buffer, length] = expectArgs(event, 3);
    return prepareRecv(event, context, buffer, context.values.number(length), 0);
  },
  recv: (event, context) => {
    const [, buffer, length, flags] = expectArgs(event, 4);
    return prepareRecv(event, context, buffer, context.values.number(length), context.values.number(flags));
  },
  recvfrom: (event, context) => {
    const [, buffer, length, flags] = expectArgs(event, 6);
    return prepareRecv(event, context, buffer, context.values.number(length), context.values.number(flags));
  },
  readv: (event, context) => {
    const [, list, count] = expectArgs(event, 3);
    return prepareRecv(event, context, ANYTHING, total(vectors(list, count, context)), 0);
  },
  recvmsg: (event, context) => {
    const [fd, header, flags] = expectArgs(event, 3);
    const message = messageOf(header, context);
    const controlLength = (message.control ?? []).reduce((sum, { data }) => sum + spaceOf(data.length), 0);
    return {
      call: {
        name: 'recv', fd: liveFd(fd, context), length: total(message.vectors), flags: context.values.number(flags),
        ...(message.control === undefined ? {} : { controlLength }),
      },
      check: (result) => (result.value < 0 ? undefined : messageDifference(message, result)),
    };
  },
};

const spaceOf = (length: number): number => CMSG_HEADER + Math.ceil(length / CMSG_ALIGN) * CMSG_ALIGN;

/** A struct msghdr as written. */
interface Message {
  readonly name: Expression | undefined;
  readonly vectors: readonly { readonly base: Expression; readonly length: number }[];
  readonly flags: number;
  readonly control: readonly ControlMessage[] | undefined;
}

function messageOf(header: Expression, context: CallContext): Message {
  const fields = context.values.struct(header);
  const field = (name: string): Field | undefined => fields.find((f) => f.name === name);
  const unknown = fields.find(({ name }) => !['msg_name', 'msg_namelen', 'msg_iov', 'msg_iovlen', 'msg_control', 'msg_controllen', 'msg_flags'].includes(name));
  if (unknown !== undefined) throw new Stop('unsupported', `the field ${unknown.name} of a msghdr is not known here`, unknown.at);
  const iov = field('msg_iov');
  const flags = field('msg_flags');
  const control = field('msg_control');
  return {
    name: field('msg_name')?.value,
    vectors: iov === undefined ? [] : vectors(iov.value, iov.count, context),
    flags: flags === undefined ? 0 : context.values.number(flags.value),
    control: control === undefined || control.value.kind === 'ellipsis' ? undefined : context.values.list(control.value).map((c) => controlOf(c, context)),
  };
}

function controlOf(expression: Expression, context: CallContext): ControlMessage {
  const fields = context.values.struct(expression);
  const value = (name: string): Expression => {
    const found = fields.find((f) => f.name === name);
    if (found === undefined) throw new Stop('error', `a cmsghdr needs ${name}`, expression.at);
    return found.value;
  };
  return { level: context.values.number(value('cmsg_level')), type: context.values.number(value('cmsg_type')), data: controlData(value('cmsg_data'), context) };
}

function controlData(expression: Expression, context: CallContext): Uint8Array {
  if (expression.kind !== 'struct') {
    if (expression.kind === 'list') throw new Stop('unsupported', 'control messages with attributes are not supported here', expression.at);
    return intOctets(context.values.number(expression));
  }
  const data = new Uint8Array(EXTENDED_ERROR);
  const view = new DataView(data.buffer);
  for (const { name, value, at } of context.values.struct(expression)) {
    const number = context.values.number(value);
    if (name === 'ee_errno') view.setUint32(0, number, true);
    else if (name === 'ee_origin') view.setUint8(4, number);
    else if (name === 'ee_type') view.setUint8(5, number);
    else if (name === 'ee_code') view.setUint8(6, number);
    else if (name === 'ee_info') view.setUint32(8, number, true);
    else if (name === 'ee_data') view.setUint32(12, number, true);
    else throw new Stop('unsupported', `control data with ${name} are not supported here`, at);
  }
  return data;
}

/** An int as the kernel has it in memory. */
export function intOctets(value: number, length = 4): Uint8Array {
  const octets = new Uint8Array(Math.max(length, 4));
  new DataView(octets.buffer).setInt32(0, value | 0, true);
  return octets.subarray(0, length);
}

function messageDifference(expected: Message, result: CallResult): string | undefined {
  const flags = result.flags ?? 0;
  if (flags !== expected.flags) return `msg_flags are 0x${flags.toString(16)} instead of 0x${expected.flags.toString(16)}`;
  const seen = result.control ?? [];
  const wanted = expected.control ?? [];
  if (seen.length !== wanted.length) return `there were ${seen.length} control messages instead of ${wanted.length}`;
  for (const [i, { level, type, data }] of wanted.entries()) {
    const other = seen[i];
    if (other.level !== level || other.type !== type) return `control message ${i + 1} has level ${other.level}, type ${other.type} instead of ${level}, ${type}`;
    const same = other.data.length >= data.length && data.every((octet, at) => other.data[at] === octet);
    if (!same) return `control message ${i + 1} holds ${numberText(other.data)} instead of ${numberText(data)}`;
  }
  return undefined;
}

function numberText(data: Uint8Array): string {
  return data.length === 4 ? String(new DataView(data.buffer, data.byteOffset).getInt32(0, true)) : Buffer.from(data).toString('hex');
}
