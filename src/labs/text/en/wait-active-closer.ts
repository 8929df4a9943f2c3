import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Who waits: the one who closes first',
  question: 'In the notes it is always the client that ends in TIME-WAIT. What if the server closes first?',
  says: {
    server: 'Client port {port}: the server closes first.',
    client: 'Client port {port}: now the client closes first.',
  },
  musts: {
    'server-waits': 'the server sent the first FIN: the server is in TIME-WAIT',
    'client-free': 'the client went by LAST-ACK to CLOSED and keeps nothing',
    'client-waits': 'the client sent the first FIN: the client is in TIME-WAIT',
    'server-free': 'the server went by LAST-ACK to CLOSED and keeps nothing',
  },
  explanation: [
    'Client and server are parts in the opening. In the close the parts are others: who sends the first FIN, the active closer, ends in TIME-WAIT; who sends the second one ends in CLOSED. The notes draw the client as the active closer, and then speak of "the client" where they mean that part.',
    'The reason is who sends the last ACK. The side that got the second FIN sends it, and it is the only one that can send it again.',
    'So a server has TIME-WAITs when it closes first: HTTP/1.0, "Connection: close", a timeout for idle connections. They cost some memory each, no port: all of them are at port 80. Ports are used up where the active closer also opens the connections: a client, a proxy, a load generator (see wait-flood).',
    'When both close at once, both wait: FIN-WAIT-1, CLOSING, TIME-WAIT on either side.',
  ],
  questions: [
    { ask: 'A web server closes after each answer. Where are the TIME-WAITs?', answer: 'At the server.', shownBy: 'server-waits' },
    { ask: 'And what does the client keep of it?', answer: 'Nothing: it is CLOSED as soon as its own FIN is acknowledged.', shownBy: 'client-free' },
  ],
};
