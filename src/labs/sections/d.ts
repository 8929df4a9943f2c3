/** Flags and numbers: the labs of section D, in the order in which a learner meets them. */
import type { Section } from '../lab.js';
import { flagPsh } from '../plays/flag-psh.js';
import { flagUrg } from '../plays/flag-urg.js';
import { rstKinds } from '../plays/rst-kinds.js';
import { rstSynSent } from '../plays/rst-syn-sent.js';
import { rstWindow } from '../plays/rst-window.js';
import { text as enFlagPsh } from '../text/en/flag-psh.js';
import { text as enFlagUrg } from '../text/en/flag-urg.js';
import { text as enRstKinds } from '../text/en/rst-kinds.js';
import { text as enRstSynSent } from '../text/en/rst-syn-sent.js';
import { text as enRstWindow } from '../text/en/rst-window.js';
import { text as zhFlagPsh } from '../text/zh/flag-psh.js';
import { text as zhFlagUrg } from '../text/zh/flag-urg.js';
import { text as zhRstKinds } from '../text/zh/rst-kinds.js';
import { text as zhRstSynSent } from '../text/zh/rst-syn-sent.js';
import { text as zhRstWindow } from '../text/zh/rst-window.js';

export const section: Section = [
  { lab: rstWindow, text: { en: enRstWindow, zh: zhRstWindow } },
  { lab: rstSynSent, text: { en: enRstSynSent, zh: zhRstSynSent } },
  { lab: flagPsh, text: { en: enFlagPsh, zh: zhFlagPsh } },
  { lab: flagUrg, text: { en: enFlagUrg, zh: zhFlagUrg } },
  { lab: rstKinds, text: { en: enRstKinds, zh: zhRstKinds } },
];
