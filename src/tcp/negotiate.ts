/** What the options of the peer's SYN settle for the whole connection (RFC 9293 §3.7.1, RFC 7323 §2-3, RFC 2018 §2). */
import { R } from '../trace/book.js';
import type { Micros } from '../util/units.js';
import type { Segment } from '../wire/segment.js';
import { takeUserTimeout } from './arrives/user-timeout.js';
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
  setSegmentSize(tcb);
  if (options.userTimeout >= 0) takeUserTimeout(tcb, seg, now);
  tcb.trace?.decision(tcb.id, now, R.PeerOptions, options.mss, scaling ? tcb.sndScale : -1, tcb.timestamps ? 1 : 0);
}
