/**
 * TCP options (RFC 9293 §3.2): what one segment's option area said, refilled for each segment.
 * Unknown kinds are skipped by their length; an illegal length ends the reading, with what came before it kept (MUST-7).
 */

export const OPT_EOL = 0;
export const OPT_NOP = 1;
export const OPT_MSS = 2;
export const OPT_WSCALE = 3;
export const OPT_SACK_PERMITTED = 4;
export const OPT_SACK = 5;
export const OPT_TIMESTAMPS = 8;

/** A segment has room for at most 4 SACK blocks (RFC 2018 §3). */
export const MAX_SACK_BLOCKS = 4;

export class TcpOptions {
  /** Maximum segment size, octets; -1 = absent (RFC 9293 §3.7.1). */
  mss = -1;
  /** Window scale shift as sent, 0 … 255; -1 = absent (RFC 7323 §2). */
  windowScale = -1;
  sackPermitted = false;
  /** RFC 7323 §3. */
  hasTimestamps = false;
  tsVal = 0;
  tsEcr = 0;
  /** Left edge, right edge, left edge … as int32 sequence numbers (RFC 2018 §3). */
  readonly sackEdges = new Int32Array(2 * MAX_SACK_BLOCKS);
  sackBlocks = 0;
  /** Kinds seen that we do not know, skipped by their length. */
  unknown = 0;
  /** An option's length was illegal: the rest of the area was not read. */
  malformed = false;

  clear(): void {
    this.mss = -1;
    this.windowScale = -1;
    this.sackPermitted = false;
    this.hasTimestamps = false;
    this.tsVal = 0;
    this.tsEcr = 0;
    this.sackBlocks = 0;
    this.unknown = 0;
    this.malformed = false;
  }
}
