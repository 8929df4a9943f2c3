import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The SYN,ACK is lost',
  question: 'The server has answered, but the answer is lost. Whose timer mends it, the client\'s or the server\'s?',
  says: {
    begin: 'From now on every SYN,ACK is lost. The client\'s first timeout is 0.7 s here, the server\'s 1 s, so that one can see who acts by itself.',
    clear: 'The line is whole again: the next SYN,ACK arrives.',
    lost: 'every SYN,ACK, for a while',
  },
  musts: {
    'lost': 'the server answers with SYN,ACK, which is lost',
    'syn-again': 'the client hears nothing, and sends its SYN again',
    'answered-again': 'the server answers the repeated SYN with SYN,ACK at once',
    'own-timer': 'the server also sends SYN,ACK again by its own timer, without a new SYN',
    'same-number': '{syns} SYNs with one number, {synAcks} SYN,ACKs with one number: repetitions, not new attempts',
    'accept-sleeps': 'meanwhile the server is in SYN-RECEIVED and accept() has not returned',
    'opened': 'the first SYN,ACK that arrives opens the connection',
  },
  explanation: [
    'The notes say that the client does the same as when its SYN was lost. That is right: it cannot tell the two cases apart. It sends the SYN again, with the same sequence number.',
    'They leave out the server. Its SYN,ACK takes a sequence number and is retransmitted like everything that does: by a timer of its own, in Linux after 1, 3, 7, 15 and 31 s (tcp_synack_retries = 5). And the repeated SYN makes it answer at once. Both timers run side by side; whichever segment comes through first is enough.',
    'They also say that the server is blocked in accept(). accept() has no part in this. The handshake is done by the TCP; accept() only takes connections that are finished, and a server that is doing something else would shake hands just the same.',
  ],
  questions: [
    { ask: 'The SYN,ACK is lost and the client\'s SYN does not come again. Does the server stay silent?', answer: 'No. It has a timer for its SYN,ACK.', shownBy: 'own-timer' },
    { ask: 'Does the repeated SYN have a new initial sequence number?', answer: 'No, the same: it is a retransmission. With another number the server would take it for another connection.', shownBy: 'same-number' },
    { ask: 'Does accept() return with an error when the SYN,ACK is lost?', answer: 'No. It knows nothing of the handshake; it returns when a connection is finished.', shownBy: 'accept-sleeps' },
  ],
};
