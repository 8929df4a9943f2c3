import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'SO_LINGER 0: close() that resets',
  question: 'SO_LINGER with 0 seconds is often advised against TIME-WAIT. What does it cost?',
  says: { begin: 'The client sets SO_LINGER to 0 seconds, writes a lot, and closes at once.' },
  musts: {
    'rst': 'close() sends RST',
    'no-fin': 'and no FIN, in neither direction',
    'client-path': 'the client went from ESTABLISHED straight to CLOSED, and the server is CLOSED, too: no TIME-WAIT anywhere',
    'silence': 'nobody answers a RST: once it had arrived, the server sent nothing more',
    'server-error': 'the server\'s read ends with ECONNRESET',
    'lost': 'the server got {got} of {queued} octets: the others are lost, although write had accepted them',
  },
  explanation: [
    'This is RFC 9293\'s ABORT (§3.10.5), not CLOSE: what is queued is dropped, the peer gets a RST, and the connection is forgotten at once. There is no TIME-WAIT because nothing is remembered at all. The ACKs that the server had sent before find no connection, and each of them gets a RST of its own.',
    'TIME-WAIT is gone, and so is what it is for. The peer cannot tell this end from a failure, what was queued is lost, and if the RST is lost, the peer is left half-open. An old segment may meet the next connection with the same addresses and ports.',
    'As a remedy against many connections in TIME-WAIT, which one of the notes leaves open, it is the worst. It has its place where the connection is to be thrown away: a peer that misbehaves, or a test.',
  ],
  questions: [
    { ask: 'Is text that write() has accepted delivered after all?', answer: 'No. What had not been sent is dropped.', shownBy: 'lost' },
    { ask: 'Which states does the closing side go through?', answer: 'None: ESTABLISHED, then CLOSED.', shownBy: 'client-path' },
  ],
};
