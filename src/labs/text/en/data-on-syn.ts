import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Text with the SYN, without Fast Open',
  question: 'A SYN arrives that carries five octets of text. Is that allowed, and what becomes of the text?',
  says: {
    'linux': 'A client played by hand sends SYN with "hello" to the server, which does as Linux does.',
    'linux-ack': 'The client ends the handshake with an empty ACK. Its number is 6: the client has sent its five octets.',
    'again': 'Nothing has been acknowledged, so the client sends its text again.',
    'rfc': 'The same SYN for the other host, which listens too and does as RFC 9293 says.',
    'rfc-ack': 'Here too the handshake ends with an empty ACK.',
  },
  musts: {
    'linux-syn-ack': 'the SYN with text is answered with SYN,ACK; ack 1 (x + 1) acknowledges the SYN and none of the text',
    'ignored': 'the connection is open, accept() has returned it, and recv() has nothing: Linux has not kept the text',
    'again-acked': 'sent again, the text is acknowledged (ack 6) and read: nothing is lost, only a round trip later',
    'rfc-syn-ack': 'the host that follows the RFC answers with SYN,ACK, ack 1, as well',
    'kept': 'but it has kept the text, in SYN-RECEIVED; accept() has nothing yet',
    'delivered': 'with the third segment the connection is open, and recv() returns "hello" at once',
    'kept-acked': 'and ack 6 acknowledges the text, which was sent once only, with the SYN',
    'no-reset': 'neither host has taken the SYN for an error: there was no RST',
  },
  explanation: [
    'One note says that the first and second segments must not carry text, another that "a segment with SYN=1 cannot carry data". Both are wrong. RFC 9293 §3.5 calls it "perfectly legitimate, so long as the receiving TCP endpoint doesn\'t deliver the data to the user until it is clear the data is valid", and §3.10.7.3 adds: "it is legal to send and receive application data on SYN segments … There has been significant misinformation and misunderstanding of this topic".',
    'What a host does with the text is its own affair, as long as it acknowledges only what it keeps. By §3.10.7.2 the text is queued until the connection is ESTABLISHED, and the SYN,ACK has ack x + 1, the text being acknowledged afterwards. Linux ignores the text: it costs no memory before the handshake is done (see data-syn-flood), and the sender, whose text is not acknowledged, repeats it. Neither answers with an error.',
    'So text with the SYN saves no time by itself: it is delivered after the third segment in any case. Only with a cookie of TCP Fast Open does the server believe the SYN at once: see data-fast-open.',
  ],
  questions: [
    { ask: 'A server gets SYN with text. Does it answer with RST?', answer: 'No. Text with SYN is legal, and the answer is SYN,ACK.', shownBy: 'no-reset' },
    { ask: 'The SYN has number x and five octets of text. What does Linux acknowledge?', answer: 'x + 1, the SYN alone. The text has to be sent again.', shownBy: 'linux-syn-ack' },
    { ask: 'A host keeps the text. When may the program read it?', answer: 'When the connection is ESTABLISHED, not before: until then the SYN may be an old or a forged one.', shownBy: 'kept' },
  ],
};
