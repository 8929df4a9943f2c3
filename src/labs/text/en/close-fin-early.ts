import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'A FIN that overtakes the text',
  question: 'The network may reorder segments. What if the FIN arrives before the last text?',
  says: {
    begin: 'The client writes ten octets and closes. The text takes a longer way than the FIN.',
    'slow-text': 'the text',
  },
  musts: {
    'late': 'the text (seq 1) is delayed on the way',
    'fin': 'the FIN has the number after it: seq 11',
    'dup-ack': 'the FIN arrives first: the server acknowledges 1, which says "I still wait for octet 1"',
    'still-open': 'it is still ESTABLISHED, and its program has not seen the end of the stream',
    'reason': 'the server keeps the FIN until the gap before it is filled',
    'close-wait': 'the text has come: only now the FIN counts, and the server is in CLOSE-WAIT',
    'ack': 'one acknowledgment, 12, covers text and FIN',
    'text': 'the program reads the ten octets first, then the end of the stream',
  },
  explanation: [
    'The notes say that TCP sorts what the network has reordered, and that a FIN takes a sequence number. The two belong together: because the FIN has a number, it has a place in the order, and cannot end a stream of which a part is missing.',
    'RFC 9293 processes segments in the order of their numbers (§3.10.7.4: segments with higher beginning sequence numbers SHOULD be held for later processing). The state changes when the FIN is processed, not when it arrives.',
    'So a peer that has seen the end of the stream has seen all of it. This is what a FIN promises and a RST does not.',
  ],
  questions: [
    { ask: 'In which state is the server when only the FIN has arrived?', answer: 'ESTABLISHED: the FIN waits for the text before it.', shownBy: 'still-open' },
    { ask: 'Which acknowledgment does the early FIN get?', answer: '1, the number of the first missing octet.', shownBy: 'dup-ack' },
  ],
};
