/** Options of SOL_SOCKET. */
import { MILLISECOND, SECOND } from '../util/units.js';
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { intAt, littleEndian, littleEndian64, longAt } from './octets.js';
import { keptOfSocket } from './options-kept.js';
import { bool, int, type OptionRow, table, withInt } from './option-table.js';
import { sendLimit } from './sending.js';
import type { World } from './world.js';

/** sock_set_timeout: a timeout of days is as good as none. */
/** µs: no wait at all, but not 0 either, which means for ever. */
const AT_ONCE = 0.001;
const LONGEST: number = 2 ** 40 * MILLISECOND;
const LEAST_RECEIVE_BUFFER = 2304;
const LEAST_SEND_BUFFER = 4608;
const MEMORY_FIELDS = 9;

function timeout(field: 'receiveTimeout' | 'sendTimeout'): OptionRow {
  return {
    set: (_world, socket, value) => {
      if (value.length < 16) return Errno.EINVAL;
      const seconds = longAt(value);
      const micros = longAt(value, 8);
      if (micros < 0 || micros >= SECOND) return Errno.EDOM;
      // Negative: at once, which reads as 0.
      const wanted = seconds < 0 ? AT_ONCE : seconds * SECOND + micros;
      socket.options[field] = wanted > LONGEST ? 0 : wanted;
      return 0;
    },
    get: (_world, socket) => {
      const value = socket.options[field];
      return littleEndian64(Math.floor(value / SECOND), Math.floor(value % SECOND));
    },
  };
}

/** Doubled, for the kernel's own structures. @param limited by the system's largest */
function buffer(field: 'sendBuffer' | 'receiveBuffer', limited: boolean): NonNullable<OptionRow['set']> {
  const [name, least] = field === 'sendBuffer' ? ['net.core.wmem_max', LEAST_SEND_BUFFER] : ['net.core.rmem_max', LEAST_RECEIVE_BUFFER];
  return withInt((world, socket, value) => {
    const wanted = value < 0 && !limited ? 0 : limited ? Math.min(value >>> 0, world.sysctls.number(name)) : value;
    socket.options[field] = Math.min(Math.max(2 * wanted, least), 2 ** 30);
    return 0;
  });
}

const linger: OptionRow = {
  set: (_world, socket, value) => {
    if (value.length < 8) return Errno.EINVAL;
    socket.options.lingerOn = intAt(value) === 0 ? 0 : 1;
    if (socket.options.lingerOn !== 0) socket.options.lingerTime = intAt(value, 4) >>> 0;
    return 0;
  },
  get: (_world, { options }) => {
    const octets = new Uint8Array(8);
    octets.set(littleEndian(options.lingerOn));
    octets.set(littleEndian(options.lingerTime), 4);
    return octets;
  },
};

const receiveBuffer = (world: World, socket: BsdSocket): number => socket.options.receiveBuffer || socket.tcb?.rcvMemory || world.sysctls.numbers('net.ipv4.tcp_rmem')[1];

/** struct sk_meminfo: memory in use and its limits, received and queued; what has no counterpart is 0. */
function memory(world: World, socket: BsdSocket): Uint8Array {
  const { tcb } = socket;
  const octets = new Uint8Array(4 * MEMORY_FIELDS);
  const view = new DataView(octets.buffer);
  view.setUint32(0, tcb?.rcvMemoryUsed ?? 0, true);
  view.setUint32(4, receiveBuffer(world, socket), true);
  view.setUint32(12, sendLimit(world, socket), true);
  view.setUint32(20, tcb === undefined ? 0 : socket.sendMemory.used(tcb), true);
  return octets;
}

export const socketOptions = table(
  [Linux.SO_REUSEADDR, bool('reuseAddress')],
  [Linux.SO_REUSEPORT, bool('reusePort')],
  [Linux.SO_KEEPALIVE, bool('keepAlive')],
  [Linux.SO_OOBINLINE, bool('oobInline')],
  [Linux.SO_LINGER, linger],
  [Linux.SO_PRIORITY, int('priority')],
  [Linux.SO_MARK, int('mark')],
  [Linux.SO_SNDBUF, { set: buffer('sendBuffer', true), get: (world, socket) => ({ int: sendLimit(world, socket) }) }],
  [Linux.SO_RCVBUF, { set: buffer('receiveBuffer', true), get: (world, socket) => ({ int: receiveBuffer(world, socket) }) }],
  [Linux.SO_SNDBUFFORCE, { set: buffer('sendBuffer', false) }],
  [Linux.SO_RCVBUFFORCE, { set: buffer('receiveBuffer', false) }],
  [Linux.SO_RCVLOWAT, {
    set: withInt((world, socket, value) => {
      const most = (socket.options.receiveBuffer || world.sysctls.numbers('net.ipv4.tcp_rmem')[2]) >>> 1;
      socket.options.receiveLowWater = Math.min(value < 0 ? 2 ** 31 - 1 : value || 1, most);
      socket.endpoint?.connection.makeRoom(socket.options.receiveLowWater, world.now());
      return 0;
    }),
    get: (_world, socket) => ({ int: socket.options.receiveLowWater }),
  }],
  [Linux.SO_SNDLOWAT, { set: () => Errno.ENOPROTOOPT, get: () => ({ int: 1 }) }],
  [Linux.SO_RCVTIMEO, timeout('receiveTimeout')],
  [Linux.SO_SNDTIMEO, timeout('sendTimeout')],
  [Linux.SO_TYPE, { set: () => Errno.ENOPROTOOPT, get: () => ({ int: Linux.SOCK_STREAM }) }],
  [Linux.SO_PROTOCOL, { set: () => Errno.ENOPROTOOPT, get: () => ({ int: Linux.IPPROTO_TCP }) }],
  [Linux.SO_DOMAIN, { set: () => Errno.ENOPROTOOPT, get: (_world, socket) => ({ int: socket.domain }) }],
  [Linux.SO_ERROR, { set: () => Errno.ENOPROTOOPT, get: (_world, socket) => ({ int: socket.takeError() || socket.takeSoftError() }) }],
  [Linux.SO_ACCEPTCONN, { set: () => Errno.ENOPROTOOPT, get: (_world, socket) => ({ int: socket.listener === undefined ? 0 : 1 }) }],
  [Linux.SO_MEMINFO, { set: () => Errno.ENOPROTOOPT, get: memory }],
  ...keptOfSocket,
);
