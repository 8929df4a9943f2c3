import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Nagle and the delayed ACK',
  question: 'A program writes a request in two small parts, and the answer takes 40 ms longer than it should. Nothing was lost, nobody was busy. Where does the time go?',
  says: {
    'two-writes': 'The client writes its request in two parts, one right after the other.',
    'no-delay': 'The same with TCP_NODELAY.',
    'one-write': 'The same without TCP_NODELAY, but in one write.',
  },
  musts: {
    'held': 'the first part goes at once, the second does not: it is less than a segment, and something is unacknowledged (Nagle)',
    'delayed': 'the server cannot answer half a request, has nothing for an ACK to ride on, and keeps it back: it comes {waited} ms after the first part was sent',
    'released': 'only then does the second part go',
    'no-delay': 'with TCP_NODELAY both parts go at once, in two segments',
    'faster': 'the exchange takes {quick} ms instead of {slow} ms',
    'one-write': 'in one write it is one segment, in {took} ms: nothing to hold back, whatever the option says',
  },
  figures: {
    times: {
      title: 'One request, three ways',
      words: { how: 'how', segments: 'segments', time: 'time until the answer (ms)', nagle: 'two writes', nodelay: 'two writes, TCP_NODELAY', whole: 'one write' },
    },
  },
  explanation: [
    'Nagle\'s algorithm (RFC 896, RFC 9293 §3.7.4) spares the network small segments: while anything is unacknowledged, text that does not fill a segment waits. It needs no timer, because the ACK comes after a round trip. Delayed ACKs (§3.8.6.3) spare it pure ACKs: they wait for text that goes back.',
    'Each is good alone. Together, with a program that writes twice and then waits for the answer, one side waits for an ACK and the other for text, until the ACK\'s timer ends it: 40 ms on Linux at least, 200 ms elsewhere. Writing once and reading, or writing large amounts, is not affected.',
    'The best remedy is to write what belongs together in one call. TCP_NODELAY (MUST-17: an application must be able to turn the algorithm off) helps where that cannot be done, and costs a segment for each write.',
    'What the notes say of cumulative ACKs (S2) and of flow control (S0) leaves out this side: segments are also held back although window and congestion window have room.',
  ],
  questions: [
    { ask: 'What holds the second part back?', answer: 'The sender\'s own TCP: it is small, and the first part is unacknowledged.', shownBy: 'held' },
    { ask: 'What ends the wait?', answer: 'The receiver\'s delayed-ACK timer.', shownBy: 'delayed' },
    { ask: 'Which remedy needs no option?', answer: 'To write the request at once.', shownBy: 'one-write' },
  ],
};
