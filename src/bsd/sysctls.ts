/**
 * Settings by the names of sysctl(8), with Linux's defaults. Most change what new connections do; the others are behaviour that
 * we have or do not have, and only the value that says what we do is taken. Names that begin with glasstcp. are settings of TcpConfig
 * itself, for what Linux has no sysctl for.
 */
import { checkSettings, defaultConfig, type TcpConfig } from '../tcp/config.js';
import { MILLISECOND, SECOND } from '../util/units.js';

export type SysctlAnswer = 'set' | 'unknown' | 'unsupported value';

type Check = (numbers: readonly number[], text: string) => boolean;

interface Row {
  readonly initial: string;
  readonly check: Check;
}

const within = (least: number, most: number): Check => ([value], text) => /^-?\d+$/.test(text) && value >= least && value <= most;
const any = within(-(2 ** 31), 2 ** 32 - 1);
const flag = within(0, 1);
/** Behaviour that is built in: these values say what we do. */
const only = (...values: string[]): Check => (_, text) => values.includes(text);
const triple: Check = (numbers) => numbers.length === 3 && numbers.every((n) => n >= 1 && n < 2 ** 31);
const range: Check = ([first, last]) => first >= 1 && last >= first && last <= 65_535;
const key: Check = (_, text) => /^[0-9a-f]{1,8}(-[0-9a-f]{1,8}){3}(,[0-9a-f]{1,8}(-[0-9a-f]{1,8}){3})?$/i.test(text);
const words: Check = (_, text) => text.split(' ').includes('reno');

const row = (initial: string, check: Check): Row => ({ initial, check });

const TABLE: Readonly<Record<string, Row>> = {
  // what connections do
  'net.ipv4.tcp_timestamps': row('1', within(0, 2)),
  'net.ipv4.tcp_sack': row('1', flag),
  'net.ipv4.tcp_window_scaling': row('1', flag),
  'net.ipv4.tcp_rmem': row('4096 131072 6291456', triple),
  'net.ipv4.tcp_wmem': row('4096 16384 4194304', triple),
  'net.core.rmem_max': row('4194304', within(2304, 2 ** 30)),
  'net.core.wmem_max': row('4194304', within(4608, 2 ** 30)),
  'net.core.rmem_default': row('212992', within(2304, 2 ** 30)),
  'net.core.wmem_default': row('212992', within(4608, 2 ** 30)),
  'net.core.somaxconn': row('4096', within(0, 2 ** 31 - 1)),
  'net.ipv4.tcp_syn_retries': row('6', within(1, 127)),
  'net.ipv4.tcp_syn_linear_timeouts': row('4', within(0, 127)),
  'net.ipv4.tcp_synack_retries': row('5', within(0, 255)),
  'net.ipv4.tcp_retries1': row('3', within(0, 255)),
  'net.ipv4.tcp_retries2': row('15', within(0, 255)),
  'net.ipv4.tcp_orphan_retries': row('0', within(0, 255)),
  'net.ipv4.tcp_rto_min_us': row('200000', within(1, 2 ** 31 - 1)),
  'net.ipv4.tcp_rto_max_ms': row('120000', within(1000, 120_000)),
  'net.ipv4.tcp_keepalive_time': row('7200', within(1, 2 ** 31 - 1)),
  'net.ipv4.tcp_keepalive_intvl': row('75', within(1, 2 ** 31 - 1)),
  'net.ipv4.tcp_keepalive_probes': row('9', within(1, 255)),
  'net.ipv4.tcp_fin_timeout': row('60', within(0, 2 ** 31 - 1)),
  'net.ipv4.tcp_slow_start_after_idle': row('1', flag),
  'net.ipv4.tcp_min_tso_segs': row('2', within(0, 2 ** 31 - 1)),
  'net.ipv4.tcp_notsent_lowat': row('4294967295', within(0, 2 ** 32 - 1)),
  'net.ipv4.tcp_challenge_ack_limit': row('2147483647', within(1, 2 ** 31 - 1)),
  'net.ipv4.tcp_base_mss': row('1024', any),
  'net.ipv4.tcp_min_snd_mss': row('48', within(48, 65_535)),
  'net.ipv4.ip_default_ttl': row('64', within(1, 255)),
  'net.ipv4.ip_local_port_range': row('32768 60999', range),
  'net.ipv4.tcp_ecn': row('2', within(0, 2)),
  'net.ipv4.tcp_ecn_fallback': row('1', flag),
  'net.ipv4.tcp_dsack': row('1', flag),
  'net.ipv4.tcp_fastopen': row('1', within(0, 2 ** 31 - 1)),
  'net.ipv4.tcp_fastopen_key': row('00000000-00000000-00000000-00000000', key),
  'net.ipv4.tcp_syncookies': row('1', within(0, 2)),
  'net.ipv4.tcp_abort_on_overflow': row('0', flag),
  'net.ipv4.tcp_max_syn_backlog': row('2048', within(0, 2 ** 31 - 1)),
  'net.ipv4.tcp_tw_reuse': row('2', within(0, 2)),
  'net.ipv4.tcp_tw_reuse_delay': row('1000', within(1, 2 ** 31 - 1)),
  'net.ipv4.tcp_rfc1337': row('0', flag),
  'net.ipv4.tcp_stdurg': row('0', flag),
  'net.ipv4.tcp_invalid_ratelimit': row('500', within(0, 2 ** 31 - 1)),
  'net.ipv4.tcp_reordering': row('3', only('3')),
  'net.ipv4.tcp_max_reordering': row('300', any),
  'net.ipv4.conf.all.accept_source_route': row('0', flag),
  'net.ipv4.ip_no_pmtu_disc': row('0', within(0, 3)),
  'net.ipv4.tcp_adv_win_scale': row('1', only('1')),
  'net.ipv4.tcp_congestion_control': row('reno', only('reno')),
  'net.ipv4.tcp_allowed_congestion_control': row('reno', words),
  'net.ipv4.tcp_available_congestion_control': row('reno', only('reno')),
  // heuristics that we have in one way
  'net.ipv4.tcp_mtu_probing': row('0', only('0')),
  'net.ipv4.tcp_recovery': row('0', only('0')),
  'net.ipv4.tcp_early_retrans': row('0', only('0')),
  'net.ipv4.tcp_frto': row('0', only('0')),
  'net.ipv4.tcp_shrink_window': row('0', only('0')),
  'net.ipv4.tcp_workaround_signed_windows': row('0', only('0')),
  'net.ipv4.tcp_thin_linear_timeouts': row('0', only('0')),
  'net.ipv4.tcp_reflect_tos': row('0', only('0')),
  'net.ipv4.tcp_fwmark_accept': row('0', only('0')),
  'net.ipv4.tcp_l3mdev_accept': row('0', only('0')),
  'net.ipv4.tcp_moderate_rcvbuf': row('0', only('0')),
  // caches, pacing and offloads of a kernel, which have no counterpart and change nothing here
  'net.ipv4.tcp_no_metrics_save': row('1', any),
  'net.ipv4.tcp_no_ssthresh_metrics_save': row('1', any),
  'net.ipv4.tcp_autocorking': row('0', any),
  'net.ipv4.tcp_limit_output_bytes': row('4194304', any),
  'net.ipv4.tcp_tso_win_divisor': row('3', any),
  'net.ipv4.tcp_tso_rtt_log': row('9', any),
  'net.ipv4.tcp_pacing_ss_ratio': row('200', any),
  'net.ipv4.tcp_pacing_ca_ratio': row('120', any),
  'net.ipv4.tcp_fastopen_blackhole_timeout_sec': row('0', any),
  'net.ipv4.tcp_app_win': row('31', any),
  'net.ipv4.tcp_max_orphans': row('131072', any),
  'net.ipv4.tcp_max_tw_buckets': row('131072', any),
  'net.ipv4.tcp_min_rtt_wlen': row('300', any),
  'net.ipv4.tcp_probe_interval': row('600', any),
  'net.ipv4.tcp_probe_threshold': row('8', any),
  'net.ipv4.tcp_mtu_probe_floor': row('48', any),
  'net.ipv4.tcp_retrans_collapse': row('0', any),
  'net.ipv4.tcp_early_demux': row('1', any),
  'net.ipv4.tcp_low_latency': row('0', any),
  'net.ipv4.tcp_fack': row('0', any),
  'net.ipv4.tcp_comp_sack_delay_ns': row('0', any),
  'net.ipv4.tcp_comp_sack_nr': row('0', any),
  'net.ipv4.tcp_comp_sack_slack_ns': row('0', any),
  'net.ipv4.tcp_backlog_ack_defer': row('1', any),
  'net.ipv4.tcp_mem': row('287901 383869 575802', triple),
};

const OWN = 'glasstcp.';

/** A value of TcpConfig as text: a number (durations in µs, or Infinity), 1 or 0, or a word. undefined = it is none for this setting. */
function ownValue(name: string, text: string): number | boolean | string | undefined {
  switch (typeof defaultConfig[name as keyof TcpConfig]) {
    case 'number': return text !== '' && !Number.isNaN(Number(text)) ? Number(text) : undefined;
    case 'boolean': return text === '1' || text === 'true' ? true : text === '0' || text === 'false' ? false : undefined;
    case 'string': return text;
    default: return undefined;
  }
}

export class Sysctls {
  /** What was set as glasstcp.name: goes over everything else. */
  own: Partial<TcpConfig> = {};
  private readonly values = new Map<string, string>(Object.entries(TABLE).map(([name, { initial }]) => [name, initial]));

  /** @param name with dots or slashes, with or without /proc/sys/ */
  set(name: string, value: string): SysctlAnswer {
    const known = canonical(name);
    if (known.startsWith(OWN)) return this.setOwn(known, value.trim());
    if (!Object.hasOwn(TABLE, known)) return 'unknown';
    const text = value.trim().split(/\s+/).map(asDecimal).join(' ');
    if (!TABLE[known].check(text.split(' ').map(Number), text)) return 'unsupported value';
    this.values.set(known, text);
    return 'set';
  }

  private setOwn(known: string, text: string): SysctlAnswer {
    const name = known.slice(OWN.length);
    if (!Object.hasOwn(defaultConfig, name)) return 'unknown';
    const value = ownValue(name, text);
    if (value === undefined) return 'unsupported value';
    const own = { ...this.own, [name]: value };
    try {
      checkSettings(own);
    } catch {
      return 'unsupported value';
    }
    this.own = own;
    this.values.set(known, text);
    return 'set';
  }

  /** Has nobody set it? */
  isInitial(name: string): boolean {
    return this.values.get(canonical(name)) === TABLE[canonical(name)]?.initial;
  }

  /** The value as text, or undefined when there is no such setting. */
  get(name: string): string | undefined {
    return this.values.get(canonical(name));
  }

  /** A setting that is one number. */
  number(name: string): number {
    return this.numbers(name)[0];
  }

  numbers(name: string): number[] {
    return (this.get(name) ?? '').split(' ').map(Number);
  }

  /** Is a setting of the kind 0 or 1 on? */
  on(name: string): boolean {
    return this.number(name) !== 0;
  }

  /** A setting in seconds (or ms) as µs. */
  seconds(name: string): number {
    return this.number(name) * SECOND;
  }

  milliseconds(name: string): number {
    return this.number(name) * MILLISECOND;
  }

  /** All names, for lists. */
  static get names(): readonly string[] {
    return Object.keys(TABLE);
  }
}

/** As in C: 0x… is hexadecimal, 0… octal. */
const asDecimal = (word: string): string => {
  if (/^0x[0-9a-f]+$/i.test(word)) return String(parseInt(word, 16));
  return /^0[0-7]+$/.test(word) ? String(parseInt(word, 8)) : word;
};

const canonical = (name: string): string => name.trim().replace(/^\/proc\/sys\//, '').replaceAll('/', '.');
