/** Linux's behaviour as settings of the engine: from sysctls and a socket's options to a connection's TcpConfig. */
import { defaultConfig, linuxConfig, rfcConfig, type TcpConfig } from '../tcp/config.js';
import type { PathMtuDiscovery } from '../tcp/path-mtu.js';
import { MILLISECOND, SECOND } from '../util/units.js';
import type { SocketOptions } from './socket-options.js';
import type { Sysctls } from './sysctls.js';

export type Settings = { -readonly [K in keyof TcpConfig]?: TcpConfig[K] };

/** The part of a buffer that may be offered as window: the other half is for the kernel's own structures. */
const windowOf = (buffer: number): number => buffer >>> 1;
/** What users may send into is bounded above the engine, by Linux's rules (transfer.ts); storage grows only as it is used. */
const ENOUGH = 2 ** 30;
const LARGEST_WINDOW = 2 ** 30 - 1;

/** What concerns the whole host, not single connections. */
export const hostSettings = (sysctls: Sysctls): Settings => ({
  ...linuxConfig,
  fastOpen: sysctls.number('net.ipv4.tcp_fastopen') & 0xffff,
  synCookies: COOKIES[sysctls.number('net.ipv4.tcp_syncookies')],
  acceptSourceRoutes: sysctls.on('net.ipv4.conf.all.accept_source_route'),
  // 2 is for the loopback interface alone, which we are not
  timeWaitReuse: sysctls.number('net.ipv4.tcp_tw_reuse') === 1,
  timeWaitReuseDelay: sysctls.milliseconds('net.ipv4.tcp_tw_reuse_delay'),
});

/** By the values of tcp_syncookies and tcp_ecn. */
const COOKIES = ['off', 'on', 'always'] as const;
const ECN = ['off', 'on', 'accept'] as const;

/** @param v4 the peer is reached by IPv4 */
export function settingsOf(sysctls: Sysctls, options: SocketOptions, v4: boolean): Settings {
  return { ...linuxConfig, ...buffers(sysctls, options), ...wire(sysctls, options), ...network(sysctls, options, v4), ...patience(sysctls, options) };
}

/** tcp_select_initial_window: half of the buffer at first; the shift for the largest buffer there may ever be. The rest is the engine's (receive/memory.ts). */
function buffers(sysctls: Sysctls, options: SocketOptions): Settings {
  const [, initial, grown] = sysctls.numbers('net.ipv4.tcp_rmem');
  const clamp = options.windowClamp > 0 ? options.windowClamp : LARGEST_WINDOW;
  const memory = options.receiveBuffer > 0 ? options.receiveBuffer : initial;
  const space = Math.min(windowOf(memory), clamp);
  // A buffer that the user has set never grows.
  const most = options.receiveBuffer > 0 ? space : Math.min(Math.max(space, grown, sysctls.number('net.core.rmem_max')), clamp);
  return {
    receiveBuffer: space, receiveBufferMax: most, receiveMemory: memory, receiveMemoryMax: options.receiveBuffer > 0 ? memory : grown, initialReceiveWindow: space, sendBuffer: ENOUGH,
    maxSegmentSize: options.maxSegment > 0 ? options.maxSegment : Infinity,
  };
}

function wire(sysctls: Sysctls, options: SocketOptions): Settings {
  const limit = sysctls.number('net.ipv4.tcp_challenge_ack_limit');
  return {
    windowScaling: sysctls.on('net.ipv4.tcp_window_scaling'),
    timestamps: sysctls.on('net.ipv4.tcp_timestamps'),
    sack: sysctls.on('net.ipv4.tcp_sack'),
    nagle: options.noDelay === 0,
    burstSegments: Math.min(64, Math.max(1, sysctls.number('net.ipv4.tcp_min_tso_segs'))),
    dsack: sysctls.on('net.ipv4.tcp_dsack'),
    slowStartAfterIdle: sysctls.on('net.ipv4.tcp_slow_start_after_idle'),
    ecn: ECN[sysctls.number('net.ipv4.tcp_ecn')],
    ecnFallback: sysctls.on('net.ipv4.tcp_ecn_fallback'),
    abortOnOverflow: sysctls.on('net.ipv4.tcp_abort_on_overflow'),
    minSegmentSize: Math.min(LARGEST_LEAST_MSS, sysctls.number('net.ipv4.tcp_min_snd_mss')),
    keepTextOnReset: true,
    urgentInline: options.oobInline !== 0,
    urgentPointer: sysctls.on('net.ipv4.tcp_stdurg') ? 'last' : 'following',
    rfc1337: sysctls.on('net.ipv4.tcp_rfc1337'),
    challengeAckLimit: limit === NO_LIMIT ? Infinity : limit,
    invalidRatelimit: sysctls.milliseconds('net.ipv4.tcp_invalid_ratelimit'),
  };
}

/** What Linux's IP does for TCP. */
function network(sysctls: Sysctls, options: SocketOptions, v4: boolean): Settings {
  const ttl = v4 ? options.ttl : options.hops;
  const mode = v4 ? options.mtuDiscover ?? (sysctls.on('net.ipv4.ip_no_pmtu_disc') ? 0 : 1) : options.mtuDiscover6;
  return {
    pathMtuDiscovery: DISCOVERY[mode] ?? 'want',
    minPathMtu: LEAST_PATH_MTU,
    mtuPlateaus: false,
    verifyTooBig: false,
    hardErrorsAbort: false,
    softErrorsEndOpening: true,
    acceptSourceRoutes: sysctls.on('net.ipv4.conf.all.accept_source_route'),
    ipOptions: v4 ? options.ipOptions : NONE,
    ttl: ttl >= 0 ? ttl : v4 ? sysctls.number('net.ipv4.ip_default_ttl') : 64,
    dscp: (v4 ? options.tos : options.trafficClass) >> 2,
  };
}

/** By the values of IP_MTU_DISCOVER; PROBE, INTERFACE and OMIT clear Don't Fragment (of a stream's packets) and believe nobody. */
const DISCOVERY: readonly PathMtuDiscovery[] = ['dont', 'want', 'do', 'dont', 'dont', 'dont'];
/** net.ipv4.route.min_pmtu */
const LEAST_PATH_MTU = 552;
const LARGEST_LEAST_MSS = 536;
/** INT_MAX: Linux's word for none. */
const NO_LIMIT = 2 ** 31 - 1;
const NONE = new Uint8Array(0);

/** Settings that are Linux's only in disguise, where the RFCs want something else, and the sysctl that asks for them all the same. */
const DISGUISE: readonly (keyof TcpConfig)[] = [
  ...(Object.keys(linuxConfig) as (keyof TcpConfig)[]), 'softErrorsEndOpening', 'mtuPlateaus', 'acceptSourceRoutes', 'receiveMemory', 'receiveMemoryMax',
];
const ASKED_BY: { readonly [K in keyof TcpConfig]?: string } = {
  retries2: 'net.ipv4.tcp_retries2', synRetries: 'net.ipv4.tcp_syn_retries', synLinearTimeouts: 'net.ipv4.tcp_syn_linear_timeouts', synAckRetries: 'net.ipv4.tcp_synack_retries',
  acceptSourceRoutes: 'net.ipv4.conf.all.accept_source_route',
};

/**
 * Whose behaviour to show: `linux` follows this Linux in all, `own` is glasstcp as it is (Linux's behaviour where the RFCs allow
 * it), `rfc` has the RFCs' own values as well (rfcConfig). What a sysctl was set to counts in each.
 */
export type Profile = 'linux' | 'own' | 'rfc';

/** Settings as the profile has them, with those set by their own names (glasstcp.*) on top. */
export function playing({ sysctls, profile }: { readonly sysctls: Sysctls; readonly profile: Profile }, settings: Settings, options: SocketOptions | null): Settings {
  const own = profile === 'linux' ? {} : ownDefaults(sysctls, options);
  const rfc = profile === 'rfc' ? rfcConfig : {};
  return { ...settings, ...own, ...rfc, ...sysctls.own };
}

/** Our own defaults in the place of the disguise, except where the user has set the sysctl, or TCP_SYNCNT. */
function ownDefaults(sysctls: Sysctls, options: SocketOptions | null): Settings {
  const counted = options !== null && options.synCount > 0;
  const keep = (name: keyof TcpConfig): boolean => (ASKED_BY[name] !== undefined && !sysctls.isInitial(ASKED_BY[name])) || (counted && /^syn(?:Ack)?Retries$/.test(name));
  return Object.fromEntries(DISGUISE.filter((name) => !keep(name)).map((name) => [name, defaultConfig[name]]));
}

function patience(sysctls: Sysctls, options: SocketOptions): Settings {
  const seconds = (value: number, name: string): number => (value > 0 ? value * SECOND : sysctls.seconds(name));
  return {
    rtoMin: sysctls.number('net.ipv4.tcp_rto_min_us'),
    rtoMax: sysctls.milliseconds('net.ipv4.tcp_rto_max_ms'),
    retries2: sysctls.number('net.ipv4.tcp_retries2'),
    synRetries: options.synCount > 0 ? options.synCount : sysctls.number('net.ipv4.tcp_syn_retries'),
    synLinearTimeouts: sysctls.number('net.ipv4.tcp_syn_linear_timeouts'),
    synAckRetries: options.synCount > 0 ? options.synCount : sysctls.number('net.ipv4.tcp_synack_retries'),
    orphanRetries: sysctls.number('net.ipv4.tcp_orphan_retries'),
    r1: Math.max(1, sysctls.number('net.ipv4.tcp_retries1')),
    userTimeout: options.userTimeout > 0 ? options.userTimeout * MILLISECOND : Infinity,
    userTimeoutChangeable: options.userTimeout === 0,
    keepAlive: options.keepAlive !== 0,
    keepAliveIdle: seconds(options.keepIdle, 'net.ipv4.tcp_keepalive_time'),
    keepAliveInterval: seconds(options.keepInterval, 'net.ipv4.tcp_keepalive_intvl'),
    keepAliveProbes: options.keepCount > 0 ? options.keepCount : sysctls.number('net.ipv4.tcp_keepalive_probes'),
    finWait2Timeout: options.linger2 === undefined ? sysctls.seconds('net.ipv4.tcp_fin_timeout') : options.linger2 * SECOND,
  };
}
