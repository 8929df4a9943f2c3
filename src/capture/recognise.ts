/** What a file is that is no capture we read, as far as its first octets tell, and what makes one of it. */
import { CaptureError } from './errors.js';
import type { Octets } from './octets.js';
import { byteOrder, SECTION_HEADER, SHORTEST_SECTION_HEADER } from './pcapng-read.js';
import { isPcap, PCAP_HEADER } from './pcap-read.js';

const LOOK_AT = 512;

interface Kind {
  /** The file's first octets, in hexadecimal. */
  readonly magic: string;
  readonly is: string;
  /** % stands for the file's name. */
  readonly mend: string;
}

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

/** @returns which reader is to read it. @throws CaptureError when none can; says what the file looks like */
export function recognise(octets: Octets, path: string): 'pcap' | 'pcapng' {
  const have = octets.have(LOOK_AT);
  const { view, at } = octets;
  if (octets.failure !== '') throw CaptureError.reading({ code: octets.failure }, path);
  if (have === 0) throw noCapture(path, 'is empty', 'the program that writes it may not have written yet: tcpdump does so at once with -U');
  const whole = (shortest: number): void => {
    if (have < shortest) throw noCapture(path, `ends within its header: ${have} of ${shortest} octets are there`, 'copy or record it again');
  };
  if (have >= 4 && isPcap(view, at)) {
    whole(PCAP_HEADER);
    return 'pcap';
  }
  if (have >= 4 && view.getUint32(at) === SECTION_HEADER) {
    whole(SHORTEST_SECTION_HEADER);
    if (byteOrder(view, at + 8) !== undefined) return 'pcapng';
    throw noCapture(path, 'begins as pcapng does, but its byte-order magic is damaged', 'copy or record it again');
  }
  throw looksLike(octets.bytes.subarray(at, at + have), path);
}

function looksLike(first: Uint8Array, path: string): CaptureError {
  const hex = Buffer.from(first).toString('hex');
  const kind = KINDS.find(({ magic }) => hex.startsWith(magic));
  if (kind !== undefined) return noCapture(path, `is ${kind.is}`, kind.mend);
  if (first.every((octet) => octet >= 0x20 || (octet >= 0x09 && octet <= 0x0d))) {
    return noCapture(path, 'is text', 'let the capturing program write packets, not lines: tcpdump -w FILE, tshark -w FILE');
  }
  const begins = (hex.slice(0, 16).match(/../g) ?? []).join(' ');
  return noCapture(path, `begins with ${begins}, as neither pcap nor pcapng does`, 'file % says what it may be; editcap converts the captures of many other programs');
}

function noCapture(path: string, is: string, mend: string): CaptureError {
  const [name, file] = path === '-' ? ['Standard input', 'FILE'] : [path, path];
  return new CaptureError('ENOCAPTURE', `${name} is no capture that can be read: it ${is}.`, mend.replaceAll('%', () => file));
}
