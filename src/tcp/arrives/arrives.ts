/** SEGMENT ARRIVES (RFC 9293 §3.10.7): the RFC's order is the order here. */
import type { Micros } from '../../util/units.js';
import { FIN, type Segment, URG } from '../../wire/segment.js';
import { takeIpOptions } from '../ip-options.js';
import { takeEcnMark } from '../loss/ecn.js';
import type { Tcb } from '../tcb.js';
import { checkAck } from './ack.js';
import { noteFin, takeFin } from './fin.js';
import { onListen } from './listen.js';
import { checkReset } from './reset.js';
import { checkSequence } from './sequence.js';
import { checkSyn } from './syn.js';
import { onSynSent } from './syn-sent.js';
import { takeText } from './text.js';
import { takeUrgent } from './urgent.js';
import { takeUserTimeout } from './user-timeout.js';

export function segmentArrives(tcb: Tcb, seg: Segment, now: Micros): void {
  tcb.segmentsIn += seg.segments;
  if (seg.dataLength > 0) tcb.textSegmentsIn += seg.segments;
  switch (tcb.state) {
    case 'CLOSED': return; // the stack answers for connections that do not exist (§3.10.7.1)
    case 'LISTEN':
    case 'SYN-SENT': return opening(tcb, seg, now);
  }
  if (!checkSequence(tcb, seg, now)) return; // first
  if (!checkReset(tcb, seg, now)) return; // second (third, security: docs/deviations.md)
  if (!checkSyn(tcb, seg, now)) return; // fourth
  if (!checkAck(tcb, seg, now)) return; // fifth
  if (seg.options.userTimeout >= 0) takeUserTimeout(tcb, seg, now);
  if (seg.ipOptionsEnd > seg.ipOptionsStart) takeIpOptions(tcb, seg, now);
  if ((seg.flags & URG) !== 0) takeUrgent(tcb, seg, now); // sixth
  if ((seg.flags & FIN) !== 0) noteFin(tcb, seg);
  if (tcb.ecn && seg.dataLength > 0) takeEcnMark(tcb, seg, now);
  if (seg.dataLength > 0 || tcb.peerFinKnown) takeText(tcb, seg, now); // seventh
  if ((seg.flags & FIN) !== 0 || tcb.peerFinKnown) takeFin(tcb, seg, now); // eighth
}

/** In LISTEN and SYN-SENT a segment counts if it takes the connection further. */
function opening(tcb: Tcb, seg: Segment, now: Micros): void {
  const before = tcb.state;
  if (before === 'LISTEN') onListen(tcb, seg, now);
  else onSynSent(tcb, seg, now);
  if (seg.ipOptionsEnd > seg.ipOptionsStart && tcb.state !== before && tcb.state !== 'CLOSED') takeIpOptions(tcb, seg, now);
}
