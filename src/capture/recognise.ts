/** What a file is that is no capture we read, as far as its first octets tell, and what makes one of it. */
import { CaptureError } from './errors.js';
import type { Octets } from './octets.js';
import { byteOrder, SECTION_HEADER, SHORTEST_SECTION_HEADER } from './pcapng-read.js';
import { isPcap, PCAP_HEADER } from './pcap-read.js';

/** Enough to tell text from other things. */
const LOOK_AT = 512;

interface Kind {
  /** The file's first octets, in hexadecimal. */
  readonly magic: string;
  readonly is: string;
  /** % stands for the file's name. */
  readonly mend: string;
}

const AGAIN = 'copy or record it again';
const CONVERT = 'editcap % capture.pcapng   # Wireshark\'s converter, then: glasstcp read capture.pcapng';
const ascii = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const captureOf = (magic: string, program: string): Kind => ({ magic, is: `a capture of ${program}, a format that is not read here`, mend: CONVERT });

const KINDS: readonly Kind[] = [
  { magic: '1f8b', is: 'compressed by gzip', mend: 'gunzip --keep %   # or: zcat % | glasstcp read -' },
  { magic: '28b52ffd', is: 'compressed by zstd', mend: 'zstdcat % | glasstcp read -' },
  { magic: 'fd377a585a00', is: 'compressed by xz', mend: 'xzcat % | glasstcp read -' },
  { magic: '425a68', is: 'compressed by bzip2', mend: 'bzcat % | glasstcp read -' },
  { magic: '04224d18', is: 'compressed by lz4', mend: 'lz4cat % | glasstcp read -' },
  { magic: '504b0304', is: 'a ZIP archive', mend: 'unzip %' },
  captureOf(ascii('GMBU'), 'Microsoft Network Monitor 2'),
  captureOf(ascii('RTSS'), 'Microsoft Network Monitor 1'),
  captureOf(ascii('snoop\0\0\0'), 'snoop (Solaris)'),
  captureOf(ascii('btsnoop\0'), 'btsnoop (Bluetooth)'),
  captureOf(ascii('TRSNIFF data    \x1a'), 'Sniffer (DOS)'),
  captureOf(ascii('XCP\0'), 'Sniffer (Windows)'),
  captureOf(ascii('iptrace '), 'iptrace (AIX)'),
  captureOf('1c0001ac', 'IxVeriWave (lcap)'),
  captureOf('1c0001ab', 'IxVeriWave (lcap)'),
  captureOf('a12b3c4d', 'Navtel'),
  captureOf('4d3c2ba1', 'Navtel'),
];

/**
 * Says which reader is to read it. Asks for no more octets than it must: a pipe may not have them yet.
 * @param path '-' = standard input, '' = memory
 * @throws CaptureError when none can; says what the file looks like
 */
export function recognise(octets: Octets, path: string): 'pcap' | 'pcapng' {
  const have = octets.have(4);
  if (octets.failure !== '') throw CaptureError.reading({ code: octets.failure }, path);
  if (have === 0) throw noCapture(path, 'is empty', 'the program that writes it may not have written yet: tcpdump does so at once with -U');
  if (have === 4 && isPcap(octets.view, octets.at)) {
    needWhole(octets, PCAP_HEADER, path);
    return 'pcap';
  }
  if (have === 4 && octets.view.getUint32(octets.at) === SECTION_HEADER) {
    needWhole(octets, SHORTEST_SECTION_HEADER, path);
    if (byteOrder(octets.view, octets.at + 8) !== undefined) return 'pcapng';
    throw noCapture(path, 'begins as pcapng does, but its byte-order magic is damaged', AGAIN);
  }
  const there = octets.have(LOOK_AT);
  throw looksLike(octets.bytes.subarray(octets.at, octets.at + there), path);
}

function needWhole(octets: Octets, header: number, path: string): void {
  const have = octets.have(header);
  if (have < header) throw noCapture(path, `ends within its header: ${have} of ${header} octets are there`, AGAIN);
}

function looksLike(first: Uint8Array, path: string): CaptureError {
  const hex = Buffer.from(first).toString('hex');
  const kind = KINDS.find(({ magic }) => hex.startsWith(magic));
  if (kind !== undefined) return noCapture(path, `is ${kind.is}`, kind.mend);
  if (isText(first)) {
    return noCapture(path, 'is text', 'let the capturing program write packets, not lines: tcpdump -w FILE, tshark -w FILE');
  }
  const begins = (hex.slice(0, 16).match(/../g) ?? []).join(' ');
  return noCapture(path, `begins with ${begins}, as neither pcap nor pcapng does`, 'file % says what it may be; editcap converts the captures of many other programs');
}

/** What is no file, and what then stands for one in a command. */
const UNNAMED: Readonly<Record<string, readonly [string, string]>> = { '-': ['Standard input', 'FILE'], '': ['This', 'FILE'] };

/** UTF-8 without control characters; the last character may be cut. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.some((octet) => octet < 0x20 && (octet < 0x09 || octet > 0x0d))) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function noCapture(path: string, is: string, mend: string): CaptureError {
  const [name, file] = UNNAMED[path] ?? [path, path];
  return new CaptureError('ENOCAPTURE', `${name} is no capture that can be read: it ${is}.`, mend.replaceAll('%', () => file));
}
