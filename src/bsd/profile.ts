/** Linux's behaviour as settings of the engine: from sysctls and a socket's options to a connection's TcpConfig. */
import type { TcpConfig } from '../tcp/config.js';
import { MILLISECOND, SECOND } from '../util/units.js';
import type { SocketOptions } from './socket-options.js';
import type { Sysctls } from './sysctls.js';

export type Settings = { -readonly [K in keyof TcpConfig]?: TcpConfig[K] };

/** The part of a buffer that may be offered as window: the other half is for the kernel's own structures. */
const windowOf = (buffer: number): number => buffer >>> 1;
/** What users may send into is bounded above the engine, by Linux's rules (transfer.ts); storage grows only as it is used. */
const ENOUGH = 2 ** 30;
const LARGEST_WINDOW = 2 ** 30 - 1;

/** @param largestMss the MSS that the path gives @param v4 the peer is reached by IPv4 */
export function settingsOf(sysctls: Sysctls, options: SocketOptions, largestMss: number, v4: boolean): Settings {
  return { ...buffers(sysctls, options, largestMss), ...wire(sysctls, options, v4), ...patience(sysctls, options) };
}

/** tcp_select_initial_window: whole segments, in the SYN; the shift for the largest buffer there may ever be. */
function buffers(sysctls: Sysctls, options: SocketOptions, largestMss: number): Settings {
  const [, initial, most] = sysctls.numbers('net.ipv4.tcp_rmem');
  const mss = options.maxSegment > 0 ? Math.min(options.maxSegment, largestMss) : largestMss;
  const clamp = options.windowClamp > 0 ? options.windowClamp : LARGEST_WINDOW;
  const space = Math.min(windowOf(options.receiveBuffer > 0 ? options.receiveBuffer : initial), clamp);
  const window = space > mss ? space - (space % mss) : space;
  const largest = Math.min(Math.max(space, most, sysctls.number('net.core.rmem_max')), clamp);
  return { receiveBuffer: window, receiveBufferMax: Math.max(window, largest), sendBuffer: ENOUGH, maxSegmentSize: options.maxSegment > 0 ? options.maxSegment : Infinity };
}

function wire(sysctls: Sysctls, options: SocketOptions, v4: boolean): Settings {
  const ttl = v4 ? options.ttl : options.hops;
  return {
    windowScaling: sysctls.on('net.ipv4.tcp_window_scaling'),
    timestamps: sysctls.on('net.ipv4.tcp_timestamps'),
    sack: sysctls.on('net.ipv4.tcp_sack'),
    nagle: options.noDelay === 0,
    slowStartLimit: Infinity,
    keepTextOnReset: true,
    ttl: ttl >= 0 ? ttl : v4 ? sysctls.number('net.ipv4.ip_default_ttl') : 64,
    dscp: (v4 ? options.tos : options.trafficClass) >> 2,
    challengeAckLimit: sysctls.number('net.ipv4.tcp_challenge_ack_limit'),
  };
}

function patience(sysctls: Sysctls, options: SocketOptions): Settings {
  const seconds = (value: number, name: string): number => (value > 0 ? value * SECOND : sysctls.seconds(name));
  return {
    rtoMin: sysctls.number('net.ipv4.tcp_rto_min_us'),
    rtoMax: sysctls.milliseconds('net.ipv4.tcp_rto_max_ms'),
    r1: Math.max(1, sysctls.number('net.ipv4.tcp_retries1')),
    userTimeout: options.userTimeout > 0 ? options.userTimeout * MILLISECOND : Infinity,
    keepAlive: options.keepAlive !== 0,
    keepAliveIdle: seconds(options.keepIdle, 'net.ipv4.tcp_keepalive_time'),
    keepAliveInterval: seconds(options.keepInterval, 'net.ipv4.tcp_keepalive_intvl'),
    keepAliveProbes: options.keepCount > 0 ? options.keepCount : sysctls.number('net.ipv4.tcp_keepalive_probes'),
    finWait2Timeout: options.linger2 !== undefined && options.linger2 > 0 ? options.linger2 * SECOND : sysctls.seconds('net.ipv4.tcp_fin_timeout'),
  };
}
