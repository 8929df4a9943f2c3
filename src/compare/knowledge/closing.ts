/** Differences in resets, in closing and in TIME-WAIT. */
import { type Explanation, isField, isKind, ours, theirs, within } from '../explanations.js';

export const closing: readonly Explanation[] = [
  {
    id: 'reset-window', title: 'The window of a RST', judgement: 'both allowed', requirements: ['RFC 9293 §3.10.7.1'],
    why: 'A RST means nothing by its window: the kernel leaves the last one in, glasstcp writes 0.',
    linux: '', glasstcp: '', explains: (d) => isKind(d, 'reset') && isField(d, 'window'),
  },
  {
    id: 'reset-ack', title: 'A RST with an ACK, or without', judgement: 'both allowed', requirements: ['RFC 9293 §3.10.7.1', 'RFC 9293 §3.5.2'],
    why: 'The kernel has forgotten the connection and answers as a closed port does: a bare RST with the number that the peer acknowledged. glasstcp still knows it and aborts with RST,ACK. Either number is the one that the peer accepts.',
    linux: '', glasstcp: '', explains: (d) => isKind(d, 'reset') && isField(d, 'flags', 'ack') && ours(d)?.seq === theirs(d)?.seq,
  },
  {
    id: 'time-wait-new-text', title: 'New text in TIME-WAIT', judgement: 'both allowed', requirements: ['RFC 9293 §3.10.7.4', 'MUST-13'],
    why: 'Nothing can follow a FIN. RFC 9293 foresees only the FIN again; the kernel acknowledges anything that is not acceptable to a connection that is over, glasstcp only what repeats.',
    linux: '', glasstcp: '', explains: (d, about) => within(about, 'time-wait-data') && isKind(d, 'ack') && d.what === 'only kernel',
  },
  {
    id: 'port-reuse', title: 'An active open from a port in TIME-WAIT', judgement: 'both allowed', requirements: ['MAY-2', 'RFC 6191 §2'],
    why: 'With timestamps that have moved on, old segments cannot be taken for new ones, so the kernel lets a socket connect again from the same port. glasstcp refuses as long as TIME-WAIT lasts.',
    linux: 'net.ipv4.tcp_tw_reuse=0', glasstcp: '', explains: (d, about) => within(about, 'port-reuse') && (d.what === 'result' || isKind(d, 'syn')),
  },
];
