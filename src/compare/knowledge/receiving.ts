/** Differences in receiving: windows, acknowledgements, text out of order. */
import { type Explanation, isField, isKind, ours, theirs, within } from '../explanations.js';

export const receiving: readonly Explanation[] = [
  {
    id: 'over-window', title: 'A segment across the edge of the window', judgement: 'both allowed', requirements: ['RFC 9293 §3.10.7.4', 'SHLD-31'],
    why: 'RFC 9293 trims it: what fits is taken and acknowledged. The kernel drops the whole segment and says how much room there is; the peer must cut it smaller.',
    linux: '', glasstcp: '', explains: (d, about) => within(about, 'window-closes') && (isField(d, 'ack', 'window') || d.what === 'result' || isKind(d, 'ack')),
  },
  {
    id: 'window-size', title: 'How large a window is offered', judgement: 'both allowed', requirements: ['MUST-39', 'SHLD-14', 'RFC 9293 §3.8.6'],
    why: 'How much a host offers is its own affair, as long as the edge does not move back. The kernel grows its window with what arrives, and rounds it in its own way; a FIN counts as an octet here and not there.',
    linux: 'net.ipv4.tcp_rmem, SO_RCVBUF', glasstcp: 'receiveBuffer, initialReceiveWindow',
    explains: (d) => isField(d, 'window') && !isKind(d, 'reset') && (ours(d)?.window ?? 0) > 0 && (theirs(d)?.window ?? 0) > 0,
  },
  {
    id: 'fin-sack', title: 'A FIN that came early, in a SACK block', judgement: 'both allowed', requirements: ['RFC 2018 §4', 'SHLD-31'],
    why: 'The FIN has a sequence number, so the kernel reports it like text. glasstcp remembers the FIN and reports only text: a SACK block is advice.',
    linux: 'net.ipv4.tcp_sack=0', glasstcp: '', explains: (d, about) => within(about, 'fin-early') && isField(d, 'options') && isKind(d, 'ack'),
  },
  {
    id: 'ts-recent', title: 'The timestamp of a segment that came twice', judgement: 'both allowed', requirements: ['RFC 7323 §4.3', 'RFC 7323 §5.3'],
    why: 'RFC 7323 §5.3 rejects a segment outside the window (R2) before it records its timestamp (R3), so glasstcp echoes the older one. The kernel records it whenever the segment begins at or before what was last acknowledged.',
    linux: '', glasstcp: '', explains: (d, about) => within(about, 'paws') && isField(d, 'echo'),
  },
  {
    id: 'ack-moment', title: 'When an ACK is sent', judgement: 'both allowed', requirements: ['SHLD-18', 'SHLD-19', 'MUST-40'],
    why: 'An ACK may wait for less than half a second, and for a second full segment. When within that, is policy.',
    linux: 'TCP_QUICKACK', glasstcp: 'ackPolicy, delayedAck',
    explains: (d, about) => within(about, 'delayed-ack', 'ack-every-second', 'ack-rides') && isKind(d, 'ack') && (isField(d, 'time', 'ack') || d.what !== 'field') && d.what !== 'result' && soon(d),
  },
];

/** Within half a second of the segment it acknowledges. */
const soon = (d: Parameters<Explanation['explains']>[0]): boolean => d.what !== 'result' && (d.glasstcp?.at ?? 0) - (d.after?.at ?? 0) < 500_000;
