/** What the options of the peer's SYN settle for the whole connection (RFC 9293 §3.7.1, RFC 7323 §2-3, RFC 2018 §2). */
import { R } from '../trace/book.js';
import type { Micros } from '../util/units.js';
import { takeUserTimeout } from './arrives/user-timeout.js';
import { ACK, CWR, ECE, type Segment } from '../wire/segment.js';
import { windowShift } from './receive/window.js';
import { setSegmentSize } from './segment-size.js';
import type { Tcb } from './tcb.js';

/** Largest shift that may be used, whatever the option says (RFC 7323 §2.3). */
const MAX_SHIFT = 14;

export function negotiate(tcb: Tcb, seg: Segment, now: Micros): void {
  const { options } = seg;
  const { config } = tcb;
  tcb.peerMss = options.mss;
  tcb.timestamps = config.timestamps && options.hasTimestamps;
  if (tcb.timestamps) {
    tcb.tsRecent = options.tsVal;
    tcb.tsRecentAt = now;
  }
  tcb.sackPermitted = config.sack && options.sackPermitted;
  const scaling = config.windowScaling && options.windowScale >= 0;
  tcb.scalingAgreed = scaling;
  tcb.sndScale = scaling ? Math.min(options.windowScale, MAX_SHIFT) : 0;
  tcb.rcvScale = scaling ? windowShift(config.receiveBufferMax) : 0;
  tcb.ecn = agreesOnEcn(tcb, seg);
  tcb.ect = tcb.ecn && !sentPlainSyn(tcb);
  if (tcb.ecn) tcb.trace?.decision(tcb.id, now, tcb.ect ? R.EcnAgreed : R.EcnWithheld, 0, 0, 0);
  setSegmentSize(tcb);
  if (options.userTimeout >= 0) takeUserTimeout(tcb, seg, now);
  tcb.trace?.decision(tcb.id, now, R.PeerOptions, options.mss, scaling ? tcb.sndScale : -1, tcb.timestamps ? 1 : 0);
}

/**
 * RFC 3168 §6.1.1: ECE and CWR in a SYN ask, ECE alone in the SYN,ACK agrees; both bits there come from a host that reflects what
 * it does not know. A SYN that routers could mark is not an ECN-setup SYN: none may be sent ECN-capable.
 */
function agreesOnEcn(tcb: Tcb, seg: Segment): boolean {
  const bits = seg.flags & (ECE | CWR);
  if (seg.has(ACK)) return tcb.config.ecn === 'on' && bits === ECE;
  const willing = tcb.passive ? tcb.config.ecn !== 'off' : tcb.config.ecn === 'on';
  return willing && bits === (ECE | CWR) && seg.ecn === 0;
}

/** The fallback has sent a SYN that does not ask, and this may be the late answer to one that did. Linux marks its text all the same. */
const sentPlainSyn = (tcb: Tcb): boolean => !tcb.passive && tcb.synLost && tcb.config.ecnFallback;
