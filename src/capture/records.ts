/** What the readers of both file formats have in common: packets one by one, and the limits beyond which a file is not believed. */
import type { Frame } from './frame.js';
import type { Octets } from './octets.js';
import { count, readBefore, type Trouble } from './trouble.js';

/** No capture has more octets of one packet: libpcap's own limit for snap lengths. */
export const LONGEST_CAPTURED = 256 * 1024;
/** More than any link carries at once, octets. */
export const LONGEST_PACKET = 64 * 1024 * 1024;

export interface Records {
  /** @returns the next packet of the file, or undefined when no more can be read */
  next(): Frame | undefined;
}

/** Says why there is nothing more where there should be. @param what "frame 812 (at octet 93,204)", @param there "44 of 1,514 octets are there" */
export function sayCut(trouble: Trouble, octets: Octets, what: string, there: string, frames: number): void {
  if (octets.failure !== '') trouble.say(`The file cannot be read further than to octet ${count(octets.position)}: ${octets.failure}; ${readBefore(frames)}.`);
  else trouble.say(`The file ends in the middle of ${what}: ${there}; ${readBefore(frames)}.`);
}
