/** The transfer of data: the labs of section E, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { dataCorruptBit } from '../plays/data-corrupt-bit.js';
import { dataCorruptSwap } from '../plays/data-corrupt-swap.js';
import { dataCumulativeAck } from '../plays/data-cumulative-ack.js';
import { dataDelayedAck } from '../plays/data-delayed-ack.js';
import { dataDuplicate } from '../plays/data-duplicate.js';
import { dataFalseAlarm } from '../plays/data-false-alarm.js';
import { dataLostOrAckLost } from '../plays/data-lost-or-ack-lost.js';
import { dataReordering } from '../plays/data-reordering.js';
import { dataSegments } from '../plays/data-segments.js';
import { text as enDataCorruptBit } from '../text/en/data-corrupt-bit.js';
import { text as enDataCorruptSwap } from '../text/en/data-corrupt-swap.js';
import { text as enDataCumulativeAck } from '../text/en/data-cumulative-ack.js';
import { text as enDataDelayedAck } from '../text/en/data-delayed-ack.js';
import { text as enDataDuplicate } from '../text/en/data-duplicate.js';
import { text as enDataFalseAlarm } from '../text/en/data-false-alarm.js';
import { text as enDataLostOrAckLost } from '../text/en/data-lost-or-ack-lost.js';
import { text as enDataReordering } from '../text/en/data-reordering.js';
import { text as enDataSegments } from '../text/en/data-segments.js';
import { text as zhDataCorruptBit } from '../text/zh/data-corrupt-bit.js';
import { text as zhDataCorruptSwap } from '../text/zh/data-corrupt-swap.js';
import { text as zhDataCumulativeAck } from '../text/zh/data-cumulative-ack.js';
import { text as zhDataDelayedAck } from '../text/zh/data-delayed-ack.js';
import { text as zhDataDuplicate } from '../text/zh/data-duplicate.js';
import { text as zhDataFalseAlarm } from '../text/zh/data-false-alarm.js';
import { text as zhDataLostOrAckLost } from '../text/zh/data-lost-or-ack-lost.js';
import { text as zhDataReordering } from '../text/zh/data-reordering.js';
import { text as zhDataSegments } from '../text/zh/data-segments.js';

export const section: Section = [
  { lab: dataSegments, text: { en: enDataSegments, zh: zhDataSegments } },
  { lab: dataLostOrAckLost, text: { en: enDataLostOrAckLost, zh: zhDataLostOrAckLost } },
  { lab: dataDuplicate, text: { en: enDataDuplicate, zh: zhDataDuplicate } },
  { lab: dataCumulativeAck, text: { en: enDataCumulativeAck, zh: zhDataCumulativeAck } },
  { lab: dataDelayedAck, text: { en: enDataDelayedAck, zh: zhDataDelayedAck } },
  { lab: dataReordering, text: { en: enDataReordering, zh: zhDataReordering } },
  { lab: dataFalseAlarm, text: { en: enDataFalseAlarm, zh: zhDataFalseAlarm } },
  { lab: dataCorruptBit, text: { en: enDataCorruptBit, zh: zhDataCorruptBit } },
  { lab: dataCorruptSwap, text: { en: enDataCorruptSwap, zh: zhDataCorruptSwap } },
];
