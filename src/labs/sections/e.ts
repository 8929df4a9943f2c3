/** The transfer of data: the labs of section E, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { dataBothWays } from '../plays/data-both-ways.js';
import { dataNagle } from '../plays/data-nagle.js';
import { dataRtoEstimator } from '../plays/data-rto-estimator.js';
import { dataSillyWindow } from '../plays/data-silly-window.js';
import { dataSlowStart } from '../plays/data-slow-start.js';
import { dataTimers } from '../plays/data-timers.js';
import { dataWindowSlide } from '../plays/data-window-slide.js';
import { dataZeroWindow } from '../plays/data-zero-window.js';
import { text as enDataBothWays } from '../text/en/data-both-ways.js';
import { text as enDataNagle } from '../text/en/data-nagle.js';
import { text as enDataRtoEstimator } from '../text/en/data-rto-estimator.js';
import { text as enDataSillyWindow } from '../text/en/data-silly-window.js';
import { text as enDataSlowStart } from '../text/en/data-slow-start.js';
import { text as enDataTimers } from '../text/en/data-timers.js';
import { text as enDataWindowSlide } from '../text/en/data-window-slide.js';
import { text as enDataZeroWindow } from '../text/en/data-zero-window.js';
import { text as zhDataBothWays } from '../text/zh/data-both-ways.js';
import { text as zhDataNagle } from '../text/zh/data-nagle.js';
import { text as zhDataRtoEstimator } from '../text/zh/data-rto-estimator.js';
import { text as zhDataSillyWindow } from '../text/zh/data-silly-window.js';
import { text as zhDataSlowStart } from '../text/zh/data-slow-start.js';
import { text as zhDataTimers } from '../text/zh/data-timers.js';
import { text as zhDataWindowSlide } from '../text/zh/data-window-slide.js';
import { text as zhDataZeroWindow } from '../text/zh/data-zero-window.js';

export const section: Section = [
  { lab: dataRtoEstimator, text: { en: enDataRtoEstimator, zh: zhDataRtoEstimator } },
  { lab: dataZeroWindow, text: { en: enDataZeroWindow, zh: zhDataZeroWindow } },
  { lab: dataSillyWindow, text: { en: enDataSillyWindow, zh: zhDataSillyWindow } },
  { lab: dataWindowSlide, text: { en: enDataWindowSlide, zh: zhDataWindowSlide } },
  { lab: dataSlowStart, text: { en: enDataSlowStart, zh: zhDataSlowStart } },
  { lab: dataBothWays, text: { en: enDataBothWays, zh: zhDataBothWays } },
  { lab: dataTimers, text: { en: enDataTimers, zh: zhDataTimers } },
  { lab: dataNagle, text: { en: enDataNagle, zh: zhDataNagle } },
];
