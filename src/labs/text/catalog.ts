/** All texts of labs, by language and id. */
import type { LabText } from '../lab.js';
import { text as enLostSyn } from './en/lost-syn.js';
import { text as enLostSynAck } from './en/lost-syn-ack.js';
import { text as enLostThirdAckAlive } from './en/lost-third-ack-alive.js';
import { text as enLostThirdAckExpired } from './en/lost-third-ack-expired.js';
import { text as enOpenDelayedAckInstant } from './en/open-delayed-ack-instant.js';
import { text as enOpenNormal } from './en/open-normal.js';
import type { Language } from './language.js';
import { text as zhLostSyn } from './zh/lost-syn.js';
import { text as zhLostSynAck } from './zh/lost-syn-ack.js';
import { text as zhLostThirdAckAlive } from './zh/lost-third-ack-alive.js';
import { text as zhLostThirdAckExpired } from './zh/lost-third-ack-expired.js';
import { text as zhOpenDelayedAckInstant } from './zh/open-delayed-ack-instant.js';
import { text as zhOpenNormal } from './zh/open-normal.js';

export const TEXTS: Readonly<Record<Language, Readonly<Record<string, LabText>>>> = {
  en: {
    'open-normal': enOpenNormal,
    'open-delayed-ack-instant': enOpenDelayedAckInstant,
    'lost-syn': enLostSyn,
    'lost-syn-ack': enLostSynAck,
    'lost-third-ack-alive': enLostThirdAckAlive,
    'lost-third-ack-expired': enLostThirdAckExpired,
  },
  zh: {
    'open-normal': zhOpenNormal,
    'open-delayed-ack-instant': zhOpenDelayedAckInstant,
    'lost-syn': zhLostSyn,
    'lost-syn-ack': zhLostSynAck,
    'lost-third-ack-alive': zhLostThirdAckAlive,
    'lost-third-ack-expired': zhLostThirdAckExpired,
  },
};
