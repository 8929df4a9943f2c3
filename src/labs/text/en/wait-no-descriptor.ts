import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'TIME-WAIT holds no file descriptor',
  question: 'Do many connections in TIME-WAIT lead to "too many open files"?',
  says: { close: 'The client closes all of them, then the server.' },
  musts: {
    'open': '{count} connections are ESTABLISHED at the client',
    'held': 'they hold {count} descriptors: one each',
    'waiting': 'after the close all {count} are in TIME-WAIT at the client',
    'none-held': '{waiting} connections in TIME-WAIT, {held} descriptors',
    'still-connects': 'the next connection takes one descriptor, with all the others still in TIME-WAIT',
  },
  explanation: [
    'One note says that TIME_WAIT and CLOSE_WAIT both eat up file handles until "Too Many Open Files". For CLOSE-WAIT this is true (see close-wait-pile). For TIME-WAIT it is false.',
    'A connection gets to TIME-WAIT after the program has closed it, and close(2) gives the descriptor back at once. What is left is a note in the kernel: the 4-tuple, two numbers, a timestamp and a timer. Linux keeps a small structure for it instead of the whole socket, and bounds their number (net.ipv4.tcp_max_tw_buckets).',
    'What may run out is something else: the ports of a client that opens many connections to one address and port (see wait-flood).',
    'The lab counts descriptors of sockets in /proc/self/fd when the client is Linux, and in glasstcp\'s own table otherwise.',
  ],
  questions: [
    { ask: 'How many descriptors do these connections in TIME-WAIT hold?', answer: 'None.', shownBy: 'none-held' },
    { ask: 'And while they were open?', answer: 'One each.', shownBy: 'held' },
  ],
};
