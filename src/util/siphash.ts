/** SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash for short inputs. 64-bit arithmetic by BigInt: not for every packet. */

const MASK = (1n << 64n) - 1n;
const rotated = (x: bigint, n: bigint): bigint => ((x << n) | (x >> (64n - n))) & MASK;

/** Up to 8 octets of bytes from `at`, little-endian. */
function word(bytes: Uint8Array, at: number, count = 8): bigint {
  let value = 0n;
  for (let i = count - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[at + i]);
  return value;
}

class State {
  private v0: bigint;
  private v1: bigint;
  private v2: bigint;
  private v3: bigint;

  constructor(k0: bigint, k1: bigint) {
    this.v0 = k0 ^ 0x736f6d6570736575n;
    this.v1 = k1 ^ 0x646f72616e646f6dn;
    this.v2 = k0 ^ 0x6c7967656e657261n;
    this.v3 = k1 ^ 0x7465646279746573n;
  }

  absorb(m: bigint): void {
    this.v3 ^= m;
    this.rounds(2);
    this.v0 ^= m;
  }

  finish(): bigint {
    this.v2 ^= 0xffn;
    this.rounds(4);
    return this.v0 ^ this.v1 ^ this.v2 ^ this.v3;
  }

  private rounds(n: number): void {
    for (let i = 0; i < n; i++) {
      this.v0 = (this.v0 + this.v1) & MASK;
      this.v2 = (this.v2 + this.v3) & MASK;
      this.v1 = rotated(this.v1, 13n) ^ this.v0;
      this.v3 = rotated(this.v3, 16n) ^ this.v2;
      this.v0 = rotated(this.v0, 32n);
      this.v2 = (this.v2 + this.v1) & MASK;
      this.v0 = (this.v0 + this.v3) & MASK;
      this.v1 = rotated(this.v1, 17n) ^ this.v2;
      this.v3 = rotated(this.v3, 21n) ^ this.v0;
      this.v2 = rotated(this.v2, 32n);
    }
  }
}

/**
 * @param key 16 octets
 * @returns 8 octets, little-endian
 * @throws RangeError for a key of another length
 */
export function sipHash(key: Uint8Array, message: Uint8Array): Uint8Array {
  if (key.length !== 16) throw new RangeError(`a SipHash key has 16 octets, not ${key.length}`);
  const state = new State(word(key, 0), word(key, 8));
  const whole = message.length & ~7;
  for (let at = 0; at < whole; at += 8) state.absorb(word(message, at));
  state.absorb((BigInt(message.length & 0xff) << 56n) | word(message, whole, message.length - whole));
  const hash = state.finish();
  return Uint8Array.from({ length: 8 }, (_, i) => Number((hash >> BigInt(8 * i)) & 0xffn));
}
