/** struct sockaddr_in and sockaddr_in6, to and from text. */
import type { SocketAddress } from '../../bsd/sockets.js';
import { Address } from '../../util/address.js';

const AF_INET = 2;
const AF_INET6 = 10;
export const SOCKADDR_STORAGE = 128;

/** Writes the address. @returns its length, octets */
export function writeSockaddr(view: DataView, address: SocketAddress): number {
  for (let i = 0; i < 28; i++) view.setUint8(i, 0);
  view.setUint16(0, address.family, true);
  view.setUint16(2, address.port, false);
  if (address.family !== AF_INET && address.family !== AF_INET6) return 16;
  const { w0, w1, w2, w3 } = Address.from(address.address);
  if (address.family === AF_INET) {
    view.setInt32(4, w3, false);
    return 16;
  }
  [w0, w1, w2, w3].forEach((word, i) => view.setInt32(8 + 4 * i, word, false));
  return 28;
}

/** @returns undefined when the kernel wrote no internet address */
export function readSockaddr(view: DataView, length: number): SocketAddress | undefined {
  if (length < 8) return undefined;
  const family = view.getUint16(0, true);
  const port = view.getUint16(2, false);
  const address = new Address();
  if (family === AF_INET) {
    address.set4(view, 4);
    return { family, port, address: address.toString() };
  }
  if (family !== AF_INET6 || length < 24) return undefined;
  address.set6(view, 8);
  return { family, port, address: address.isV4 ? `::ffff:${address.toString()}` : address.toString() };
}
