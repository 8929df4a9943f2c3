import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The SYN is lost',
  question: 'Nobody answers the SYN. When does the client send it again, and what does connect() say in the end?',
  says: {
    begin: 'Two connections at once. To port 80 only the first SYN is lost; to port 81 every SYN is.',
    limit: 'Port 80 is open. The SYN to port 81 may be sent again twice here; then the client gives up.',
    'lost-once': 'the first SYN',
    'lost-always': 'every SYN to port 81',
  },
  musts: {
    'one-second': 'the SYN goes again after {wait} s: the first timeout is 1 second, not 3',
    'opened': 'the second SYN opens the connection as if nothing had happened',
    'doubled': 'each wait is twice the one before: SYNs at {times} s',
    'timed-out': 'after the last wait, at {after} s, connect() fails with ETIMEDOUT',
    'server-knows-nothing': 'the server never had an entry for the connection that failed',
  },
  explanation: [
    'The notes are right that the client sends the SYN again, and that connect() returns −1 in the end (errno is ETIMEDOUT). The server has no part in it: it has seen nothing.',
    'They give 3 seconds for the first timeout. That was RFC 1122 (1989) and RFC 2988 (2000). RFC 6298 §2.1 made it 1 second in 2011. The 3 seconds live on in one place: when the SYN had to be sent again and has given no round-trip time, the timeout for data begins with 3 s (§5.7).',
    'Each timeout is twice the one before (§5.5): 1, 2, 4 … so SYNs leave at 0, 1, 3, 7, 15 s. Linux since 6.5 sends the first four again one second apart, without doubling: 0, 1, 2, 3, 4, 5, 7, 11 …',
    'How long to try: RFC 9293 asks for at least 3 minutes for a SYN (MUST-23). Linux gives up after about 131 s with tcp_syn_retries = 6. Here the limit is set to two repetitions, so that the end comes at 7 s.',
  ],
  questions: [
    { ask: 'How long does the client wait before it sends the SYN the second time?', answer: 'One second (RFC 6298). Three seconds was the rule until 2011.', shownBy: 'one-second' },
    { ask: 'SYNs leave at 0, 1 and 3 s, and that was the last one. When does connect() fail?', answer: 'At 7 s: the last SYN is also given its time, twice 2 s.', shownBy: 'timed-out' },
    { ask: 'What does the server know of the attempt?', answer: 'Nothing. No SYN came, so there is no SYN-RECEIVED.', shownBy: 'server-knows-nothing' },
  ],
};
