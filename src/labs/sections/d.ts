/** Flags and numbers: the labs of section D, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { flagEcn } from '../plays/flag-ecn.js';
import { flagFinWithoutAck } from '../plays/flag-fin-without-ack.js';
import { flagPsh } from '../plays/flag-psh.js';
import { flagPureAcks } from '../plays/flag-pure-acks.js';
import { flagSynFinCount } from '../plays/flag-syn-fin-count.js';
import { flagUrg } from '../plays/flag-urg.js';
import { rstKinds } from '../plays/rst-kinds.js';
import { rstSynSent } from '../plays/rst-syn-sent.js';
import { rstWindow } from '../plays/rst-window.js';
import { seqReliable } from '../plays/seq-reliable.js';
import { seqWrap } from '../plays/seq-wrap.js';
import { text as enFlagEcn } from '../text/en/flag-ecn.js';
import { text as enFlagFinWithoutAck } from '../text/en/flag-fin-without-ack.js';
import { text as enFlagPsh } from '../text/en/flag-psh.js';
import { text as enFlagPureAcks } from '../text/en/flag-pure-acks.js';
import { text as enFlagSynFinCount } from '../text/en/flag-syn-fin-count.js';
import { text as enFlagUrg } from '../text/en/flag-urg.js';
import { text as enRstKinds } from '../text/en/rst-kinds.js';
import { text as enRstSynSent } from '../text/en/rst-syn-sent.js';
import { text as enRstWindow } from '../text/en/rst-window.js';
import { text as enSeqReliable } from '../text/en/seq-reliable.js';
import { text as enSeqWrap } from '../text/en/seq-wrap.js';
import { text as zhFlagEcn } from '../text/zh/flag-ecn.js';
import { text as zhFlagFinWithoutAck } from '../text/zh/flag-fin-without-ack.js';
import { text as zhFlagPsh } from '../text/zh/flag-psh.js';
import { text as zhFlagPureAcks } from '../text/zh/flag-pure-acks.js';
import { text as zhFlagSynFinCount } from '../text/zh/flag-syn-fin-count.js';
import { text as zhFlagUrg } from '../text/zh/flag-urg.js';
import { text as zhRstKinds } from '../text/zh/rst-kinds.js';
import { text as zhRstSynSent } from '../text/zh/rst-syn-sent.js';
import { text as zhRstWindow } from '../text/zh/rst-window.js';
import { text as zhSeqReliable } from '../text/zh/seq-reliable.js';
import { text as zhSeqWrap } from '../text/zh/seq-wrap.js';

export const section: Section = [
  { lab: flagSynFinCount, text: { en: enFlagSynFinCount, zh: zhFlagSynFinCount } },
  { lab: flagPureAcks, text: { en: enFlagPureAcks, zh: zhFlagPureAcks } },
  { lab: flagFinWithoutAck, text: { en: enFlagFinWithoutAck, zh: zhFlagFinWithoutAck } },
  { lab: flagEcn, text: { en: enFlagEcn, zh: zhFlagEcn } },
  { lab: seqWrap, text: { en: enSeqWrap, zh: zhSeqWrap } },
  { lab: seqReliable, text: { en: enSeqReliable, zh: zhSeqReliable } },
  { lab: rstWindow, text: { en: enRstWindow, zh: zhRstWindow } },
  { lab: rstSynSent, text: { en: enRstSynSent, zh: zhRstSynSent } },
  { lab: flagPsh, text: { en: enFlagPsh, zh: zhFlagPsh } },
  { lab: flagUrg, text: { en: enFlagUrg, zh: zhFlagUrg } },
  { lab: rstKinds, text: { en: enRstKinds, zh: zhRstKinds } },
];
