import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The text was lost, or only its ACK',
  question: 'No answer comes. Has the other side not heard, or has its answer got lost? Can the sender tell?',
  says: {
    'text-lost': 'First connection: the client sends a sentence, and the sentence is lost.',
    'ack-lost': 'Second connection: the same sentence arrives, but its ACK is lost.',
    'the-text': 'the text, once',
    'the-ack': 'the ACK, once',
  },
  figures: {
    compared: {
      title: 'The two connections side by side',
      words: {
        'what': 'seen', 'text-lost': 'the text is lost', 'ack-lost': 'the ACK is lost', 'seq': 'sequence number of the text', 'octets': 'octets of text', 'waits': 'until it is sent again, ms',
        'again': 'sequence number the second time', 'had': 'had the application read it by then?', 'answer': 'acknowledgment number of the answer', 'd-sack': 'D-SACK block of the answer',
        'echo': 'timestamp that the answer echoes', 'yes': 'yes', 'no': 'no', 'none': 'none', 'first': 'of the first sending', 'second': 'of the second sending',
      },
    },
  },
  musts: {
    'text-lost-again': 'the text is lost, and the client sends it again with the same sequence number; now it is answered',
    'ack-lost-again': 'the ACK is lost, and the client sends the text again with the same sequence number; it is answered again',
    'same': 'what the client sends is the same both times, segment for segment ({sent})',
    'timer': 'and it does so for the same reason: its retransmission timer ran out, after {first} ms and after {second} ms',
    'late': 'when the text was lost, the server\'s application read it only after the second sending',
    'early': 'when the ACK was lost, it had read it before the second sending',
    'once': 'either way the application read "{text}" once',
    'no-dsack': 'the answer after the lost text is a plain ACK',
    'dsack': 'the answer after the lost ACK says that octets 1 to {last} have come twice (D-SACK)',
    'echo': 'the answer after the lost text echoes the timestamp of the second sending: that was the one that brought news',
  },
  explanation: [
    'S2 has it right: the one who shouts cannot judge whether his words or the reply were blown away, and need not: he shouts again. RFC 9293 §3.8.1 knows one reason for sending again after silence, a timer, and one way: the same octets under the same numbers. That the receiver may hear them twice does no harm, because the numbers show it (the lab on duplicates).',
    'The sender learns afterwards which it was, if both sides have the options. D-SACK (RFC 2883): the first SACK block names octets that came twice, so the first copy had arrived. Timestamps (RFC 7323 §4.3): the receiver echoes the timestamp of the segment that moved its window. If that is the first sending\'s, the first sending had arrived: Eifel detection (RFC 3522). It is less certain, as the table shows against the kernel: Linux takes over the timestamp of a copy, too, if the copy ends exactly where its last ACK stands.',
    'This matters for the congestion window: the timeout has shrunk it to one segment, as if the network were full. Linux undoes that when it learns that nothing was missing. glasstcp reports duplicates by D-SACK, and does not use the peer\'s reports.',
    'S0 and S1 list "retransmission" among what makes TCP reliable: this is it. The timer is one per connection, not one per segment as S0 says (RFC 6298 §5).',
  ],
  questions: [
    { ask: 'What does the sender do differently when only the ACK was lost?', answer: 'Nothing. It sends the same segment again after the same timer.', shownBy: 'same' },
    { ask: 'Does the application read the text twice when it comes twice?', answer: 'No, once.', shownBy: 'once' },
    { ask: 'What in the peer\'s answer tells that the text had come before?', answer: 'The D-SACK block: these octets came twice.', shownBy: 'dsack' },
  ],
};
