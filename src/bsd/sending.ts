/** send(2) and its kin, in the order of Linux's checks (tcp_sendmsg): which error comes first is part of what programs rely on. */
import { seqDiff } from '../util/seq.js';
import type { Tcb } from '../tcp/tcb.js';
import type { BsdSocket } from './bsd-socket.js';
import { Errno, Linux } from './constants.js';
import { conclude } from './connecting.js';
import { openWithText } from './fast-open.js';
import { done, failed, type Outcome } from './outcome.js';
import type { CallResult, SocketCall } from './sockets.js';
import type { World } from './world.js';

type SendCall = SocketCall & { readonly name: 'send' };

export function send(world: World, socket: BsdSocket, call: SendCall): Outcome {
  const { flags } = call;
  let { octets } = call;
  const dontWait = socket.nonBlocking || (flags & Linux.MSG_DONTWAIT) !== 0;
  let copied = 0;
  let waited = false;
  let withSyn = (flags & Linux.MSG_FASTOPEN) !== 0 || socket.deferredTo !== undefined;
  if (withSyn) {
    copied = openWithText(world, socket, call.to, octets);
    if (copied < 0) return failed(-copied);
    if (dontWait) return copied > 0 ? done(copied) : failed(Errno.EINPROGRESS);
  }
  const end = (errno: number): CallResult => (copied > 0 ? done(copied) : failed(errno === Errno.EPIPE ? socket.takeError() || Errno.EPIPE : errno));
  const urgent = (flags & Linux.MSG_OOB) !== 0;
  const more = (flags & Linux.MSG_MORE) !== 0;
  const record = (flags & Linux.MSG_EOR) !== 0;
  const attempt = (): CallResult | undefined => {
    if (withSyn) {
      const opened = conclude(socket);
      if (opened === undefined || opened.errno !== 0) return opened;
      withSyn = false;
    }
    socket.observe();
    if (!socket.open) {
      if (copied === 0 && socket.error !== 0) return failed(socket.takeError());
      if (socket.opening) return undefined;
      return end(Errno.EPIPE);
    }
    if (socket.error !== 0 || socket.sendEnded) return end(Errno.EPIPE);
    while (copied < octets.length) {
      const room = roomFor(world, socket, waited, urgent);
      if (room === 0) {
        if (!waited) socket.endpoint?.send(NOTHING); // what is queued is pushed
        waited = true;
        return undefined;
      }
      waited = false;
      const upTo = Math.min(octets.length, copied + room);
      socket.sendMemory.wrote(upTo - copied, socket.tcb as Tcb);
      const whole = upTo === octets.length;
      const taken = socket.endpoint?.send(octets, copied, upTo, urgent, more || !whole, record && whole) ?? 0;
      if (typeof taken !== 'number') return end(Errno.EPIPE);
      copied += taken;
    }
    if ((call.nowhere ?? 0) > 0) return roomFor(world, socket, waited) === 0 ? undefined : failed(Errno.EFAULT);
    return done(copied);
  };
  const expired = (): CallResult => end(Errno.EAGAIN);
  const first = attempt();
  if (first !== undefined) return first;
  if (dontWait) return expired();
  if (socket.opening && socket.tcb !== undefined) socket.tcb.writePending = true;
  octets = octets.slice(); // the caller may use the buffer again
  return { attempt, patience: socket.options.sendTimeout || Infinity, expired };
}

/**
 * Octets that may be queued now, up to the end of a buffer; one who waits goes on only when a third is free (sk_stream_write_space).
 * Urgent text is queued as far as memory goes before any of it is sent: the first segment must know where it ends.
 */
function roomFor(world: World, socket: BsdSocket, waited: boolean, urgent = false): number {
  const tcb = socket.tcb as Tcb;
  const { sendMemory } = socket;
  const limit = sendLimit(world, socket);
  const room = waited && !sendMemory.spacious(tcb, limit) ? 0 : sendMemory.room(tcb, limit, mostUnsent(world, socket));
  setStarved(socket, room === 0);
  return urgent && room > 0 ? Math.max(room, limit - sendMemory.used(tcb)) : room;
}

const NOTHING = new Uint8Array(0);

/** The send buffer's size: as set, or Linux's own, which grows with the congestion window. */
export function sendLimit(world: World, socket: BsdSocket): number {
  if (socket.options.sendBuffer > 0) return socket.options.sendBuffer;
  const [, initial, most] = world.sysctls.numbers('net.ipv4.tcp_wmem');
  const { tcb } = socket;
  return tcb === undefined || tcb.sndMss === 0 || socket.opening ? initial : socket.sendMemory.automatic(tcb, initial, most);
}

const mostUnsent = (world: World, { options }: BsdSocket): number => options.notSentLowWater || world.sysctls.number('net.ipv4.tcp_notsent_lowat');

/** Does poll(2) call it writable? */
export function writable(world: World, socket: BsdSocket): boolean {
  const { tcb, sendMemory } = socket;
  if (tcb === undefined) return true;
  const answer = sendMemory.spacious(tcb, sendLimit(world, socket)) && 2 * unsentOctets(tcb) < mostUnsent(world, socket);
  setStarved(socket, !answer);
  return answer;
}

function setStarved({ sendMemory, tcb }: BsdSocket, starved: boolean): void {
  sendMemory.starved = starved;
  if (tcb !== undefined) tcb.starved = starved;
}

/** Octets queued and never sent. */
export const unsentOctets = (tcb: Tcb): number => Math.max(0, tcb.unsent);

/** Octets queued and not acknowledged, as SIOCOUTQ counts: a FIN is one. */
export function unackedOctets(tcb: Tcb): number {
  const fin = tcb.finSent && seqDiff(tcb.sndUna, tcb.finSeq) <= 0 ? 1 : 0;
  return tcb.sndBuf.length + fin;
}
