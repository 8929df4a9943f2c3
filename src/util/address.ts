/**
 * IP addresses of both families as four 32-bit words: IPv4 is held as its IPv4-mapped form ::ffff:a.b.c.d (RFC 4291
 * §2.5.5.2), so that tables, comparisons and pseudo-headers have one shape. Text forms: RFC 791 dotted quads, RFC 5952.
 */
export class Address {
  /** Words are int32, most significant first. Mutable only for the one who owns a scratch address (see `set4`, `set6`). */
  constructor(public w0 = 0, public w1 = 0, public w2 = 0xffff, public w3 = 0) {}

  get isV4(): boolean {
    return this.w0 === 0 && this.w1 === 0 && this.w2 === 0xffff;
  }

  equals(other: Address): boolean {
    return this.w3 === other.w3 && this.w2 === other.w2 && this.w1 === other.w1 && this.w0 === other.w0;
  }

  copy(): Address {
    return new Address(this.w0, this.w1, this.w2, this.w3);
  }

  /** Refills this (scratch) address from four bytes. */
  set4(view: DataView, at: number): void {
    this.w0 = 0;
    this.w1 = 0;
    this.w2 = 0xffff;
    this.w3 = view.getInt32(at);
  }

  /** Refills this (scratch) address from sixteen bytes. */
  set6(view: DataView, at: number): void {
    this.w0 = view.getInt32(at);
    this.w1 = view.getInt32(at + 4);
    this.w2 = view.getInt32(at + 8);
    this.w3 = view.getInt32(at + 12);
  }

  /** 0.0.0.0 or :: */
  get isUnspecified(): boolean {
    return this.w3 === 0 && this.w0 === 0 && this.w1 === 0 && (this.w2 === 0 || this.w2 === 0xffff);
  }

  /** 224.0.0.0/4 or ff00::/8 */
  get isMulticast(): boolean {
    return this.isV4 ? this.w3 >>> 28 === 0xe : this.w0 >>> 24 === 0xff;
  }

  /** 255.255.255.255; a network's own broadcast address is the host's to know. */
  get isBroadcast(): boolean {
    return this.isV4 && this.w3 === -1;
  }

  /** 127.0.0.0/8 or ::1: never on a wire. */
  get isLoopback(): boolean {
    return this.isV4 ? this.w3 >>> 24 === 127 : this.w0 === 0 && this.w1 === 0 && this.w2 === 0 && this.w3 === 1;
  }

  /** 169.254.0.0/16 or fe80::/10: good on one link only. */
  get isLinkLocal(): boolean {
    return this.isV4 ? this.w3 >>> 16 === 0xa9fe : this.w0 >>> 22 === 0x3fa;
  }

  /** 0.0.0.0/8, "this network": a host that does not know its address yet. */
  get isThisNetwork(): boolean {
    return this.isV4 && this.w3 >>> 24 === 0;
  }

  /** Leading bits in common with another, 0 … 128; two IPv4 addresses have at least 96. */
  commonPrefix(other: Address): number {
    if (this.w0 !== other.w0) return Math.clz32(this.w0 ^ other.w0);
    if (this.w1 !== other.w1) return 32 + Math.clz32(this.w1 ^ other.w1);
    if (this.w2 !== other.w2) return 64 + Math.clz32(this.w2 ^ other.w2);
    return 96 + Math.clz32(this.w3 ^ other.w3);
  }

  toString(): string {
    return this.isV4 ? formatV4(this.w3) : formatV6(this);
  }

  /** Reads a dotted quad or RFC 4291 text; undefined when it is neither. */
  static parse(text: string): Address | undefined {
    return text.includes(':') ? parseV6(text) : parseV4(text);
  }

  /** As `parse`. @throws RangeError naming the text, for addresses written in code or options. */
  static from(text: string): Address {
    const address = Address.parse(text);
    if (address === undefined) throw new RangeError(`not an IP address: "${text}"`);
    return address;
  }
}

function formatV4(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
}

/** RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups shortened. */
function formatV6(a: Address): string {
  const groups = [a.w0, a.w1, a.w2, a.w3].flatMap((w) => [w >>> 16, w & 0xffff]);
  let from = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let n = 0;
    while (i + n < 8 && groups[i + n] === 0) n++;
    if (n > length) {
      from = i;
      length = n;
    }
  }
  const hex = (part: number[]): string => part.map((g) => g.toString(16)).join(':');
  return from < 0 ? hex(groups) : `${hex(groups.slice(0, from))}::${hex(groups.slice(from + length))}`;
}

function parseV4(text: string): Address | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  const parts = match.slice(1).map(Number);
  if (parts.some((p) => p > 255)) return undefined;
  return new Address(0, 0, 0xffff, parts.reduce((word, p) => (word << 8) | p, 0));
}

function parseV6(text: string): Address | undefined {
  const [head, tail, ...rest] = text.split('::');
  if (head === undefined || rest.length > 0) return undefined;
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  if (left === undefined || right === undefined) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...new Array<number>(missing).fill(0), ...right];
  const word = (i: number): number => ((groups[i]) << 16) | (groups[i + 1]);
  return new Address(word(0), word(2), word(4), word(6));
}

/** The 16-bit groups of one side of `::`, a dotted quad at the end counting as two. */
function groupsOf(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    if (part.includes('.') && i === parts.length - 1) {
      const v4 = parseV4(part);
      if (v4 === undefined) return undefined;
      groups.push(v4.w3 >>> 16, v4.w3 & 0xffff);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
      groups.push(parseInt(part, 16));
    }
  }
  return groups;
}
