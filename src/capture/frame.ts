/** One packet as a capture file or an interface gives it, before anybody has looked inside. */

export interface Frame {
  /** From 1, in the order of the capture: the number that other tools show. */
  readonly number: number;
  /** Nanoseconds since 1970. */
  readonly nanos: bigint;
  /** What was captured, link layer included; may be fewer octets than there were. Lent until the next frame is asked for. */
  readonly bytes: Uint8Array;
  /** Octets on the wire. */
  readonly length: number;
  /** As registered at tcpdump.org: see LinkType. */
  readonly linkType: number;
}

/** The link types that are understood. */
export const LinkType = { Null: 0, Ethernet: 1, RawBsd: 12, RawOpenBsd: 14, Raw: 101, Loop: 108, Cooked: 113, Ipv4: 228, Ipv6: 229, Cooked2: 276 } as const;
