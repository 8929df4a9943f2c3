/** The option area of what is sent, for every mixture of options there is. */
import { MAX_OPTIONS, MAX_SACK_BLOCKS, OPT_EOL, OPT_NOP, optionsLength, TcpOptions, writeOptions } from '../../../src/wire/options.js';
import { type Probe, probe } from '../checks.js';

/** Cookies of a Fast Open have an even number of octets; -1 = no such option. */
const COOKIES = [-1, 0, 4, 6, 8, 10, 12, 14, 16];

function* mixtures(): Generator<TcpOptions> {
  for (let bits = 0; bits < 64; bits++) {
    for (let blocks = 0; blocks <= MAX_SACK_BLOCKS; blocks++) {
      for (const cookie of COOKIES) {
        const options = new TcpOptions();
        if ((bits & 1) !== 0) options.mss = 1460;
        options.sackPermitted = (bits & 2) !== 0;
        options.hasTimestamps = (bits & 4) !== 0;
        if ((bits & 8) !== 0) options.windowScale = 7;
        if ((bits & 16) !== 0) options.userTimeout = 300;
        options.cookieExperimental = (bits & 32) !== 0;
        options.cookieLength = cookie;
        options.sackBlocks = blocks;
        yield options;
      }
    }
  }
}

/** What is wrong with an area that held 0xaa everywhere before; '' = nothing. */
function faultOf(area: Uint8Array, length: number): string {
  if (length % 4 !== 0 || length > MAX_OPTIONS) return `${length} octets are no whole words of at most ${MAX_OPTIONS}`;
  let at = 0;
  while (at < length && area[at] !== OPT_EOL) {
    if (area[at] === OPT_NOP) {
      at++;
      continue;
    }
    const size = area[at + 1];
    if (size < 2 || at + size > length) return `kind ${area[at]} says a length of ${size} at ${at} of ${length}`;
    at += size;
  }
  const padding = area.subarray(at, length).findIndex((octet) => octet !== 0);
  return padding < 0 ? '' : `octet ${at + padding} behind the end of the list is ${area[at + padding]}`;
}

export const probes: readonly Probe[] = [
  probe('Any mixture of options fills whole words, each with its length, and nothing but zeros stands behind the end of the list', ['MUST-69', 'MUST-68'], () => {
    for (const options of mixtures()) {
      const area = new Uint8Array(MAX_OPTIONS + 40).fill(0xaa);
      const length = writeOptions(new DataView(area.buffer), 0, options);
      const fault = length === optionsLength(options) ? faultOf(area, length) : `${length} octets were written, ${optionsLength(options)} announced`;
      if (fault !== '') return `${fault} in ${Array.from(area.subarray(0, length), (o) => o.toString(16).padStart(2, '0')).join('')}`;
    }
    return null;
  }),
];
