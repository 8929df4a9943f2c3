import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The accept queue is full',
  question: 'The server program is busy and does not call accept(). What becomes of the connections that come meanwhile?',
  says: {
    first: 'The server listens with a backlog of 0: one connection may wait. Nobody calls accept(). The first client comes.',
    second: 'The queue is full now. A second connection is tried.',
    accept: 'At last the program calls accept(), once: there is room in the queue.',
  },
  musts: {
    'first-open': 'the first connection is ESTABLISHED on both sides, without accept()',
    'not-accepted': 'its text is even taken and acknowledged (ack 6), though no program has the connection yet',
    'again': 'the second client hears nothing, is in SYN-SENT, and sends its SYN again and again',
    'silence': 'the server has not answered any of these SYNs: no SYN,ACK, no RST, no entry',
    'opened': 'after accept() the next SYN is answered, and the second connection opens as well',
  },
  explanation: [
    'The notes speak of accept() as if it took part in the handshake. The handshake is done by the TCP, while the program does something else; finished connections wait in a queue, whose length is the second argument of listen(). accept() takes them from there.',
    'When this queue is full, Linux drops new SYNs without a word (and ignores third ACKs). This is on purpose. A RST would make connect() fail at once, with ECONNREFUSED, as if nobody listened. Silence makes the client try again a little later, when there may be room. To the client it looks like a lost SYN: see lost-syn.',
    'RFC 9293 does not know this queue: there each OPEN makes one connection. glasstcp does as Linux does.',
  ],
  questions: [
    { ask: 'Nobody has called accept(). Can the connection be ESTABLISHED?', answer: 'Yes, on both sides.', shownBy: 'first-open' },
    { ask: 'The queue is full and a SYN comes. Is it refused with RST?', answer: 'No. It is dropped in silence, so that the client tries again.', shownBy: 'silence' },
  ],
};
