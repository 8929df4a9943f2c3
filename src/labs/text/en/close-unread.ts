import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'close() with unread text',
  question: 'The notes say that the close makes sure that all text arrives. When does it not?',
  says: {
    read: 'First connection: the server reads the request, sends its answer, and closes.',
    unread: 'Second connection, the same, but the server does not read the request before it closes.',
  },
  musts: {
    'read-all': 'request read: the client got all {octets} octets and the end of the stream',
    'read-fin': 'the server closed with a FIN, and no RST was seen',
    'rst': 'request unread: the server sends RST at once',
    'no-fin': 'and no FIN',
    'reason': 'the server did so because text was left unread',
    'client-error': 'the client\'s read ends with ECONNRESET, not with the end of the stream',
    'lost': 'of the answer\'s {octets} octets the client got {got}: what was still queued is lost',
    'no-time-wait': 'both sides are CLOSED, without TIME-WAIT',
  },
  explanation: [
    'A note says that the close "can make sure that all data is transmitted". It can when both sides read until the end. Who closes with text unread has thrown away what the peer believes delivered (it is acknowledged!), so a FIN, which reads as "all is well", would be a lie. TCP SHOULD send a RST instead (RFC 9293 §3.6.1, RFC 2525 §2.17), and Linux does.',
    'The RST ends both directions. What the server had queued is dropped, and what is on the way may be dropped as well: some systems throw away even what the client has received and not read yet. This is how the last words of an HTTP server that refuses a large upload get lost. RFC 9112 §9.6 has the remedy: shutdown the sending direction, read until the peer closes, and only then close().',
    'An acknowledgment means that TCP has the text, not that the program has read it. Only an answer of the program says so.',
  ],
  questions: [
    { ask: 'What does the peer see instead of the end of the stream?', answer: 'ECONNRESET: RST means that something was lost.', shownBy: 'client-error' },
    { ask: 'Is the answer, written before close(), delivered?', answer: 'Not the part that was still queued: ABORT drops it.', shownBy: 'lost' },
  ],
};
