/** Initial sequence numbers (RFC 6528) and timestamp offsets (RFC 7323 §5.4): a clock plus a secret of the connection's own. */
import { sha256 } from '@noble/hashes/sha256';
import type { Address } from '../util/address.js';
import { type Seq, seq } from '../util/seq.js';
import type { Micros } from '../util/units.js';

/** The clock M ticks every 4 µs (RFC 9293 §3.4.1). */
const TICK: Micros = 4;

export class TupleHash {
  private readonly input: Uint8Array;
  private readonly view: DataView;
  private readonly at: number;

  /** @param secret at least 16 octets that nobody outside can know (MUST-9) */
  constructor(secret: Uint8Array) {
    if (secret.length < 16) throw new RangeError(`the secret has ${secret.length} octets, but must have 16 or more`);
    this.at = secret.length;
    this.input = new Uint8Array(secret.length + 37);
    this.input.set(secret);
    this.view = new DataView(this.input.buffer);
  }

  /** 32 bytes from the 4-tuple; `purpose` keeps the uses apart (0 … 255). */
  hash(purpose: number, local: Address, localPort: number, remote: Address, remotePort: number): DataView {
    const { view, at } = this;
    [local, remote].forEach((address, i) => {
      view.setInt32(at + 16 * i, address.w0);
      view.setInt32(at + 16 * i + 4, address.w1);
      view.setInt32(at + 16 * i + 8, address.w2);
      view.setInt32(at + 16 * i + 12, address.w3);
    });
    view.setUint16(at + 32, localPort);
    view.setUint16(at + 34, remotePort);
    view.setUint8(at + 36, purpose);
    const digest = sha256(this.input);
    return new DataView(digest.buffer, digest.byteOffset, digest.length);
  }
}

const PURPOSE_ISN = 1;

/** ISN = M + F(localip, localport, remoteip, remoteport, secret), with a timestamp offset from the same hash. */
export function initialNumbers(hash: TupleHash, now: Micros, local: Address, localPort: number, remote: Address, remotePort: number): { iss: Seq; timestampOffset: number } {
  const f = hash.hash(PURPOSE_ISN, local, localPort, remote, remotePort);
  return { iss: seq(f.getInt32(0) + (Math.floor(now / TICK) % 0x1_0000_0000)), timestampOffset: f.getInt32(4) };
}

const FIRST_GUESS = 1;
const GUESS_STEP = 64;

/** ISNs much as 4.2BSD chose them: the first one is 1, and each connection of the host adds 64, so that anybody can guess the next one. For Unsafe.predictableIsn. */
export class GuessableNumbers {
  private next = FIRST_GUESS;

  take(): Seq {
    const iss = seq(this.next);
    this.next += GUESS_STEP;
    return iss;
  }
}

/** A key of 16 octets for a hash of its own; `purpose` keeps the keys apart (0 … 255). */
export const keyFor = (secret: Uint8Array, purpose: number): Uint8Array => sha256(Uint8Array.of(...secret, purpose)).slice(0, 16);
export const PURPOSE_FAST_OPEN = 4;
export const PURPOSE_SYN_COOKIE = 5;
