/** poll(2): what tcp_poll says of each socket, now or as soon as there is something to say. */
import { MILLISECOND } from '../util/units.js';
import type { BsdSocket } from './bsd-socket.js';
import { Linux } from './constants.js';
import { done, type Outcome } from './outcome.js';
import { urgentWaits } from './receiving.js';
import { writable } from './sending.js';
import type { CallResult, PollEntry } from './sockets.js';
import type { World } from './world.js';

const READ = Linux.POLLIN | Linux.POLLRDNORM;
const WRITE = Linux.POLLOUT | Linux.POLLWRNORM;
/** Told whether asked for or not. */
const ALWAYS = Linux.POLLERR | Linux.POLLHUP;

/** @param timeout ms; negative = for ever */
export function poll(world: World, entries: readonly PollEntry[], timeout: number): Outcome {
  const look = (): CallResult => {
    const revents = entries.map(({ fd, events }) => reventsOf(world, fd, events));
    return done(revents.filter((r) => r !== 0).length, { revents });
  };
  const attempt = (): CallResult | undefined => {
    const result = look();
    return result.value > 0 ? result : undefined;
  };
  return attempt() ?? (timeout === 0 ? look() : { attempt, patience: timeout < 0 ? Infinity : timeout * MILLISECOND, expired: look });
}

function reventsOf(world: World, fd: number, events: number): number {
  if (fd < 0) return 0;
  const socket = world.descriptors.get(fd);
  return socket === undefined ? Linux.POLLNVAL : eventsOf(world, socket) & (events | ALWAYS);
}

/** All that could be told of a socket. */
export function eventsOf(world: World, socket: BsdSocket): number {
  socket.observe();
  const { state, listener } = socket;
  if (listener !== undefined) return listener.waiting > 0 ? READ : 0;
  let events = 0;
  if (state === Linux.TCP_CLOSE || (socket.receiveEnded && socket.sendEnded)) events |= Linux.POLLHUP;
  if (socket.receiveEnded) events |= READ | Linux.POLLRDHUP;
  if (socket.deferredTo !== undefined) events |= WRITE;
  if (!socket.opening) events |= transferEvents(world, socket);
  if (socket.error !== 0 || socket.errorQueued) events |= Linux.POLLERR;
  return events;
}

function transferEvents(world: World, socket: BsdSocket): number {
  const { endpoint, options } = socket;
  const hidden = endpoint?.connection.atMark === true && options.oobInline === 0 ? 1 : 0;
  const readable = endpoint !== undefined && endpoint.connection.unread >= options.receiveLowWater + hidden ? READ : 0;
  return readable | (urgentWaits(socket) ? Linux.POLLPRI : 0) | (socket.sendEnded || writable(world, socket) ? WRITE : 0);
}
