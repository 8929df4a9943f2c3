import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'An ACK alone opens nothing',
  question: 'The client has sent its SYN. Is it ESTABLISHED as soon as an ACK for it arrives?',
  says: {
    begin: 'The client sends SYN. It is held up on the line, so that the server does not answer yet.',
    bare: 'Now an ACK without SYN arrives at the client. It acknowledges the SYN correctly (x + 1).',
    wrong: 'For comparison: an ACK for something that the client has never sent (x + 1001).',
    release: 'The SYN goes on to the server, which answers with SYN,ACK.',
    held: 'held up, so that the server does not answer yet',
  },
  musts: {
    'syn': 'SYN: the client is in SYN-SENT',
    'dropped': 'the ACK x + 1 changes nothing: the client stays in SYN-SENT, and its program cannot send yet',
    'no-answer': 'the client does not answer it either: it is dropped in silence',
    'wrong-ack': 'the wrong ACK is answered with RST, whose number is that ACK\'s; the client is in SYN-SENT all the same',
    'opened': 'SYN,ACK makes the client ESTABLISHED',
  },
  explanation: [
    'One of the notes says that the client is ESTABLISHED "when it has got the server\'s ack". It takes a SYN,ACK. The ACK tells the client that its own number has arrived; only the SYN tells it where the server\'s numbers begin, and without that it can acknowledge nothing.',
    'RFC 9293 §3.10.7.3 goes through a segment that arrives in SYN-SENT in five steps. First the ACK: if it acknowledges something never sent, RST. Second RST, third security, fourth SYN. Fifth: "if neither of the SYN or RST bits is set, then drop the segment and return". That is the fate of the bare ACK. (Linux, after the RST of the first step, also sends its SYN again at once: see the ladder.)',
    'So a handshake "in four steps", ACK and SYN one after the other, is not one with an extra step: its ACK is simply lost on the client. What happens then is in the lab open-split.',
  ],
  questions: [
    { ask: 'In SYN-SENT an ACK without SYN arrives, its number is right. Which state follows?', answer: 'SYN-SENT. The segment is dropped.', shownBy: 'dropped' },
    { ask: 'And an ACK with a number that the client never sent?', answer: 'RST, with that number as its sequence number: it must belong to an old connection.', shownBy: 'wrong-ack' },
    { ask: 'What does it take to be ESTABLISHED?', answer: 'SYN and ACK: one\'s own number acknowledged, and the other one\'s known.', shownBy: 'opened' },
  ],
};
