import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'No FIN gets through',
  question: 'A note says that the FIN is retransmitted until an ACK comes. What if none ever comes?',
  says: {
    'all-lost': 'everything',
    begin: 'From now on nothing from the client arrives any more. The client closes.',
    mended: 'The line is mended. The server, which knows of nothing, sends a word.',
  },
  musts: {
    'repeats': 'the FIN is sent again and again, and lost each time',
    'gave-up': 'after {times} FINs the client gives up: R2 is reached',
    'doubled': 'the wait doubled each time; {total} ms in all',
    'client-path': 'the client went from FIN-WAIT-1 to CLOSED, without TIME-WAIT',
    'half-open': 'the server is still ESTABLISHED: half-open, in the RFC\'s sense of the word',
    'rst': 'the server\'s text finds no connection at the client, which answers with RST',
    'told': 'only now the server\'s program learns of it: ECONNRESET',
  },
  explanation: [
    '"Until an ACK comes" is right as long as there is hope. RFC 9293 §3.8.3 has two thresholds: at R1 TCP suspects the path, at R2 it closes the connection. R2 should be 100 s at least where a user waits for the result. Here nobody waits any more, and Linux is less patient with such orphans: tcp_orphan_retries, which this lab sets to 2 to be quick.',
    'The other side cannot know. It is left with a connection whose other end has lost all memory of it: this is what the RFC calls half-open (§3.5.1). It ends when the server sends something and gets a RST, or by keep-alive probes. A server that only waits and has neither keeps it for ever.',
    'The notes fear such servers in the handshake ("waits foolishly and never releases"). It is at the end of connections where they are met.',
  ],
  questions: [
    { ask: 'Is there a TIME-WAIT after giving up?', answer: 'No: the connection has failed, and is forgotten.', shownBy: 'client-path' },
    { ask: 'How does the server learn that the client has gone?', answer: 'By the RST that answers its next segment.', shownBy: 'told' },
  ],
};
