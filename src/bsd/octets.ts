/** C's integers in memory, as x86-64 has them. */

/** An int. */
export function littleEndian(value: number): Uint8Array {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setInt32(0, value | 0, true);
  return octets;
}

/** A long long. */
export function littleEndian64(...values: number[]): Uint8Array {
  const octets = new Uint8Array(8 * values.length);
  const view = new DataView(octets.buffer);
  values.forEach((value, i) => view.setBigInt64(8 * i, BigInt(Math.trunc(value)), true));
  return octets;
}

/** The int at an offset; 0 beyond the end. */
export function intAt(octets: Uint8Array, offset = 0): number {
  return octets.length >= offset + 4 ? new DataView(octets.buffer, octets.byteOffset).getInt32(offset, true) : 0;
}

export function longAt(octets: Uint8Array, offset = 0): number {
  return octets.length >= offset + 8 ? Number(new DataView(octets.buffer, octets.byteOffset).getBigInt64(offset, true)) : 0;
}
