import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The "four-step handshake" takes five',
  question: 'A server could send its ACK and its SYN one after the other. Would that be a handshake of four steps?',
  says: {
    begin: 'The server of this lab is played by hand. The client sends SYN: the first segment.',
    ack: 'Second: the server sends ACK x + 1, without SYN.',
    syn: 'Third: the server sends its SYN, without ACK.',
    last: 'Fifth: the server acknowledges the client\'s SYN,ACK.',
    taken: 'taken by the server of this lab, which is played by hand',
  },
  musts: {
    'syn': 'SYN, seq x, from the client',
    'ack-ignored': 'the ACK is dropped: the client stays in SYN-SENT and does not answer',
    'syn-ack': 'the client answers the SYN with a fourth segment, SYN,ACK: its own SYN again, seq x, and ack y + 1',
    'not-yet': 'after four segments the client is in SYN-RECEIVED, not ESTABLISHED',
    'fifth': 'a fifth segment, ACK x + 1 once more, makes it ESTABLISHED',
    'path': 'the client went from SYN-SENT by SYN-RECEIVED to ESTABLISHED, as in a simultaneous open',
  },
  explanation: [
    'One of the notes describes a handshake of four steps, SYN, ACK, SYN, ACK, and says that the two in the middle were merged to save one. The idea is right: SYN and ACK are two things to say, and fit into one segment. But TCP does not know those four steps.',
    'The ACK without SYN is dropped in SYN-SENT (RFC 9293 §3.10.7.3, fifth). The SYN without ACK looks like that of a peer who opens at the same time (fourth): SYN-RECEIVED, and the client repeats its SYN, with an ACK. For the client its own SYN is still unacknowledged, so the server must acknowledge it again. Five segments: SYN, ACK, SYN, SYN,ACK, ACK.',
    'There is an open of four segments, but it is another one: SYN and SYN cross, then SYN,ACK and SYN,ACK. See open-simultaneous.',
  ],
  questions: [
    { ask: 'The client has got ACK x + 1 and then SYN y. What does it send?', answer: 'SYN,ACK with seq x and ack y + 1. The ACK before was dropped, so its SYN counts as unanswered.', shownBy: 'syn-ack' },
    { ask: 'In which state is the client after these four segments?', answer: 'SYN-RECEIVED, the state that is taken for the server\'s alone.', shownBy: 'not-yet' },
    { ask: 'How many segments does this open take?', answer: 'Five: the client\'s SYN must be acknowledged once more.', shownBy: 'fifth' },
  ],
};
