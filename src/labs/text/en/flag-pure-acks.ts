import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'ACK and RST take no number, and text carries ACK',
  question: 'Does a segment that only acknowledges take a sequence number? And can a segment with ACK carry text?',
  says: {
    begin: 'The connection is open. The server sends three lines, one at a time; the client only acknowledges.',
    text: 'Now the client has something to say, for the first time.',
    rst: 'A forged RST reaches the server, 100 numbers ahead of what it expects. Then the client sends four octets more.',
  },
  musts: {
    'acks': 'the client has sent {acks} ACKs without text, all with seq 1: not one of them has taken a number',
    'no-answer': 'the server has answered none of them: what takes no number needs no acknowledgment',
    'same-place': 'the client\'s first text begins at seq 1, where the ACKs stood, and carries ACK itself',
    'counted': 'the server\'s ack 5 counts the four octets of text after the SYN, and none of the ACKs',
    'rst': 'the RST has not moved anything: the server asks back with ack 5 as before, and counts the next four octets to ack 9',
    'all-carry': 'each of the {segments} segments that the two hosts have sent after the first SYN carries ACK, those with text included',
  },
  explanation: [
    'One note says that a segment with ACK = 1 cannot carry text, but takes a sequence number. Both halves are wrong. RFC 9293 §3.4 numbers octets of text, SYN and FIN, nothing else; its glossary calls ACK "a control bit (acknowledge) occupying no sequence space", and says the same of RST and URG. The text of one segment would otherwise have to wait for a segment of its own without ACK, and such a segment is dropped on an open connection (§3.10.7.4, fifth: "if the ACK bit is off, drop the segment and return").',
    'The sequence number of an empty ACK is that of the next octet that its sender will send. It says where its sender stands, and lets the receiver check that the segment belongs here.',
    'If an ACK took a number, it would have to be acknowledged, and that acknowledgment again. That two hosts can stop talking when everything is said needs a segment that takes none. It is also why a lost ACK is never sent again as such: the next one says the same, or the text is repeated and acknowledged anew.',
  ],
  questions: [
    { ask: 'A client has sent its SYN (number 0) and 100 ACKs without text. Which number has the first octet of its text?', answer: '1.', shownBy: 'same-place' },
    { ask: 'Which segments of an orderly connection carry no ACK?', answer: 'The first SYN alone. Text, FIN and everything else carry one.', shownBy: 'all-carry' },
    { ask: 'Is an empty ACK acknowledged?', answer: 'No.', shownBy: 'no-answer' },
  ],
};
