/**
 * What carries whole IP packets. A device knows nothing of TCP; it lends each packet until `receive` returns, stamps it
 * with the instant it arrived, and tells when a batch has been delivered, so that the stack acts once per batch.
 */
import type { Address } from '../util/address.js';
import type { Packet } from '../wire/packet.js';
import type { Micros } from '../util/units.js';

/** Where the host's own programs share our addresses: a port must be ours alone before a segment uses it. */
export interface PortClaims {
  /** Before the first segment from or to that port; may be claimed again while it is. @returns false when another program has it */
  claim(local: Address, port: number): boolean;
  /** After the last one, TIME-WAIT over; once for each claim. */
  release(local: Address, port: number): void;
}

export interface Device {
  readonly name: string;
  /** Largest IP packet it carries, octets. */
  readonly mtu: number;
  /** What the device does for us, or null: TUN with IFF_VNET_HDR checksums and cuts super-segments of so many octets. */
  readonly offload: { readonly checksum: boolean; readonly segmentBytes: number } | null;
  /** Packets that never left this host may arrive with the pseudo-header's sum for a TCP checksum, left to a network card to complete. */
  readonly partialChecksums?: boolean;
  /** Absent: our addresses are ours alone. */
  readonly ports?: PortClaims;
  /** Starts delivering. `receive` may be called many times before `batchEnd`. */
  open(receive: (packet: Packet, at: Micros) => void, batchEnd: () => void): void;
  /** Takes the packet, copying what it keeps. false = queue full: dropped, as a NIC does. */
  send(packet: Packet): boolean;
  /** Delivers what has arrived already: asked before timers fire, so that a late timer does not overtake a packet. */
  poll?(): void;
  close(): void;
}
