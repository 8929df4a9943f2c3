/**
 * What a script's `--name=value` lines and the command line settle before it runs: addresses, ports, tolerances,
 * definitions. Defaults are those that scripts in packetdrill's notation assume.
 */
import { Address } from '../util/address.js';
import type { Duration } from '../util/units.js';
import type { Position, Script } from './ast.js';
import { ScriptError } from './errors.js';
import type { IpVersion, SubjectOptions } from './subject.js';

export interface Settings {
  /** What the subject is set up with. */
  readonly subject: SubjectOptions;
  /** Where bind() binds, and where connect() connects to. */
  readonly bindPort: number;
  readonly connectPort: number;
  /** Text per segment where an inbound packet is longer, as a card that joins segments hands it up; 0 = never. */
  readonly mss: number;
  /** How far from its time an event may happen: the larger of so many µs, and so many per cent of the time since the event before. */
  readonly toleranceUsecs: Duration;
  readonly tolerancePercent: number;
  /** An inbound TS ecr that echoes no outbound value is taken as an offset from the first one. */
  readonly tsEcrScaled: boolean;
  /** Microseconds in one tick of the subject's timestamp clock; 0 = outbound TS values are not checked. */
  readonly tsTickUsecs: number;
  /** One expected segment must be one segment. Otherwise several equal ones may make it up. */
  readonly strictSegments: boolean;
  /** Kinds of events whose differences are only warnings. */
  readonly nonFatal: ReadonlySet<'packet' | 'syscall'>;
  readonly dryRun: boolean;
  /** `--define name=value` */
  readonly defines: ReadonlyMap<string, string>;
  /** Files to run before the script's own set-up commands. */
  readonly initScripts: readonly string[];
  /** Options that mean nothing here. */
  readonly ignored: readonly string[];
}

/** An option from the command line; it wins over the script's. */
export interface Override {
  readonly name: string;
  readonly value?: string;
}

/** Wide enough to write to while options are read. */
interface Draft {
  ipVersion: IpVersion;
  remote: string | undefined;
  local: string | undefined;
  gateway: string | undefined;
  netmask: string | undefined;
  mtu: number;
  mss: number;
  bindPort: number;
  connectPort: number;
  toleranceUsecs: number;
  tolerancePercent: number;
  tsEcrScaled: boolean;
  tsTickUsecs: number;
  strictSegments: boolean;
  dryRun: boolean;
  readonly nonFatal: Set<'packet' | 'syscall'>;
  readonly defines: Map<string, string>;
  readonly initScripts: string[];
  readonly ignored: string[];
}

type Reader = (draft: Draft, value: string, fail: (why: string) => never) => void;

const IP_VERSIONS: readonly IpVersion[] = ['ipv4', 'ipv6', 'ipv4-mapped-ipv6'];

function number(value: string, from: number, to: number, fail: (why: string) => never): number {
  const n = Number(value);
  if (value.trim() === '' || !Number.isFinite(n) || n < from || n > to) fail(`it must be a number from ${from} to ${to}, not "${value}"`);
  return n;
}

function define(draft: Draft, value: string, fail: (why: string) => never): void {
  const equals = value.indexOf('=');
  if (equals < 1) fail(`it must read name=value, not "${value}"`);
  draft.defines.set(value.slice(0, equals), value.slice(equals + 1));
}

/** Options with a value. */
const VALUED: Readonly<Record<string, Reader>> = {
  ip_version: (draft, value, fail) => {
    draft.ipVersion = IP_VERSIONS.find((v) => v === value) ?? fail(`it must be one of ${IP_VERSIONS.join(', ')}, not "${value}"`);
  },
  remote_ip: (draft, value) => void (draft.remote = value),
  local_ip: (draft, value) => void (draft.local = value),
  gateway_ip: (draft, value) => void (draft.gateway = value),
  netmask_ip: (draft, value) => void (draft.netmask = value),
  mtu: (draft, value, fail) => void (draft.mtu = number(value, 0, 65_535, fail)),
  mss: (draft, value, fail) => void (draft.mss = number(value, 1, 65_535, fail)),
  bind_port: (draft, value, fail) => void (draft.bindPort = number(value, 1, 65_535, fail)),
  connect_port: (draft, value, fail) => void (draft.connectPort = number(value, 1, 65_535, fail)),
  tolerance_usecs: (draft, value, fail) => void (draft.toleranceUsecs = number(value, 1, 3.6e9, fail)),
  tolerance_percent: (draft, value, fail) => void (draft.tolerancePercent = number(value, 0, 100, fail)),
  tcp_ts_tick_usecs: (draft, value, fail) => void (draft.tsTickUsecs = number(value, 0, 1_000_000, fail)),
  non_fatal: (draft, value) => {
    for (const kind of value.split(/[, ]+/)) if (kind === 'packet' || kind === 'syscall') draft.nonFatal.add(kind);
  },
  define,
  D: define,
  init_scripts: (draft, value) => void draft.initScripts.push(...value.split(',').filter((file) => file !== '')),
};

/** Options without one. */
const SWITCHES: Readonly<Record<string, (draft: Draft) => void>> = {
  tcp_ts_ecr_scaled: (draft) => void (draft.tsEcrScaled = true),
  strict_segments: (draft) => void (draft.strictSegments = true),
  dry_run: (draft) => void (draft.dryRun = true),
};

/** Known to scripts, without a meaning here. */
const IGNORED: ReadonlySet<string> = new Set([
  'speed', 'verbose', 'debug', 'is_anyip', 'send_omit_free', 'code_command', 'code_format', 'code_sockopt',
]);
const REFUSED: ReadonlySet<string> = new Set([
  'wire_client', 'wire_server', 'wire_server_ip', 'wire_server_at', 'wire_server_port', 'wire_client_dev', 'wire_server_dev', 'so_filename', 'so_flags',
]);

const V4 = { remote: '192.0.2.1/24', local: '192.168.0.1', gateway: '192.168.0.2', prefixLength: 16 };
const V6 = { remote: '2001:db8::1/32', local: 'fd3d:fa7b:d17d::1', gateway: 'fd3d:fa7b:d17d:8888::', prefixLength: 48 };

/**
 * @param overrides options of the command line, which win over the script's
 * @throws ScriptError at the option that cannot be: unknown, out of range, or one of remote machines
 */
export function settingsOf(script: Script, overrides: readonly Override[] = []): Settings {
  const draft: Draft = {
    ipVersion: 'ipv4', remote: undefined, local: undefined, gateway: undefined, netmask: undefined, mtu: 1500, mss: 0, bindPort: 8080, connectPort: 8080,
    toleranceUsecs: 4_000, tolerancePercent: 12.5, tsEcrScaled: false, tsTickUsecs: 0, strictSegments: false, dryRun: false,
    nonFatal: new Set(), defines: new Map(), initScripts: [], ignored: [],
  };
  for (const { name, value, at } of script.options) read(draft, name, value, (why) => refuse(script, at, why));
  for (const { name, value } of overrides) read(draft, name, value, (why) => refuse(script, { line: 1, column: 1 }, `on the command line: ${why}`));
  return finish(draft, (why) => refuse(script, script.options[0]?.at ?? { line: 1, column: 1 }, why));
}

function refuse(script: Script, at: Position, why: string): never {
  throw new ScriptError(at, why, '', script);
}

function read(draft: Draft, name: string, value: string | undefined, fail: (why: string) => never): void {
  const valued = VALUED[name];
  if (valued !== undefined) {
    if (value === undefined) fail(`--${name} needs a value`);
    valued(draft, value, (why) => fail(`--${name}: ${why}`));
  } else if (SWITCHES[name] !== undefined) {
    if (value !== undefined && value !== '') fail(`--${name} takes no value`);
    SWITCHES[name](draft);
  } else if (IGNORED.has(name)) {
    draft.ignored.push(value === undefined ? `--${name}` : `--${name}=${value}`);
  } else if (REFUSED.has(name)) {
    fail(`--${name}: scripts for two machines are not supported`);
  } else {
    fail(`unknown option --${name}`);
  }
}

function finish(draft: Draft, fail: (why: string) => never): Settings {
  const { ipVersion, mss, bindPort, connectPort, toleranceUsecs, tolerancePercent, tsEcrScaled, tsTickUsecs, strictSegments, dryRun } = draft;
  const family = ipVersion === 'ipv6' ? V6 : V4;
  const address = (text: string, what: string): string => {
    const parsed = Address.parse(text);
    if (parsed === undefined || parsed.isV4 !== (ipVersion !== 'ipv6')) fail(`--${what}: "${text}" is not an address for ${ipVersion}`);
    return parsed.toString();
  };
  const [remoteText = '', lengthText] = (draft.remote ?? family.remote).split('/');
  const remoteAddress = address(remoteText, 'remote_ip');
  const widest = ipVersion === 'ipv6' ? 128 : 32;
  const remoteLength = lengthText === undefined ? widest : number(lengthText, 0, widest, (why) => fail(`--remote_ip: the prefix: ${why}`));
  return {
    subject: {
      ipVersion,
      localAddress: address(draft.local ?? family.local, 'local_ip'),
      remoteAddress,
      remotePrefix: `${prefixOf(remoteAddress, remoteLength)}/${remoteLength}`,
      gatewayAddress: address(draft.gateway ?? family.gateway, 'gateway_ip'),
      prefixLength: draft.netmask === undefined || ipVersion === 'ipv6' ? family.prefixLength : maskLength(draft.netmask, fail),
      mtu: draft.mtu === 0 ? 1500 : draft.mtu,
    },
    mss, bindPort, connectPort, toleranceUsecs, tolerancePercent, tsEcrScaled, tsTickUsecs, strictSegments, dryRun,
    nonFatal: draft.nonFatal, defines: draft.defines, initScripts: draft.initScripts, ignored: draft.ignored,
  };
}

/** The address with all bits after the prefix cleared. */
function prefixOf(text: string, length: number): string {
  const { isV4, w0, w1, w2, w3 } = Address.from(text);
  const keep = (word: number, bits: number): number => (bits <= 0 ? 0 : bits >= 32 ? word : word & (-1 << (32 - bits)));
  if (isV4) return new Address(0, 0, 0xffff, keep(w3, length)).toString();
  return new Address(keep(w0, length), keep(w1, length - 32), keep(w2, length - 64), keep(w3, length - 96)).toString();
}

function maskLength(text: string, fail: (why: string) => never): number {
  const word = Address.parse(text)?.w3;
  if (word === undefined) fail(`--netmask_ip: "${text}" is not a mask`);
  const length = Math.clz32(~word);
  if (length < 32 && word << length !== 0) fail(`--netmask_ip: "${text}" is not a mask`);
  return length;
}
