/** Losses in the handshake: the labs of section B, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { lostSyn } from '../plays/lost-syn.js';
import { lostSynAck } from '../plays/lost-syn-ack.js';
import { lostSynBeside } from '../plays/lost-syn-beside.js';
import { lostThirdAckAlive } from '../plays/lost-third-ack-alive.js';
import { lostThirdAckExpired } from '../plays/lost-third-ack-expired.js';
import { openQueueFull } from '../plays/open-queue-full.js';
import { text as enLostSyn } from '../text/en/lost-syn.js';
import { text as enLostSynAck } from '../text/en/lost-syn-ack.js';
import { text as enLostSynBeside } from '../text/en/lost-syn-beside.js';
import { text as enLostThirdAckAlive } from '../text/en/lost-third-ack-alive.js';
import { text as enLostThirdAckExpired } from '../text/en/lost-third-ack-expired.js';
import { text as enOpenQueueFull } from '../text/en/open-queue-full.js';
import { text as zhLostSyn } from '../text/zh/lost-syn.js';
import { text as zhLostSynAck } from '../text/zh/lost-syn-ack.js';
import { text as zhLostSynBeside } from '../text/zh/lost-syn-beside.js';
import { text as zhLostThirdAckAlive } from '../text/zh/lost-third-ack-alive.js';
import { text as zhLostThirdAckExpired } from '../text/zh/lost-third-ack-expired.js';
import { text as zhOpenQueueFull } from '../text/zh/open-queue-full.js';

export const section: Section = [
  { lab: lostSyn, text: { en: enLostSyn, zh: zhLostSyn } },
  { lab: lostSynBeside, text: { en: enLostSynBeside, zh: zhLostSynBeside } },
  { lab: lostSynAck, text: { en: enLostSynAck, zh: zhLostSynAck } },
  { lab: lostThirdAckAlive, text: { en: enLostThirdAckAlive, zh: zhLostThirdAckAlive } },
  { lab: lostThirdAckExpired, text: { en: enLostThirdAckExpired, zh: zhLostThirdAckExpired } },
  { lab: openQueueFull, text: { en: enOpenQueueFull, zh: zhOpenQueueFull } },
];
