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
    'client-states': 'the client went from SYN-SENT to ESTABLISHED; it has never been in LISTEN',
  },
  explanation: [
    'A connection is two streams of octets, each with numbers that begin anywhere. The handshake lets each side learn where the other one begins, and be sure that the other one knows where it begins itself: four things to say, of which two fit into one segment, the SYN,ACK.',
    'SYN takes one sequence number, so the acknowledgment is x + 1, and the first octet of text has the number x + 1.',
    'The client knows all it needs when the SYN,ACK has come. The server knows it one trip later. Between the two instants the client may already send text; it arrives with or after the third segment.',
    'Two slips in the notes: the summary of S0 writes the second segment without its ACK flag, but both flags are in it, and without ACK it would be the SYN of a simultaneous open. And its playful version puts the client into a "Listen phase" and a state SYN-SEND: LISTEN is for passive opens alone, and the state after the SYN is called SYN-SENT.',
  ],
  questions: [
    { ask: 'The client\'s SYN has the number x. Which acknowledgment number comes back?', answer: 'x + 1: the SYN itself takes one number.', shownBy: 'syn-ack' },
    { ask: 'Which side is ESTABLISHED first?', answer: 'The one that opened: half a round trip earlier.', shownBy: 'client-first' },
  ],
};
