/** All labs, in the order in which a learner meets them. */
import type { Lab } from './lab.js';
import { closeDataAfterClose } from './plays/close-data-after-close.js';
import { closeFinEarly } from './plays/close-fin-early.js';
import { closeFinWait2Orphan } from './plays/close-fin-wait-2-orphan.js';
import { closeFinWithData } from './plays/close-fin-with-data.js';
import { closeFinZeroWindow } from './plays/close-fin-zero-window.js';
import { closeFour } from './plays/close-four.js';
import { closeGiveUp } from './plays/close-give-up.js';
import { closeHalf } from './plays/close-half.js';
import { closeLingerZero } from './plays/close-linger-zero.js';
import { closeLostFin } from './plays/close-lost-fin.js';
import { closeLostLastAck } from './plays/close-lost-last-ack.js';
import { closeSimultaneous } from './plays/close-simultaneous.js';
import { closeThree } from './plays/close-three.js';
import { closeUnread } from './plays/close-unread.js';
import { closeWaitPile } from './plays/close-wait-pile.js';
import { halfOpen } from './plays/half-open.js';
import { lostSyn } from './plays/lost-syn.js';
import { lostSynAck } from './plays/lost-syn-ack.js';
import { lostThirdAckAlive } from './plays/lost-third-ack-alive.js';
import { lostThirdAckExpired } from './plays/lost-third-ack-expired.js';
import { openBareAck } from './plays/open-bare-ack.js';
import { openDelayedAckInstant } from './plays/open-delayed-ack-instant.js';
import { openNormal } from './plays/open-normal.js';
import { openQueueFull } from './plays/open-queue-full.js';
import { openRefused } from './plays/open-refused.js';
import { openSimultaneous } from './plays/open-simultaneous.js';
import { openSplit } from './plays/open-split.js';
import { openStaleSyn } from './plays/open-stale-syn.js';
import { wait2Msl } from './plays/wait-2msl.js';
import { waitActiveCloser } from './plays/wait-active-closer.js';
import { waitFlood } from './plays/wait-flood.js';
import { waitNoDescriptor } from './plays/wait-no-descriptor.js';
import { waitNone } from './plays/wait-none.js';
import { waitOldSegment } from './plays/wait-old-segment.js';
import { waitResidueAnswered } from './plays/wait-residue-answered.js';
import { waitSameTuple } from './plays/wait-same-tuple.js';
import { waitWhyTwo } from './plays/wait-why-two.js';

export const LABS: readonly Lab[] = [
  openNormal, openDelayedAckInstant, openBareAck, openSplit, openSimultaneous, openStaleSyn, halfOpen, openRefused,
  lostSyn, lostSynAck, lostThirdAckAlive, lostThirdAckExpired, openQueueFull,
  closeFour, closeThree, closeHalf, closeSimultaneous, closeUnread, closeLostFin, closeLostLastAck, closeGiveUp, closeFinWithData, closeFinEarly,
  closeLingerZero, closeFinZeroWindow, closeFinWait2Orphan, closeDataAfterClose,
  waitActiveCloser, wait2Msl, waitNone, waitWhyTwo, waitOldSegment, waitResidueAnswered, waitSameTuple, waitNoDescriptor, waitFlood, closeWaitPile,
];
