/** listen(2) and accept(2). */
import type { Listener } from '../stack/listener.js';
import { portTaken, takePort, versionsOf } from './addresses.js';
import { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { done, failed, type Outcome } from './outcome.js';
import { refreshListener } from './settings.js';
import type { CallResult } from './sockets.js';
import type { World } from './world.js';

const VERSIONS = { 1: 4, 2: 6 } as const;

/** One more connection than the backlog may wait, and as many handshakes be under way. A second call changes the backlog. */
export function listen(world: World, socket: BsdSocket, backlog: number): Outcome {
  const most = world.sysctls.number('net.core.somaxconn');
  const queue = backlog >>> 0 > most ? most : backlog;
  if (socket.listener !== undefined) {
    socket.listener.backlog = queue;
    socket.listener.synQueue = queue + 1;
    return done();
  }
  if (socket.phase !== 'unconnected' || socket.state !== Linux.TCP_CLOSE) return failed(Errno.EINVAL);
  if (socket.localPort === 0) {
    const errno = takePort(world, socket, socket.local, 0);
    if (errno !== 0) return failed(errno);
  } else if (portTaken(world, socket, socket.local, socket.localPort, true)) {
    return failed(Errno.EADDRINUSE);
  }
  refreshListener(world, socket);
  const version = VERSIONS[versionsOf(socket, socket.local) as 1 | 2] as 4 | 6 | undefined;
  const listener = world.stack.listen(
    { local: socket.local, port: socket.localPort, version, backlog: queue, synQueue: queue + 1, config: socket.listenerConfig, fastOpenQueue: socket.options.fastOpen,
      fastOpenBare: socket.options.fastOpenNoCookie !== 0 },
    () => undefined,
  );
  if (typeof listener === 'string') return failed(Errno.EADDRINUSE);
  socket.listener = listener;
  return done();
}

/** @param flags SOCK_NONBLOCK, SOCK_CLOEXEC */
export function accept(world: World, socket: BsdSocket, flags: number): Outcome {
  if ((flags & ~(Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC)) !== 0) return failed(Errno.EINVAL);
  if (world.descriptors.isFull) return failed(Errno.EMFILE); // before any connection is taken from the queue
  const attempt = (): CallResult | undefined => {
    const { listener } = socket;
    return listener === undefined ? failed(Errno.EINVAL) : take(world, socket, listener, flags);
  };
  const first = attempt();
  if (first !== undefined) return first;
  if (socket.nonBlocking) return failed(Errno.EAGAIN);
  return { attempt, patience: socket.options.receiveTimeout || Infinity, expired: () => failed(Errno.EAGAIN) };
}

/** The oldest connection that waits becomes a socket with the listener's options. */
function take(world: World, socket: BsdSocket, listener: Listener, flags: number): CallResult | undefined {
  const endpoint = listener.accept();
  if (endpoint === undefined) return undefined;
  const child = new BsdSocket(socket.domain);
  child.options = socket.options.copy();
  child.options.priority = 0;
  child.options.fastOpen = 0;
  child.nonBlocking = (flags & Linux.SOCK_NONBLOCK) !== 0;
  child.closeOnExec = (flags & Linux.SOCK_CLOEXEC) !== 0;
  child.phase = 'connected';
  child.attach(endpoint);
  const { remote, remotePort } = endpoint.connection;
  return done(world.descriptors.add(child), { address: child.name(remote, remotePort) });
}
