/** In what condition a packet was captured: checksums (RFC 9293 §3.1, RFC 791 §3.1), options cut off. */
import type { ChecksumVerdict } from '../sighting.js';
import { verdicts as V } from '../verdicts.js';
import type { Occasion } from './occasion.js';

export interface Condition {
  readonly checksum: ChecksumVerdict;
  /** The field of an IPv4 header whose checksum is wrong, else -1. */
  readonly badIpChecksum: number;
  /** The capture ends within the TCP options. */
  readonly optionsCut: boolean;
}

export function remarkCondition(o: Occasion, { checksum, badIpChecksum, optionsCut }: Condition): void {
  if (badIpChecksum >= 0) o.say(V.IpChecksumBad, badIpChecksum);
  if (checksum === 'bad') o.say(V.ChecksumBad);
  if (checksum === 'offloaded' && !o.fwd.offloads) {
    // All the following are, too: said once.
    o.fwd.offloads = true;
    o.say(V.ChecksumOffloaded);
  }
  if (optionsCut) o.say(V.OptionsCut);
}
