/** The transfer of data: the labs of section E, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { dataBothWays } from '../plays/data-both-ways.js';
import { dataCorruptBit } from '../plays/data-corrupt-bit.js';
import { dataCorruptSwap } from '../plays/data-corrupt-swap.js';
import { dataCumulativeAck } from '../plays/data-cumulative-ack.js';
import { dataDelayedAck } from '../plays/data-delayed-ack.js';
import { dataDuplicate } from '../plays/data-duplicate.js';
import { dataFalseAlarm } from '../plays/data-false-alarm.js';
import { dataLostOrAckLost } from '../plays/data-lost-or-ack-lost.js';
import { dataNagle } from '../plays/data-nagle.js';
import { dataReordering } from '../plays/data-reordering.js';
import { dataRtoEstimator } from '../plays/data-rto-estimator.js';
import { dataSegments } from '../plays/data-segments.js';
import { dataSillyWindow } from '../plays/data-silly-window.js';
import { dataSlowStart } from '../plays/data-slow-start.js';
import { dataTimers } from '../plays/data-timers.js';
import { dataWindowSlide } from '../plays/data-window-slide.js';
import { dataZeroWindow } from '../plays/data-zero-window.js';
import { text as enDataBothWays } from '../text/en/data-both-ways.js';
import { text as enDataCorruptBit } from '../text/en/data-corrupt-bit.js';
import { text as enDataCorruptSwap } from '../text/en/data-corrupt-swap.js';
import { text as enDataCumulativeAck } from '../text/en/data-cumulative-ack.js';
import { text as enDataDelayedAck } from '../text/en/data-delayed-ack.js';
import { text as enDataDuplicate } from '../text/en/data-duplicate.js';
import { text as enDataFalseAlarm } from '../text/en/data-false-alarm.js';
import { text as enDataLostOrAckLost } from '../text/en/data-lost-or-ack-lost.js';
import { text as enDataNagle } from '../text/en/data-nagle.js';
import { text as enDataReordering } from '../text/en/data-reordering.js';
import { text as enDataRtoEstimator } from '../text/en/data-rto-estimator.js';
import { text as enDataSegments } from '../text/en/data-segments.js';
import { text as enDataSillyWindow } from '../text/en/data-silly-window.js';
import { text as enDataSlowStart } from '../text/en/data-slow-start.js';
import { text as enDataTimers } from '../text/en/data-timers.js';
import { text as enDataWindowSlide } from '../text/en/data-window-slide.js';
import { text as enDataZeroWindow } from '../text/en/data-zero-window.js';
import { text as zhDataBothWays } from '../text/zh/data-both-ways.js';
import { text as zhDataCorruptBit } from '../text/zh/data-corrupt-bit.js';
import { text as zhDataCorruptSwap } from '../text/zh/data-corrupt-swap.js';
import { text as zhDataCumulativeAck } from '../text/zh/data-cumulative-ack.js';
import { text as zhDataDelayedAck } from '../text/zh/data-delayed-ack.js';
import { text as zhDataDuplicate } from '../text/zh/data-duplicate.js';
import { text as zhDataFalseAlarm } from '../text/zh/data-false-alarm.js';
import { text as zhDataLostOrAckLost } from '../text/zh/data-lost-or-ack-lost.js';
import { text as zhDataNagle } from '../text/zh/data-nagle.js';
import { text as zhDataReordering } from '../text/zh/data-reordering.js';
import { text as zhDataRtoEstimator } from '../text/zh/data-rto-estimator.js';
import { text as zhDataSegments } from '../text/zh/data-segments.js';
import { text as zhDataSillyWindow } from '../text/zh/data-silly-window.js';
import { text as zhDataSlowStart } from '../text/zh/data-slow-start.js';
import { text as zhDataTimers } from '../text/zh/data-timers.js';
import { text as zhDataWindowSlide } from '../text/zh/data-window-slide.js';
import { text as zhDataZeroWindow } from '../text/zh/data-zero-window.js';

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
  { lab: dataRtoEstimator, text: { en: enDataRtoEstimator, zh: zhDataRtoEstimator } },
  { lab: dataZeroWindow, text: { en: enDataZeroWindow, zh: zhDataZeroWindow } },
  { lab: dataSillyWindow, text: { en: enDataSillyWindow, zh: zhDataSillyWindow } },
  { lab: dataWindowSlide, text: { en: enDataWindowSlide, zh: zhDataWindowSlide } },
  { lab: dataSlowStart, text: { en: enDataSlowStart, zh: zhDataSlowStart } },
  { lab: dataBothWays, text: { en: enDataBothWays, zh: zhDataBothWays } },
  { lab: dataTimers, text: { en: enDataTimers, zh: zhDataTimers } },
  { lab: dataNagle, text: { en: enDataNagle, zh: zhDataNagle } },
];
