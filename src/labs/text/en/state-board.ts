import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Three states that one sees every day',
  question: 'ESTABLISHED, TIME-WAIT, CLOSE-WAIT: what do they say about a server, and which of them is its own fault?',
  says: {
    'open': '{count} connections are opened. (One is drawn.)',
    'mixed': '{forgotten} the client closes, and the server program forgets to. Of the others {server} are closed by the server first and {client} by the client first (not drawn); the rest stays open.',
    'mend': 'The server program remembers, and closes what it forgot.',
  },
  figures: {
    board: {
      title: 'Sockets by state, as ss counts them: (1) all open, (2) after the closes, (3) when the server has remembered',
      words: { 'state': 'state', 'client-1': 'client (1)', 'server-1': 'server (1)', 'client-2': 'client (2)', 'server-2': 'server (2)', 'client-3': 'client (3)', 'server-3': 'server (3)' },
    },
    plot: { title: 'Sockets of the server over time', words: { ms: 'ms', sockets: 'sockets' } },
  },
  musts: {
    'established': '(1) {count} connections are ESTABLISHED, on both sides',
    'close-wait': '(2) {count} are in CLOSE-WAIT at the server, and in FIN-WAIT-2 at the client: who was told to close has not done so',
    'time-wait': '(2) TIME-WAIT is where the close began: {server} at the server, {client} at the client',
    'client-side': '(2) {open} is still ESTABLISHED on both sides, and the client has no CLOSE-WAIT at all',
    'mended': '(3) close() of the server program ends all CLOSE-WAITs',
    'left': '(3) what is left are TIME-WAITs, {client} at the client and {server} at the server: they end by themselves',
  },
  explanation: [
    'The note names the three states that one sees most, and says what they mean: ESTABLISHED is talking, TIME-WAIT has closed first, CLOSE-WAIT has been closed to. That is right. It goes on that many of either exhaust the file handles; this is true of CLOSE-WAIT only (close-wait-pile, wait-no-descriptor).',
    'How to read a board: ESTABLISHED are the connections in use. TIME-WAIT is the past: its sockets are closed, and nobody need do anything (wait-remedies tells when it matters all the same). CLOSE-WAIT is the program\'s debt: the peer has said that it is done, and the program has not called close(). No timer ends it. A number that grows is a bug in the program and not in TCP.',
    'FIN-WAIT-2 is the other side of somebody\'s CLOSE-WAIT. Linux gives it up after tcp_fin_timeout when no program holds the socket any more.',
    'The board of a real host: ss -tan | awk \'{print $1}\' | sort | uniq -c, or ss -s.',
  ],
  questions: [
    { ask: 'Many CLOSE-WAITs at a server: whose fault?', answer: 'The server program\'s: it does not close.', shownBy: 'mended' },
    { ask: 'In which state are the clients of these CLOSE-WAITs?', answer: 'FIN-WAIT-2.', shownBy: 'close-wait' },
    { ask: 'Who has to do something about TIME-WAITs?', answer: 'Nobody: they end by themselves.', shownBy: 'left' },
  ],
};
