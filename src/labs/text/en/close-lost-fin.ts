import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'A FIN is lost, and then its ACK',
  question: 'Who notices that a FIN has not arrived, and what is done when it has arrived but the ACK is lost?',
  says: {
    'ack-lost': 'the ACK of the FIN',
    begin: 'The client closes. The line loses the first FIN, and the first ACK of a FIN.',
    'fin-lost': 'the FIN',
    'server-closes': 'Now the server closes, too, and its first FIN is lost as well.',
  },
  musts: {
    'lost': 'the FIN (seq 1) is lost on the way',
    'unaware': 'the client is in FIN-WAIT-1, the server still ESTABLISHED: it knows of nothing',
    'again': 'nobody asks for the FIN: the client\'s own timer sends it again',
    'close-wait': 'this one has arrived: the server is in CLOSE-WAIT',
    'ack-lost': 'the server acknowledges it (ack 2), and this ACK is lost',
    'third': 'the client sends its FIN a third time: it cannot tell which of the two was lost',
    'same': 'all three FINs have the same numbers',
    'backoff': 'the waits doubled: {wait} ms, then {longer} ms',
    'acked': 'the server acknowledges the FIN that it has had already, and the client reaches FIN-WAIT-2',
    'back-lost': 'the server\'s FIN (seq 1, ack 2) is lost: the client waits for it in FIN-WAIT-2, and cannot know',
    'back-again': 'the server\'s own timer sends it again, with the same numbers: TIME-WAIT',
  },
  explanation: [
    'The notes say nothing of lost FINs but for the last ACK. A FIN has a sequence number, so it is retransmitted as text is, by the same timer (RFC 9293 §3.8.1) and with the same doubling (RFC 6298 §5.5).',
    'The side that waits does nothing: in ESTABLISHED a silent peer is nothing unusual. If all FINs are lost, the sender gives up after R2 (§3.8.3), and the other side stays ESTABLISHED until it sends something or probes (keep-alive).',
    'A FIN that comes again is not acceptable any more, its number lies before RCV.NXT. It is still answered with an ACK (§3.10.7.4, first): that is how the loss of an ACK is mended.',
  ],
  questions: [
    { ask: 'Does the server change its state when the FIN comes twice?', answer: 'No: it only repeats its ACK.', shownBy: 'acked' },
    { ask: 'Can the client tell "FIN lost" from "ACK lost"?', answer: 'No. In both cases it sends the same FIN again.', shownBy: 'same' },
  ],
};
