import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The third ACK is lost, and the data arrives in time',
  question: 'The client believes that the connection is open, the server is still waiting. Then the client sends text. Is it answered with RST?',
  says: {
    begin: 'From now on every ACK without text that the client sends is lost.',
    timer: 'The server hears nothing. Its timer sends SYN,ACK again, and the client answers it: lost as well.',
    text: 'The program at the client knows nothing of this, and sends "hello".',
    lost: 'every ACK without text',
  },
  musts: {
    'ack-lost': 'the third segment, ACK 1, is lost',
    'apart': 'the client is ESTABLISHED, the server in SYN-RECEIVED; accept() has not returned',
    'syn-ack-again': 'the server sends its SYN,ACK again',
    'ack-again': 'the client answers the repeated SYN,ACK with the same ACK again',
    'text-acks': 'the text has sequence number 1 and carries ACK 1, the very number that was lost',
    'completed': 'the ACK of the text completes the handshake: the server goes from SYN-RECEIVED to ESTABLISHED',
    'delivered': 'accept() returns, and the program at the server reads "hello": nothing was lost',
    'no-reset': 'nobody has sent a RST',
  },
  explanation: [
    'The notes say: the third ACK is lost, the client sends data, the server answers with RST. As a rule this is wrong. Every segment after the first SYN carries an acknowledgment. The text has the number x + 1 and ACK y + 1, exactly what the lost segment would have said. In SYN-RECEIVED an acceptable ACK completes the handshake, whatever else the segment brings (RFC 9293 §3.10.7.4, fifth), and then the text is taken.',
    'RST comes only if the server has forgotten the handshake by then: see the lab lost-third-ack-expired. (Linux also sends one if the accept queue is full and tcp_abort_on_overflow = 1.)',
    'The notes are right that the server sends its SYN,ACK again. The client, ESTABLISHED already, answers each of them with an ACK. So even a client that has nothing to say gets through as soon as one of these ACKs arrives.',
    'This also shows that "both sides have confirmed that they can send and receive" is not what the third segment is for: it may be lost for ever, and the connection opens all the same. What counts is that each side knows the other one\'s initial sequence number.',
  ],
  questions: [
    { ask: 'The third ACK is lost and the client sends text. What does the server do?', answer: 'It takes the ACK of that segment as the third one, is ESTABLISHED, and takes the text.', shownBy: 'completed' },
    { ask: 'Which acknowledgment number does the first text carry?', answer: 'The same as the third segment: y + 1. No text has come from the server meanwhile.', shownBy: 'text-acks' },
    { ask: 'An ESTABLISHED client gets SYN,ACK once more. What does it send?', answer: 'Its ACK, once more.', shownBy: 'ack-again' },
  ],
};
