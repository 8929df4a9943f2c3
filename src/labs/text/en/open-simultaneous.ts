import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Both open at once',
  question: 'Two hosts send each other SYN at the same moment, and nobody listens. Refused? Two connections? Or one?',
  says: { begin: 'Port 700 here, port 701 there. Each connects to the other one\'s port at the same moment; there is no listener.' },
  musts: {
    'crossed': 'SYN and SYN cross on the line: each left before the other one arrived',
    'client-syn-ack': 'the one host answers with SYN,ACK: its SYN again, and ack 1',
    'server-syn-ack': 'so does the other',
    'paths': 'both went from SYN-SENT by SYN-RECEIVED to ESTABLISHED',
    'one-connection': 'there is one connection, with one socket on each host, and never was a LISTEN',
    'text': 'text goes both ways',
  },
  explanation: [
    'None of the notes has this, and it is the real open of four segments: SYN and SYN, SYN,ACK and SYN,ACK (RFC 9293 §3.5, Figure 7). Every TCP must support it (MUST-10). "Client" and "server" are words for who opens; TCP has only active and passive opens, and two active ones are enough.',
    'A SYN without ACK in SYN-SENT says that the other side opens too. It is no refusal: the host knows the other one\'s number now, goes to SYN-RECEIVED, and answers with SYN,ACK, in which its SYN has the same number as before. When the other one\'s SYN,ACK comes, its SYN is a repetition and only the ACK counts: ESTABLISHED.',
    'A connection is named by its two addresses and two ports. Both SYNs have the same four, so there is one connection, not two. This is also how two hosts behind NATs reach each other ("TCP hole punching"), and why a socket that connects to its own port on its own host can be connected to itself.',
  ],
  questions: [
    { ask: 'In SYN-SENT comes a SYN without ACK. What is sent?', answer: 'SYN,ACK, with one\'s own number as before.', shownBy: 'client-syn-ack' },
    { ask: 'How many connections come of the two SYNs?', answer: 'One: the four numbers that name it are the same.', shownBy: 'one-connection' },
    { ask: 'Which host goes through SYN-RECEIVED?', answer: 'Both. It is not a state of servers only.', shownBy: 'paths' },
  ],
};
