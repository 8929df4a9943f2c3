/**
 * Errors in the shape of Node's own (code, errno, syscall, address, port; the message of node:net for the same event), so that
 * programs written for node:net understand them. Only what node:net does not know has words of its own.
 */
import { getSystemErrorMap } from 'node:util';
import type { ConnectError, ListenError } from '../stack/stack.js';
import type { TcpFailure } from '../tcp/tcb.js';

export type ErrorCode =
  | 'EACCES' | 'EADDRINUSE' | 'EADDRNOTAVAIL' | 'ECONNABORTED' | 'ECONNREFUSED' | 'ECONNRESET' | 'EHOSTDOWN' | 'EHOSTUNREACH' | 'EINVAL'
  | 'EMSGSIZE' | 'ENETDOWN' | 'ENETUNREACH' | 'ENONET' | 'ENOPROTOOPT' | 'ENOTSUP' | 'EPIPE' | 'EPROTO' | 'ETIMEDOUT';
export type Syscall = 'bind' | 'connect' | 'listen' | 'read' | 'write';

/** The two ends of an attempt; a port of 0 or undefined is not told. */
export interface Ends {
  readonly address?: string;
  readonly port?: number;
  readonly localAddress?: string;
  readonly localPort?: number;
}

interface SystemError {
  readonly errno: number;
  readonly text: string;
}

const systemErrors: ReadonlyMap<string, SystemError> = new Map([...getSystemErrorMap()].map(([errno, [code, text]]) => [code, { errno, text }]));

/** An error of the network. `name` is 'Error', as for Node's. */
export class NetError extends Error {
  /** Negative, as Node's: -111. */
  readonly errno: number | undefined;
  declare readonly address?: string;
  declare readonly port?: number;
  declare readonly localAddress?: string;
  declare readonly localPort?: number;

  constructor(readonly code: ErrorCode, readonly syscall: Syscall, message: string, ends: Ends = {}) {
    super(message);
    this.errno = systemErrors.get(code)?.errno;
    const told = Object.entries(ends).filter(([, value]) => value !== undefined && value !== 0);
    Object.assign(this, Object.fromEntries(told));
  }
}

/** A mistake of the program: `code` is Node's ERR_… for the same mistake. */
export class UsageError extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

const failures: Readonly<Record<TcpFailure, ErrorCode>> = {
  refused: 'ECONNREFUSED',
  reset: 'ECONNRESET',
  'timed-out': 'ETIMEDOUT',
  'user-timeout': 'ETIMEDOUT',
  'net-unreachable': 'ENETUNREACH',
  'host-unreachable': 'EHOSTUNREACH',
  'protocol-unreachable': 'ENOPROTOOPT',
  'source-route-failed': 'ENOTSUP', // the same number as EOPNOTSUPP
  'host-down': 'EHOSTDOWN',
  'host-isolated': 'ENONET',
  prohibited: 'EACCES',
  'protocol-error': 'EPROTO',
  'packet-too-big': 'EMSGSIZE',
  aborted: 'ECONNABORTED',
};

const calls: Readonly<Record<Exclude<ConnectError, 'no-local-address'>, ErrorCode>> = {
  'invalid-address': 'EINVAL',
  'no-port-left': 'EADDRNOTAVAIL',
  'address-in-use': 'EADDRNOTAVAIL', // as connect(2) says when the pair of sockets exists
  'connection-does-not-exist': 'EINVAL',
  'connection-already-exists': 'EADDRNOTAVAIL',
  'connection-closing': 'EADDRNOTAVAIL',
  'remote-unspecified': 'EINVAL',
};

/** "connect ECONNREFUSED 192.0.2.1:80" */
export function connectError(why: TcpFailure | ConnectError | 'stopped', ends: Ends): NetError {
  if (why === 'no-local-address') {
    return ends.localAddress === undefined ? ofConnect('ENETUNREACH', ends) : ofBind('EADDRNOTAVAIL', ends.localAddress);
  }
  if (why === 'stopped') return ofConnect('ENETDOWN', ends);
  return ofConnect(isFailure(why) ? failures[why] : calls[why], ends);
}

const isFailure = (why: string): why is TcpFailure => why in failures;

function ofConnect(code: ErrorCode, ends: Ends): NetError {
  const local = ends.localAddress === undefined || ends.localPort === undefined ? '' : ` - Local (${ends.localAddress}:${ends.localPort})`;
  return new NetError(code, 'connect', `connect ${code} ${place(ends)}${local}`, ends);
}

const ofBind = (code: ErrorCode, address: string): NetError => new NetError(code, 'bind', `bind ${code} ${address}`, { address });

const place = ({ address = '', port = 0 }: Ends): string => (port === 0 ? address : `${address}:${port}`);

/** An established connection has failed: "read ECONNRESET". */
export function connectionError(failure: TcpFailure, syscall: 'read' | 'write'): NetError {
  const code = failures[failure];
  return new NetError(code, syscall, `${syscall} ${code}`);
}

/** SEND was not served: the failure that ended the connection says why, otherwise EPIPE. */
export function writeError(failure: TcpFailure | null): NetError {
  return failure === null ? new NetError('EPIPE', 'write', 'write EPIPE') : connectionError(failure, 'write');
}

/** "listen EADDRINUSE: address already in use 192.0.2.1:80" */
export function listenError(why: ListenError | 'stopped' | 'not-an-address', ends: Ends): NetError {
  const code = listens[why];
  return new NetError(code, 'listen', `listen ${code}: ${systemErrors.get(code)?.text ?? why} ${place(ends)}`, ends);
}

const listens: Readonly<Record<Parameters<typeof listenError>[0], ErrorCode>> = {
  'address-in-use': 'EADDRINUSE',
  'not-our-address': 'EADDRNOTAVAIL',
  'invalid-port': 'EINVAL',
  'not-an-address': 'EINVAL',
  stopped: 'ENETDOWN',
};

/** There is no resolver here. */
export function notAnAddress(host: string, port: number): NetError {
  const message = `connect EINVAL ${host}:${port}: "${host}" is not an IP address, and glasstcp does not look up names. `
    + 'Look it up first: const { address } = await dns.promises.lookup(host)';
  return new NetError('EINVAL', 'connect', message, { address: host, port });
}

/** A port must be an integer from 0 to 65535; thrown at once, as node:net does. */
export function badPort(name: string, value: unknown): RangeError {
  const error = new RangeError(`${name} should be >= 0 and < 65536. Received type ${typeof value} (${String(value)}).`);
  return Object.assign(error, { code: 'ERR_SOCKET_BAD_PORT' });
}

export const socketClosed = (): UsageError => new UsageError('ERR_SOCKET_CLOSED', 'Socket is closed');
export const closedBeforeConnection = (): UsageError =>
  new UsageError('ERR_SOCKET_CLOSED_BEFORE_CONNECTION', 'Socket closed before the connection was established');
export const endedByPeer = (): UsageError => new UsageError('EPIPE', 'This socket has been ended by the other party');
export const serverNotRunning = (): UsageError => new UsageError('ERR_SERVER_NOT_RUNNING', 'Server is not running.');
export const alreadyListening = (): UsageError =>
  new UsageError('ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
