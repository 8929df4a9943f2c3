/** All labs, in the order in which a learner meets them. */
import type { Lab } from './lab.js';
import { lostSyn } from './plays/lost-syn.js';
import { lostSynAck } from './plays/lost-syn-ack.js';
import { lostThirdAckAlive } from './plays/lost-third-ack-alive.js';
import { lostThirdAckExpired } from './plays/lost-third-ack-expired.js';
import { openDelayedAckInstant } from './plays/open-delayed-ack-instant.js';
import { openNormal } from './plays/open-normal.js';

export const LABS: readonly Lab[] = [
  openNormal, openDelayedAckInstant,
  lostSyn, lostSynAck, lostThirdAckAlive, lostThirdAckExpired,
];
