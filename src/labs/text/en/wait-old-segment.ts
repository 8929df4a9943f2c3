import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'An old segment in a new connection',
  question: 'The network remembers a segment of an old connection. Can its text get into the next one?',
  says: {
    'bare-first': 'No TIME-WAIT (MSL 0) and no timestamps. The first connection sends its text; the network keeps a copy of the segment.',
    'bare-second': 'A new connection between the same ports is open. The copy comes now, "{text}", at a moment when its numbers fit.',
    'paws-first': 'The same again, still without TIME-WAIT, but with timestamps.',
    'paws-second': 'The old copy comes, "{text}", and its numbers fit again. Its timestamp is that of the old connection.',
    'wait': 'The same with TIME-WAIT: the client opens, closes first, and wants to open again from the same port.',
  },
  musts: {
    'corrupted': 'the client sent "{sent}" on the new connection, the server read "{read}": "{old}" is of the old one',
    'acked': 'the server acknowledged it all (ACK {ack}), the old text like any other: its TCP has noticed nothing',
    'paws': 'with timestamps the server read "{read}" and nothing else: the old timestamp gave the segment away (PAWS)',
    'paws-answer': 'the answer to the old segment is ACK {ack}: what is expected is still the next new octet',
    'no-successor': 'in TIME-WAIT connect() from the same port fails ({error}): no new connection that could be hit',
    'old-rst': 'the old copy finds nobody at the server: RST, and no harm is done',
  },
  explanation: [
    'This is the second reason for TIME-WAIT. One note speaks of "a SYN that was lost on its way"; old SYNs are dealt with by the handshake. The danger is in any old segment of the same four numbers (RFC 9293 §3.4.3, §3.6.1): text of one connection in the stream of another, with every checksum right. The other notes say so.',
    'In 2 MSL all segments of the old connection have died. While it lasts the side in TIME-WAIT does not open the same 4-tuple again, so that there is nothing to be hit.',
    'Two more things protect a new connection. Its initial numbers come from a clock (RFC 6528), so that they lie beyond the old ones as long as the old connection did not send faster than the clock runs. And PAWS compares timestamps: a segment older than the last one is dropped (RFC 7323 §5). This is why a new SYN with timestamps may end TIME-WAIT early.',
    'What the lab has done with its own hands: the copy is a segment that really passed, its text and timestamp are untouched, but its sequence and acknowledgment numbers were set to where they fit. In a network that would be chance: numbers that overlap after a fast transfer, or after 2^32 octets. In wait-old-segment-unsafe they fit without anybody\'s help.',
  ],
  questions: [
    { ask: 'Does the checksum or the sequence number tell the server that the text is old?', answer: 'No. Both are right, and it acknowledges the text like any other.', shownBy: 'acked' },
    { ask: 'What tells without TIME-WAIT?', answer: 'The timestamp: it is older than the last one of this connection.', shownBy: 'paws' },
    { ask: 'How does TIME-WAIT protect?', answer: 'There is no new connection on these four numbers while an old segment may still live.', shownBy: 'no-successor' },
  ],
};
