/** Segments on the line by their shape, as accidents match them. */
import { ACK, FIN, RST, type Segment, SYN } from '../../wire/segment.js';

/** Nothing but an acknowledgment. */
export const isBareAck = (s: Segment): boolean => s.has(ACK) && !s.has(SYN | FIN | RST) && s.dataLength === 0;

export const hasText = (s: Segment): boolean => s.dataLength > 0;
