/** Options of SOL_TCP. */
import { MILLISECOND, SECOND } from '../util/units.js';
import { timestampNow } from '../tcp/loss/acknowledged.js';
import { announcedMss } from '../tcp/segment-size.js';
import { TIMESTAMP_OPTION } from '../tcp/tcb.js';
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { keptOfTcp } from './options-kept.js';
import { bool, int, isUsed, type OptionRow, table, within, withInt } from './option-table.js';
import { tcpInfoOctets } from './tcp-info.js';
import type { World } from './world.js';

const LEAST_MSS = 88;
const LARGEST_MSS = 32_767;
const DEFAULT_MSS = 536;
const LARGEST_KEEPALIVE = 32_767;
const LARGEST_COUNT = 127;
/** tcp_fin_time is never longer (TCP_FIN_TIMEOUT_MAX). */
const LONGEST_LINGER2 = 120;
const LEAST_WINDOW = 1152;
const NAME_LENGTH = 16;

/** s, set or the system's. */
function seconds(field: 'keepIdle' | 'keepInterval', sysctl: string): OptionRow {
  return { ...int(field, within(1, LARGEST_KEEPALIVE)), get: (world, socket) => ({ int: socket.options[field] || world.sysctls.number(sysctl) }) };
}

function count(field: 'keepCount' | 'synCount', sysctl: string): OptionRow {
  return { ...int(field, within(1, LARGEST_COUNT)), get: (world, socket) => ({ int: socket.options[field] || world.sysctls.number(sysctl) }) };
}

function maxSegment(_world: World, socket: BsdSocket): { int: number } {
  const { tcb, options } = socket;
  if (options.maxSegment > 0 && (socket.state === Linux.TCP_CLOSE || socket.listener !== undefined)) return { int: options.maxSegment };
  return { int: tcb === undefined || tcb.sndMss === 0 ? DEFAULT_MSS : socket.opening ? Math.min(DEFAULT_MSS, announcedMss(tcb)) - (tcb.config.timestamps ? TIMESTAMP_OPTION : 0) : tcb.sndMss };
}

const linger2: OptionRow = {
  set: withInt((_world, socket, value) => {
    socket.options.linger2 = value < 0 ? -1 : value > LONGEST_LINGER2 ? LONGEST_LINGER2 : value === 0 ? undefined : value;
    return 0;
  }),
  get: (world, socket) => ({ int: socket.options.linger2 ?? world.sysctls.number('net.ipv4.tcp_fin_timeout') }),
};

/** Kept as a number of SYN,ACKs: secs_to_retrans, and back as seconds. */
const deferAccept: OptionRow = {
  set: withInt((world, socket, value) => {
    socket.options.deferAccept = retransmissionsIn(value, initialRto(world), longestRto(world));
    return 0;
  }),
  get: (world, socket) => ({ int: secondsOf(socket.options.deferAccept, initialRto(world), longestRto(world)) }),
};

const initialRto = (world: World): number => world.stack.config.rtoInitial / SECOND;
const longestRto = (world: World): number => world.sysctls.milliseconds('net.ipv4.tcp_rto_max_ms') / SECOND;

function retransmissionsIn(wanted: number, first: number, longest: number): number {
  if (wanted <= 0) return 0;
  let timeout = first;
  let period = first;
  let n = 1;
  while (wanted > period && n < 255) {
    n++;
    timeout = Math.min(2 * timeout, longest);
    period += timeout;
  }
  return n;
}

function secondsOf(retransmissions: number, first: number, longest: number): number {
  let timeout = first;
  let period = 0;
  for (let n = 0; n < retransmissions; n++) {
    period += timeout;
    timeout = Math.min(2 * timeout, longest);
  }
  return period;
}

/** Set again it pushes again: what is corked, or was sent with MSG_MORE, goes. */
const noDelay: OptionRow = {
  ...bool('noDelay'),
  set: withInt((_world, { options, endpoint }, value) => {
    options.noDelay = value === 0 ? 0 : 1;
    endpoint?.setNoDelay(value !== 0);
    return 0;
  }),
};

/** Drawn again it lets go of what was sent with MSG_MORE. */
const cork: OptionRow = {
  ...bool('cork'),
  set: withInt((_world, { options, endpoint }, value) => {
    options.cork = value === 0 ? 0 : 1;
    endpoint?.setCork(value !== 0);
    return 0;
  }),
};

const windowClamp: OptionRow = {
  set: withInt((world, socket, value) => {
    if (value === 0 && isUsed(socket)) return Errno.EINVAL;
    socket.options.windowClamp = value === 0 ? 0 : Math.max(value, LEAST_WINDOW);
    if (value > 0) socket.endpoint?.connection.setWindowClamp(socket.options.windowClamp, world.now());
    return 0;
  }),
  get: (_world, { tcb, options }) => ({ int: tcb !== undefined && tcb.rcvMemory > 0 && tcb.establishedAt > 0 ? tcb.rcvBuf.limit : options.windowClamp }),
};

const congestion: OptionRow = {
  set: (_world, _socket, value) => {
    if (value.length < 1) return Errno.EINVAL;
    const [name] = new TextDecoder().decode(value.subarray(0, NAME_LENGTH - 1)).split('\0');
    return name === 'reno' ? 0 : Errno.ENOENT;
  },
  get: () => {
    const octets = new Uint8Array(NAME_LENGTH);
    octets.set(new TextEncoder().encode('reno'));
    return octets;
  },
};

/** ms on the connection's own timestamp clock. */
const timestamp: OptionRow = {
  set: () => Errno.EPERM,
  get: (world, { tcb }) => ({ int: tcb === undefined ? Math.floor(world.now() / MILLISECOND) : timestampNow(tcb, world.now()) }),
};

const fastOpen: OptionRow = {
  ...int('fastOpen', (value) => value >= 0),
  set: withInt((world, socket, value) => {
    if (value < 0 || !(socket.state === Linux.TCP_CLOSE || socket.listener !== undefined)) return Errno.EINVAL;
    socket.options.fastOpen = Math.min(value, world.sysctls.number('net.core.somaxconn'));
    return 0;
  }),
};

const fastOpenNoCookie: OptionRow = {
  ...bool('fastOpenNoCookie'),
  set: withInt((_world, socket, value) => {
    if (value < 0 || value > 1 || !(socket.state === Linux.TCP_CLOSE || socket.listener !== undefined)) return Errno.EINVAL;
    socket.options.fastOpenNoCookie = value;
    return 0;
  }),
};

function closedOnly(field: 'fastOpenConnect', errno: number): OptionRow {
  return {
    ...bool(field),
    set: withInt((world, socket, value) => {
      if (value !== 0 && value !== 1) return Errno.EINVAL;
      if ((world.sysctls.number('net.ipv4.tcp_fastopen') & 1) === 0) return Errno.EOPNOTSUPP;
      if (isUsed(socket)) return errno;
      socket.options[field] = value;
      return 0;
    }),
  };
}

/** A word to the policy, which goes on from there. Bit 0 = be quick. */
const quickAck: OptionRow = {
  set: withInt((_world, { endpoint, options }, value) => {
    options.quickAck = value & 1;
    endpoint?.setQuickAck(options.quickAck !== 0);
    return 0;
  }),
  get: (_world, { tcb, options }) => ({ int: tcb === undefined ? options.quickAck : tcb.ack.conversation ? 0 : 1 }),
};

export const tcpOptions = table(
  [Linux.TCP_NODELAY, noDelay],
  [Linux.TCP_CORK, cork],
  [Linux.TCP_MAXSEG, { ...int('maxSegment', (v) => v === 0 || (v >= LEAST_MSS && v <= LARGEST_MSS)), get: maxSegment }],
  [Linux.TCP_USER_TIMEOUT, int('userTimeout', (v) => v >= 0)],
  [Linux.TCP_KEEPIDLE, seconds('keepIdle', 'net.ipv4.tcp_keepalive_time')],
  [Linux.TCP_KEEPINTVL, seconds('keepInterval', 'net.ipv4.tcp_keepalive_intvl')],
  [Linux.TCP_KEEPCNT, count('keepCount', 'net.ipv4.tcp_keepalive_probes')],
  [Linux.TCP_SYNCNT, count('synCount', 'net.ipv4.tcp_syn_retries')],
  [Linux.TCP_LINGER2, linger2],
  [Linux.TCP_DEFER_ACCEPT, deferAccept],
  [Linux.TCP_WINDOW_CLAMP, windowClamp],
  [Linux.TCP_INFO, { get: tcpInfoOctets }],
  [Linux.TCP_QUICKACK, quickAck],
  [Linux.TCP_CONGESTION, congestion],
  [Linux.TCP_FASTOPEN, fastOpen],
  [Linux.TCP_FASTOPEN_CONNECT, closedOnly('fastOpenConnect', Errno.EINVAL)],
  [Linux.TCP_FASTOPEN_NO_COOKIE, fastOpenNoCookie],
  [Linux.TCP_NOTSENT_LOWAT, int('notSentLowWater')],
  [Linux.TCP_INQ, int('inq', within(0, 1))],
  [Linux.TCP_TIMESTAMP, timestamp],
  ...keptOfTcp,
);
