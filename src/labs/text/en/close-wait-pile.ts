import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'CLOSE-WAIT piles up: a program that does not close',
  question: 'Who ends CLOSE-WAIT, and when?',
  says: {
    close: 'The clients close. The server reads the end of each stream, and forgets to close.',
    mend: 'At last the server calls close().',
  },
  musts: {
    'pile': '{count} connections are in CLOSE-WAIT at the server',
    'held': 'they hold {count} descriptors: close() was never called',
    'client-gone': 'the clients have given up FIN-WAIT-2: they are CLOSED',
    'stay': 'the server still has {count} in CLOSE-WAIT, with their descriptors',
    'silent': 'and no segment passes: no timer of TCP runs here',
    'close-ends': 'close() by the program ends every one of them',
    'freed': 'and gives the descriptors back',
  },
  explanation: [
    'CLOSE-WAIT means: the peer has said all it had to say, and TCP waits for our own program to close. The notes have this right, and also what follows: CLOSE-WAITs that pile up are a fault of the program on this host.',
    'No timer of TCP ends the state. It may well be wanted: the peer has closed one direction only, and the other one may go on for hours. Only close() by the program (or its end), a RST, or a keep-alive that finds the peer gone, ends it. net.ipv4 settings for TIME-WAIT do nothing here.',
    'Each holds a descriptor and a whole socket with its buffers. At the limit of open files accept(2) fails with EMFILE, "too many open files" (lab close-wait-emfile): this is where that message comes from, and not TIME-WAIT.',
    'The peers are long gone: an orphan does not stay in FIN-WAIT-2 for ever (tcp_fin_timeout: 60 s; here 1 s). When the server closes in the end, its FIN finds nobody and is answered with RST.',
  ],
  questions: [
    { ask: 'How long does CLOSE-WAIT last?', answer: 'Until the program closes. There is no timer.', shownBy: 'stay' },
    { ask: 'Do the CLOSE-WAITs hold descriptors?', answer: 'Yes, one each.', shownBy: 'held' },
  ],
};
