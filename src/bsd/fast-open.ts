/** TCP Fast Open by socket calls: sendto(2) with MSG_FASTOPEN, and connect(2) that waits for the first text (TCP_FASTOPEN_CONNECT). */
import { FastOpen } from '../tcp/config.js';
import { addressFor } from './addresses.js';
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import type { SocketAddress } from './sockets.js';
import { start } from './starting.js';
import type { World } from './world.js';

const NO_TEXT = new Uint8Array(0);

/** Keys of cookies as sysctl writes them: four words, each with its least octet first in memory. */
export const keysOf = (text: string): Uint8Array[] => text.split(',').map((key) => {
  const octets = new Uint8Array(16);
  const view = new DataView(octets.buffer);
  key.split('-').forEach((word, i) => view.setUint32(4 * i, parseInt(word, 16), true));
  return octets;
});

const allowed = (world: World): boolean => (world.sysctls.number('net.ipv4.tcp_fastopen') & FastOpen.Client) !== 0;

/**
 * connect(2) with TCP_FASTOPEN_CONNECT and a cookie at hand: nothing is sent before there is text.
 * @returns errno; undefined = there is no cookie, it is an ordinary connect
 */
export function defer(world: World, socket: BsdSocket, to: SocketAddress): number | undefined {
  const remote = addressFor(socket, to);
  if (typeof remote === 'number' || !allowed(world)) return undefined;
  const request = world.stack.fastOpen.request(remote, NO_TEXT, socket.options.fastOpenNoCookie !== 0);
  if (request?.cookie !== null && !((request?.cookie.length ?? 0) > 0)) return undefined;
  socket.deferredTo = to;
  socket.phase = 'connecting';
  return 0;
}

/** The SYN of a send goes out, with text as far as cookie and room allow. @returns octets taken, or a negative errno */
export function openWithText(world: World, socket: BsdSocket, to: SocketAddress | undefined, text: Uint8Array): number {
  const { deferredTo } = socket;
  if (!allowed(world) || to?.family === Linux.AF_UNSPEC) return -Errno.EOPNOTSUPP;
  if (socket.phase === 'connected') return -Errno.EISCONN;
  const remote = deferredTo ?? to;
  if (remote === undefined) return -Errno.EINVAL;
  if (deferredTo === undefined) {
    if (socket.phase === 'connecting') return -Errno.EALREADY;
    if (socket.state !== Linux.TCP_CLOSE) return -Errno.EISCONN;
  }
  socket.deferredTo = undefined;
  socket.phase = 'unconnected';
  const errno = start(world, socket, remote, text);
  return errno === 0 ? socket.endpoint?.sentWithSyn ?? 0 : -errno;
}
