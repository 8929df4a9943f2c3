/** Differences while connections open. */
import { type Explanation, either, isField, isKind, isMoved, ours, theirs, within } from '../explanations.js';

export const opening: readonly Explanation[] = [
  {
    id: 'syn-r2', title: 'The kernel gives up a SYN after 131 s', judgement: 'kernel violates', requirements: ['MUST-23'],
    why: 'RFC 9293 §3.8.3 wants the SYN to be repeated for at least 3 minutes. Six retransmissions beside four linear ones end after 131 s, and the user is told ETIMEDOUT. glasstcp goes on for 180 s.',
    linux: 'net.ipv4.tcp_syn_retries=7', glasstcp: 'synRetries: 6, synLinearTimeouts: 4 (linuxConfig)',
    explains: (d, about) => within(about, 'syn-gives-up') && d.what === 'result' && d.kernel.result.includes('[110]') && d.glasstcp.result.includes('[0]'),
  },
  {
    id: 'syn-linear', title: 'The first SYNs one second apart', judgement: 'both allowed', requirements: ['MUST-22', 'RFC 6298 §5.5'],
    why: 'The kernel repeats a SYN four times without doubling the timeout, to open sooner over lossy paths, and doubles then. glasstcp doubles from the first retransmission on, as RFC 6298 says.',
    linux: 'net.ipv4.tcp_syn_linear_timeouts=0', glasstcp: 'synLinearTimeouts: 4',
    explains: (d) => isKind(d, 'syn') && (d.what === 'only kernel' || d.what === 'only glasstcp' || isField(d, 'time')) && either(d)?.flags === 'S',
  },
  {
    id: 'simultaneous-options', title: 'A SYN,ACK offers what the peer\'s SYN did not', judgement: 'kernel violates', requirements: ['RFC 7323 §2.2', 'RFC 7323 §3.2'],
    why: 'When two SYNs cross, the kernel sends its own SYN again with ACK added, with window scale and timestamps that the peer\'s SYN did not have. RFC 7323 allows both options in a SYN,ACK only if they came in the SYN. Peers ignore them, so nothing breaks here.',
    linux: '', glasstcp: '',
    explains: (d, { scenario }) => scenario.topics.includes('simultaneous') && isKind(d, 'syn-ack') && isField(d, 'options', 'echo'),
  },
  {
    id: 'simultaneous-scale', title: 'A window is scaled although the peer did not agree', judgement: 'kernel violates', requirements: ['RFC 7323 §2.2'],
    why: 'The peer of this simultaneous open never offered to scale, so windows mean octets. The kernel shifts its window right all the same: it says 502 where it means 64240, and the peer takes it at its word. Scaling needs both SYNs to have the option.',
    linux: 'net.ipv4.tcp_window_scaling=0', glasstcp: '',
    explains: (d, { scenario }) => scenario.topics.includes('simultaneous') && isField(d, 'window') && (theirs(d)?.window ?? 0) < 1024 && (ours(d)?.window ?? 0) > 60_000,
  },
  {
    id: 'syn-dsack', title: 'A repeated SYN is reported with SACK', judgement: 'both allowed', requirements: ['RFC 2883'],
    why: 'The kernel tells with a D-SACK block that the SYN came twice. RFC 2883 speaks of data; a block for the SYN\'s number does no harm.',
    linux: 'net.ipv4.tcp_dsack=0', glasstcp: '',
    explains: (d, about) => about.scenario.topics.includes('simultaneous') && isField(d, 'options') && (theirs(d)?.options.join() ?? '').includes('sack 0:1'),
  },
  {
    id: 'syn-quick-again', title: 'A SYN again at once after a reset', judgement: 'both allowed', requirements: ['RFC 9293 §3.10.7.3'],
    why: 'After an unacceptable ACK the kernel does not wait for the timeout: it sends its SYN again 10 ms later, since an old connection of the peer\'s stood in the way and may be gone now. The RFC leaves retransmission to the timeout, and does not forbid more.',
    linux: '', glasstcp: '',
    explains: (d, about) => within(about, 'syn-sent-old-ack', 'syn-sent-reset') && isKind(d, 'syn') && isMoved(d),
  },
  {
    id: 'syn-text', title: 'Text that comes with a SYN', judgement: 'both allowed', requirements: ['RFC 9293 §3.10.7.2', 'RFC 9293 §3.4'],
    why: 'RFC 9293 queues text of a SYN until the connection is open, and so does glasstcp. The kernel drops it without Fast Open and waits for the peer to send it again; the RFC\'s "should" leaves room for that.',
    linux: 'net.ipv4.tcp_fastopen=3 and a cookie', glasstcp: '',
    explains: (d, about) => within(about, 'syn-with-data') && (d.what === 'result' || isKind(d, 'ack', 'syn-ack')),
  },
  {
    id: 'syn-fin', title: 'A SYN that is a FIN as well', judgement: 'both allowed', requirements: ['RFC 9293 §3.10.7.2'],
    why: 'The RFC takes the SYN and keeps the FIN for later. The kernel drops the whole segment, because nobody but port scanners sends it.',
    linux: '', glasstcp: '',
    explains: (d, about) => within(about, 'syn-fin') && isKind(d, 'syn-ack') && d.what === 'only glasstcp',
  },
  {
    id: 'syn-received-syn', title: 'Another SYN in SYN-RECEIVED', judgement: 'both allowed', requirements: ['RFC 9293 §3.10.7.4', 'RFC 5961 §4'],
    why: 'A SYN with another number ends the handshake after a passive open: back to LISTEN, says RFC 9293, in silence, and so does glasstcp. The kernel sends a RST as well. Both take the peer\'s next SYN.',
    linux: '', glasstcp: '',
    explains: (d, about) => within(about, 'syn-received-syn') && isKind(d, 'reset', 'syn-ack', 'ack'),
  },
  {
    id: 'isn-clock', title: 'The clock behind initial sequence numbers', judgement: 'both allowed', requirements: ['MUST-8', 'SHLD-1'],
    why: 'MUST-8 asks for a clock of the kind that RFC 9293 §3.4.1 describes: one step every 4 µs, 4.55 hours to come round. Linux counts in steps of 64 ns and comes round in 275 s, which is still longer than two lives of a segment. Both add a secret function of addresses and ports (SHLD-1).',
    linux: '', glasstcp: '',
    explains: (d) => isField(d, 'isn') && d.what === 'field' && d.values[0].endsWith('µs') && d.values[1].endsWith('ns'),
  },
  {
    id: 'icmp-soft', title: 'A router\'s advice ends an attempt to connect', judgement: 'kernel violates', requirements: ['MUST-56'],
    why: 'Host unreachable may pass: routes come back. RFC 9293 §3.9.2.2 says TCP MUST NOT abort the connection for it. The kernel does so while it connects (RFC 5461 describes why hosts do); glasstcp tells the user and goes on.',
    linux: '', glasstcp: 'softErrorsEndOpening: true',
    explains: (d, about) => within(about, 'icmp-syn-sent') && ((isKind(d, 'syn') && d.what === 'only glasstcp') || d.what === 'result'),
  },
  {
    id: 'ecn-setup', title: 'ECN is agreed on, or not', judgement: 'both allowed', requirements: ['SHLD-8', 'RFC 3168 §6.1.1'],
    why: 'ECN is a SHOULD. A host that does not offer it, or does not take the offer, opens the connection without it.',
    linux: 'net.ipv4.tcp_ecn=0', glasstcp: 'ecn',
    explains: (d, { scenario }) => scenario.topics.includes('ecn') && isField(d, 'flags', 'tos', 'psh') && /[EW]/.test(theirs(d)?.flags ?? '') !== /[EW]/.test(ours(d)?.flags ?? '') || (scenario.topics.includes('ecn') && isField(d, 'tos')),
  },
];
