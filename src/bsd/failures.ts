/** What Linux's calls say of the ways a connection can end. */
import type { Tcb } from '../tcp/tcb.js';
import { Errno } from './errno.js';

/** 0 = nothing to tell: it was our own doing. */
export function errnoOfFailure(tcb: Tcb): number {
  switch (tcb.failure) {
    case 'refused':
      return Errno.ECONNREFUSED;
    case 'reset':
      // Linux: in CLOSE-WAIT the peer has finished, so it can only have refused what we send.
      return tcb.peerFinished && !tcb.closeRequested ? Errno.EPIPE : Errno.ECONNRESET;
    case 'timed-out':
    case 'user-timeout':
      return Errno.ETIMEDOUT;
    case 'unreachable':
      return Errno.EHOSTUNREACH;
    case 'aborted':
    case null:
      return 0;
  }
}
