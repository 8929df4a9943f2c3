/** Options of SOL_IP and SOL_IPV6. */
import { isIpOptionArea } from '../wire/ip-options.js';
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { keptOfIp } from './options-kept.js';
import { bool, type OptionRow, table, within, withByteOrInt, withInt } from './option-table.js';
import type { SocketOptions } from './socket-options.js';
import type { World } from './world.js';

type Field = 'ttl' | 'hops' | 'mtuDiscover' | 'mtuDiscover6' | 'receiveErrors' | 'receiveErrors6' | 'trafficClass';

function octet(field: Field, allowed: (value: number) => boolean, get: (world: World, options: SocketOptions) => number): OptionRow {
  return {
    set: withByteOrInt((_world, socket, value) => {
      if (!allowed(value)) return Errno.EINVAL;
      socket.options[field] = value;
      return 0;
    }),
    get: (world, socket) => ({ int: get(world, socket.options) }),
  };
}

const plain = (field: Exclude<Field, 'mtuDiscover'>, allowed: (value: number) => boolean): OptionRow => octet(field, allowed, (_world, options) => options[field]);
const ECN_BITS = 3;

/** The ECN bits belong to TCP (RFC 3168): for a stream they stay as they are. */
const tos: OptionRow = {
  set: withByteOrInt((_world, { options }, value) => {
    options.tos = (value & 0xff & ~ECN_BITS) | (options.tos & ECN_BITS);
    return 0;
  }),
  get: (_world, { options }) => ({ int: options.tos }),
};

const trafficClass: OptionRow = {
  set: withInt((_world, { options }, value) => {
    if (value < -1 || value > 0xff) return Errno.EINVAL;
    options.trafficClass = ((value === -1 ? 0 : value) & ~ECN_BITS) | (options.trafficClass & ECN_BITS);
    return 0;
  }),
  get: (_world, { options }) => ({ int: options.trafficClass }),
};

const MOST_OPTIONS = 40;

const ipOptions: OptionRow = {
  set: (_world, { options }, value) => {
    if (value.length > MOST_OPTIONS) return Errno.EINVAL;
    const whole = new Uint8Array((value.length + 3) & ~3);
    whole.set(value);
    if (!isIpOptionArea(whole)) return Errno.EINVAL;
    options.ipOptions = whole;
    return 0;
  },
  get: (_world, { options }) => options.ipOptions.slice(),
};

const mtu: OptionRow = {
  get: (_world, socket: BsdSocket) => (socket.tcb === undefined || socket.state === Linux.TCP_CLOSE ? Errno.ENOTCONN : { int: socket.tcb.mtu }),
};

/** May only change while the socket is not bound. */
const v6Only: OptionRow = {
  set: withInt((_world, socket, value) => {
    if (socket.localPort !== 0) return Errno.EINVAL;
    socket.options.v6Only = value === 0 ? 0 : 1;
    return 0;
  }),
  get: (_world, { options }) => ({ int: options.v6Only }),
};

export const ipv4Options = table(
  [Linux.IP_TOS, tos],
  [Linux.IP_TTL, octet('ttl', (v) => v === -1 || (v >= 1 && v <= 255), (world, { ttl }) => (ttl < 0 ? world.sysctls.number('net.ipv4.ip_default_ttl') : ttl))],
  [Linux.IP_MTU, mtu],
  [Linux.IP_MTU_DISCOVER, octet('mtuDiscover', within(Linux.IP_PMTUDISC_DONT, Linux.IP_PMTUDISC_OMIT), (world, options) => options.mtuDiscover ?? (world.sysctls.on('net.ipv4.ip_no_pmtu_disc') ? 0 : 1))],
  [Linux.IP_RECVERR, bool('receiveErrors', withByteOrInt)],
  [Linux.IP_OPTIONS, ipOptions],
  ...keptOfIp,
);

export const ipv6Options = table(
  [Linux.IPV6_TCLASS, trafficClass],
  [Linux.IPV6_UNICAST_HOPS, octet('hops', within(-1, 255), (_world, { hops }) => (hops < 0 ? 64 : hops))],
  [Linux.IPV6_V6ONLY, v6Only],
  [Linux.IPV6_MTU, mtu],
  [Linux.IPV6_MTU_DISCOVER, plain('mtuDiscover6', within(Linux.IPV6_PMTUDISC_DONT, Linux.IPV6_PMTUDISC_OMIT))],
  [Linux.IPV6_RECVERR, bool('receiveErrors6')],
);
