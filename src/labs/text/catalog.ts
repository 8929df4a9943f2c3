/** All texts of labs, by language and id. */
import type { LabText } from '../lab.js';
import { text as enHalfOpen } from './en/half-open.js';
import { text as enLostSyn } from './en/lost-syn.js';
import { text as enLostSynAck } from './en/lost-syn-ack.js';
import { text as enLostThirdAckAlive } from './en/lost-third-ack-alive.js';
import { text as enLostThirdAckExpired } from './en/lost-third-ack-expired.js';
import { text as enOpenBareAck } from './en/open-bare-ack.js';
import { text as enOpenDelayedAckInstant } from './en/open-delayed-ack-instant.js';
import { text as enOpenNormal } from './en/open-normal.js';
import { text as enOpenQueueFull } from './en/open-queue-full.js';
import { text as enOpenRefused } from './en/open-refused.js';
import { text as enOpenSimultaneous } from './en/open-simultaneous.js';
import { text as enOpenSplit } from './en/open-split.js';
import { text as enOpenStaleSyn } from './en/open-stale-syn.js';
import type { Language } from './language.js';
import { text as zhHalfOpen } from './zh/half-open.js';
import { text as zhLostSyn } from './zh/lost-syn.js';
import { text as zhLostSynAck } from './zh/lost-syn-ack.js';
import { text as zhLostThirdAckAlive } from './zh/lost-third-ack-alive.js';
import { text as zhLostThirdAckExpired } from './zh/lost-third-ack-expired.js';
import { text as zhOpenBareAck } from './zh/open-bare-ack.js';
import { text as zhOpenDelayedAckInstant } from './zh/open-delayed-ack-instant.js';
import { text as zhOpenNormal } from './zh/open-normal.js';
import { text as zhOpenQueueFull } from './zh/open-queue-full.js';
import { text as zhOpenRefused } from './zh/open-refused.js';
import { text as zhOpenSimultaneous } from './zh/open-simultaneous.js';
import { text as zhOpenSplit } from './zh/open-split.js';
import { text as zhOpenStaleSyn } from './zh/open-stale-syn.js';

export const TEXTS: Readonly<Record<Language, Readonly<Record<string, LabText>>>> = {
  en: {
    'open-normal': enOpenNormal,
    'open-delayed-ack-instant': enOpenDelayedAckInstant,
    'open-bare-ack': enOpenBareAck,
    'open-split': enOpenSplit,
    'open-simultaneous': enOpenSimultaneous,
    'open-stale-syn': enOpenStaleSyn,
    'half-open': enHalfOpen,
    'open-refused': enOpenRefused,
    'lost-syn': enLostSyn,
    'lost-syn-ack': enLostSynAck,
    'lost-third-ack-alive': enLostThirdAckAlive,
    'lost-third-ack-expired': enLostThirdAckExpired,
    'open-queue-full': enOpenQueueFull,
  },
  zh: {
    'open-normal': zhOpenNormal,
    'open-delayed-ack-instant': zhOpenDelayedAckInstant,
    'open-bare-ack': zhOpenBareAck,
    'open-split': zhOpenSplit,
    'open-simultaneous': zhOpenSimultaneous,
    'open-stale-syn': zhOpenStaleSyn,
    'half-open': zhHalfOpen,
    'open-refused': zhOpenRefused,
    'lost-syn': zhLostSyn,
    'lost-syn-ack': zhLostSynAck,
    'lost-third-ack-alive': zhLostThirdAckAlive,
    'lost-third-ack-expired': zhLostThirdAckExpired,
    'open-queue-full': zhOpenQueueFull,
  },
};
