import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'An old SYN, and why there are three segments',
  question: 'A SYN of an earlier attempt has been lost in the network for a while, and arrives now. Does the server fall for it?',
  says: {
    begin: 'The server has room for one handshake at a time (backlog 0, no SYN cookies). The client sends a new SYN, which is slow.',
    old: 'An old SYN, from the same port, arrives before it.',
    new: 'Now the new SYN arrives.',
    slow: 'the new SYN is slow',
  },
  musts: {
    'fooled': 'the server cannot know that the SYN is old: it answers with SYN,ACK, which acknowledges the old number, and is in SYN-RECEIVED',
    'not-open': 'but it does not believe in a connection yet: accept() has nothing',
    'reset': 'the client sees an ACK for a number that it has not sent, and answers with RST, whose number is that ACK\'s',
    'back': 'the RST fits: the server forgets the attempt and listens as before, the client is still in SYN-SENT',
    'opened': 'the new SYN is answered with SYN,ACK, which acknowledges the new number: there was room for one handshake only, and the RST has made it free',
    'one': 'accept() returns one connection, the new one',
  },
  explanation: [
    'This is Figure 8 of RFC 9293 §3.5, and the main reason for three segments: "to prevent old duplicate connection initiations from causing confusion". The server alone cannot tell an old SYN from a new one. It asks back, by acknowledging the number it got, and the client decides: ACK if the number is its own, RST if not.',
    'With two segments the server would be ESTABLISHED on the old SYN. It would hold memory and perhaps send text for a client who knows of nothing, and the client\'s number would be wrong: the client\'s new text would lie outside of its window. The notes\' idea of the wasted resources is right.',
    'One of the notes says that the client "ignores" such a SYN,ACK. It does not, and must not: it answers with RST, be it in SYN-SENT (§3.10.7.3, first) or without any connection at all (§3.10.7.1). The RST is what frees the server\'s entry at once; if it is lost, the entry ends with the SYN,ACK\'s repetitions.',
  ],
  questions: [
    { ask: 'Can the server see that a SYN is old?', answer: 'No. It has no memory of earlier connections, and answers with SYN,ACK.', shownBy: 'fooled' },
    { ask: 'What does the client do with a SYN,ACK for a number that it has not sent?', answer: 'RST. It does not ignore it.', shownBy: 'reset' },
    { ask: 'In which state is the server\'s side after the RST?', answer: 'LISTEN: the attempt is gone, and the listener has never stopped.', shownBy: 'back' },
  ],
};
