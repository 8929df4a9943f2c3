import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'FIN-WAIT-2 that nobody waits in',
  question: 'The other side never closes. How long does FIN-WAIT-2 last, and what is tcp_fin_timeout?',
  says: {
    begin: 'Two connections. The client calls close() on the first and shutdown() on the second. The server closes neither.',
    late: 'Now the server sends a few words on both.',
  },
  musts: {
    'both-wait': 'both connections are in FIN-WAIT-2: on the wire they look the same',
    'over': 'after close(): FIN-WAIT-2 was over after {seconds} s; tcp_fin_timeout is 1 here (Linux: 60)',
    'reason': 'because there was no FIN and nobody to wait for it',
    'no-time-wait': 'it went from FIN-WAIT-2 to CLOSED: no TIME-WAIT, so tcp_fin_timeout does not concern TIME-WAIT at all',
    'patient': 'after shutdown(): still in FIN-WAIT-2, for the program may read on as long as it likes',
    'server-unaware': 'nobody has told the server: it is in CLOSE-WAIT',
    'rst': 'its text finds no connection any more, and is answered with RST',
    'answered': 'on the other connection the text is delivered',
  },
  explanation: [
    'RFC 9293 has no timer for FIN-WAIT-2: the connection waits for the peer\'s FIN, for ever if need be. After a half-close this is what the program wants. After close() nobody is there to want anything, and a peer that never closes (a CLOSE-WAIT leak) would fill our memory. So Linux forgets such orphans after tcp_fin_timeout.',
    'The name misleads. tcp_fin_timeout is the patience of orphans in FIN-WAIT-2, not the length of TIME-WAIT, which is 60 s on Linux and cannot be set. Advice to lower it "against TIME-WAIT" has no effect on connections whose peer closes in time.',
    'The peer learns of it only when it sends something.',
  ],
  questions: [
    { ask: 'Does tcp_fin_timeout shorten TIME-WAIT?', answer: 'No. It ends FIN-WAIT-2 of connections that no program holds any more.', shownBy: 'no-time-wait' },
    { ask: 'Does it end a half-close, too?', answer: 'No. The program still holds the socket.', shownBy: 'patient' },
  ],
};
