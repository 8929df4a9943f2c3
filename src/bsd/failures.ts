/** What Linux's calls say of the ways a connection can end. */
import type { Tcb, TcpFailure } from '../tcp/tcb.js';
import { Errno } from './errno.js';

const ERRNOS: Readonly<Record<TcpFailure, number>> = {
  'refused': Errno.ECONNREFUSED,
  'reset': Errno.ECONNRESET,
  'timed-out': Errno.ETIMEDOUT,
  'user-timeout': Errno.ETIMEDOUT,
  /** Our own doing: nothing to tell. */
  'aborted': 0,
  'net-unreachable': Errno.ENETUNREACH,
  'host-unreachable': Errno.EHOSTUNREACH,
  'protocol-unreachable': Errno.ENOPROTOOPT,
  'source-route-failed': Errno.EOPNOTSUPP,
  'host-down': Errno.EHOSTDOWN,
  'host-isolated': Errno.ENONET,
  'prohibited': Errno.EACCES,
  'protocol-error': Errno.EPROTO,
  'packet-too-big': Errno.EMSGSIZE,
};

export const errnoOf = (failure: TcpFailure): number => ERRNOS[failure];

/** 0 = nothing to tell. In CLOSE-WAIT the peer has finished, so that its RST can only refuse what we send: Linux says EPIPE. */
export function errnoOfFailure(tcb: Tcb): number {
  if (tcb.failure === null) return 0;
  return tcb.failure === 'reset' && tcb.peerFinished && !tcb.closeRequested ? Errno.EPIPE : errnoOf(tcb.failure);
}
