import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'A socket that connects to itself',
  question: 'A program connects to a port of its own host on which nobody listens, and by chance its own port is the very same. Is it refused?',
  says: {
    begin: 'The client binds port {port} of 127.0.0.1 and connects to port {port} of 127.0.0.1. There is no listener. Nothing of this passes the line: each arrow to the right comes back to the same host as one to the left.',
    echo: 'It sends "hello", and then reads.',
    close: 'It closes.',
    refused: 'For comparison: from port {from} to port {to}, where nobody listens either.',
    'other-host': 'The other host tries the same with its own stack.',
  },
  musts: {
    'open': 'it is ESTABLISHED: one socket, one connection, and no listener anywhere',
    'path': 'it went through SYN-SENT, SYN-RECEIVED, ESTABLISHED: its own SYN came back to it and looked like that of a peer who opens at the same time',
    'number': 'it is its own peer: ISS and IRS are the same number, {isn}',
    'echo': 'what it sends it receives itself: "hello"',
    'taken': 'and the port is taken: a server that is started now cannot bind it, {error}',
    'close': 'its FIN comes back as well, before it is acknowledged: a simultaneous close with itself, FIN-WAIT-1, CLOSING, TIME-WAIT',
    'refused': 'with two different ports there is nobody: RST, {error}',
    'other-host': 'the other host\'s stack does it as well: ESTABLISHED with itself, and it hears its own "hello"',
    'not-on-line': 'not one segment of all this was on the line between the hosts',
  },
  explanation: [
    'None of the notes mentions the simultaneous open; RFC 9293 demands it (MUST-10), and here is where one meets it in practice, without wanting it. A SYN from A to B meets a socket in SYN-SENT that waits for B\'s answer to A. When A and B are the same address and port, this is the sender itself.',
    'In SYN-SENT a SYN without ACK means that the peer opens as well (§3.10.7.3, fourth): SYN-RECEIVED, and SYN,ACK is due. That SYN,ACK comes back, too, acknowledges the SYN, and the connection is open. Two segments and an ACK: nobody else takes part.',
    'It happens to programs that try again and again to reach a server on their own host while it is down. If the server\'s port lies in the range of ephemeral ports (32768 to 60999 in Linux), sooner or later connect() is given that very port, succeeds, and talks to itself; and the server, started again, finds its port in use. The cure: servers\' ports outside of that range, or a check that the peer is not oneself.',
  ],
  questions: [
    { ask: 'A socket in SYN-SENT receives its own SYN. Which state is next?', answer: 'SYN-RECEIVED, as with anybody\'s SYN without ACK.', shownBy: 'path' },
    { ask: 'How many TCBs has a connection whose two ends are the same socket?', answer: 'One. It is its own peer, with one sequence space for both directions.', shownBy: 'open' },
    { ask: 'Such a socket closes. Which states does it go through?', answer: 'FIN-WAIT-1, CLOSING, TIME-WAIT: its FIN meets itself.', shownBy: 'close' },
  ],
};
