/** Which verdicts are worth a reader's time: what is everyday is said now and then, what is remarkable always. */
import type { Sighting } from '../../observe/sighting.js';
import type { Explanation } from '../../trace/moment.js';

/** Verdicts on segments of connections that are well. */
const EVERYDAY: ReadonlySet<string> = new Set([
  'sack', 'ecn-offered', 'ecn-agreed', 'fast-open-asked', 'fast-open-cookie', 'fast-open-granted', 'checksum-offloaded', 'options-cut', 'scaling-unknown',
]);

/** Of those, what is true of most segments of a capture, or of none: the summary says it once. */
const OF_THE_CAPTURE: ReadonlySet<string> = new Set(['checksum-offloaded', 'options-cut']);

/** Is it about how the capture was made, more than about the segment? */
export const isOfTheCapture = ({ rule }: Explanation): boolean => OF_THE_CAPTURE.has(rule.name);

export const isEveryday = ({ rule }: Explanation): boolean => EVERYDAY.has(rule.name);

/** What is worth saying of a segment whenever it comes. */
export const remarksOn = ({ verdicts }: Sighting): readonly Explanation[] => verdicts.filter((verdict) => !isEveryday(verdict));

export const isRemarkable = (sighting: Sighting): boolean => remarksOn(sighting).length > 0;
