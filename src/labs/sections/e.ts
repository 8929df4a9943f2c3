/** The transfer of data: the labs of section E, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { dataCumulativeAck } from '../plays/data-cumulative-ack.js';
import { dataDuplicate } from '../plays/data-duplicate.js';
import { dataLostOrAckLost } from '../plays/data-lost-or-ack-lost.js';
import { text as enDataCumulativeAck } from '../text/en/data-cumulative-ack.js';
import { text as enDataDuplicate } from '../text/en/data-duplicate.js';
import { text as enDataLostOrAckLost } from '../text/en/data-lost-or-ack-lost.js';
import { text as zhDataCumulativeAck } from '../text/zh/data-cumulative-ack.js';
import { text as zhDataDuplicate } from '../text/zh/data-duplicate.js';
import { text as zhDataLostOrAckLost } from '../text/zh/data-lost-or-ack-lost.js';

export const section: Section = [
  { lab: dataLostOrAckLost, text: { en: enDataLostOrAckLost, zh: zhDataLostOrAckLost } },
  { lab: dataDuplicate, text: { en: enDataDuplicate, zh: zhDataDuplicate } },
  { lab: dataCumulativeAck, text: { en: enDataCumulativeAck, zh: zhDataCumulativeAck } },
];
