/** What the ACK policy remembers between segments: is the peer to hear from us quickly, or is this a conversation? */
import type { Duration, Micros } from '../../util/units.js';

export class AckState {
  /** How long an ACK waits for company, µs; 0 = no text has come yet. Follows the gaps between segments. */
  wait: Duration = 0;
  /** ACKs that still go out at once. */
  quick = 0;
  /** We answer text with text: an ACK will have something to ride on. */
  conversation = false;
  /** When text arrived last. */
  lastTextAt: Micros = 0;
  /** The last segment that looked full though shorter than the estimate, octets; 0 = none. */
  lastSize = 0;
  /** Short segments since the last ACK: 0, 1, or 2 for more. */
  short = 0;
}
