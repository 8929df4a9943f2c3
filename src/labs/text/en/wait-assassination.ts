import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'TIME-WAIT assassination',
  question: 'TIME-WAIT is to outlive all old segments. Can one old segment end it at once?',
  says: {
    default: 'The client closes first and waits. The server is CLOSED: it remembers nothing. The client has Linux\'s default, net.ipv4.tcp_rfc1337 = 0.',
    old: 'An old segment of the server, which the network had kept, comes to the client in TIME-WAIT.',
    guarded: 'The same again with net.ipv4.tcp_rfc1337 = 1 at the client.',
  },
  figures: {
    outcomes: { title: 'The client after the old segment', words: { setting: 'setting', state: 'state', again: 'connect() from the same port' } },
  },
  musts: {
    answered: 'TIME-WAIT answers the old segment with ACK; the server knows nothing of it and answers with RST, exactly at the number that the ACK named',
    killed: 'this RST is as good as any: TIME-WAIT is over at once instead of after 60 s',
    successor: 'a new connection between the same four numbers is possible at once, unprotected',
    same: 'with tcp_rfc1337 = 1 the same segments pass',
    ignored: 'but the RST is ignored: the client stays in TIME-WAIT',
    protected: 'and connect() from the same port says {error} until the wait is over',
  },
  explanation: [
    'S2 says that what is left of an old connection "is dropped at once" in TIME-WAIT. It is answered with an ACK (lab wait-residue-answered), and here is what that may lead to. Nobody has done anything wrong: the old segment is unacceptable, so an ACK says what is expected; the server has no connection, so RST answers the ACK; the RST is exactly at RCV.NXT, so RFC 9293 §3.10.7.4 deletes the connection.',
    'RFC 1337 named this "TIME-WAIT assassination" in 1992 and described what follows: old duplicates that get into the next connection, or throw it out of step, or end it. Its simplest remedy is to ignore RST in TIME-WAIT.',
    'Linux has the remedy as net.ipv4.tcp_rfc1337 and leaves it off: sequence numbers from a clock and timestamps (PAWS) protect the next connection well enough (lab wait-old-segment). glasstcp does the same.',
  ],
  questions: [
    { ask: 'Who sends the RST, and why?', answer: 'The passive closer: it is CLOSED already, and the ACK belongs to no connection that it knows.', shownBy: 'answered' },
    { ask: 'Why is the RST believed?', answer: 'It carries the number that the ACK asked for: exactly RCV.NXT.', shownBy: 'killed' },
    { ask: 'What changes with tcp_rfc1337 = 1?', answer: 'Nothing on the wire. The RST is ignored, and TIME-WAIT lasts.', shownBy: 'ignored' },
  ],
};
