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

/** One buffer of Linux's may exceed the limit by what it holds: a super-segment. */
const LARGEST_CHUNK = 65_535;
/** tcp_sndbuf_expand: memory that a segment takes with all its structures, and that for two windows. */
const OVERHEAD = 640;
const BUFFER_STRUCTURE = 256;
const WINDOWS = 2;
const LEAST_SEGMENTS = 10;

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
  octets = octets.slice(); // the caller may use the buffer again
  return { attempt, patience: socket.options.sendTimeout || Infinity, expired };
}

/**
 * Octets that may be queued now: what fills the last chunk that was not sent, or one more chunk if the buffer is not full. One who
 * waits goes on only when a third of the buffer is free (sk_stream_write_space). Urgent text is queued as far as the buffer goes before
 * any of it is sent: the first segment must know where it ends.
 */
function roomFor(world: World, socket: BsdSocket, waited: boolean, urgent = false): number {
  const tcb = socket.tcb as Tcb;
  const queued = tcb.sndBuf.length;
  const limit = sendLimit(world, socket);
  const whole = chunk(tcb);
  const begun = unsentOctets(tcb) % whole;
  if (waited ? queued >= limit || !spacious(queued, limit) : begun === 0 && queued >= limit) return 0;
  return urgent ? Math.max(whole - begun, limit - queued) : whole - begun;
}

const NOTHING = new Uint8Array(0);

/** tcp_xmit_size_goal: a chunk is no larger than half of the peer's window. */
function chunk(tcb: Tcb): number {
  const half = tcb.maxSndWnd > 536 ? tcb.maxSndWnd >>> 1 : tcb.maxSndWnd;
  const most = Math.min(LARGEST_CHUNK, Math.max(half, tcb.sndMss));
  return Math.max(tcb.sndMss, most - (most % tcb.sndMss));
}

/** The send buffer's size: as set, or Linux's own, which grows with the congestion window. */
export function sendLimit(world: World, socket: BsdSocket): number {
  if (socket.options.sendBuffer > 0) return socket.options.sendBuffer;
  const [, initial, most] = world.sysctls.numbers('net.ipv4.tcp_wmem');
  const { tcb } = socket;
  if (tcb === undefined || tcb.sndMss === 0 || socket.opening) return initial;
  let segment = 1;
  while (segment < Math.max(tcb.peerMss, tcb.sndMss) + OVERHEAD) segment *= 2;
  const segments = Math.max(LEAST_SEGMENTS, Math.ceil(tcb.cwnd / tcb.sndMss));
  return Math.max(initial, Math.min(most, WINDOWS * segments * (segment + BUFFER_STRUCTURE)));
}

/** sk_stream_is_writeable: at least half as much is free as is used. */
const spacious = (queued: number, limit: number): boolean => limit - queued >= queued >>> 1;

/** Does poll(2) call it writable? */
export function writable(world: World, socket: BsdSocket): boolean {
  const { tcb } = socket;
  if (tcb === undefined) return true;
  const lowWater = socket.options.notSentLowWater || world.sysctls.number('net.ipv4.tcp_notsent_lowat');
  return spacious(tcb.sndBuf.length, sendLimit(world, socket)) && unsentOctets(tcb) < lowWater;
}

/** Octets queued and never sent. */
export const unsentOctets = (tcb: Tcb): number => Math.max(0, tcb.unsent);

/** Octets queued and not acknowledged, as SIOCOUTQ counts: a FIN is one. */
export function unackedOctets(tcb: Tcb): number {
  const fin = tcb.finSent && seqDiff(tcb.sndUna, tcb.finSeq) <= 0 ? 1 : 0;
  return tcb.sndBuf.length + fin;
}
