/** All texts of labs, by language and id. */
import type { LabText } from '../lab.js';
import { text as enOpenNormal } from './en/open-normal.js';
import { text as enCloseWaitPile } from './en/close-wait-pile.js';
import { text as enWait2Msl } from './en/wait-2msl.js';
import { text as enWaitActiveCloser } from './en/wait-active-closer.js';
import { text as enWaitFlood } from './en/wait-flood.js';
import { text as enWaitNoDescriptor } from './en/wait-no-descriptor.js';
import { text as enWaitNone } from './en/wait-none.js';
import { text as enWaitOldSegment } from './en/wait-old-segment.js';
import { text as enWaitResidueAnswered } from './en/wait-residue-answered.js';
import { text as enWaitSameTuple } from './en/wait-same-tuple.js';
import { text as enWaitWhyTwo } from './en/wait-why-two.js';
import type { Language } from './language.js';
import { text as zhOpenNormal } from './zh/open-normal.js';
import { text as zhCloseWaitPile } from './zh/close-wait-pile.js';
import { text as zhWait2Msl } from './zh/wait-2msl.js';
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
    'close-wait-pile': enCloseWaitPile,
    'wait-2msl': enWait2Msl,
    'wait-active-closer': enWaitActiveCloser,
    'wait-flood': enWaitFlood,
    'wait-no-descriptor': enWaitNoDescriptor,
    'wait-none': enWaitNone,
    'wait-old-segment': enWaitOldSegment,
    'wait-residue-answered': enWaitResidueAnswered,
    'wait-same-tuple': enWaitSameTuple,
    'wait-why-two': enWaitWhyTwo,
  },
  zh: {
    'open-normal': zhOpenNormal,
    'close-wait-pile': zhCloseWaitPile,
    'wait-2msl': zhWait2Msl,
    'wait-active-closer': zhWaitActiveCloser,
    'wait-flood': zhWaitFlood,
    'wait-no-descriptor': zhWaitNoDescriptor,
    'wait-none': zhWaitNone,
    'wait-old-segment': zhWaitOldSegment,
    'wait-residue-answered': zhWaitResidueAnswered,
    'wait-same-tuple': zhWaitSameTuple,
    'wait-why-two': zhWaitWhyTwo,
  },
};
