import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'What takes a sequence number: SYN, FIN and each octet',
  question: 'A FIN without text is acknowledged with U + 1. What exactly takes sequence numbers, and on which side?',
  says: {
    begin: 'The client opens a connection. Numbers are told relative to each side\'s first one: both SYNs have number 0.',
    text: 'The client sends "hello", five octets; the server sends "hi!", three.',
    close: 'The client closes, then the server.',
  },
  figures: {
    count: {
      title: 'What takes numbers (relative), and the ack that covers it',
      words: { from: 'from', segment: 'segment', seq: 'seq', takes: 'takes', ack: 'acknowledged by', client: 'client', server: 'server', 'ACK+5': 'text, 5 octets', 'ACK+3': 'text, 3 octets' },
    },
  },
  musts: {
    'syn': 'the client\'s SYN, number 0, is acknowledged with ack 1: it has taken one number',
    'syn-ack': 'the server\'s SYN, in the SYN,ACK, likewise: both sides synchronize, not the client alone',
    'text': 'five octets from number 1 on make ack 6, three make ack 4',
    'fin': 'the last octet of the client\'s text had number {last}, so its FIN has U = {u}, although it carries none',
    'fin-ack': 'the FIN is acknowledged with U + 1 = {ack}: it has taken one number, too',
    'other-fin': 'the server\'s FIN, number 4, is acknowledged with ack 5',
    'sum': 'the client has used {client} numbers (SYN, 5 octets, FIN), the server {server}; each side\'s last ack says so',
  },
  explanation: [
    'The notes are right that SYN takes a number, that FIN does so even without text, and that U, the number of the FIN, is the number of the last octet before it plus 1. By RFC 9293 §3.4 SYN and FIN are "the only controls requiring this protection", a place in the sequence space; the SYN counts as before the first octet of its segment, the FIN as after the last.',
    'The reason is that both need what numbers give: to be acknowledged, to be retransmitted, and to be put into order. A FIN must not be heard before the text in front of it, nor twice.',
    'One note has "SYN: the client wishes to connect". Each side has a SYN of its own, the server\'s in the SYN,ACK: it means "my numbers begin here", and so does its acknowledgment from the other side.',
  ],
  questions: [
    { ask: 'A client has sent "hello" and closes. Which seq has its FIN, relative to its ISN?', answer: '6: SYN took 0, the text 1 to 5.', shownBy: 'fin' },
    { ask: 'How many numbers does the server use for three octets and an orderly close?', answer: 'Five: SYN, three octets, FIN.', shownBy: 'sum' },
    { ask: 'Is the server\'s SYN acknowledged as well?', answer: 'Yes, by ack 1 in the third segment.', shownBy: 'syn-ack' },
  ],
};
