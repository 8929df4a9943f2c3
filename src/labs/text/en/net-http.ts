import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Does each HTTP request need a handshake?',
  question: 'Two requests to one server: how many three-way handshakes?',
  says: {
    one: 'Two requests of HTTP/1.1, written by hand, over one connection. Nothing in them asks for it: this is the default.',
    two: 'The same two requests with "Connection: close", each over a connection of its own.',
  },
  figures: {
    cost: { title: 'Two requests', words: { way: 'way', handshakes: 'handshakes', segments: 'segments in all', persistent: 'one connection', separate: 'a connection each', SYN: 'SYN', FIN: 'FIN' } },
  },
  musts: {
    'one': 'both answers came over one connection, each ended by its Content-Length, not by a FIN',
    'one-handshake': 'one handshake: two SYNs, one in each direction',
    'two': 'over two connections the same answers came',
    'two-handshakes': 'two handshakes and two closes: four SYNs, four FINs',
    'saved': '{one} segments instead of {two}',
  },
  explanation: [
    'S3 says that each HTTP request needs a three-way handshake because HTTP is stateless. That was so with HTTP/1.0. Since HTTP/1.1 connections are persistent unless one side says "Connection: close" (RFC 9112 §9.3): the next request goes over the same connection.',
    'Stateless means that a server understands each request by itself. It says nothing about connections: TCP\'s state is one layer below.',
    'What is saved is not only segments. Each new connection costs a round trip before the request can leave, begins in slow start again, and leaves a TIME-WAIT at whoever closes first: keeping connections is the best remedy for many TIME-WAITs. HTTP/2 carries many requests at once over one connection; HTTP/3 uses QUIC, over UDP, and has no TCP handshake at all.',
    'Because the connection stays open, the end of an answer cannot be the FIN. Content-Length (or chunks) tells where it ends: TCP is a stream of octets and knows no records.',
  ],
  questions: [
    { ask: 'What must a client of HTTP/1.1 send to keep the connection?', answer: 'Nothing. It is the default.', shownBy: 'one-handshake' },
    { ask: 'How does the client know where the first answer ends?', answer: 'By Content-Length. No FIN has come.', shownBy: 'one' },
  ],
};
