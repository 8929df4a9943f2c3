import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The close in four segments',
  question: 'A connection has two directions, and each is closed by itself. Which states do the two sides go through, and who waits at the end?',
  says: {
    'begin': 'The connection is open. The client has nothing more to say and closes.',
    'server-closes': 'The server has had something to finish meanwhile. Now it closes, too.',
  },
  musts: {
    'fin': 'first segment: the client\'s FIN (seq 1). It carries an ACK, as every segment after the first SYN does',
    'ack': 'second: the server acknowledges the FIN (ack 2): the FIN has taken one number',
    'half': 'this ACK brings the client to FIN-WAIT-2, not to TIME-WAIT; the server is in CLOSE-WAIT',
    'fin-back': 'third: the server\'s FIN, with the same seq 1 as the ACK before it, because no text was sent between',
    'last-ack': 'fourth: the client acknowledges it (seq 2, ack 2)',
    'server-closed': 'the server is CLOSED, the client in TIME-WAIT: only who closed first waits',
    'time-wait': 'TIME-WAIT ended by itself after {waited} ms, twice the MSL of 500 ms that this lab has set',
    'client-path': 'the client went ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT, CLOSED',
    'server-path': 'the server went ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED',
  },
  explanation: [
    'The notes draw the four segments rightly (RFC 9293 §3.6, Figure 12). Three of their details are wrong. One says that the client is in TIME-WAIT when the ACK of its FIN has come: that ACK leads to FIN-WAIT-2, and only the peer\'s FIN leads to TIME-WAIT. Another lets the client go to CLOSED right after its last ACK: TIME-WAIT is missing. A third list has a segment marked "?", enters FIN-WAIT-2 on the FIN, and has neither LAST-ACK nor TIME-WAIT.',
    'With u and w for the numbers of the two FINs, the right list is: FIN,ACK seq u (FIN-WAIT-1); ACK ack u + 1 (CLOSE-WAIT there, FIN-WAIT-2 here); FIN,ACK seq w, ack u + 1 (LAST-ACK there); ACK seq u + 1, ack w + 1 (TIME-WAIT here, CLOSED there). w equals the seq of the second segment, unless the server has sent text between the two.',
    'A FIN without ACK, as some pictures have it, is never sent: every segment but the first SYN (and some RSTs) carries an acknowledgment (§3.10.7.4, fifth: a segment without ACK is dropped).',
  ],
  questions: [
    { ask: 'The client is in FIN-WAIT-1, and the ACK of its FIN comes. What is its next state?', answer: 'FIN-WAIT-2. TIME-WAIT comes with the peer\'s FIN.', shownBy: 'half' },
    { ask: 'Which side goes through TIME-WAIT?', answer: 'The one that closed first, be it client or server. The other one goes from LAST-ACK straight to CLOSED.', shownBy: 'server-closed' },
    { ask: 'Why is the acknowledgment of an empty FIN u + 1?', answer: 'A FIN takes one sequence number, with or without text, so that it can be acknowledged and retransmitted like text.', shownBy: 'ack' },
  ],
};
