import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The simultaneous close',
  question: 'What happens when both sides close before either has heard of the other\'s FIN? And which state do all the notes forget?',
  says: { begin: 'Both programs close at the same moment. The two FINs cross on the way.' },
  musts: {
    'fins': 'the client\'s FIN (seq 1, ack 1) does not acknowledge the server\'s',
    'crossed': 'the server\'s FIN (seq 1, ack 1) does not acknowledge the client\'s: they have crossed',
    'acks': 'the client acknowledges the FIN that came (ack 2), while its own is not acknowledged yet',
    'client-path': 'the client went ESTABLISHED, FIN-WAIT-1, CLOSING, TIME-WAIT',
    'server-path': 'the server went the same way: FIN-WAIT-1, CLOSING, TIME-WAIT',
    'both-wait': 'the FIN led to CLOSING, and the ACK of our own FIN from there to TIME-WAIT',
  },
  explanation: [
    'None of the notes has this close (RFC 9293 §3.6, Figure 13), and the list of states in one of them has ten names: CLOSING is missing. TCP has eleven.',
    'In FIN-WAIT-1 a FIN comes that does not acknowledge ours. We acknowledge it and are in CLOSING: both have said that they are done, but we do not know yet whether our FIN has arrived. Its ACK leads to TIME-WAIT.',
    'Both sides have closed actively, so both wait 2 MSL, and nobody goes through CLOSE-WAIT or LAST-ACK. Four segments again, but in another order: FIN, FIN, ACK, ACK.',
  ],
  questions: [
    { ask: 'How many sides are in TIME-WAIT at the end?', answer: 'Both: each has sent its FIN before it received one.', shownBy: 'server-path' },
    { ask: 'What ends CLOSING?', answer: 'The acknowledgment of our own FIN.', shownBy: 'both-wait' },
  ],
};
