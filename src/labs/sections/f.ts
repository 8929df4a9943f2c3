/** The close: the labs of section F, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { closeDataAfterClose } from '../plays/close-data-after-close.js';
import { closeFinEarly } from '../plays/close-fin-early.js';
import { closeFinWait2Orphan } from '../plays/close-fin-wait-2-orphan.js';
import { closeFinWithData } from '../plays/close-fin-with-data.js';
import { closeFinZeroWindow } from '../plays/close-fin-zero-window.js';
import { closeFour } from '../plays/close-four.js';
import { closeGiveUp } from '../plays/close-give-up.js';
import { closeHalf } from '../plays/close-half.js';
import { closeLingerZero } from '../plays/close-linger-zero.js';
import { closeLostFin } from '../plays/close-lost-fin.js';
import { closeLostLastAck } from '../plays/close-lost-last-ack.js';
import { closeSimultaneous } from '../plays/close-simultaneous.js';
import { closeThree } from '../plays/close-three.js';
import { closeUnread } from '../plays/close-unread.js';
import { text as enCloseDataAfterClose } from '../text/en/close-data-after-close.js';
import { text as enCloseFinEarly } from '../text/en/close-fin-early.js';
import { text as enCloseFinWait2Orphan } from '../text/en/close-fin-wait-2-orphan.js';
import { text as enCloseFinWithData } from '../text/en/close-fin-with-data.js';
import { text as enCloseFinZeroWindow } from '../text/en/close-fin-zero-window.js';
import { text as enCloseFour } from '../text/en/close-four.js';
import { text as enCloseGiveUp } from '../text/en/close-give-up.js';
import { text as enCloseHalf } from '../text/en/close-half.js';
import { text as enCloseLingerZero } from '../text/en/close-linger-zero.js';
import { text as enCloseLostFin } from '../text/en/close-lost-fin.js';
import { text as enCloseLostLastAck } from '../text/en/close-lost-last-ack.js';
import { text as enCloseSimultaneous } from '../text/en/close-simultaneous.js';
import { text as enCloseThree } from '../text/en/close-three.js';
import { text as enCloseUnread } from '../text/en/close-unread.js';
import { text as zhCloseDataAfterClose } from '../text/zh/close-data-after-close.js';
import { text as zhCloseFinEarly } from '../text/zh/close-fin-early.js';
import { text as zhCloseFinWait2Orphan } from '../text/zh/close-fin-wait-2-orphan.js';
import { text as zhCloseFinWithData } from '../text/zh/close-fin-with-data.js';
import { text as zhCloseFinZeroWindow } from '../text/zh/close-fin-zero-window.js';
import { text as zhCloseFour } from '../text/zh/close-four.js';
import { text as zhCloseGiveUp } from '../text/zh/close-give-up.js';
import { text as zhCloseHalf } from '../text/zh/close-half.js';
import { text as zhCloseLingerZero } from '../text/zh/close-linger-zero.js';
import { text as zhCloseLostFin } from '../text/zh/close-lost-fin.js';
import { text as zhCloseLostLastAck } from '../text/zh/close-lost-last-ack.js';
import { text as zhCloseSimultaneous } from '../text/zh/close-simultaneous.js';
import { text as zhCloseThree } from '../text/zh/close-three.js';
import { text as zhCloseUnread } from '../text/zh/close-unread.js';

export const section: Section = [
  { lab: closeFour, text: { en: enCloseFour, zh: zhCloseFour } },
  { lab: closeThree, text: { en: enCloseThree, zh: zhCloseThree } },
  { lab: closeHalf, text: { en: enCloseHalf, zh: zhCloseHalf } },
  { lab: closeSimultaneous, text: { en: enCloseSimultaneous, zh: zhCloseSimultaneous } },
  { lab: closeUnread, text: { en: enCloseUnread, zh: zhCloseUnread } },
  { lab: closeLostFin, text: { en: enCloseLostFin, zh: zhCloseLostFin } },
  { lab: closeLostLastAck, text: { en: enCloseLostLastAck, zh: zhCloseLostLastAck } },
  { lab: closeGiveUp, text: { en: enCloseGiveUp, zh: zhCloseGiveUp } },
  { lab: closeFinWithData, text: { en: enCloseFinWithData, zh: zhCloseFinWithData } },
  { lab: closeFinEarly, text: { en: enCloseFinEarly, zh: zhCloseFinEarly } },
  { lab: closeLingerZero, text: { en: enCloseLingerZero, zh: zhCloseLingerZero } },
  { lab: closeFinZeroWindow, text: { en: enCloseFinZeroWindow, zh: zhCloseFinZeroWindow } },
  { lab: closeFinWait2Orphan, text: { en: enCloseFinWait2Orphan, zh: zhCloseFinWait2Orphan } },
  { lab: closeDataAfterClose, text: { en: enCloseDataAfterClose, zh: zhCloseDataAfterClose } },
];
