/** Text on the handshake: the labs of section C, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { dataFastOpen } from '../plays/data-fast-open.js';
import { dataOnSyn } from '../plays/data-on-syn.js';
import { dataSynFlood } from '../plays/data-syn-flood.js';
import { dataThirdAck } from '../plays/data-third-ack.js';
import { text as enDataFastOpen } from '../text/en/data-fast-open.js';
import { text as enDataOnSyn } from '../text/en/data-on-syn.js';
import { text as enDataSynFlood } from '../text/en/data-syn-flood.js';
import { text as enDataThirdAck } from '../text/en/data-third-ack.js';
import { text as zhDataFastOpen } from '../text/zh/data-fast-open.js';
import { text as zhDataOnSyn } from '../text/zh/data-on-syn.js';
import { text as zhDataSynFlood } from '../text/zh/data-syn-flood.js';
import { text as zhDataThirdAck } from '../text/zh/data-third-ack.js';

export const section: Section = [
  { lab: dataThirdAck, text: { en: enDataThirdAck, zh: zhDataThirdAck } },
  { lab: dataOnSyn, text: { en: enDataOnSyn, zh: zhDataOnSyn } },
  { lab: dataFastOpen, text: { en: enDataFastOpen, zh: zhDataFastOpen } },
  { lab: dataSynFlood, text: { en: enDataSynFlood, zh: zhDataSynFlood } },
];
