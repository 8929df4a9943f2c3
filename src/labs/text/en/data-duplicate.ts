import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The same text twice',
  question: 'The network delivers a segment twice. Does the application pay twice?',
  says: {
    begin: 'The client sends "{text}". The network makes two of it.',
    doubled: 'two copies arrive',
    copy: 'A while later the network comes up with a third copy.',
  },
  musts: {
    'twice': 'two copies of the text arrive; the answer acknowledges the text once, ACK {end}',
    'dsack': 'the first SACK block of that ACK lies below the acknowledgment number: octets 1 to {last} came twice (D-SACK)',
    'at-once': 'the answer does not wait for the delayed ACK, which is set to {limit} ms here',
    'read-once': 'the application reads "{text}" once, and then nothing',
    'copy-answered': 'the late copy is answered with ACK {end} and the same D-SACK block',
    'copy-at-once': 'again at once, because nothing in it lies in the window: dropped, and an ACK says what is expected',
    'copy-unread': 'the application does not notice',
    'still-open': 'nor does the connection: the reply goes through',
  },
  explanation: [
    'S2 is right: because there is retransmission there must be removal of duplicates, and the system does it. What it works by are the sequence numbers. The receiver knows which octet it expects next, RCV.NXT; what lies before it was here before, and is cut off or dropped (RFC 9293 §3.10.7.4, first step). It needs no memory of the segments that have come.',
    'A duplicate is never just swallowed. It may have come because our ACK was lost, and then the sender waits for an answer. So an ACK is sent at once (RFC 5681 §4.2: text that is not in order is not subject to the delay). If that ACK is lost as well, the next copy gets the next one.',
    'D-SACK (RFC 2883) adds what the plain ACK cannot say: which octets came twice. Segments are not the unit of this, octets are: a copy that brings old and new octets is cut, and the new ones are taken.',
    'S2 says that TCP handles "loss, duplication and errors" of the layers below: duplication is this lab, loss is the lab on lost text and lost ACKs, errors are the labs on corruption.',
  ],
  questions: [
    { ask: 'What does the application see of a duplicate?', answer: 'Nothing.', shownBy: 'copy-unread' },
    { ask: 'Is a duplicate dropped in silence?', answer: 'No. It is answered with an ACK, at once.', shownBy: 'copy-answered' },
    { ask: 'How does the sender learn that it came twice?', answer: 'By the first SACK block, which lies below the acknowledgment number.', shownBy: 'dsack' },
  ],
};
