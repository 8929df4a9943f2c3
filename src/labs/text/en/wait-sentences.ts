import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Four questions, one sentence each',
  question: 'One note begins with a table of four questions whose column "in one sentence" is empty. What belongs there, and how does one see that it is true?',
  says: {
    'orderly': 'A connection is opened, and closed by the client; the server has a little more to do before it closes.',
    'old-syn': 'An old SYN comes to the server, of a connection that the client knows nothing of.',
    'at-once': 'A connection whose server closes as soon as it hears that the client has.',
    'tour': 'Two connections that are not drawn: both sides close at once; both sides open at once.',
    'requests': '{requests} requests, each on a connection of its own that the client closes; then {requests} requests on one connection. (Not drawn.)',
  },
  figures: {
    sentences: {
      title: 'The note\'s table, filled',
      words: {
        'question': 'question', 'sentence': 'in one sentence',
        'three?': 'Why three segments to open, would two not do?', 'four?': 'Why four segments to close?', 'states?': 'Which states are there?', 'time-wait?': 'Many TIME-WAITs: why, and what to do?',
        'three': 'Each side\'s ISN must be acknowledged, and an old SYN must be refutable by RST; two segments acknowledge only one ISN.',
        'four': 'Each direction has a FIN and an ACK; when the other side closes at once, its ACK and its FIN are one segment, and three are enough.',
        'states': 'Eleven: CLOSED, LISTEN, SYN-SENT, SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT, CLOSING, LAST-ACK, TIME-WAIT.',
        'time-wait': 'This host has closed many short connections first: use connections again, or let the other side close first; else more 4-tuples or tcp_tw_reuse, but neither tcp_fin_timeout nor tcp_tw_recycle.',
      },
    },
  },
  musts: {
    'three': 'the second segment acknowledged the client\'s ISN ({x}), only the third the server\'s ({y}), and only then was the server ESTABLISHED; the old SYN was refuted by RST in the place of the third segment',
    'four': 'the close took {slow} segments when the server had more to do, and {quick} when it closed at once',
    'states': '{count} states were visited: {states}',
    'time-wait': '{each} connections that the client closed first left {each} TIME-WAITs at the client and {servers} at the server; the same requests on one connection left {shared}',
  },
  explanation: [
    'Three segments. The note says that with two only the ISN of the side that opens would be acknowledged. That is right, and it is the first half; the other half is that the third segment is where an old SYN is found out (RFC 9293 §3.5, Figure 8). See open-stale-syn.',
    'Four segments. The two directions are closed one by one. Four is not a law: the ACK and the FIN of the passive side are two segments only if there is time between them (close-three). One note says they cannot be one; in practice they mostly are.',
    'States. The note lists ten; CLOSING is missing (state-bingo).',
    'TIME-WAIT. It is at the side that closes first, client or server. The note calls it "for sending the lost ACK again", which is one of its two reasons; the other one is that old segments must die out before the same 4-tuple is used again (wait-old-segment). What helps against many of them is measured in wait-remedies.',
  ],
  questions: [
    { ask: 'What would be missing with two segments?', answer: 'The acknowledgment of the second ISN, and the chance to refute an old SYN.', shownBy: 'three' },
    { ask: 'When are three segments enough to close?', answer: 'When the passive side closes at once: ACK and FIN are one segment.', shownBy: 'four' },
    { ask: 'Who has the TIME-WAITs, and what makes them few?', answer: 'Who closes first. Fewer connections: use them again.', shownBy: 'time-wait' },
  ],
};
