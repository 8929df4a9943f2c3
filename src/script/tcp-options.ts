/** TCP options between notation and octets, in the order written and without any padding but the written one: scripts may be wrong on purpose. */
import {
  OPT_EOL, OPT_MSS, OPT_NOP, OPT_SACK, OPT_SACK_PERMITTED, OPT_TIMESTAMPS, OPT_WSCALE,
} from '../wire/options.js';
import type { PacketOption } from './ast.js';
import { Stop } from './stop.js';

export const OPT_FAST_OPEN = 34;
export const OPT_EXPERIMENT = 254;
/** RFC 6994: the experiment that Fast Open was. */
const FAST_OPEN_MAGIC = 0xf989;
/** What cannot be read as an option: the rest of an area that ends within one. */
export const OPT_BROKEN = -1;

/** One option as it stands in a packet. */
export interface RawOption {
  /** OPT_BROKEN = the rest of an area that cannot be read. */
  readonly kind: number;
  /** What follows kind and length. */
  readonly body: Uint8Array;
}

/** What scripted numbers become in a packet. */
export interface OptionNumbers {
  /** Edge of a SACK block. */
  edge(script: number): number;
  /** TS val and ecr. */
  stamps(val: number, ecr: number): readonly [number, number];
  /** Octets of a cookie given by name. */
  cookie(name: string): Uint8Array | undefined;
}

const word = (value: number): number[] => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const half = (value: number): number[] => [(value >>> 8) & 255, value & 255];

/** @throws Stop for a cookie whose name stands for nothing yet */
export function rawOption(option: PacketOption, numbers: OptionNumbers): RawOption {
  switch (option.kind) {
    case 'nop': return { kind: OPT_NOP, body: Uint8Array.of() };
    case 'eol': return { kind: OPT_EOL, body: Uint8Array.of() };
    case 'sackOK': return { kind: OPT_SACK_PERMITTED, body: Uint8Array.of() };
    case 'mss': return { kind: OPT_MSS, body: Uint8Array.from(half(option.value)) };
    case 'wscale': return { kind: OPT_WSCALE, body: Uint8Array.of(option.value) };
    case 'TS': return { kind: OPT_TIMESTAMPS, body: Uint8Array.from(numbers.stamps(option.value, option.echo).flatMap(word)) };
    case 'sack': return { kind: OPT_SACK, body: Uint8Array.from(option.blocks.flatMap((b) => [numbers.edge(b.left), numbers.edge(b.right)]).flatMap(word)) };
    case 'FO': return { kind: OPT_FAST_OPEN, body: cookieOf(option, numbers) };
    case 'FOEXP': return { kind: OPT_EXPERIMENT, body: Uint8Array.from([...half(FAST_OPEN_MAGIC), ...cookieOf(option, numbers)]) };
    case 'raw': return { kind: option.number, body: option.octets };
    case 'octets': return { kind: OPT_BROKEN, body: option.octets };
  }
}

function cookieOf(option: Extract<PacketOption, { kind: 'FO' | 'FOEXP' }>, numbers: OptionNumbers): Uint8Array {
  if (option.variable === undefined) return option.cookie;
  const octets = numbers.cookie(option.variable);
  if (octets === undefined) throw new Stop('error', `the cookie ${option.variable} is neither defined nor was one seen before`, option.at);
  return octets;
}

function octetsOf({ kind, body }: RawOption): number[] {
  if (kind === OPT_BROKEN) return [...body];
  return kind === OPT_NOP || kind === OPT_EOL ? [kind] : [kind, body.length + 2, ...body];
}

/** @throws Stop when they do not fill whole words, or more than the header can hold */
export function writeRawOptions(options: readonly RawOption[], at: Stop['at']): Uint8Array {
  const octets = options.flatMap(octetsOf);
  if (octets.length % 4 !== 0) throw new Stop('error', `the options make ${octets.length} octets, which is not a multiple of 4: add nop`, at);
  if (octets.length > 40) throw new Stop('error', `the options make ${octets.length} octets; a header has room for 40`, at);
  return Uint8Array.from(octets);
}

/** The options of an area in the order they stand there, padding included up to and with the first EOL. */
export function readRawOptions(area: Uint8Array): RawOption[] {
  const options: RawOption[] = [];
  let at = 0;
  while (at < area.length) {
    const kind = area[at];
    if (kind === OPT_EOL || kind === OPT_NOP) {
      options.push({ kind, body: Uint8Array.of() });
      at++;
      if (kind === OPT_EOL) break;
      continue;
    }
    const length = at + 1 < area.length ? area[at + 1] : 0;
    if (length < 2 || at + length > area.length) {
      options.push({ kind: OPT_BROKEN, body: area.slice(at) });
      break;
    }
    options.push({ kind, body: area.slice(at + 2, at + length) });
    at += length;
  }
  return options;
}

const view = (body: Uint8Array): DataView => new DataView(body.buffer, body.byteOffset, body.byteLength);

/** TS val and ecr; undefined when the option is no timestamp. */
export function stampsOf({ kind, body }: RawOption): { readonly val: number; readonly ecr: number } | undefined {
  return kind === OPT_TIMESTAMPS && body.length === 8 ? { val: view(body).getUint32(0), ecr: view(body).getUint32(4) } : undefined;
}

const hex = (octets: Uint8Array): string => Array.from(octets, (o) => o.toString(16).padStart(2, '0')).join('');

/** An option in notation. @param numbers turns edges and TS val from live to script */
export function optionText(option: RawOption, numbers: { edge(live: number): number; stamp(live: number): number }): string {
  const { kind, body } = option;
  const stamps = stampsOf(option);
  if (stamps !== undefined) return `TS val ${numbers.stamp(stamps.val)} ecr ${stamps.ecr}`;
  if (kind === OPT_NOP) return 'nop';
  if (kind === OPT_EOL) return 'eol';
  if (kind === OPT_SACK_PERMITTED && body.length === 0) return 'sackOK';
  if (kind === OPT_MSS && body.length === 2) return `mss ${view(body).getUint16(0)}`;
  if (kind === OPT_WSCALE && body.length === 1) return `wscale ${body[0]}`;
  if (kind === OPT_SACK && body.length % 8 === 0) return `sack ${edgesOf(body).map(([l, r]) => `${numbers.edge(l)}:${numbers.edge(r)}`).join(' ')}`;
  if (kind === OPT_FAST_OPEN) return body.length === 0 ? 'FO' : `FO ${hex(body)}`;
  if (kind === OPT_EXPERIMENT && body.length >= 2 && view(body).getUint16(0) === FAST_OPEN_MAGIC) return `FOEXP ${hex(body.subarray(2))}`.trimEnd();
  if (kind === OPT_BROKEN) return `octets 0x${hex(body)}`;
  return `opt ${kind} 0x${hex(body)}`;
}

/** The blocks of a SACK option's body, left and right edge. */
export function edgesOf(body: Uint8Array): [number, number][] {
  const edges: [number, number][] = [];
  for (let at = 0; at + 8 <= body.length; at += 8) edges.push([view(body).getUint32(at), view(body).getUint32(at + 4)]);
  return edges;
}
