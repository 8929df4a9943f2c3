/** The last ACK of a close, lost: what TIME-WAIT is there for (RFC 9293 §3.6.1). */
import { ACK, FIN, SYN } from '../../wire/segment.js';
import { atPort, segment } from './seen.js';
import type { Stage } from './stage.js';

/** The client's ACK of the server's FIN is lost, so many times. It is told from the ACKs before it by the FIN having passed. @param port the server's */
export function loseLastAck(stage: Stage, port: number, label: string, times = 1): void {
  const isFin = atPort(port, segment('server', 'FIN,ACK'));
  stage.accident({ from: 'client', match: (s) => s.dstPort === port && s.has(ACK) && !s.has(SYN | FIN) && stage.seen.some(isFin), times, action: 'drop', label });
}
