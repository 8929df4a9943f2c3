/** All labs, in the order in which a learner meets them. */
import type { Lab } from './lab.js';
import { openNormal } from './plays/open-normal.js';
import { closeWaitPile } from './plays/close-wait-pile.js';
import { wait2Msl } from './plays/wait-2msl.js';
import { waitActiveCloser } from './plays/wait-active-closer.js';
import { waitFlood } from './plays/wait-flood.js';
import { waitNoDescriptor } from './plays/wait-no-descriptor.js';
import { waitNone } from './plays/wait-none.js';
import { waitOldSegment } from './plays/wait-old-segment.js';
import { waitResidueAnswered } from './plays/wait-residue-answered.js';
import { waitSameTuple } from './plays/wait-same-tuple.js';
import { waitWhyTwo } from './plays/wait-why-two.js';

export const LABS: readonly Lab[] = [
  openNormal,
  wait2Msl,
  waitWhyTwo,
  waitNone,
  waitSameTuple,
  waitActiveCloser,
  waitNoDescriptor,
  closeWaitPile,
  waitResidueAnswered,
  waitFlood,
  waitOldSegment,
];
