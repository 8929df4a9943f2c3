import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Connection refused',
  question: 'What comes back when nobody listens at a port, and how long does the client wait?',
  says: {
    begin: 'Nobody listens on port 80. The client connects all the same.',
    stray: 'Now an ACK that belongs to no connection arrives there, and after it a RST.',
    listen: 'A program begins to listen, and the client tries again.',
  },
  musts: {
    'refused': 'RST,ACK: sequence number 0, and ack x + 1, so that the client knows its SYN is meant',
    'told': 'connect() fails with ECONNREFUSED',
    'once': 'at once: the SYN is not sent again',
    'stray': 'the stray ACK is answered with RST without ACK, whose sequence number is the ACK\'s',
    'no-reset-for-reset': 'a RST is never answered',
    'opened': 'with a listener the same SYN opens a connection',
  },
  explanation: [
    'The notes say that the server must listen before a connection can be made. Right. In the RFC\'s words: the port is in CLOSED, a state that stands for no connection at all, and LISTEN comes from a passive OPEN alone.',
    'In CLOSED each segment but a RST is answered with RST (RFC 9293 §3.10.7.1). Its numbers are chosen so that the receiver can believe it. Had the segment an ACK, the RST has that number as its own, and no ACK bit. Had it none, like a SYN, the RST has number 0 and acknowledges all that the segment contained: x + 1, as SYN takes one number.',
    'In SYN-SENT a RST counts only if its ACK covers the SYN (§3.10.7.3, second). Otherwise anybody could refuse for the server. Silence is something else than a refusal: a SYN that a firewall drops is sent again until the limit, see lost-syn.',
  ],
  questions: [
    { ask: 'SYN with number x arrives at a closed port. Which numbers has the answer?', answer: 'RST,ACK with seq 0 and ack x + 1.', shownBy: 'refused' },
    { ask: 'Does the client try its SYN again after this?', answer: 'No. The peer has spoken: ECONNREFUSED at once. It repeats the SYN only when it hears nothing.', shownBy: 'once' },
    { ask: 'A RST arrives at a closed port. What is the answer?', answer: 'None. Otherwise two hosts could send each other RSTs for ever.', shownBy: 'no-reset-for-reset' },
  ],
};
