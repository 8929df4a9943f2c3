import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The last ACK is lost, twice',
  question: 'Nobody acknowledges the last ACK. Who finds out that it is lost, and what does TIME-WAIT do about it?',
  says: {
    begin: 'The client closes, then the server. The line loses the client\'s last ACK, and the one after it.',
    'last-ack-lost': 'the last ACK',
  },
  musts: {
    'last-ack': 'the client\'s last ACK is lost',
    'unsure': 'the client is in TIME-WAIT, the server in LAST-ACK: it still waits',
    'fin-again': 'the server sends its FIN again, and once more, until an ACK comes',
    'answers': 'the client, in TIME-WAIT, answers each of them with the same ACK',
    'restart': 'and begins its 2 MSL anew each time',
    'server-closed': 'the third ACK has arrived: the server is CLOSED',
    'over': 'TIME-WAIT ended {rest} ms after the last answer: 2 MSL, with the MSL of 1000 ms that this lab has set',
    'restarted': 'it lasted {whole} ms in all, more than 2 MSL: the wait was begun anew',
  },
  explanation: [
    'The notes have this right: it is the first reason for TIME-WAIT. The side in LAST-ACK retransmits its FIN until it is acknowledged or it gives up. The side in TIME-WAIT remembers enough to answer: RFC 9293 §3.10.7.4, eighth, "restart the 2 MSL time-wait timeout".',
    'Only that the wait is restarted is missing in some of them. Without the restart, a FIN that comes late in the wait could be answered just before the memory is gone, and the next one would find nothing and be answered with a RST.',
    'Why 2 MSL? One for our ACK to arrive or die, and one for the FIN that the peer sent again just before the ACK arrived. As each FIN restarts the wait, this holds for every round. The wait is not a promise, though: if ACKs are lost for longer than that, the peer gets a RST, and its user may see an error although all text has arrived.',
  ],
  questions: [
    { ask: 'Is the last ACK retransmitted by a timer of the client?', answer: 'No. ACKs are never retransmitted by themselves: the server\'s FIN comes again, and is answered.', shownBy: 'answers' },
    { ask: 'A FIN comes in TIME-WAIT, 1.9 MSL after it began. When does the wait end?', answer: '2 MSL later: each FIN starts the wait anew.', shownBy: 'restarted' },
  ],
};
