/** Differences in sending: retransmission, congestion, probes, boundaries of segments. */
import type { Divergence } from '../divergences.js';
import { type About, type Explanation, isField, isKind, isMoved, within } from '../explanations.js';
import type { SentEntry } from '../recording.js';

function again(d: Divergence, about: About): boolean {
  if (d.what === 'result') return false;
  return (d.glasstcp !== undefined && about.again(d.glasstcp)) || (d.kernel !== undefined && about.again(d.kernel));
}

/** The kernel has sent something again before we did, and in all at least as often but for one. */
function followsProbe(d: Divergence, about: About): boolean {
  if (d.what === 'only kernel') return true;
  if (d.what === 'result') return false;
  const repeated = (side: 'kernel' | 'glasstcp'): SentEntry[] => about.sentBy(side).filter(about.again);
  const [theirs, ours] = [repeated('kernel'), repeated('glasstcp')];
  return theirs.length + 1 >= ours.length && theirs.some((entry) => entry.at <= d.glasstcp.at);
}

export const sending: readonly Explanation[] = [
  {
    id: 'psh-super', title: 'PSH at the end of each super-segment', judgement: 'both allowed', requirements: ['MUST-60', 'MUST-61', 'SHLD-27'],
    why: 'The kernel makes two or more segments as one, to be cut late, and sets PSH on each such piece, as a hint for the receiver\'s card to deliver. glasstcp sets it where the RFC needs it: on the segment that empties the queue.',
    linux: '', glasstcp: '', explains: (d) => isField(d, 'psh') && isKind(d, 'data', 'fin'),
  },
  {
    id: 'zero-window-probe', title: 'What a window probe carries', judgement: 'both allowed', requirements: ['MUST-36', 'RFC 9293 §3.8.6.1'],
    why: 'RFC 9293 §3.8.6.1 describes a probe with an octet of new data, or a retransmission; glasstcp sends the octet. The kernel sends an empty segment with an old number, which draws an ACK from every receiver too. Probing is what MUST-36 asks for; the octet is described in lower case. When the window opens, the octet has to be acknowledged first: the rest waits for it.',
    linux: '', glasstcp: 'zeroWindowProbe: \'empty\'',
    explains: (d, about) => about.scenario.topics.includes('probe') && isMoved(d) && isKind(d, 'data', 'ack'),
  },
  {
    id: 'shrunk-window', title: 'A window that shrank is not believed', judgement: 'both allowed', requirements: ['MUST-34', 'SHLD-15', 'SHLD-16', 'MAY-7'],
    why: 'The peer takes back part of its window with the same sequence and acknowledgment numbers. The kernel takes a window from such a segment only if it is larger, or zero; so it goes on sending to the old edge, new data too, which SHLD-15 advises against. glasstcp believes every segment that SND.WL1 and SND.WL2 call new (§3.10.7.4) and sends only what fits.',
    linux: '', glasstcp: '', explains: (d, about) => within(about, 'window-shrink') && isMoved(d) && isKind(d, 'data'),
  },
  {
    id: 'collapse', title: 'Small segments are joined when sent again', judgement: 'both allowed', requirements: ['RFC 9293 §3.8.1', 'MUST-19'],
    why: 'What was sent as data and FIN, the kernel sends again as one segment, after a tail-loss probe of the FIN alone. glasstcp repeats the segments as they were; after a timeout both fit into the window of one segment, counted in octets. RFC 9293 leaves repackaging open.',
    linux: '', glasstcp: '',
    explains: (d, about) => within(about, 'fin-after-data') && isMoved(d) && isKind(d, 'data', 'fin'),
  },
  {
    id: 'path-mtu-cut', title: 'How segments are cut anew for a narrower path', judgement: 'both allowed', requirements: ['SHLD-28', 'SHLD-6', 'RFC 1191 §6.5'],
    why: 'What is outstanding must be sent again in smaller packets. glasstcp cuts each of the old segments; the kernel takes them as one stream and fills every packet, which makes fewer of them.',
    linux: '', glasstcp: '', explains: (d, about) => within(about, 'path-mtu') && isField(d, 'seq', 'length', 'flags') && isKind(d, 'data'),
  },
  {
    id: 'partial-ack', title: 'A partial ACK without SACK', judgement: 'both allowed', requirements: ['RFC 6582 §3.2', 'RFC 6937', 'MAY-18'],
    why: 'NewReno sends the next hole at once when an ACK covers only a part of what was outstanding. The kernel meters recovery (PRR, RFC 6937): by its count the halved window is full, so this ACK lets nothing out, and the hole waits for another ACK or the timeout.',
    linux: '', glasstcp: '', explains: (d, about) => within(about, 'partial-ack') && isMoved(d) && isKind(d, 'data'),
  },
  {
    id: 'tail-probe', title: 'A tail-loss probe before the timeout', judgement: 'both allowed', requirements: ['MUST-19', 'RFC 8985 §7'],
    why: 'Two round trips after the last segment, long before the retransmission timeout, the kernel sends the last segment again, or a new one, to learn of a loss sooner. The timeout counts from the probe, so the schedule after it is another one. glasstcp waits for the timeout of RFC 6298.',
    linux: 'net.ipv4.tcp_early_retrans=0', glasstcp: '',
    explains: (d, about) => isMoved(d) && isKind(d, 'data', 'fin') && again(d, about) && followsProbe(d, about),
  },
  {
    id: 'slow-start-limit', title: 'How much an ACK lets out in slow start', judgement: 'both allowed', requirements: ['MUST-19', 'RFC 5681 §3.1', 'RFC 3465'],
    why: 'glasstcp grows its window by at most two segments for each ACK (RFC 3465, L = 2), the kernel by as much as was acknowledged, and a tail-loss probe may have gone out before. So the segments that follow go at other moments.',
    linux: '', glasstcp: 'slowStartLimit: Infinity', explains: (d, about) => about.scenario.topics.includes('congestion') && isMoved(d) && isKind(d, 'data'),
  },
  {
    id: 'give-up', title: 'When data is given up', judgement: 'both allowed', requirements: ['MUST-20', 'MUST-21', 'SHLD-11'],
    why: 'Both count the time that so many retransmissions would take; the kernel\'s probe and its earlier timeouts end it sooner. The user sets R2 on either.',
    linux: 'net.ipv4.tcp_retries2', glasstcp: 'retries2, r2', explains: (d, about) => within(about, 'give-up', 'user-timeout') && (d.what === 'result' || isKind(d, 'reset')),
  },
  {
    id: 'user-timeout-from', title: 'From when the user timeout counts', judgement: 'both allowed', requirements: ['MUST-21', 'RFC 9293 §3.10.8'],
    why: 'The RFC counts from SEND, the kernel from the first retransmission. The kernel lets go at the timeout that would pass it.',
    linux: '', glasstcp: 'userTimeoutFrom: \'retransmission\'', explains: (d, about) => within(about, 'user-timeout') && isMoved(d),
  },
  {
    id: 'nagle-short', title: 'Which short segments Nagle holds', judgement: 'both allowed', requirements: ['SHLD-7', 'MUST-17'],
    why: 'The kernel holds a short segment only while another short one is unacknowledged; the RFC, while anything is.',
    linux: '', glasstcp: 'nagleMinshall', explains: (d, about) => within(about, 'silly-window', 'nagle', 'psh') && isMoved(d) && isKind(d, 'data', 'ack'),
  },
  {
    id: 'send-buffer', title: 'How much one write takes', judgement: 'both allowed', requirements: ['RFC 9293 §3.9.1.2'],
    why: 'The size of the send buffer is local policy.', linux: 'net.ipv4.tcp_wmem', glasstcp: 'sendBuffer',
    explains: (d) => d.what === 'result' && /^(?:write|send)\(/.test(d.glasstcp.text) && /^\d+$/.test(d.glasstcp.result) && /^\d+$/.test(d.kernel.result),
  },
  {
    id: 'rtt-samples', title: 'The retransmission timeout', judgement: 'both allowed', requirements: ['RFC 6298 §2', 'MUST-18'],
    why: 'Both measure round trips; on a real clock the kernel\'s samples are a little larger, and its timers tick.',
    linux: 'net.ipv4.tcp_rto_min_us', glasstcp: 'rtoMin, rttEstimator',
    explains: (d, about) => isField(d, 'time') && isKind(d, 'data', 'fin') && again(d, about),
  },
];
