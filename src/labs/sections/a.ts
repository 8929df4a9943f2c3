/** The handshake: the labs of section A, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { halfOpen } from '../plays/half-open.js';
import { halfOpenKeepalive } from '../plays/half-open-keepalive.js';
import { openBareAck } from '../plays/open-bare-ack.js';
import { openDelayedAckInstant } from '../plays/open-delayed-ack-instant.js';
import { openFlood } from '../plays/open-flood.js';
import { openIsn } from '../plays/open-isn.js';
import { openNormal } from '../plays/open-normal.js';
import { openOptions } from '../plays/open-options.js';
import { openRefused } from '../plays/open-refused.js';
import { openSelfConnect } from '../plays/open-self-connect.js';
import { openSimultaneous } from '../plays/open-simultaneous.js';
import { openSplit } from '../plays/open-split.js';
import { openStaleSyn } from '../plays/open-stale-syn.js';
import { openTcb } from '../plays/open-tcb.js';
import { openTwoWay } from '../plays/open-two-way.js';
import { text as enHalfOpen } from '../text/en/half-open.js';
import { text as enHalfOpenKeepalive } from '../text/en/half-open-keepalive.js';
import { text as enOpenBareAck } from '../text/en/open-bare-ack.js';
import { text as enOpenDelayedAckInstant } from '../text/en/open-delayed-ack-instant.js';
import { text as enOpenFlood } from '../text/en/open-flood.js';
import { text as enOpenIsn } from '../text/en/open-isn.js';
import { text as enOpenNormal } from '../text/en/open-normal.js';
import { text as enOpenOptions } from '../text/en/open-options.js';
import { text as enOpenRefused } from '../text/en/open-refused.js';
import { text as enOpenSelfConnect } from '../text/en/open-self-connect.js';
import { text as enOpenSimultaneous } from '../text/en/open-simultaneous.js';
import { text as enOpenSplit } from '../text/en/open-split.js';
import { text as enOpenStaleSyn } from '../text/en/open-stale-syn.js';
import { text as enOpenTcb } from '../text/en/open-tcb.js';
import { text as enOpenTwoWay } from '../text/en/open-two-way.js';
import { text as zhHalfOpen } from '../text/zh/half-open.js';
import { text as zhHalfOpenKeepalive } from '../text/zh/half-open-keepalive.js';
import { text as zhOpenBareAck } from '../text/zh/open-bare-ack.js';
import { text as zhOpenDelayedAckInstant } from '../text/zh/open-delayed-ack-instant.js';
import { text as zhOpenFlood } from '../text/zh/open-flood.js';
import { text as zhOpenIsn } from '../text/zh/open-isn.js';
import { text as zhOpenNormal } from '../text/zh/open-normal.js';
import { text as zhOpenOptions } from '../text/zh/open-options.js';
import { text as zhOpenRefused } from '../text/zh/open-refused.js';
import { text as zhOpenSelfConnect } from '../text/zh/open-self-connect.js';
import { text as zhOpenSimultaneous } from '../text/zh/open-simultaneous.js';
import { text as zhOpenSplit } from '../text/zh/open-split.js';
import { text as zhOpenStaleSyn } from '../text/zh/open-stale-syn.js';
import { text as zhOpenTcb } from '../text/zh/open-tcb.js';
import { text as zhOpenTwoWay } from '../text/zh/open-two-way.js';

export const section: Section = [
  { lab: openNormal, text: { en: enOpenNormal, zh: zhOpenNormal } },
  { lab: openIsn, text: { en: enOpenIsn, zh: zhOpenIsn } },
  { lab: openTcb, text: { en: enOpenTcb, zh: zhOpenTcb } },
  { lab: openOptions, text: { en: enOpenOptions, zh: zhOpenOptions } },
  { lab: openDelayedAckInstant, text: { en: enOpenDelayedAckInstant, zh: zhOpenDelayedAckInstant } },
  { lab: openRefused, text: { en: enOpenRefused, zh: zhOpenRefused } },
  { lab: openBareAck, text: { en: enOpenBareAck, zh: zhOpenBareAck } },
  { lab: openSplit, text: { en: enOpenSplit, zh: zhOpenSplit } },
  { lab: openSimultaneous, text: { en: enOpenSimultaneous, zh: zhOpenSimultaneous } },
  { lab: openSelfConnect, text: { en: enOpenSelfConnect, zh: zhOpenSelfConnect } },
  { lab: openStaleSyn, text: { en: enOpenStaleSyn, zh: zhOpenStaleSyn } },
  { lab: openTwoWay, text: { en: enOpenTwoWay, zh: zhOpenTwoWay } },
  { lab: halfOpen, text: { en: enHalfOpen, zh: zhHalfOpen } },
  { lab: halfOpenKeepalive, text: { en: enHalfOpenKeepalive, zh: zhHalfOpenKeepalive } },
  { lab: openFlood, text: { en: enOpenFlood, zh: zhOpenFlood } },
];
