import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Half-open: one side has forgotten',
  question: 'The server loses its power and starts again. How does the client learn that the connection is gone?',
  says: {
    crash: 'The server loses its power: its connection is gone, and nothing of that leaves the host. It is up again at once.',
    text: 'At last the client\'s program has something to say: "hello".',
    dead: 'the host has no power: nothing leaves it',
  },
  musts: {
    'open': 'the connection is open: ESTABLISHED on both sides',
    'lost': 'the server knows nothing of it any more',
    'unaware': 'the client is ESTABLISHED as before; no timer is running, and nothing is sent to find out',
    'accepted-text': 'send() succeeds: it says only that the text is queued',
    'reset': 'the server answers the text with RST, whose number is the ACK\'s that came with it',
    'told': 'the client\'s next call fails with ECONNRESET',
    'closed': 'both sides are CLOSED: the half-open connection is gone',
  },
  explanation: [
    'One of the notes calls a connection in SYN-SENT or SYN-RECEIVED "half-open". Many people do, but RFC 9293 §3.5.1 means something else: one of the TCPs has closed or lost the connection without the other one\'s knowledge. A handshake under way is called embryonic; a connection that has been closed in one direction is half-closed (§3.6.1). Three words, three things.',
    'A connection is memory on two hosts, nothing in between. As long as nothing is sent, neither side notices that the other one\'s memory is gone. This may last for days.',
    'It ends when one says something. The host that forgot finds no connection for the segment and answers with RST (§3.10.7.1; §3.10.7.2 if it listens again, as here). Without text to send, keep-alive can do it (§3.8.4; off unless asked for, and at least two hours by default). If the other host is gone altogether, text is retransmitted until R2.',
    'So a note\'s fear, that a server waits for ever for a client who has gone, is right only for one that neither sends, nor has keep-alive, nor a timeout of its own.',
  ],
  questions: [
    { ask: 'The peer has restarted, and nothing is sent. In which state is this side after an hour?', answer: 'ESTABLISHED. No segment, no timer, no knowledge.', shownBy: 'unaware' },
    { ask: 'send() has succeeded. Has the peer got the text?', answer: 'That does not follow: it has only been queued here.', shownBy: 'accepted-text' },
    { ask: 'What does the restarted host answer?', answer: 'RST: it has no connection with these addresses and ports.', shownBy: 'reset' },
  ],
};
