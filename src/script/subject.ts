/** The TCP under test as the runner sees it: a clock, a wire, socket calls. Three of them: engine, kernel, glasstcp on a TUN. */
import type { Sockets } from '../bsd/sockets.js';
import type { Duration, Micros } from '../util/units.js';

export type SubjectName = 'engine' | 'kernel' | 'tun';
export type IpVersion = 'ipv4' | 'ipv6' | 'ipv4-mapped-ipv6';

/** What a subject is set up with: from the script's option lines and the command line. */
export interface SubjectOptions {
  readonly ipVersion: IpVersion;
  /** The subject's own address and, beyond the wire, the one the script plays. */
  readonly localAddress: string;
  readonly remoteAddress: string;
  /** The script's peer may have any address of this prefix, e.g. '192.0.2.0/24'. */
  readonly remotePrefix: string;
  readonly gatewayAddress: string;
  readonly prefixLength: number;
  /** Largest IP packet on the wire, octets. */
  readonly mtu: number;
}

/** A packet that the subject sent. */
export interface SeenPacket {
  /** The IP packet, the receiver's to keep. */
  readonly octets: Uint8Array;
  /** When it was sent, on the subject's clock. */
  readonly at: Micros;
  /** Of a super-segment that a network card is to cut: octets of text in each part. */
  readonly segmentSize?: number;
}

/** What came of a set-up or clean-up command. */
export interface CommandResult {
  readonly ok: boolean;
  /** What it printed, or why it could not be run; '' = nothing to say. */
  readonly output: string;
  /** Not refused, but without effect here: settings the engine does not have. */
  readonly ignored?: readonly string[];
}

export interface Subject {
  readonly name: SubjectName;
  /** Can it be off by scheduling? Exact clocks (engine) get no tolerance but the script's own. */
  readonly realTime: boolean;
  readonly sockets: Sockets;
  /** µs on the subject's clock. */
  now(): Micros;
  /**
   * Waits until the instant has come, or returns earlier as soon as a packet waits to be taken or a pending call has ended.
   * In virtual time this is what makes time pass.
   */
  waitUntil(at: Micros): void;
  /**
   * Puts a packet on the wire towards the subject. What it makes the subject do at once has happened when this returns (virtual time).
   * @param segmentSize text per segment of a super-segment, as a card that joins segments hands up (`--mss`); 0 or nothing = one segment
   */
  inject(octets: Uint8Array, segmentSize?: number): void;
  /** The oldest packet sent and not taken; undefined = none so far. */
  takePacket(): SeenPacket | undefined;
  /** Runs a set-up command: `sysctl …` maps to settings on the engine, everything else is the kernel's shell. */
  command(text: string, scriptFolder: string): CommandResult;
  /** The set-up is over and time 0 comes: a real clock may want to begin at a good moment. */
  atStart?(): void;
  /** For a failure's report: decisions with citations of the last so many µs (engine), or nothing (kernel). */
  decisions(since: Micros): readonly { readonly at: Micros; readonly text: string }[];
  /** Ends the run: closes what is open; the kernel's connections are reset so that nothing lingers. */
  close(): void;
}

/** How long the runner waits for an outbound packet whose time is `*`. */
export const ANY_TIME_LIMIT: Duration = 3600 * 1_000_000;
