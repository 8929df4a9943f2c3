import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Segments that overtake each other',
  question: 'Two segments take different ways, and the second comes first. What does the application read?',
  says: {
    begin: 'The client sends "{first}" and "{second}". The first takes a longer way.',
    slow: 'takes a longer way',
    arrives: 'Now the first part arrives.',
  },
  musts: {
    'hole': 'the second part comes first: the server still expects octet 1, and says so, but a SACK block reports that it has octets {from} to {to}',
    'unread': 'the server keeps it, but its application gets nothing of "{second}" yet: recv() has nothing',
    'one': 'for the client this is one duplicate ACK; it takes three to believe in a loss',
    'both': 'the first part fills the hole: one ACK {end} for both',
    'in-order': 'the application reads "{text}", in order',
    'not-again': 'nothing was sent again: two segments with text, {acks} ACKs',
  },
  explanation: [
    'S2 is right: segments of one sender may take different ways and arrive in another order, and the system sorts them before the user sees them. It sorts by sequence numbers: text that comes early is kept (RFC 9293 §3.10.7.4, SHLD-31) until the gap before it is filled.',
    'What the receiver says meanwhile is worth a look. The acknowledgment number cannot move past the gap, so the same ACK goes out once more, at once: a duplicate ACK (RFC 5681 §4.2). SACK (RFC 2018) adds what has come beyond the gap.',
    'The sender cannot tell reordering from loss: either way something after the gap has arrived. So it waits for three duplicate ACKs (RFC 5681 §3.2) before it sends again. One or two segments that overtake cost nothing; the lab on the false alarm shows what more of them cost.',
    'Not only routes reorder: several queues of a network card, links bound together and retransmission at the radio layer do the same.',
  ],
  questions: [
    { ask: 'Does the application ever see the wrong order?', answer: 'No. It reads a stream of octets, in order.', shownBy: 'in-order' },
    { ask: 'What does the receiver send when a segment comes early?', answer: 'A duplicate ACK at once, with a SACK block for what it has.', shownBy: 'hole' },
    { ask: 'Why does the client not send the first part again at once?', answer: 'One duplicate ACK may be mere reordering; three count as a loss.', shownBy: 'one' },
  ],
};
