import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Reliable by sequence numbers? What else it takes',
  question: 'A note says that TCP is reliable by its sequence numbers. In one transfer everything goes wrong that can; what mends it each time?',
  says: {
    'plain': 'Two pieces of 100 octets, to which nothing happens.',
    'lost': 'Four pieces; the first of them is lost.',
    'lost-label': 'the first of four pieces',
    'twice': 'One piece, which the network delivers twice.',
    'twice-label': 'arrives twice',
    'damaged': 'One piece, of which the network flips a single bit.',
    'damaged-label': 'one bit is flipped',
    'late': 'Two pieces; the first is overtaken by the second.',
    'late-label': 'overtaken',
    'busy': 'The server\'s program stops reading. The client has {octets} octets more.',
    'reads': 'Now the program reads again.',
  },
  figures: {
    mended: {
      title: 'What happened, what mended it, and when the server acknowledged all of it',
      words: {
        'mishap': 'a piece was', 'means': 'mended by', 'took': 'ms until the ACK',
        'plain': 'unharmed', 'lost': 'lost', 'twice': 'delivered twice', 'damaged': 'damaged', 'late': 'overtaken',
        'by-plain': 'cumulative ACK', 'by-lost': 'duplicate ACKs, fast retransmit', 'by-twice': 'sequence number: seen before', 'by-damaged': 'checksum, then timeout', 'by-late': 'reassembly',
      },
    },
  },
  musts: {
    'cumulative': 'cumulative ACK: ack {ack} says that everything before that number has arrived',
    'fast': 'duplicate ACKs: three pieces came without the one before them, each time the server acknowledged everything before {first} and no more; the client sends that one again without waiting for its timer (fast retransmit)',
    'jump': 'then one ACK covers all four pieces (ack {end}): those behind the gap had been kept',
    'twice': 'sequence numbers: the server has seen these before, says so (D-SACK), and its program gets them once',
    'checksum': 'checksum: the damaged segment is dropped without a word; nobody asks for it again',
    'timer': 'retransmission timer: after {ms} ms without an ACK the client sends the piece again',
    'reassembly': 'reassembly: the piece that came too early is kept (SACK), and is acknowledged together with the late one',
    'window': 'window: the client has text left, but not enough window for it, and waits; at no time was there a segment beyond what the server had allowed',
    'intact': 'the program has read {octets} octets, exactly those that were sent, in order and once each',
  },
  explanation: [
    'One note says that "the reliable connection is achieved by seq". Numbers are needed for it, but they mend nothing: they only give text a place. Each mishap of this lab is mended by something else that uses them.',
    'An acknowledgment tells how far everything has arrived; what is not acknowledged is kept by the sender and repeated, when a timer runs out (RFC 6298) or when three duplicate ACKs show a gap (RFC 5681 §3.2). The receiver puts pieces in order and drops what it has had (RFC 9293 §3.10.7.4). The checksum finds damage, and makes a loss of it (§3.1, MUST-3). The window keeps the sender from sending what the receiver has no room for (§3.8.6).',
    'Note what does not exist: a message "damaged, please send again". The receiver says only what it expects next, and the sender alone finds out what is missing. And "acknowledged" means that the peer\'s TCP has the text, not that the program has read it.',
  ],
  questions: [
    { ask: 'A segment arrives with one wrong bit. What does the receiver send?', answer: 'Nothing. It drops the segment, and the sender\'s timer repairs the loss.', shownBy: 'checksum' },
    { ask: 'Pieces 2, 3 and 4 have arrived, piece 1 has not. What does the server acknowledge each time?', answer: 'The beginning of piece 1: everything before that has arrived, and no more.', shownBy: 'fast' },
    { ask: 'All numbers are fine, but the receiving program does not read. What keeps the text from being lost?', answer: 'The window: the sender waits when it is used up.', shownBy: 'window' },
  ],
};
