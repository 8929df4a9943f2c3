/** System calls of scripts made ready for whoever answers them, and their results compared with what the script expects. */
import { errnoName, errnoText } from '../bsd/errno.js';
import type { CallResult } from '../bsd/sockets.js';
import type { CallEvent } from './ast.js';
import { receiving, sending } from './calls-data.js';
import { optionCalls } from './calls-options.js';
import {
  AF_INET, AF_INET6, AF_UNSPEC, bindAddress, type CallContext, connectAddress, expectArgs, liveFd, type Prepared, type Preparer, readAddress, sameAddress,
} from './marshal.js';
import { Stop } from './stop.js';
import { constantOf } from './symbols.js';

/** Calls that scripts may make elsewhere, about which this runner has nothing to say. */
const REFUSED: ReadonlySet<string> = new Set([
  'open', 'sendfile', 'epoll_create', 'epoll_ctl', 'epoll_wait', 'pipe', 'splice', 'cap_set', 'psp_rx_assoc', 'psp_tx_assoc', 'mmap', 'munmap',
]);

const TABLE: Readonly<Record<string, Preparer>> = {
  socket: (event, context) => {
    const [domain, type, protocol] = expectArgs(event, 3);
    const { values, settings, connections } = context;
    const family = domain.kind === 'ellipsis' ? (settings.subject.ipVersion === 'ipv4' ? AF_INET : AF_INET6) : values.number(domain);
    return {
      call: { name: 'socket', domain: family, type: values.number(type), protocol: values.number(protocol) },
      givesFd: true,
      done: ({ value }) => {
        if (value >= 0) connections.add(scriptFd(event, context) ?? value, value, event.result.at);
      },
    };
  },
  bind: (event, context) => {
    const [fd, address] = expectArgs(event, 3);
    return { call: { name: 'bind', fd: liveFd(fd, context), address: readAddress(address, bindAddress(context.settings), context) } };
  },
  listen: (event, context) => {
    const [fd, backlog] = expectArgs(event, 2);
    const socket = context.connections.byFd(context.values.number(fd));
    return {
      call: { name: 'listen', fd: liveFd(fd, context), backlog: context.values.number(backlog) },
      done: ({ value }) => {
        if (socket !== undefined && value === 0) socket.state = 'listening';
      },
    };
  },
  accept: (event, context) => prepareAccept(event, context, 3),
  accept4: (event, context) => prepareAccept(event, context, 4),
  connect: (event, context) => {
    const [fd, target] = expectArgs(event, 3);
    const address = readAddress(target, connectAddress(context.settings), context);
    const live = liveFd(fd, context);
    const socket = context.connections.byFd(context.values.number(fd));
    if (socket !== undefined && address.family === AF_UNSPEC) socket.state = 'new';
    else if (socket?.state === 'new' || socket?.state === 'connecting') { // again, where the first attempt failed at once
      socket.state = 'connecting';
      socket.localPort = 0;
      socket.remotePort = address.port;
    }
    return { call: { name: 'connect', fd: live, address } };
  },
  shutdown: (event, context) => {
    const [fd, how] = expectArgs(event, 2);
    return { call: { name: 'shutdown', fd: liveFd(fd, context), how: context.values.number(how) } };
  },
  close: (event, context) => {
    const [fd] = expectArgs(event, 1);
    const socket = context.connections.byFd(context.values.number(fd));
    return {
      call: { name: 'close', fd: liveFd(fd, context) },
      done: () => {
        if (socket !== undefined) socket.closed = true;
      },
    };
  },
  ...sending,
  ...receiving,
  ...optionCalls,
};

function prepareAccept(event: CallEvent, context: CallContext, count: number): Prepared {
  const [fd, peer, , flags] = expectArgs(event, count);
  return {
    call: { name: 'accept', fd: liveFd(fd, context), flags: flags === undefined ? 0 : context.values.number(flags) },
    givesFd: true,
    check: ({ address, value }) => {
      if (value < 0 || address === undefined || peer.kind !== 'struct') return undefined;
      const expected = readAddress(peer, address, context);
      return sameAddress(expected, address) ? undefined : `the peer is ${address.address} port ${address.port}, not ${expected.address} port ${expected.port}`;
    },
    done: ({ value, address }) => {
      if (value < 0) return;
      const socket = context.connections.accepted(address?.port ?? 0);
      if (socket === undefined) throw new Stop('error', 'the script has no connection that accept() could have answered with', event.nameAt);
      socket.scriptFd = scriptFd(event, context) ?? value;
      socket.liveFd = value;
    },
  };
}

/** The descriptor that the script wants it to be; undefined for `...`. */
function scriptFd({ result }: CallEvent, { values }: CallContext): number | undefined {
  return result.kind === 'ellipsis' ? undefined : values.number(result);
}

/** @throws Stop for calls that are not known, and arguments that make no sense */
export function prepareCall(event: CallEvent, context: CallContext): Prepared {
  const prepare = TABLE[event.name];
  if (prepare !== undefined) return prepare(event, context);
  const why = REFUSED.has(event.name) ? 'is not supported' : 'is not known';
  throw new Stop('unsupported', `the call ${event.name}() ${why} here`, event.nameAt);
}

/** '-1 EAGAIN (Resource temporarily unavailable)', '1000'. */
export function resultText({ value, errno }: CallResult): string {
  return errno === 0 ? String(value) : `${value} ${errnoName(errno)} (${errnoText(errno)})`;
}

/** What is wrong with the result of a call; undefined when it is as the script says. */
export function resultDifference(event: CallEvent, prepared: Prepared, result: CallResult, { values }: CallContext): string | undefined {
  if (event.result.kind !== 'ellipsis') {
    const expected = values.number(event.result);
    const fine = prepared.givesFd === true && expected >= 0 ? result.value >= 0 : result.value === expected;
    if (!fine) return `${event.name}() returned ${resultText(result)} instead of ${expected}${event.errno === undefined ? '' : ` ${event.errno}`}`;
  }
  if (event.errno !== undefined) {
    const expected = constantOf(event.errno);
    if (expected === undefined) throw new Stop('error', `${event.errno} is no error number`, event.errnoAt ?? event.nameAt);
    if (result.errno !== expected) return `${event.name}() failed with ${errnoName(result.errno)} (${errnoText(result.errno)}) instead of ${event.errno}`;
  }
  return prepared.check?.(result);
}
