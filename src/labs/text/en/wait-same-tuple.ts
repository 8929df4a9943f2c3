import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The same four numbers again, during TIME-WAIT',
  question: 'The notes say that the port cannot be used during TIME-WAIT. Which port, and is it so?',
  says: {
    low: 'An old SYN comes to the connection in TIME-WAIT. Its number is lower than those of the old connection.',
    stamp: 'The client opens from port {port} again, which is in TIME-WAIT at the server. Its SYN has a newer timestamp.',
    number: 'The same with port {port}, and without timestamps: only the number of the SYN is higher.',
  },
  musts: {
    'holds': 'the server closed first: it holds the 4-tuple in TIME-WAIT',
    'low-ack': 'lower number: no SYN,ACK, but an ACK with the numbers of the old connection',
    'low-stays': 'and TIME-WAIT stays: nothing shows that this SYN is new',
    'other-port': 'from another port ({port}) the same server port is open as ever',
    'stamp-opens': 'newer timestamp: SYN,ACK, and the connection is open',
    'stamp-rule': 'it was the timestamp that showed that this SYN is no old duplicate',
    'number-opens': 'higher number: SYN,ACK, and the connection is open',
    'number-rule': 'it was the number that showed that this SYN is new',
  },
  explanation: [
    'TIME-WAIT does not hold a port. It holds four numbers: both addresses and both ports. The server\'s port 80 takes connections from every other client port all the time, and any number of its old connections may be in TIME-WAIT meanwhile.',
    'Even the same four numbers need not wait. A host may take a SYN in TIME-WAIT if its number is beyond all that the old connection has used (RFC 9293 §3.6.1, MAY-2), or if its timestamp is newer (RFC 6191 §2). The new connection gets an initial number beyond the old one\'s, so that no old segment fits into it.',
    'A SYN that shows neither may be an old duplicate. It is answered with an ACK. A client that really wants to open answers that ACK with RST, which ends TIME-WAIT in most systems, and its next SYN is taken. In this lab the server does not heed such RSTs (RFC 1337), so that TIME-WAIT can be watched.',
    'What "address already in use" says when a server starts again is a third thing: on Linux bind(2) refuses a port that has connections in TIME-WAIT, unless the socket has SO_REUSEADDR and theirs had it as well.',
  ],
  questions: [
    { ask: 'A SYN lower than the old numbers comes in TIME-WAIT. What is the answer?', answer: 'An ACK, with what the old connection expects. Neither SYN,ACK nor RST.', shownBy: 'low-ack' },
    { ask: 'Can the same client port connect again at once?', answer: 'Yes, when its SYN has a newer timestamp or a higher number.', shownBy: 'stamp-opens' },
    { ask: 'Is the server\'s port blocked for others?', answer: 'No. Only this one 4-tuple is held.', shownBy: 'other-port' },
  ],
};
