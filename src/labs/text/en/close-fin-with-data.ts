import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'FIN with text',
  question: 'May a FIN carry text? And which numbers do text and FIN have then?',
  says: { begin: 'The client writes ten octets, which wait for more, and closes: what follows is the FIN.' },
  musts: {
    'one-segment': 'one segment has the ten octets (seq 1) and the FIN',
    'ack': 'it is acknowledged with 12: ten octets from 1 to 10, and the FIN has the number 11',
    'text': 'the server\'s program reads the ten octets first, then the end of the stream',
    'fin-alone': 'the server\'s FIN has no text',
    'ack-alone': 'and is acknowledged with its own number and one: it has taken a number, too',
  },
  explanation: [
    'The notes say that a FIN takes a sequence number even if it carries no text. This is right (RFC 9293 §3.4), and it says by the way that it may carry text. The FIN comes after the text of its segment: it has the number after the last octet.',
    'Without a number of its own the FIN could not be acknowledged, so that nobody knew whether it arrived, and it would have no place in the order: a FIN that overtakes text on the way must wait until the gap is filled.',
    'The same holds for SYN, which comes before the text of its segment. A bare ACK takes no number, which is why ACKs are not acknowledged in turn.',
  ],
  questions: [
    { ask: 'A segment with seq 1 has ten octets and a FIN. Which ack does it get?', answer: '12: one more than the FIN, which has the number 11.', shownBy: 'ack' },
    { ask: 'Does a FIN without text take a number?', answer: 'Yes, one.', shownBy: 'ack-alone' },
  ],
};
