import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The third ACK is lost, and the server gives up',
  question: 'The server has waited for the third ACK in vain. What does accept() return, and what becomes of the client\'s data?',
  says: {
    begin: 'Every ACK without text from the client is lost. The server repeats no SYN,ACK here (tcp_synack_retries = 0), so it gives up after a second.',
    text: 'The client has noticed nothing. It sends "hello".',
    again: 'The line is whole again. The same client opens another connection to the same port.',
    lost: 'every ACK without text',
  },
  musts: {
    'apart': 'the client is ESTABLISHED, the server in SYN-RECEIVED',
    'forgotten': 'after {after} s the server forgets the handshake; the client still believes that the connection is open',
    'silent': 'the server does so without a word: no RST, nothing',
    'reset': 'the text is answered with RST',
    'told': 'the RST has the number that the text acknowledged, and the client\'s program gets ECONNRESET',
    'accept-sleeps': 'accept() has not returned, neither with −1 nor with a connection: without connections it says EAGAIN',
    'still-listens': 'the listener is in LISTEN as before, and the next handshake succeeds',
  },
  explanation: [
    'The notes say that accept() returns −1 when the server has sent its SYN,ACK too often. It does not. accept() waits for connections that are finished; a handshake that fails never becomes one. The entry in SYN-RECEIVED is removed, and nobody is told. By default Linux does so after five repetitions, about 63 s; here after none, about 1 s.',
    'The notes\' RST is right in this case: the entry is gone, the text belongs to no connection. But the reason they give, that the server "no longer listens", is wrong. It does listen, and that is why there is a RST: a listener has sent nothing that could be acknowledged, so any ACK to it is answered with RST, whose number is the acknowledgment number (RFC 9293 §3.10.7.2, second).',
    'If the entry had been there, the same segment would have completed the handshake: see lost-third-ack-alive.',
  ],
  questions: [
    { ask: 'What does accept() return when a handshake is given up?', answer: 'Nothing. It goes on waiting, as if there had been no SYN.', shownBy: 'accept-sleeps' },
    { ask: 'Why is the text answered with RST?', answer: 'No connection matches, and an ACK for a listener can only be a mistake. It is not because nobody listens.', shownBy: 'reset' },
    { ask: 'Can one still connect to this port afterwards?', answer: 'Yes. The listener has never left LISTEN.', shownBy: 'still-listens' },
  ],
};
