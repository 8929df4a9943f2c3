/** One segment on its way between the two ends of a conversation, as the parts of an observer are handed it. Lent. */
import type { Micros } from '../util/units.js';
import type { Segment } from '../wire/segment.js';
import type { TcpView } from './segment-view.js';
import type { Side } from './sighting.js';

export interface Passing {
  readonly number: number;
  readonly at: Micros;
  readonly from: Side;
  /** With the numbers of the wire. Text that was not captured counts in its length and reads as zeros. */
  readonly segment: Segment;
  /** The same with relative numbers and scaled window. */
  readonly view: TcpView;
  /** It has text, a SYN or a FIN, and all of it had passed, or was acknowledged, before. What fills a gap is not `again`. */
  readonly again: boolean;
  /** Its acknowledgement number is beyond all those that passed before in this direction. True of the first one. */
  readonly acksNew: boolean;
}
