/** Segments on the line by their shape, as accidents match them. */
import { ACK, FIN, RST, SYN, type Segment } from '../../wire/segment.js';

/** Nothing but an acknowledgment. */
export const bareAck = (s: Segment): boolean => s.has(ACK) && !s.has(SYN | FIN | RST) && s.dataLength === 0;

export const withText = (s: Segment): boolean => s.dataLength > 0;
