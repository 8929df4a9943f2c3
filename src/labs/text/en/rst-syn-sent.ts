import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'RST in SYN-SENT',
  question: 'Before the connection is open there is no RCV.NXT to compare a RST with. Which one is believed?',
  says: {
    'slow': 'the SYN is slow',
    'bad': 'Each host calls the other; its SYN (number x) is slow. RSTs come that acknowledge x, and x + 2: not what it has sent.',
    'bare': 'A RST without ACK.',
    'go-on': 'Now the SYNs go on their way.',
    'good': 'A new call from each host, and a RST that acknowledges x + 1.',
  },
  figures: {
    outcomes: { title: 'RSTs in SYN-SENT', words: { 'host': 'caller', 'reset': 'the RST', 'state': 'state then', 'call': 'connect()', 'client': 'client', 'server': 'server', 'no-ack': 'without ACK', 'ack = x': 'ack = x', 'ack = x + 1': 'ack = x + 1', 'ack = x + 2': 'ack = x + 2' } },
  },
  musts: {
    'bad-ack': 'a RST with a wrong acknowledgment is dropped: both callers stay in SYN-SENT',
    'no-ack': 'a RST without ACK is dropped, too',
    'opened': 'and both connections open as if nothing had been',
    'good-ack': 'a RST that acknowledges the SYN ends the call: CLOSED, ECONNREFUSED',
    'silent': 'none of these RSTs was answered',
  },
  explanation: [
    'In SYN-SENT nothing is known of the peer\'s sequence numbers, so its RST cannot be at RCV.NXT. What is known is our own SYN: a host that refuses it has seen it, and says so by acknowledging x + 1 (lab open-refused). RFC 9293 §3.10.7.3 asks for that: "If the RST bit is set … if the ACK was acceptable, then signal to the user \'error: connection reset\', … otherwise (no ACK), drop the segment".',
    'A forged RST, or an old one, would have to guess a random number of 32 bits. It may have any sequence number: here it was 0, as in real refusals.',
    'What the program hears is not ECONNRESET but ECONNREFUSED: sockets tell a reset during the call apart from one later.',
  ],
  questions: [
    { ask: 'A RST without ACK comes while a call is under way. What happens?', answer: 'Nothing. Who refuses a SYN acknowledges it.', shownBy: 'no-ack' },
    { ask: 'Which error does connect() end with when the RST is right?', answer: 'ECONNREFUSED.', shownBy: 'good-ack' },
  ],
};
