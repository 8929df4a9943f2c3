import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'What the checksum cannot see',
  question: 'Two 16-bit words of the text change places. Who notices?',
  says: {
    'flip': 'First a check of the check: the client sends "{text}", and one bit flips.',
    'flipped': 'its last bit flips',
    'swap': 'Now "{text}" again, and the words "10" and "00" change places on the way.',
    'swapped-words': '"10" and "00" change places, and it arrives',
  },
  figures: {
    sums: {
      title: 'The sum that the checksum is made of (of the text alone)',
      words: {
        'what': '', 'text': 'text', 'words': '16-bit words', 'sum': 'one\'s complement sum', 'sent': 'as it was sent', 'one-bit': 'one bit flipped', 'two-words': 'two words swapped',
        'pay 1000': 'pay 1000', 'pay 1001': 'pay 1001', 'pay 0010': 'pay 0010',
      },
    },
  },
  musts: {
    'verifies': 'the server does check: a segment with one wrong bit is not acknowledged, and the client has to send it again',
    'repaired': 'then the application reads "{text}"',
    'swapped': 'the second segment arrives with two words swapped',
    'acked': 'the server acknowledges it at once as any other: ACK {ack}',
    'wrong': 'the client sent "{text}", the application reads "{read}"',
    'unnoticed': 'nobody notices: nothing is sent again, no error, no reset; a segment and its ACK are all that passed',
    'same-sum': 'because the sum is the same, {sum}, in whatever order the words are added',
  },
  explanation: [
    'The checksum is the one\'s complement of a one\'s complement sum of 16-bit words (RFC 9293 §3.1, RFC 1071). A sum does not depend on order: swapped words, or one word larger by as much as another is smaller, pass. One flipped bit is always found; of arbitrary damage one case in 65,536 passes.',
    'So "the checksum ensures that nothing changes" (S0), and S1\'s "if they are not equal, the transfer was in error", hold in one direction only: unequal means damaged, equal does not mean intact.',
    'Measurements in the Internet found between one packet in 16 million and one in 10,000 million that arrives damaged with a good checksum (Stone and Partridge, 2000), most of it from routers and hosts, not from links. Whoever needs certainty checks above TCP: TLS authenticates each record, file formats and version control have hashes. End to end is the only place where it can be done in full.',
    'The line here swaps the words after the sender has computed its checksum and leaves the checksum alone, which is what a faulty memory or network card would do.',
  ],
  questions: [
    { ask: 'Does an equal checksum mean that the text is intact?', answer: 'No. Swapped words have the same sum.', shownBy: 'same-sum' },
    { ask: 'What does the application read, and does it get an error?', answer: 'The damaged text, and no error.', shownBy: 'wrong' },
    { ask: 'Does the sender learn of it?', answer: 'No. It has got its ACK.', shownBy: 'acked' },
  ],
};
