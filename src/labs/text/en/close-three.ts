import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The close in three segments',
  question: 'Must the answer to a FIN be a bare ACK, with the FIN of the other side in a segment of its own?',
  says: {
    begin: 'A question and an answer go to and fro.',
    'other-way': 'A new connection, and the other way round: the server closes first, the client at once after it.',
    close: 'The client closes. The server\'s program reads the end of the stream, and closes at once.',
  },
  musts: {
    'fin': 'first segment: the client\'s FIN',
    'fin-ack': 'second: FIN and the ACK of the client\'s FIN together',
    'one-segment': 'the server sent nothing else: the ACK had no segment of its own',
    'last-ack': 'third: the client acknowledges the server\'s FIN',
    'client-path': 'the client went from FIN-WAIT-1 straight to TIME-WAIT, without FIN-WAIT-2',
    'server-path': 'the server went by CLOSE-WAIT and LAST-ACK to CLOSED, as in the close with four segments',
    'other-way': 'the other way round it is the same: the client answers the server\'s FIN with FIN,ACK and nothing else, and the server goes from FIN-WAIT-1 straight to TIME-WAIT',
  },
  explanation: [
    'The notes say: four segments, because the connection is full duplex and the passive side may still have text. This is right. One of them adds that who receives a FIN "can only return an ACK and cannot return its FIN at once". This is wrong: if the program closes soon enough, ACK and FIN travel in one segment.',
    'An ACK may wait a little (RFC 9293 §3.8.6.3: less than 0.5 s), and TCP uses the wait here: perhaps the user closes, too. Programs that close when they read the end of the stream are common, so the close in three segments is what captures mostly show.',
    'The segment that arrives in FIN-WAIT-1 is a FIN, and it acknowledges ours: the connection goes straight to TIME-WAIT (§3.3.2, Figure 5, note 2). Four is the number of messages, not of segments; the handshake joins two of them in the same manner.',
  ],
  questions: [
    { ask: 'Which state does the client skip?', answer: 'FIN-WAIT-2: the ACK of its FIN and the peer\'s FIN come in the same segment.', shownBy: 'client-path' },
    { ask: 'Does the server skip CLOSE-WAIT?', answer: 'No. It is there for a short time: from the client\'s FIN until its own program closes.', shownBy: 'server-path' },
  ],
};
