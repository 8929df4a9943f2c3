import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The three-way handshake',
  question: 'What do two hosts tell each other before the first octet of text, and who is ready first?',
  says: { begin: 'The server listens. The client opens a connection: SYN.' },
  musts: {
    'syn': 'SYN: the client names its initial sequence number (shown as 0)',
    'syn-ack': 'SYN,ACK: one segment acknowledges the client\'s number (ack 1) and names the server\'s',
    'ack': 'ACK: the client acknowledges the server\'s number (seq 1, ack 1, no text)',
    'client-first': 'the client is ESTABLISHED {lead} ms before the server: the third segment must travel first',
    'states': 'the server went from LISTEN by SYN-RECEIVED to ESTABLISHED',
  },
  explanation: [
    'A connection is two streams of octets, each with numbers that begin anywhere. The handshake lets each side learn where the other one begins, and be sure that the other one knows where it begins itself: four things to say, of which two fit into one segment, the SYN,ACK.',
    'SYN takes one sequence number, so the acknowledgment is x + 1, and the first octet of text has the number x + 1.',
    'The client knows all it needs when the SYN,ACK has come. The server knows it one trip later. Between the two instants the client may already send text; it arrives with or after the third segment.',
  ],
  questions: [
    { ask: 'The client\'s SYN has the number x. Which acknowledgment number comes back?', answer: 'x + 1: the SYN itself takes one number.', shownBy: 'syn-ack' },
    { ask: 'Which side is ESTABLISHED first?', answer: 'The one that opened: half a round trip earlier.', shownBy: 'client-first' },
  ],
};
