/**
 * Why a packet was not accepted. Parsers return one of these and never throw; whoever drops the packet counts it.
 */

export const Reject = {
  /** Accepted. */
  None: 0,
  /** Fewer octets arrived than the header needs or the length field promises. */
  Truncated: 1,
  /** The version nibble is neither 4 nor 6. */
  BadVersion: 2,
  /** IPv4: an IHL below 5. */
  BadHeaderLength: 3,
  /** IPv4: a total length shorter than the header. */
  BadTotalLength: 4,
  BadIpChecksum: 5,
  /** Any fragment: we do not reassemble. */
  Fragment: 6,
  /** IPv6: an extension header out of bounds or out of place, or one that asks for the packet to be discarded. */
  BadExtensionHeader: 7,
  NotForUs: 8,
  /** A source address that no packet may carry. */
  BadSource: 9,
  UnknownProtocol: 10,
  TcpTruncated: 11,
  BadDataOffset: 12,
  BadTcpChecksum: 13,
  IcmpTruncated: 14,
  BadIcmpChecksum: 15,
  /** A TCP port of 0, which no endpoint has. */
  ZeroPort: 16,
  /** IPv4: a source route that does not end here, or any where the stack takes none. */
  SourceRouted: 17,
} as const;

export type Reject = (typeof Reject)[keyof typeof Reject];

/** Names for people, by the number of the reason. */
export const rejectName: readonly string[] = [
  'none',
  'truncated',
  'bad-version',
  'bad-header-length',
  'bad-total-length',
  'bad-ip-checksum',
  'fragment',
  'bad-extension-header',
  'not-for-us',
  'bad-source',
  'unknown-protocol',
  'tcp-truncated',
  'bad-data-offset',
  'bad-tcp-checksum',
  'icmp-truncated',
  'bad-icmp-checksum',
  'zero-port',
  'source-routed',
];

/** How many packets were rejected, by reason. Doubles: they do not wrap. */
export class RejectCounters {
  readonly counts = new Float64Array(rejectName.length);

  /** Counts one packet; Reject.None is not counted. */
  count(reason: Reject): void {
    if (reason !== Reject.None) this.counts[reason] += 1;
  }

  get total(): number {
    let sum = 0;
    for (const count of this.counts) sum += count;
    return sum;
  }

  /** The reasons that occurred, by name. */
  toRecord(): Record<string, number> {
    const record: Record<string, number> = {};
    for (const [reason, count] of this.counts.entries()) {
      if (count > 0) record[rejectName[reason]] = count;
    }
    return record;
  }
}
