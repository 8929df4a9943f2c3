/** Does what the subject sent match what the script expects? Each difference is one line of words. */
import { Address } from '../util/address.js';
import { CWR, ECE, FIN, PSH, RST, SYN, ACK, URG } from '../wire/segment.js';
import type { IpInfo, TcpPacketEvent } from './ast.js';
import type { Connections, ScriptSocket } from './connections.js';
import { flagsText } from './notation.js';
import { AE, type SeenTcp } from './seen.js';
import type { Settings } from './settings.js';
import { optionText, rawOption, type RawOption, stampsOf } from './tcp-options.js';

const BITS: Readonly<Record<string, number>> = { F: FIN, S: SYN, R: RST, P: PSH, '.': ACK, U: URG, E: ECE, W: CWR, A: AE };

/** The bits of 'S.' and so on; a digit is the ACE field, three bits in one number. */
export function flagBits(letters: string): number {
  let bits = 0;
  for (const letter of letters) {
    if (BITS[letter] !== undefined) bits |= BITS[letter];
    else if (letter >= '0' && letter <= '7') bits |= (Number(letter) & 1 ? ECE : 0) | (Number(letter) & 2 ? CWR : 0) | (Number(letter) & 4 ? AE : 0);
  }
  return bits;
}

const ECN_BITS = { noecn: 0, ect1: 1, ect0: 2, ce: 3 } as const;

/** The TOS octet (traffic class) that the notation asks for. */
export function tosOf(ip: IpInfo): number {
  return ip.tos ?? (ip.ecn === undefined || ip.ecn === 'ect01' ? 0 : ECN_BITS[ip.ecn]);
}

/** What does not concern TCP itself. */
export function ipDifferences(ip: IpInfo, seen: Pick<SeenTcp, 'version' | 'tos' | 'ttl' | 'headerLength' | 'headerOk' | 'src' | 'dst' | 'octets'>, version: number): string[] {
  const differences: string[] = [];
  const ecn = seen.tos & 3;
  if (seen.version !== version) differences.push(`IP version: expected ${version}, seen ${seen.version}`);
  if (!seen.headerOk) differences.push('the checksum of the IPv4 header is wrong');
  if (seen.version === 4) differences.push(...ipOptionDifference(ip.options ?? NO_OPTIONS, seen.octets.subarray(20, seen.headerLength)));
  if (ip.src !== undefined && seen.src.toString() !== Address.from(ip.src).toString()) differences.push(`source address: expected ${ip.src}, seen ${seen.src.toString()}`);
  if (ip.dst !== undefined && seen.dst.toString() !== Address.from(ip.dst).toString()) differences.push(`destination address: expected ${ip.dst}, seen ${seen.dst.toString()}`);
  if (ip.tos !== undefined && seen.tos !== ip.tos) differences.push(`TOS: expected 0x${ip.tos.toString(16)}, seen 0x${seen.tos.toString(16)}`);
  if (ip.ecn === 'ect01' && ecn !== 1 && ecn !== 2) differences.push(`ECN bits: expected ect0 or ect1, seen ${ecnName(ecn)}`);
  if (ip.ecn !== undefined && ip.ecn !== 'ect01' && ecn !== ECN_BITS[ip.ecn]) differences.push(`ECN bits: expected ${ip.ecn}, seen ${ecnName(ecn)}`);
  if (ip.ttl !== undefined && seen.ttl !== ip.ttl) differences.push(`TTL: expected ${ip.ttl}, seen ${seen.ttl}`);
  return differences;
}

const NO_OPTIONS = new Uint8Array(0);

function ipOptionDifference(expected: Uint8Array, seen: Uint8Array): string[] {
  if (expected.length === seen.length && expected.every((octet, i) => octet === seen[i])) return [];
  const words = (area: Uint8Array): string => (area.length === 0 ? 'none' : `0x${Array.from(area, (octet) => octet.toString(16).padStart(2, '0')).join('')}`);
  return [`IP options: expected ${words(expected)}, seen ${words(seen)}`];
}

const ecnName = (bits: number): string => ['noecn', 'ect1', 'ect0', 'ce'][bits];

export interface Expectation {
  readonly event: TcpPacketEvent;
  readonly socket: ScriptSocket;
  readonly connections: Connections;
  readonly settings: Settings;
  /** All that the script wrote so far were zeros, so that the payload is known. */
  readonly zeros: boolean;
  /** Checksums that hardware would have finished are not the subject's. */
  readonly checksums: boolean;
}

/**
 * All differences between the expected segment and the seen one. Teaches the socket which live TS val and which flow label
 * stand for the scripted ones, whether the rest matches or not.
 */
export function differences(expected: Expectation, seen: SeenTcp): string[] {
  const { event, socket, settings } = expected;
  learn(expected, seen);
  const found = ipDifferences(event.ip, seen, settings.subject.ipVersion === 'ipv6' ? 6 : 4);
  const isSyn = (seen.flags & SYN) !== 0;
  const bits = flagBits(event.flags);
  if (bits !== seen.flags) found.push(`flags: expected ${flagsText(bits)}, seen ${flagsText(seen.flags)}`);
  if (seen.reserved !== 0) found.push(`reserved bits: expected 0, seen ${seen.reserved}`);
  const seq = (seen.seq - socket.localOffset(isSyn)) >>> 0;
  if (seq !== event.seq >>> 0) found.push(`seq: expected ${event.seq >>> 0}, seen ${seq}`);
  const ack = (seen.flags & ACK) === 0 ? seen.ack : (seen.ack - socket.remoteOffset(isSyn)) >>> 0;
  if (ack !== (event.ack ?? 0) >>> 0) found.push(`ack: expected ${(event.ack ?? 0) >>> 0}, seen ${ack}`);
  if (seen.payload.length !== event.length) found.push(`payload: expected ${event.length} octets, seen ${seen.payload.length}`);
  if (event.window !== undefined && event.window !== seen.window) found.push(`win: expected ${event.window}, seen ${seen.window}`);
  if ((event.urgent ?? 0) !== seen.urgent) found.push(`urgent pointer: expected ${event.urgent ?? 0}, seen ${seen.urgent}`);
  found.push(...optionDifferences(expected, seen), ...flowLabelDifference(event.ip, seen, socket));
  if (event.ports !== undefined && (event.ports.from !== seen.srcPort || event.ports.to !== seen.dstPort)) {
    found.push(`ports: expected ${event.ports.from} > ${event.ports.to}, seen ${seen.srcPort} > ${seen.dstPort}`);
  }
  if (expected.checksums && !seen.checksumOk) found.push('the TCP checksum is wrong');
  if (expected.zeros && seen.payload.some((octet) => octet !== 0)) found.push('the payload has octets that were not written');
  return found;
}

function learn({ event, socket, connections, settings }: Expectation, seen: SeenTcp): void {
  if (event.options === undefined || event.options === 'any') return;
  for (const option of event.options) {
    if (option.kind === 'TS') {
      const live = seen.options.map(stampsOf).find((s) => s !== undefined);
      if (live !== undefined) socket.learnStamp(option.value, live.val);
    }
    if ((option.kind === 'FO' || option.kind === 'FOEXP') && option.variable !== undefined && !settings.defines.has(option.variable)) {
      const kind = option.kind === 'FO' ? 34 : 254;
      const live = seen.options.find((o) => o.kind === kind);
      if (live !== undefined && !connections.cookies.has(option.variable)) connections.cookies.set(option.variable, live.body.slice(kind === 34 ? 0 : 2));
    }
  }
}

/** Octets of a cookie by its name: `--define`d in hexadecimal, or seen before. */
export function cookieOf(name: string, settings: Settings, connections: Connections): Uint8Array | undefined {
  const defined = settings.defines.get(name);
  if (defined === undefined) return connections.cookies.get(name);
  const digits = defined.replace(/^0x/i, '').replace(/[^0-9a-f]/gi, '');
  return Uint8Array.from({ length: digits.length >> 1 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

function optionDifferences({ event, socket, connections, settings }: Expectation, seen: SeenTcp): string[] {
  if (event.options === 'any') return [];
  const isSyn = (seen.flags & SYN) !== 0;
  const remote = socket.remoteOffset(isSyn);
  const numbers = {
    edge: (script: number) => (script + remote) >>> 0,
    stamps: (val: number, ecr: number) => [val, ecr] as const,
    cookie: (name: string) => cookieOf(name, settings, connections),
  };
  const expected = (event.options ?? []).map((option) => rawOption(option, numbers));
  const same = expected.length === seen.options.length && expected.every((option, i) => sameOption(option, seen.options[i]));
  const edge = (live: number): number => (live - remote) >>> 0;
  if (!same) {
    const said = expected.map((o) => optionText(o, { edge, stamp: (script) => script })).join(',');
    const sent = seen.options.map((o) => optionText(o, { edge, stamp: (live) => socket.scriptStamp(live) })).join(',');
    return [`options: expected ${said === '' ? 'none' : `<${said}>`}, seen ${sent === '' ? 'none' : `<${sent}>`}`];
  }
  return stampDifference(expected, seen, socket, settings);
}

/** Values of timestamps are another matter: see stampDifference. */
function sameOption(expected: RawOption, seen: RawOption): boolean {
  if (expected.kind !== seen.kind || expected.body.length !== seen.body.length) return false;
  return stampsOf(expected) !== undefined || expected.body.every((octet, i) => octet === seen.body[i]);
}

function stampDifference(expected: readonly RawOption[], seen: SeenTcp, socket: ScriptSocket, settings: Settings): string[] {
  const script = expected.map(stampsOf).find((s) => s !== undefined);
  const live = seen.options.map(stampsOf).find((s) => s !== undefined);
  if (script === undefined || live === undefined || settings.tsTickUsecs === 0) return [];
  const actual = socket.scriptStamp(live.val);
  const off = Math.abs((actual - script.val) | 0) * settings.tsTickUsecs;
  const found = off > settings.toleranceUsecs ? [`TS val: expected ${script.val}, seen ${actual}`] : [];
  if (script.ecr !== live.ecr) found.push(`TS ecr: expected ${script.ecr}, seen ${live.ecr}`);
  return found;
}

/** The first flow label may be any; after that the same number means the same label, and another number another one. */
function flowLabelDifference(ip: IpInfo, seen: SeenTcp, socket: ScriptSocket): string[] {
  const script = ip.flowLabel ?? 0;
  if (script === 0 || seen.version !== 6) return [];
  if (seen.flowLabel === 0) return ['flow label: expected one, seen 0'];
  const known = socket.flowLabel;
  if (known === undefined || (known.script !== script && known.live !== seen.flowLabel)) {
    socket.flowLabel = { script, live: seen.flowLabel };
    return [];
  }
  if (known.script !== script) return ['flow label: expected another one than before, seen the same'];
  return known.live === seen.flowLabel ? [] : [`flow label: expected 0x${known.live.toString(16)} as before, seen 0x${seen.flowLabel.toString(16)}`];
}
