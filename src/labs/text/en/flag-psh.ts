import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'PSH: what it says, and what it does not',
  question: 'Three writes: where does PSH stand? And does the reader get three pieces?',
  says: {
    'three': 'The client writes three times at once: "one;", "two;", "three;". Then the server does the same. The other side reads once, at the end.',
    'large': 'One write of 5000 octets, from the client, then from the server. The last segment is slow; meanwhile the other side reads.',
    'last-held': 'the last segment is slow',
  },
  figures: {
    segments: {
      title: 'Where PSH stands',
      words: { 'sender': 'sender', 'calls': 'program', 'seq': 'seq', 'octets': 'octets', 'push': 'PSH', 'client': 'client', 'server': 'server', 'three writes': 'three writes', 'one write': 'one write', '-': '-' },
    },
  },
  musts: {
    'placed': 'three writes became {segments} segments, each with PSH: the first left at once, the other two were joined behind it (Nagle)',
    'one-read': 'one recv() gave all three writes: "{read}"',
    'last': 'of one write of 5000 octets the last segment has PSH: nothing more is queued behind it',
    'early': 'recv() gave {early} octets before the last segment was there, those of segments without PSH included',
    'pieces': 'one write of {all} octets was read in two pieces, {early} and {rest}: the receiver cannot tell where writes began or ended',
  },
  explanation: [
    'S3 has "PSH" with one word, "pushes", and nothing after it. PSH tells the receiving TCP: do not wait for more before you pass this on. RFC 9293 §3.9.1.2: a TCP whose SEND call has no PUSH flag must set PSH in the last buffered segment, when nothing is queued behind it (MUST-61). Sockets have no PUSH in send(2), so this is what they all do.',
    'It is no mark between records, in neither direction (§3.8: a stream of octets; writes are joined and split as it suits). Programs that expect one recv() for one send() have a bug that shows under load. Who wants records writes their lengths, or a separator.',
    'The receiving side of today takes little notice: text is readable as soon as it is in order, with PSH or without, as the lab shows on both hosts. Linux uses PSH in small things, as a hint that an ACK is wanted soon.',
    'PSH in the middle of the write, which the table mostly shows, is Linux\'s manner, and glasstcp shares it: text is sent in bursts of two segments or more, as many as suits the congestion window and the round trip, and each burst ends with PSH, so that a receiver that joins segments passes them on. RFC 9293 leaves this to the sender.',
  ],
  questions: [
    { ask: 'How many recv() calls are needed for three send() calls?', answer: 'There is no relation. Here it was one; with a slower line it might be three, or ten.', shownBy: 'one-read' },
    { ask: 'Text has arrived, its segment has no PSH. Can the program read it?', answer: 'Yes. It need not wait for PSH.', shownBy: 'early' },
    { ask: 'Which segment must have PSH?', answer: 'The one behind which nothing more is queued.', shownBy: 'last' },
  ],
};
