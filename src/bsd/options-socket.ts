/** Options of SOL_SOCKET. */
import { MILLISECOND, SECOND } from '../util/units.js';
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { intAt, littleEndian, littleEndian64, longAt } from './octets.js';
import { bool, int, type OptionRow, table, told, withInt } from './option-table.js';
import { sendLimit } from './sending.js';
import type { World } from './world.js';

/** sock_set_timeout: a timeout of days is as good as none. */
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
      // Negative: at once. Linux keeps no such value, it waits no time.
      const wanted = seconds < 0 ? 1 : seconds * SECOND + micros;
      socket.options[field] = wanted > LONGEST ? 0 : wanted;
      return 0;
    },
    get: (_world, socket) => {
      const value = socket.options[field];
      return littleEndian64(Math.floor(value / SECOND), value % SECOND);
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

const receiveBuffer = (world: World, socket: BsdSocket): number => socket.options.receiveBuffer || world.sysctls.numbers('net.ipv4.tcp_rmem')[1];

/** struct sk_meminfo: nine counts of octets (and packets dropped). Only what is text here: there are no other structures. */
function memory(world: World, socket: BsdSocket): Uint8Array {
  const received = socket.tcb === undefined ? 0 : socket.tcb.rcvBuf.length;
  const queued = socket.tcb === undefined ? 0 : socket.tcb.sndBuf.length;
  const octets = new Uint8Array(4 * MEMORY_FIELDS);
  const view = new DataView(octets.buffer);
  [received, receiveBuffer(world, socket), 0, sendLimit(world, socket), 0, queued].forEach((value, i) => { view.setUint32(4 * i, value, true); });
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
    set: withInt((_world, socket, value) => {
      socket.options.receiveLowWater = value < 0 ? 2 ** 31 - 1 : value || 1;
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
  [Linux.SO_MEMINFO, { set: () => Errno.ENOPROTOOPT, get: memory }],
  [Linux.SO_ACCEPTCONN, told((_world, socket) => (socket.listener === undefined ? 0 : 1))],
);
