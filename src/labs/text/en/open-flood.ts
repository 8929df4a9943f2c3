import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'SYN flood, and cookies',
  question: 'A SYN costs its sender nothing, but the server must remember it. What happens when very many come, and nobody ever answers the SYN,ACKs?',
  says: {
    flood: 'The server listens with a backlog of {backlog}; SYN cookies are off. {flood} SYNs come, each from another address where nobody is.',
    honest: 'Now a real client wants to connect.',
    cookies: 'The same with SYN cookies on, at another port: {flood} SYNs.',
    'honest-cookie': 'And again a real client.',
  },
  figures: {
    flood: {
      title: 'The flood without and with cookies',
      words: { cookies: 'cookies', syns: 'SYNs', entries: 'entries in SYN-RECEIVED', answers: 'answered', client: 'the real client', off: 'off', on: 'on', 'shut-out': 'is shut out', connected: 'is connected' },
    },
  },
  musts: {
    'full': 'the server has {queue} entries in SYN-RECEIVED (one more than the backlog), and never more',
    'dropped': 'the other {dropped} SYNs are dropped in silence',
    'shut-out': 'so is the SYN of the real client: it hears nothing, as if its SYN were lost',
    'answered': 'with cookies all {flood} SYNs are answered',
    'no-more': 'but there are still only {queue} entries: for the others the server remembers nothing',
    'opened': 'the real client\'s ACK brings the cookie back: a number that only this server could have chosen. accept() returns the connection',
    'options': 'even the window scale has survived: it was kept in the timestamp that the client has echoed',
    'text': 'the text of the real client arrives',
  },
  explanation: [
    'One of the notes says that three segments save resources, because the server does not build connections for stale SYNs. Half of it is right: there is no connection, and accept() does not return. But the server has reserved something all the same: an entry in SYN-RECEIVED, which it keeps until its SYN,ACKs are used up (63 s in Linux). Who sends SYNs from addresses that do not answer fills the table, and honest clients are shut out. That is the SYN flood of 1996 (RFC 4987 §2).',
    'So what is the purpose of three segments? Another note says: that both sides know that the other can send and receive. That is a side effect. The purpose is to confirm both initial numbers, and to find out old SYNs (RFC 9293 §3.5). And what is confirmed may be confirmed late: see lost-third-ack-alive.',
    'SYN cookies turn the third segment to account (RFC 4987 §3.6). The server puts what it must remember into its own initial number: a few bits of time, the MSS, and a keyed hash of the 4-tuple. Then it forgets the SYN. The ACK brings the number back, plus one; if the hash fits, the connection is built from it. An attacker who does not get the SYN,ACK cannot know it.',
    'The price: there is room for four values of MSS only, and for other options only if timestamps are in use; and a lost ACK is not mended, because nobody repeats the SYN,ACK. Linux uses them only when the queue is full (tcp_syncookies = 1; nstat counts TCPReqQFullDoCookies). Linux\'s queue, too, holds one more than the backlog since 2025; before that, just the backlog.',
  ],
  questions: [
    { ask: 'Does a SYN take memory on the server before the handshake is done?', answer: 'Yes, an entry in SYN-RECEIVED. Three segments do not change that.', shownBy: 'full' },
    { ask: 'The queue is full and there are no cookies. What does a real client notice?', answer: 'Nothing comes back: it sends its SYN again, as if it were lost.', shownBy: 'shut-out' },
    { ask: 'Where does a server with cookies keep what it knows of a client that has sent a SYN?', answer: 'In the sequence number of its SYN,ACK, which the client\'s ACK brings back.', shownBy: 'opened' },
  ],
};
