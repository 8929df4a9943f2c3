import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The SYN is lost: RFC and Linux side by side',
  question: 'Two hosts connect to each other at once, each to another port, and every SYN is lost. Both send again. When?',
  says: {
    begin: 'The client does as RFC 6298 says; the server\'s host, which is a client too this time, does as Linux does. The line loses every SYN.',
    lost: 'a SYN',
  },
  figures: {
    times: { title: 'When each SYN was sent, in seconds', words: { number: 'SYN', doubling: 'RFC 6298', linear: 'Linux' } },
    count: { title: 'SYNs sent so far', words: { seconds: 's', syns: 'SYNs', doubling: 'RFC 6298', linear: 'Linux' } },
  },
  musts: {
    'doubling': 'by RFC 6298: SYNs at {times} s. One second, then each wait is twice the one before',
    'linear': 'Linux: SYNs at {times} s. The first waits are one second each',
    'more': 'when the client is about to send its fourth SYN, Linux has sent {theirs} against {ours}',
    'then-doubling': 'after that Linux doubles as well: the next wait is two seconds',
    'same-number': 'each repetition is the same SYN: same port, same sequence number',
    'both-wait': 'after seven seconds neither has given up: both are in SYN-SENT',
  },
  explanation: [
    'One of the notes gives 3 seconds for the timer of the SYN. Neither column has it. 3 s was the rule of RFC 1122 and RFC 2988; RFC 6298 §2.1 made it one second in 2011, since most paths answer sooner, and doubles from there (§5.5): SYNs at 0, 1, 3, 7, 15, 31, 63 s.',
    'Linux 6.5 went one step further. tcp_syn_linear_timeouts (4) repetitions come at intervals of one second before the doubling begins: 0, 1, 2, 3, 4, 5, 7, 11, 19 … Where many SYNs are lost by chance, a connection opens sooner; the price is a few more segments of 60 octets.',
    'How long until connect() gives up? RFC 9293 asks for at least 3 minutes (MUST-23). Linux\'s tcp_syn_retries = 6 counts after the linear ones, and ends at about 131 s: earlier than that. glasstcp keeps to the three minutes by default.',
    'In virtual time the server\'s host is glasstcp, set to do as Linux does.',
  ],
  questions: [
    { ask: 'By RFC 6298: the first SYN goes at 0 s, and all are lost. When does the fourth go?', answer: 'At 7 s: after 1 + 2 + 4.', shownBy: 'doubling' },
    { ask: 'And in Linux of today?', answer: 'At 3 s: the first five waits are one second each.', shownBy: 'linear' },
    { ask: 'Does a SYN that is sent again have a new initial sequence number?', answer: 'No. It is the same octet, sent once more.', shownBy: 'same-number' },
  ],
};
