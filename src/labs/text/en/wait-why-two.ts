import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Why two MSL, and not one',
  question: 'A segment lives one MSL at most. Why does TIME-WAIT last twice as long?',
  says: {
    'slow-fin': 'a FIN takes nearly a lifetime',
    try: 'Port {port}: TIME-WAIT lasts {wait} × MSL. The client closes, then the server.',
    'slow-ack': 'the last ACK takes nearly a lifetime',
  },
  musts: {
    'slow-ack': 'the last ACK is as slow as it can be: {slow} MSL on its way',
    'fin-before': 'before it arrives the server sends its FIN again, and this FIN is as slow',
    'none': '0 × MSL: the FIN finds nobody; RST',
    'one': '1 × MSL: the wait was over when the FIN came; RST all the same',
    'two': '2 × MSL: TIME-WAIT was still there, and answered with an ACK',
    'empty': 'when these 2 MSL were over, nothing of the connection was left on the line',
  },
  explanation: [
    'The notes ask this and leave it open. The answer adds two journeys. The last ACK lives one MSL at most: until then it has arrived, or it never will. Until it arrives the server may send its FIN again, for the last time just before. That FIN may live one MSL more. Only after both is there nothing left of this connection, in either direction.',
    'One MSL is enough for our own old segments. It is not enough for the answer to them, which is what the second MSL is for.',
    'In the tries with a shorter wait the late FIN met a host that had forgotten the connection. RST is what a host must answer then (RFC 9293 §3.10.7.1). Had the ACK been lost instead of late, this RST would have hit a server in LAST-ACK (see wait-none); had a new connection used the same ports by then, the FIN would have come into it.',
    'One limit of the argument: when ACK after ACK is lost, the server may send its FIN later than one MSL after the first. Each FIN that arrives begins the 2 MSL anew (wait-2msl); when none arrives for 2 MSL, TIME-WAIT gives up. And the server, CLOSED by then, answers our ACK of its late FIN with RST, which would end TIME-WAIT early; the client here does not heed it (RFC 1337, net.ipv4.tcp_rfc1337 = 1). TIME-WAIT makes trouble improbable, not impossible.',
  ],
  questions: [
    { ask: 'What does the first MSL wait for?', answer: 'For our last ACK to arrive or to die. Until it arrives, the peer may send its FIN again.', shownBy: 'fin-before' },
    { ask: 'What does the second MSL wait for?', answer: 'For a FIN that was sent just before the ACK arrived.', shownBy: 'two' },
    { ask: 'And with one MSL?', answer: 'That FIN comes too late, to a host that knows nothing of it any more: RST.', shownBy: 'one' },
  ],
};
