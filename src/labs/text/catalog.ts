/** All texts of labs, by language and id. */
import type { LabText } from '../lab.js';
import { text as enCloseDataAfterClose } from './en/close-data-after-close.js';
import { text as enCloseFinEarly } from './en/close-fin-early.js';
import { text as enCloseFinWait2Orphan } from './en/close-fin-wait-2-orphan.js';
import { text as enCloseFinWithData } from './en/close-fin-with-data.js';
import { text as enCloseFinZeroWindow } from './en/close-fin-zero-window.js';
import { text as enCloseFour } from './en/close-four.js';
import { text as enCloseGiveUp } from './en/close-give-up.js';
import { text as enCloseHalf } from './en/close-half.js';
import { text as enCloseLingerZero } from './en/close-linger-zero.js';
import { text as enCloseLostFin } from './en/close-lost-fin.js';
import { text as enCloseLostLastAck } from './en/close-lost-last-ack.js';
import { text as enCloseSimultaneous } from './en/close-simultaneous.js';
import { text as enCloseThree } from './en/close-three.js';
import { text as enCloseUnread } from './en/close-unread.js';
import { text as enCloseWaitPile } from './en/close-wait-pile.js';
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
import { text as enWait2msl } from './en/wait-2msl.js';
import { text as enWaitActiveCloser } from './en/wait-active-closer.js';
import { text as enWaitFlood } from './en/wait-flood.js';
import { text as enWaitNoDescriptor } from './en/wait-no-descriptor.js';
import { text as enWaitNone } from './en/wait-none.js';
import { text as enWaitOldSegment } from './en/wait-old-segment.js';
import { text as enWaitResidueAnswered } from './en/wait-residue-answered.js';
import { text as enWaitSameTuple } from './en/wait-same-tuple.js';
import { text as enWaitWhyTwo } from './en/wait-why-two.js';
import type { Language } from './language.js';
import { text as zhCloseDataAfterClose } from './zh/close-data-after-close.js';
import { text as zhCloseFinEarly } from './zh/close-fin-early.js';
import { text as zhCloseFinWait2Orphan } from './zh/close-fin-wait-2-orphan.js';
import { text as zhCloseFinWithData } from './zh/close-fin-with-data.js';
import { text as zhCloseFinZeroWindow } from './zh/close-fin-zero-window.js';
import { text as zhCloseFour } from './zh/close-four.js';
import { text as zhCloseGiveUp } from './zh/close-give-up.js';
import { text as zhCloseHalf } from './zh/close-half.js';
import { text as zhCloseLingerZero } from './zh/close-linger-zero.js';
import { text as zhCloseLostFin } from './zh/close-lost-fin.js';
import { text as zhCloseLostLastAck } from './zh/close-lost-last-ack.js';
import { text as zhCloseSimultaneous } from './zh/close-simultaneous.js';
import { text as zhCloseThree } from './zh/close-three.js';
import { text as zhCloseUnread } from './zh/close-unread.js';
import { text as zhCloseWaitPile } from './zh/close-wait-pile.js';
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
import { text as zhWait2msl } from './zh/wait-2msl.js';
import { text as zhWaitActiveCloser } from './zh/wait-active-closer.js';
import { text as zhWaitFlood } from './zh/wait-flood.js';
import { text as zhWaitNoDescriptor } from './zh/wait-no-descriptor.js';
import { text as zhWaitNone } from './zh/wait-none.js';
import { text as zhWaitOldSegment } from './zh/wait-old-segment.js';
import { text as zhWaitResidueAnswered } from './zh/wait-residue-answered.js';
import { text as zhWaitSameTuple } from './zh/wait-same-tuple.js';
import { text as zhWaitWhyTwo } from './zh/wait-why-two.js';

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
    'close-four': enCloseFour,
    'close-three': enCloseThree,
    'close-half': enCloseHalf,
    'close-simultaneous': enCloseSimultaneous,
    'close-unread': enCloseUnread,
    'close-lost-fin': enCloseLostFin,
    'close-lost-last-ack': enCloseLostLastAck,
    'close-give-up': enCloseGiveUp,
    'close-fin-with-data': enCloseFinWithData,
    'close-fin-early': enCloseFinEarly,
    'close-linger-zero': enCloseLingerZero,
    'close-fin-zero-window': enCloseFinZeroWindow,
    'close-fin-wait-2-orphan': enCloseFinWait2Orphan,
    'close-data-after-close': enCloseDataAfterClose,
    'wait-active-closer': enWaitActiveCloser,
    'wait-2msl': enWait2msl,
    'wait-none': enWaitNone,
    'wait-why-two': enWaitWhyTwo,
    'wait-old-segment': enWaitOldSegment,
    'wait-residue-answered': enWaitResidueAnswered,
    'wait-same-tuple': enWaitSameTuple,
    'wait-no-descriptor': enWaitNoDescriptor,
    'wait-flood': enWaitFlood,
    'close-wait-pile': enCloseWaitPile,
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
    'close-four': zhCloseFour,
    'close-three': zhCloseThree,
    'close-half': zhCloseHalf,
    'close-simultaneous': zhCloseSimultaneous,
    'close-unread': zhCloseUnread,
    'close-lost-fin': zhCloseLostFin,
    'close-lost-last-ack': zhCloseLostLastAck,
    'close-give-up': zhCloseGiveUp,
    'close-fin-with-data': zhCloseFinWithData,
    'close-fin-early': zhCloseFinEarly,
    'close-linger-zero': zhCloseLingerZero,
    'close-fin-zero-window': zhCloseFinZeroWindow,
    'close-fin-wait-2-orphan': zhCloseFinWait2Orphan,
    'close-data-after-close': zhCloseDataAfterClose,
    'wait-active-closer': zhWaitActiveCloser,
    'wait-2msl': zhWait2msl,
    'wait-none': zhWaitNone,
    'wait-why-two': zhWaitWhyTwo,
    'wait-old-segment': zhWaitOldSegment,
    'wait-residue-answered': zhWaitResidueAnswered,
    'wait-same-tuple': zhWaitSameTuple,
    'wait-no-descriptor': zhWaitNoDescriptor,
    'wait-flood': zhWaitFlood,
    'close-wait-pile': zhCloseWaitPile,
  },
};
