/** Flags and numbers: the labs of section D, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { flagEcn } from '../plays/flag-ecn.js';
import { flagFinWithoutAck } from '../plays/flag-fin-without-ack.js';
import { flagPureAcks } from '../plays/flag-pure-acks.js';
import { flagSynFinCount } from '../plays/flag-syn-fin-count.js';
import { seqReliable } from '../plays/seq-reliable.js';
import { seqWrap } from '../plays/seq-wrap.js';
import { text as enFlagEcn } from '../text/en/flag-ecn.js';
import { text as enFlagFinWithoutAck } from '../text/en/flag-fin-without-ack.js';
import { text as enFlagPureAcks } from '../text/en/flag-pure-acks.js';
import { text as enFlagSynFinCount } from '../text/en/flag-syn-fin-count.js';
import { text as enSeqReliable } from '../text/en/seq-reliable.js';
import { text as enSeqWrap } from '../text/en/seq-wrap.js';
import { text as zhFlagEcn } from '../text/zh/flag-ecn.js';
import { text as zhFlagFinWithoutAck } from '../text/zh/flag-fin-without-ack.js';
import { text as zhFlagPureAcks } from '../text/zh/flag-pure-acks.js';
import { text as zhFlagSynFinCount } from '../text/zh/flag-syn-fin-count.js';
import { text as zhSeqReliable } from '../text/zh/seq-reliable.js';
import { text as zhSeqWrap } from '../text/zh/seq-wrap.js';

export const section: Section = [
  { lab: flagSynFinCount, text: { en: enFlagSynFinCount, zh: zhFlagSynFinCount } },
  { lab: flagPureAcks, text: { en: enFlagPureAcks, zh: zhFlagPureAcks } },
  { lab: flagFinWithoutAck, text: { en: enFlagFinWithoutAck, zh: zhFlagFinWithoutAck } },
  { lab: flagEcn, text: { en: enFlagEcn, zh: zhFlagEcn } },
  { lab: seqWrap, text: { en: enSeqWrap, zh: zhSeqWrap } },
  { lab: seqReliable, text: { en: enSeqReliable, zh: zhSeqReliable } },
];
