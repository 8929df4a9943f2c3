import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'State bingo: all eleven states',
  question: 'One note lists ten states of TCP. How many are there, and which connection leads into each of them?',
  says: {
    'orderly': 'First connection: the client opens it, closes it first, and the server closes a little later.',
    'both-close': 'Second connection: both close at the same time.',
    'both-open': 'Third connection: both open at the same time, nobody listens.',
  },
  figures: {
    board: {
      title: 'The board: each state, the connection that led into it first, and when each side was first seen in it (ms; – = never)',
      words: { 'state': 'state', 'connection': 'connection', 'client': 'client', 'server': 'server', 'orderly': '1: orderly', 'both-close': '2: both close', 'both-open': '3: both open', '–': '–' },
    },
  },
  musts: {
    'listen': 'LISTEN: the server, before the first SYN',
    'syn-sent': 'SYN-SENT: the client that opens, and both sides when both open',
    'syn-received': 'SYN-RECEIVED: the server, and both sides when both open',
    'established': 'ESTABLISHED: everyone',
    'fin-wait-1': 'FIN-WAIT-1: who closes first, and both sides when both close',
    'fin-wait-2': 'FIN-WAIT-2: the client, whose FIN is acknowledged while the server still has more to do',
    'close-wait': 'CLOSE-WAIT: the server, for just that while',
    'closing': 'CLOSING: both sides when both close',
    'last-ack': 'LAST-ACK: the server, which closes second',
    'time-wait': 'TIME-WAIT: the client that closed first, and both sides when both close',
    'closed': 'CLOSED: the server as soon as its FIN is acknowledged, the client after 2 MSL',
    'missing': '{seen} states were visited; the note lists {listed}, and the one that is missing is CLOSING',
  },
  explanation: [
    'The note\'s list is right in what it names (SYN_RECV is Linux\'s name for SYN-RECEIVED), but CLOSING is missing. RFC 9293 §3.3.2 has eleven states: LISTEN, SYN-SENT, SYN-RECEIVED, ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2, CLOSE-WAIT, CLOSING, LAST-ACK, TIME-WAIT, and CLOSED.',
    'The usual connection passes ten of them, counting both sides, and never CLOSING. For that both FINs must cross: each side gets the other\'s FIN before the ACK of its own (Figure 13). It is as rare as a simultaneous open (Figure 7), by which SYN-SENT leads to SYN-RECEIVED without a listener.',
    'CLOSED is not really a state: the RFC calls it "fictional", because it stands for the absence of a TCB. In this lab a socket is CLOSED when its host no longer lists it.',
  ],
  questions: [
    { ask: 'Which state is missing in the note\'s list?', answer: 'CLOSING.', shownBy: 'missing' },
    { ask: 'Who goes through CLOSING?', answer: 'Both sides, when both close before they have heard of it.', shownBy: 'closing' },
    { ask: 'Can a client be in SYN-RECEIVED?', answer: 'Yes, when both sides open at the same time.', shownBy: 'syn-received' },
  ],
};
