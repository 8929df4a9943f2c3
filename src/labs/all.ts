/** All labs, in the order in which a learner meets them. */
import type { Lab } from './lab.js';
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

export const LABS: readonly Lab[] = [
  openNormal, openDelayedAckInstant, openBareAck, openSplit, openSimultaneous, openStaleSyn, halfOpen, openRefused,
  lostSyn, lostSynAck, lostThirdAckAlive, lostThirdAckExpired, openQueueFull,
];
