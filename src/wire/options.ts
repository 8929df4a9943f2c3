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
export const OPT_USER_TIMEOUT = 28;

/** Set: the user timeout counts minutes, not seconds (RFC 5482 §2). */
const IN_MINUTES = 0x8000;
/** RFC 7413 §2 */
export const OPT_FAST_OPEN = 34;
/** Shared by experiments, told apart by their first two octets (RFC 6994). */
export const OPT_EXPERIMENT = 254;
/** The experiment that Fast Open was before it had a kind of its own. */
export const FAST_OPEN_EXPERIMENT = 0xf989;
/** Octets of a Fast Open cookie (RFC 7413 §2). */
export const MIN_COOKIE = 4;
export const MAX_COOKIE = 16;

/** A segment has room for at most 4 SACK blocks (RFC 2018 §3). */
export const MAX_SACK_BLOCKS = 4;

export class TcpOptions {
  /** Maximum segment size, octets; -1 = absent (RFC 9293 §3.7.1). */
  mss = -1;
  /** Window scale shift as sent, 0 … 255; -1 = absent (RFC 7323 §2). */
  windowScale = -1;
  sackPermitted = false;
  /** RFC 7323 §3; the two values are int32 like sequence numbers, compared modulo 2^32. */
  hasTimestamps = false;
  tsVal = 0;
  tsEcr = 0;
  /** Left edge, right edge, left edge … as int32 sequence numbers (RFC 2018 §3). */
  readonly sackEdges = new Int32Array(2 * MAX_SACK_BLOCKS);
  sackBlocks = 0;
  /** User timeout, seconds; -1 = absent (RFC 5482). */
  userTimeout = -1;
  /** Octets of the Fast Open cookie, 0 = a cookie is asked for; -1 = no such option, or none of a legal length (RFC 7413 §2). */
  cookieLength = -1;
  readonly cookie = new Uint8Array(MAX_COOKIE);
  /** The cookie came, or goes, as experiment 0xF989; means nothing without one. */
  cookieExperimental = false;
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
    this.userTimeout = -1;
    this.cookieLength = -1;
    this.unknown = 0;
    this.malformed = false;
  }
}

/** Octets an option area can hold: the data offset counts to 60, the fixed header takes 20. */
export const MAX_OPTIONS = 40;

/** NOP NOP Timestamps(10), the whole option area of most segments, read as one word. */
const NOP_NOP_TIMESTAMPS = 0x0101080a;

/**
 * Reads the option area [start, end), which the caller has checked to lie in the packet. Never fails: unknown kinds and
 * known kinds of a wrong length are passed over, an illegal length ends the reading with `malformed` set.
 */
export function readOptions(view: DataView, start: number, end: number, into: TcpOptions): void {
  into.clear();
  if (end - start === 12 && view.getInt32(start) === NOP_NOP_TIMESTAMPS) {
    into.hasTimestamps = true;
    into.tsVal = view.getInt32(start + 4);
    into.tsEcr = view.getInt32(start + 8);
    return;
  }
  let at = start;
  while (at < end) {
    const kind = view.getUint8(at);
    if (kind === OPT_EOL) return;
    if (kind === OPT_NOP) {
      at++;
      continue;
    }
    const length = at + 1 < end ? view.getUint8(at + 1) : 0;
    if (length < 2 || at + length > end) {
      into.malformed = true;
      return;
    }
    readOption(view, at, kind, length, into);
    at += length;
  }
}

/** One option whose length is legal in itself: it lies within the area. Of two of a kind the later one counts. */
function readOption(view: DataView, at: number, kind: number, length: number, into: TcpOptions): void {
  switch (kind) {
    case OPT_MSS:
      if (length === 4) into.mss = view.getUint16(at + 2);
      return;
    case OPT_WSCALE:
      if (length === 3) into.windowScale = view.getUint8(at + 2);
      return;
    case OPT_SACK_PERMITTED:
      if (length === 2) into.sackPermitted = true;
      return;
    case OPT_SACK:
      readSack(view, at + 2, length - 2, into);
      return;
    case OPT_TIMESTAMPS:
      if (length !== 10) return;
      into.hasTimestamps = true;
      into.tsVal = view.getInt32(at + 2);
      into.tsEcr = view.getInt32(at + 6);
      return;
    case OPT_USER_TIMEOUT:
      if (length === 4) into.userTimeout = secondsOf(view.getUint16(at + 2));
      return;
    case OPT_FAST_OPEN:
      readCookie(view, at + 2, length - 2, false, into);
      return;
    case OPT_EXPERIMENT:
      if (length >= 4 && view.getUint16(at + 2) === FAST_OPEN_EXPERIMENT) readCookie(view, at + 4, length - 4, true, into);
      else into.unknown++;
      return;
    default:
      into.unknown++;
  }
}

/** An even number of octets, none or 4 … 16; anything else is as if the option were not there. */
function readCookie(view: DataView, at: number, length: number, experimental: boolean, into: TcpOptions): void {
  if (length % 2 !== 0 || length > MAX_COOKIE || (length > 0 && length < MIN_COOKIE)) return;
  into.cookieExperimental = experimental;
  into.cookieLength = length;
  for (let i = 0; i < into.cookieLength; i++) into.cookie[i] = view.getUint8(at + i);
}

function readSack(view: DataView, at: number, length: number, into: TcpOptions): void {
  if (length % 8 !== 0 || length === 0 || length > 8 * MAX_SACK_BLOCKS) return;
  const edges = length >> 2;
  for (let i = 0; i < edges; i++) into.sackEdges[i] = view.getInt32(at + 4 * i);
  into.sackBlocks = edges >> 1;
}

const secondsOf = (field: number): number => ((field & IN_MINUTES) !== 0 ? 60 * (field & ~IN_MINUTES) : field);

/** Seconds if 15 bits hold them, else whole minutes, rounded up; 1 … 1 966 020 s. */
function userTimeoutField(seconds: number): number {
  const whole = Math.max(1, Math.ceil(seconds));
  return whole < IN_MINUTES ? whole : IN_MINUTES | Math.min(Math.ceil(whole / 60), IN_MINUTES - 1);
}

/** Octets that `writeOptions` will write for these options: a multiple of 4, 0 … 40. */
export function optionsLength(options: TcpOptions): number {
  const length = lengthBeforeSack(options);
  const blocks = sackBlocksThatFit(options, length);
  const withSack = blocks > 0 ? length + 4 + 8 * blocks : length;
  return withSack + cookieOctets(options, withSack);
}

/**
 * Writes the options in the order and with the padding that Linux uses, so that a trace of ours reads like any other.
 * SACK blocks that find no room are left out: with timestamps there is room for 3 (RFC 2018 §3).
 * @returns octets written: a multiple of 4, 0 … 40
 */
export function writeOptions(view: DataView, at: number, options: TcpOptions): number {
  const start = at;
  if (options.mss >= 0) {
    view.setInt32(at, (OPT_MSS << 24) | (4 << 16) | (options.mss & 0xffff));
    at += 4;
  }
  if (options.hasTimestamps) {
    // In a SYN, SACK-permitted takes the place of the two NOPs.
    view.setInt32(at, options.sackPermitted ? 0x0402080a : NOP_NOP_TIMESTAMPS);
    view.setInt32(at + 4, options.tsVal);
    view.setInt32(at + 8, options.tsEcr);
    at += 12;
  } else if (options.sackPermitted) {
    view.setInt32(at, 0x01010402);
    at += 4;
  }
  if (options.windowScale >= 0) {
    view.setInt32(at, (OPT_NOP << 24) | (OPT_WSCALE << 16) | (3 << 8) | (options.windowScale & 0xff));
    at += 4;
  }
  if (options.userTimeout >= 0) {
    view.setInt32(at, (OPT_USER_TIMEOUT << 24) | (4 << 16) | userTimeoutField(options.userTimeout));
    at += 4;
  }
  const blocks = sackBlocksThatFit(options, at - start);
  if (blocks > 0) {
    view.setInt32(at, (OPT_NOP << 24) | (OPT_NOP << 16) | (OPT_SACK << 8) | (2 + 8 * blocks));
    at += 4;
    for (let i = 0; i < 2 * blocks; i++, at += 4) view.setInt32(at, options.sackEdges[i]);
  }
  const room = cookieOctets(options, at - start);
  if (room > 0) at = writeCookie(view, at, room, options);
  return at - start;
}

/** Octets of the Fast Open option, padded to a multiple of 4: 0 when there is none, or no room for it. */
function cookieOctets(options: TcpOptions, used: number): number {
  if (options.cookieLength < 0) return 0;
  const octets = ((options.cookieExperimental ? 4 : 2) + options.cookieLength + 3) & ~3;
  return used + octets <= MAX_OPTIONS ? octets : 0;
}

function writeCookie(view: DataView, start: number, room: number, options: TcpOptions): number {
  let at = start;
  view.setUint8(at, options.cookieExperimental ? OPT_EXPERIMENT : OPT_FAST_OPEN);
  view.setUint8(at + 1, (options.cookieExperimental ? 4 : 2) + options.cookieLength);
  at += 2;
  if (options.cookieExperimental) {
    view.setUint16(at, FAST_OPEN_EXPERIMENT);
    at += 2;
  }
  for (let i = 0; i < options.cookieLength; i++, at++) view.setUint8(at, options.cookie[i]);
  for (; at < start + room; at++) view.setUint8(at, OPT_NOP);
  return at;
}

function lengthBeforeSack(options: TcpOptions): number {
  let length = 0;
  if (options.mss >= 0) length += 4;
  if (options.hasTimestamps) length += 12;
  else if (options.sackPermitted) length += 4;
  if (options.windowScale >= 0) length += 4;
  if (options.userTimeout >= 0) length += 4;
  return length;
}

function sackBlocksThatFit(options: TcpOptions, used: number): number {
  const room = (MAX_OPTIONS - used - 4) >> 3;
  return options.sackBlocks < room ? options.sackBlocks : room;
}
