import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The last ACK is lost: 2 MSL begins again',
  question: 'Nobody acknowledges the last ACK. What if it is lost, and more than once?',
  says: {
    begin: 'The client closes, then the server. The line loses the client\'s last ACK {lost} times.',
    'last-ack-lost': 'the last ACK is lost',
  },
  musts: {
    'lost': 'the ACK of the server\'s FIN is lost',
    'fin-again': 'the server sends its FIN again, {times} times, always with the same number',
    'ack-again': 'the client, in TIME-WAIT, answers each of them with the same ACK',
    'last-ack': 'the server stayed in LAST-ACK until one of these ACKs arrived; then CLOSED',
    'restart': 'each repeated FIN began 2 MSL anew',
    'longer': 'TIME-WAIT lasted {waited} s: the {later} s in which FINs came again, and then the whole {two} s',
  },
  explanation: [
    'This is the first reason for TIME-WAIT, and the notes have it right: the last ACK may be lost, and only the side that sent it can send it again. It does so when the peer, in LAST-ACK, sends its FIN again.',
    'What is often left out: the wait does not go on from where it was. "Acknowledge it, and restart the 2 MSL timeout" (RFC 9293 §3.10.7.4). So the wait ends 2 MSL after the last ACK that was sent, not after the first.',
    'The last ACK itself is never sent again by a timer. An ACK takes no sequence number, so nothing acknowledges it; a FIN that comes again is the only news that it was lost. Here MSL is 1 s; the RFC says 2 minutes, Linux waits 60 s in all.',
  ],
  questions: [
    { ask: 'Which side has a retransmission timer for the last ACK?', answer: 'None. The timer is the peer\'s: it repeats the FIN until the ACK comes.', shownBy: 'fin-again' },
    { ask: 'The FIN comes again when half of 2 MSL is over. How long is the wait from then?', answer: 'The whole 2 MSL.', shownBy: 'longer' },
  ],
};
