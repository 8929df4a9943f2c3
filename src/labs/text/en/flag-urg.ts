import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'URG: urgent data, and the octet that is missing',
  question: 'A program sends three octets with MSG_OOB. What is urgent on the wire, and what does the reader get?',
  says: {
    apart: '"ABC" with MSG_OOB, then "DE" without: from the client, then from the server. The readers\' sockets are as they come.',
    inline: 'The same, with SO_OOBINLINE on the reader\'s socket.',
    stdurg: 'The same, with net.ipv4.tcp_stdurg = 1 at the reader: the pointer now means the last urgent octet, as RFC 1122 had it.',
  },
  figures: {
    readings: {
      title: 'What was sent, and what was read',
      words: { sender: 'sender', manner: 'reader', pointer: 'urgent pointer', stream: 'recv()', oob: 'recv(MSG_OOB)', client: 'client', server: 'server', apart: 'as it comes', inline: 'SO_OOBINLINE', stdurg: 'tcp_stdurg = 1' },
    },
  },
  musts: {
    'wire': 'both hosts send URG with the urgent pointer {pointer}: the octet after "ABC"',
    'apart': 'only "C" is urgent for the reader, and it is not in the stream: recv() gives "AB" and "DE", recv(MSG_OOB) gives "C"',
    'inline': 'with SO_OOBINLINE nothing is missing: recv() stops before the urgent octet ("AB"), then gives "CDE"; MSG_OOB fails with EINVAL',
    'off-by-one': 'with tcp_stdurg the same segments mean something else: "ABC" is ordinary, and "D", which nobody called urgent, is taken out of the stream',
  },
  explanation: [
    'S3 has "URG" with one word, "urgent", and nothing after it. Urgent data is no second channel: the octets travel in the stream, in order, and the URG bit with the urgent pointer only says up to where the urgent part goes (RFC 9293 §3.8.5). It may be of any length (MUST-31).',
    'Sockets made "out-of-band data" of it: one octet, the last, is taken out of the stream and given to recv(MSG_OOB). So of three octets that were sent with MSG_OOB two are ordinary text for the reader. The TCP of the RFC knows nothing of this; SO_OOBINLINE leaves the octet where it was, and a mark tells where (SIOCATMARK).',
    'And the pointer: RFC 793 said "the octet following the urgent data" in one place and the last octet in another. RFC 1122 decided for the last one, but every implementation, BSD\'s first, did the former; RFC 6093 and RFC 9293 (MUST-62) now say so, too. Two hosts that disagree are off by one, as the last table rows show.',
    'Middleboxes clear the bit, and who disagrees about the octet can be made to read another text than the one who inspects. So new programs SHOULD NOT use it (SHLD-13, RFC 6093 §5); TCP MUST still support it (MUST-30), for telnet and ftp.',
  ],
  questions: [
    { ask: 'Where does the urgent pointer of "ABC" point?', answer: 'To the octet after the "C": 3 from the segment\'s first octet.', shownBy: 'wire' },
    { ask: 'Three octets were sent with MSG_OOB. How many does recv(MSG_OOB) give?', answer: 'One, the last.', shownBy: 'apart' },
    { ask: 'How does a program get the stream complete?', answer: 'With SO_OOBINLINE.', shownBy: 'inline' },
  ],
};
