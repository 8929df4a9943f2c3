import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'TCP Fast Open: text with the SYN, delivered at once',
  question: 'Text with a SYN usually waits for the handshake. When may a server believe a SYN so far that it delivers the text at once?',
  says: {
    first: 'The first connection. The client knows no cookie of this server\'s and asks for one.',
    second: 'The second connection. The client has a cookie of {cookie} octets: send("hello") itself opens the connection. The client\'s ACKs are held up, so that the handshake does not end.',
    held: 'held up, so that the handshake does not end yet',
    release: 'Now the third segment arrives.',
  },
  musts: {
    'asks': 'the first SYN has no text, but an empty Fast Open option: a request for a cookie',
    'gives': 'the SYN,ACK brings a cookie; the connection itself is an ordinary one',
    'with-syn': 'the second SYN carries five octets of text and the cookie',
    'acks-text': 'its SYN,ACK has ack 6 (x + 1 + 5): SYN and text are acknowledged together',
    'read-early': 'accept() has returned and recv() has given "hello", while the server is still in SYN-RECEIVED',
    'answered-early': 'even the answer "world" reaches the client before the third segment has arrived: one round trip for question and answer',
    'opened': 'with the third segment the server is ESTABLISHED, as ever',
  },
  explanation: [
    'One note says that the first segment cannot carry text. With TCP Fast Open (RFC 7413) it does so for a purpose: an answer after one round trip instead of two. The state machine stays the same; what changes is that the server delivers the text before the handshake is done.',
    'RFC 9293 §3.5 wants the text held back "until it is clear the data is valid". A bare SYN shows nothing: it may be old, and its address may be forged. The cookie shows that the client has received something at its address before. The server computes it from the address and a key of its own, so it remembers nothing and only computes it again to check (RFC 7413 §4.1.2).',
    'What a cookie cannot show is that the SYN is not a duplicate: a SYN with text that the network delivers twice may be delivered to the program twice. RFC 7413 §2 and §6.1 therefore leave Fast Open to programs that can bear this, such as a request that only reads, and both sides must ask for it: here with TCP_FASTOPEN on the listener, TCP_FASTOPEN_CONNECT on the client, and the sysctl net.ipv4.tcp_fastopen (1 client, 2 server, 3 both).',
  ],
  questions: [
    { ask: 'Does the very first connection to a server save a round trip with Fast Open?', answer: 'No. It only asks for the cookie, with an ordinary handshake.', shownBy: 'asks' },
    { ask: 'A SYN with number x, a good cookie and 5 octets of text: what does the SYN,ACK acknowledge?', answer: 'x + 6: the SYN and the text.', shownBy: 'acks-text' },
    { ask: 'In which state is the server when its program reads the text?', answer: 'SYN-RECEIVED. The handshake ends later, as usual.', shownBy: 'read-early' },
  ],
};
