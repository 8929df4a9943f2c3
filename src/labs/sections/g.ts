/** CLOSE-WAIT and TIME-WAIT: the labs of section G, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { closeWaitEmfile } from '../plays/close-wait-emfile.js';
import { closeWaitPile } from '../plays/close-wait-pile.js';
import { stateBingo } from '../plays/state-bingo.js';
import { stateBoard } from '../plays/state-board.js';
import { wait2Msl } from '../plays/wait-2msl.js';
import { waitActiveCloser } from '../plays/wait-active-closer.js';
import { waitAssassination } from '../plays/wait-assassination.js';
import { waitFlood } from '../plays/wait-flood.js';
import { waitNoDescriptor } from '../plays/wait-no-descriptor.js';
import { waitNone } from '../plays/wait-none.js';
import { waitOldSegment } from '../plays/wait-old-segment.js';
import { waitOldSegmentUnsafe } from '../plays/wait-old-segment-unsafe.js';
import { waitRemedies } from '../plays/wait-remedies.js';
import { waitResidueAnswered } from '../plays/wait-residue-answered.js';
import { waitSameTuple } from '../plays/wait-same-tuple.js';
import { waitSentences } from '../plays/wait-sentences.js';
import { waitValues } from '../plays/wait-values.js';
import { waitWhyTwo } from '../plays/wait-why-two.js';
import { text as enCloseWaitEmfile } from '../text/en/close-wait-emfile.js';
import { text as enCloseWaitPile } from '../text/en/close-wait-pile.js';
import { text as enStateBingo } from '../text/en/state-bingo.js';
import { text as enStateBoard } from '../text/en/state-board.js';
import { text as enWait2Msl } from '../text/en/wait-2msl.js';
import { text as enWaitActiveCloser } from '../text/en/wait-active-closer.js';
import { text as enWaitAssassination } from '../text/en/wait-assassination.js';
import { text as enWaitFlood } from '../text/en/wait-flood.js';
import { text as enWaitNoDescriptor } from '../text/en/wait-no-descriptor.js';
import { text as enWaitNone } from '../text/en/wait-none.js';
import { text as enWaitOldSegment } from '../text/en/wait-old-segment.js';
import { text as enWaitOldSegmentUnsafe } from '../text/en/wait-old-segment-unsafe.js';
import { text as enWaitRemedies } from '../text/en/wait-remedies.js';
import { text as enWaitResidueAnswered } from '../text/en/wait-residue-answered.js';
import { text as enWaitSameTuple } from '../text/en/wait-same-tuple.js';
import { text as enWaitSentences } from '../text/en/wait-sentences.js';
import { text as enWaitValues } from '../text/en/wait-values.js';
import { text as enWaitWhyTwo } from '../text/en/wait-why-two.js';
import { text as zhCloseWaitEmfile } from '../text/zh/close-wait-emfile.js';
import { text as zhCloseWaitPile } from '../text/zh/close-wait-pile.js';
import { text as zhStateBingo } from '../text/zh/state-bingo.js';
import { text as zhStateBoard } from '../text/zh/state-board.js';
import { text as zhWait2Msl } from '../text/zh/wait-2msl.js';
import { text as zhWaitActiveCloser } from '../text/zh/wait-active-closer.js';
import { text as zhWaitAssassination } from '../text/zh/wait-assassination.js';
import { text as zhWaitFlood } from '../text/zh/wait-flood.js';
import { text as zhWaitNoDescriptor } from '../text/zh/wait-no-descriptor.js';
import { text as zhWaitNone } from '../text/zh/wait-none.js';
import { text as zhWaitOldSegment } from '../text/zh/wait-old-segment.js';
import { text as zhWaitOldSegmentUnsafe } from '../text/zh/wait-old-segment-unsafe.js';
import { text as zhWaitRemedies } from '../text/zh/wait-remedies.js';
import { text as zhWaitResidueAnswered } from '../text/zh/wait-residue-answered.js';
import { text as zhWaitSameTuple } from '../text/zh/wait-same-tuple.js';
import { text as zhWaitSentences } from '../text/zh/wait-sentences.js';
import { text as zhWaitValues } from '../text/zh/wait-values.js';
import { text as zhWaitWhyTwo } from '../text/zh/wait-why-two.js';

export const section: Section = [
  { lab: waitActiveCloser, text: { en: enWaitActiveCloser, zh: zhWaitActiveCloser } },
  { lab: wait2Msl, text: { en: enWait2Msl, zh: zhWait2Msl } },
  { lab: waitNone, text: { en: enWaitNone, zh: zhWaitNone } },
  { lab: waitWhyTwo, text: { en: enWaitWhyTwo, zh: zhWaitWhyTwo } },
  { lab: waitValues, text: { en: enWaitValues, zh: zhWaitValues } },
  { lab: waitOldSegment, text: { en: enWaitOldSegment, zh: zhWaitOldSegment } },
  { lab: waitOldSegmentUnsafe, text: { en: enWaitOldSegmentUnsafe, zh: zhWaitOldSegmentUnsafe } },
  { lab: waitResidueAnswered, text: { en: enWaitResidueAnswered, zh: zhWaitResidueAnswered } },
  { lab: waitSameTuple, text: { en: enWaitSameTuple, zh: zhWaitSameTuple } },
  { lab: waitNoDescriptor, text: { en: enWaitNoDescriptor, zh: zhWaitNoDescriptor } },
  { lab: waitFlood, text: { en: enWaitFlood, zh: zhWaitFlood } },
  { lab: waitRemedies, text: { en: enWaitRemedies, zh: zhWaitRemedies } },
  { lab: closeWaitPile, text: { en: enCloseWaitPile, zh: zhCloseWaitPile } },
  { lab: stateBoard, text: { en: enStateBoard, zh: zhStateBoard } },
  { lab: stateBingo, text: { en: enStateBingo, zh: zhStateBingo } },
  { lab: waitSentences, text: { en: enWaitSentences, zh: zhWaitSentences } },
  { lab: waitAssassination, text: { en: enWaitAssassination, zh: zhWaitAssassination } },
  { lab: closeWaitEmfile, text: { en: enCloseWaitEmfile, zh: zhCloseWaitEmfile } },
];
