import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Without TIME-WAIT: RST for the one who waits',
  question: 'What happens to the side in LAST-ACK when the other one does not wait, and the last ACK is lost?',
  says: {
    begin: 'The client does not wait: MSL is 0. It says goodbye, closes, and the line loses its last ACK.',
    'last-ack-lost': 'the last ACK is lost',
  },
  musts: {
    'delivered': 'the text arrived before all this: nothing of it is at stake',
    'lost': 'the client\'s last ACK is lost',
    'forgotten': 'the client is CLOSED at once: it has forgotten the connection',
    'fin-again': 'the server, in LAST-ACK, sends its FIN again',
    'rst': 'the answer is RST, with the number that the FIN acknowledged',
    'reset': 'the server leaves LAST-ACK by this RST; the ACK for its FIN never came',
  },
  explanation: [
    'One of the notes corrects another one in bold: without TIME-WAIT the answer to the repeated FIN is RST, not silence. The correction is right. A segment for a connection that does not exist is answered with a reset: <SEQ=SEG.ACK><CTL=RST> (RFC 9293 §3.10.7.1).',
    'What harm does it do? All text had been acknowledged, so none is lost, and the server\'s connection ends in CLOSED in any case. But a program that has not let go of its socket yet may be told of an error (Linux: ECONNRESET) where all was well: "reset by peer" means that it cannot know whether its last words were heard.',
    'So this first reason for TIME-WAIT is about a clean end. The second one, old segments in a new connection, is about wrong text: see wait-old-segment.',
  ],
  questions: [
    { ask: 'Which sequence number has the RST?', answer: 'The acknowledgment number of the FIN: exactly what the server expects next, so that the server believes it.', shownBy: 'rst' },
    { ask: 'Is text lost here?', answer: 'No. It had arrived before the close.', shownBy: 'delivered' },
  ],
};
