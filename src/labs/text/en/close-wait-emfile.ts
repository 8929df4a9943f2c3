import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'CLOSE-WAIT up to "Too many open files"',
  question: 'A server that forgets to close has used up its descriptors. What does the next client see?',
  says: {
    close: '{count} clients come, and close. The server\'s program reads nothing and closes nothing.',
    next: 'One more client connects. The server\'s limit of open files (ulimit -n, RLIMIT_NOFILE) is now what it has open.',
    mend: 'At last the server closes one of the connections in CLOSE-WAIT, the limit being the same.',
  },
  figures: {
    limit: { title: 'The server', words: { 'when': 'when', 'held': 'descriptors held', 'error': 'accept() says', 'piled': 'clients have closed', 'at-limit': 'limit reached', 'mended': 'one closed, one accepted', '-': '-' } },
  },
  musts: {
    'pile': '{count} connections are in CLOSE-WAIT, and hold {count} descriptors',
    'emfile': 'accept() and socket() fail with EMFILE, "Too many open files"',
    'unaware': 'the new connection is ESTABLISHED on both sides all the same: TCP has no need of a descriptor',
    'acked': 'the client\'s "{text}" is even acknowledged, by the server\'s TCP, though no program will read it',
    'again': 'accept() goes on failing with EMFILE: waiting changes nothing',
    'mended': 'after one close() accept() succeeds at once, and reads "{text}"',
  },
  explanation: [
    'S4 gives TIME_WAIT and CLOSE_WAIT alike as the cause of "Too Many Open Files". Only CLOSE-WAIT is one: its socket belongs to a program that has not closed, so it has a descriptor. TIME-WAIT comes after close() and has none (lab wait-no-descriptor).',
    'EMFILE is the limit of one process (ulimit -n, LimitNOFILE= of systemd); ENFILE would be that of the whole system. The lab lowers the limit only for the instant of the calls.',
    'The client notices nothing: the handshake is done by TCP, not by accept(), and its text is acknowledged. It hangs until it loses patience, and its own close() only adds one more CLOSE-WAIT when it is accepted. When the accept queue is full as well, further SYNs are dropped (lab open-queue-full).',
    'The remedy is close() in the server\'s program, on every path, errors included: after read() returned 0. A higher limit only postpones the end; no sysctl of TCP helps.',
  ],
  questions: [
    { ask: 'accept() fails with EMFILE. Is the client refused?', answer: 'No. Its connection is open, and waits in the queue.', shownBy: 'unaware' },
    { ask: 'Is text acknowledged that no program can read yet?', answer: 'Yes: ACK says that TCP has it, no more.', shownBy: 'acked' },
    { ask: 'What makes room?', answer: 'close() on one of the sockets.', shownBy: 'mended' },
  ],
};
