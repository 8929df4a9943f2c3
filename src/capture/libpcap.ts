/**
 * The npm package cap (libpcap for Node), loaded when first needed, because it is optional and must be compiled. What it does
 * wrong is in sniffer-process.ts, the only program that may use it. Its refusals in words, each with what mends it.
 */
import { createRequire } from 'node:module';
import { CaptureError } from './errors.js';
import { LinkType } from './frame.js';
import { ANY_INTERFACE, interfaceNames } from './interfaces.js';

/** As much of cap as is used here. */
export interface CapSession {
  /**
   * Listens from now on. Each packet is copied to the start of `buffer`, over the one before.
   * @returns the name of the link type
   * @throws Error with libpcap's words
   */
  open(interfaceName: string, filter: string, kernelBuffer: number, buffer: Buffer): string;
  on(event: 'packet', listener: (octets: number) => void): unknown;
  close(): boolean;
}

export interface CapPackage {
  readonly Cap: new () => CapSession;
}

const COMPILER = 'sudo apt-get install -y libpcap-dev make g++ python3';

/** @throws CaptureError ENOCAP */
export function loadCap(load: () => unknown = () => createRequire(__filename)('cap')): CapPackage {
  try {
    return load() as CapPackage;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const absent = code === 'MODULE_NOT_FOUND' && message.includes("'cap'");
    const why = absent ? 'is not installed' : `is installed but cannot be loaded (${message.split('\n', 1)[0]})`;
    throw new CaptureError('ENOCAP', `Listening to an interface needs the optional package cap, which ${why}.`,
      `${COMPILER} && ${absent ? 'npm install --include=optional' : 'npm rebuild cap'}`);
  }
}

/** cap's names; it calls the others "Unknown linktype 276". */
const LINK_TYPES: Readonly<Record<string, number>> = {
  NULL: LinkType.Null, ETHERNET: LinkType.Ethernet, RAW: LinkType.Raw, LINKTYPE_LINUX_SLL: LinkType.Cooked, IEEE802_11_RADIO: 127,
};

/** @param name as cap's `open` returns it. @returns the link type's number; -1 if it has none */
export function linkTypeOf(name: string): number {
  return LINK_TYPES[name] ?? Number(/\d+$/.exec(name)?.[0] ?? -1);
}

/**
 * Why cap's `open` failed.
 * @param words libpcap's
 * @param listening the interface had been opened already, so that only the filter can be to blame
 */
export function refusal(words: string, interfaceName: string, filter: string, listening: boolean, names = interfaceNames()): CaptureError {
  if (listening || /filter|expression|syntax/i.test(words)) {
    return new CaptureError('EFILTER', `The filter "${filter}" is refused by libpcap: ${words}.`, 'man pcap-filter explains what a filter is, such as -f "tcp port 80"');
  }
  if (interfaceName !== ANY_INTERFACE && names.length > 0 && !names.includes(interfaceName)) {
    return new CaptureError('ENODEV', `There is no interface ${interfaceName}.`, `choose one of these: ${[...names, ANY_INTERFACE].join(', ')}`);
  }
  if (/not permitted|permission/i.test(words)) {
    return new CaptureError('EPERM', `This user may not listen to ${interfaceName}: CAP_NET_RAW is missing.`,
      `run with sudo, or let this Node listen without it: sudo setcap cap_net_raw+ep "$(readlink -f "${process.execPath}")"`);
  }
  if (/not up/i.test(words)) return new CaptureError('ENETDOWN', `The interface ${interfaceName} is not up.`, `sudo ip link set ${interfaceName} up`);
  return new CaptureError('EIO', `libpcap cannot listen to ${interfaceName}: ${words}.`, 'glasstcp doctor says what is missing');
}
