import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Past 2^32: sequence numbers go round in a circle',
  question: 'Sequence numbers have 32 bits. What happens when a connection begins just before the end of them, and a segment is lost there?',
  says: {
    begin: 'The client\'s initial number is chosen for this lab: {left} numbers are left before 2^32. The ladder goes on telling relative numbers.',
    text: 'The client sends five pieces of ten octets. The second lies across the end of the number space, and is lost.',
    lost: 'the piece across the end of the number space',
    gap: 'The ACKs still end before the second piece, and the client sends it again.',
  },
  figures: {
    numbers: {
      title: 'The five pieces, by relative numbers and by those on the wire',
      words: { 'seq': 'first octet', 'wire': 'on the wire', 'last': 'last octet', 'wire-last': 'on the wire' },
    },
  },
  musts: {
    'syn': 'the SYN has number {iss} on the wire, and the server acknowledges the next one',
    'straddles': 'the second piece begins at {at}, before 2^32, and ends after it; it is lost',
    'small': 'the third piece has number {end} on the wire: a much smaller number, and yet it comes later (relative 21)',
    'kept': 'the server knows that: its ACKs still say 11, and keeps the octets 21 to 50 behind the gap (SACK 21-51)',
    'again': 'the second piece is sent again, with the same number as before',
    'acked': 'the server\'s ack passes 2^32, too: relative 51 is {ack} on the wire',
    'read': 'the server\'s program reads all {octets} octets in order',
  },
  explanation: [
    'One note says that each packet has a sequence number. It is each octet that has one (RFC 9293 §3.4): the field in the header is the number of the first octet of the segment, the ack is the last octet received plus 1, and the number after 4,294,967,295 is 0. At 10 Gbit/s that takes three and a half seconds; with a random initial number it can happen to any connection, in its first octets.',
    'So numbers cannot be compared as integers. "All arithmetic dealing with sequence numbers must be performed modulo 2^32" (§3.4): a is before b if the difference b - a, taken to 32 bits, is less than 2^31. All of TCP\'s comparisons are like this: is this octet in the window, is this ACK new, which piece comes first. Small stacks that write "seq < rcv_nxt" work for weeks, until a connection begins near the end.',
    'Comparing in a circle works while all numbers in use lie within half of it. The window is limited to 2^30 octets for that reason (RFC 7323 §2.3), and old segments must have died before their numbers return: this is what MSL, and on fast paths timestamps, are for.',
  ],
  questions: [
    { ask: 'A segment of 10 octets has number 4,294,967,291. Which number has the next one?', answer: '5: the space has 2^32 numbers, and the count goes on at 0.', shownBy: 'small' },
    { ask: 'The server waits for 4,294,967,291, and number 5 arrives. Is that old?', answer: 'No. 5 is 10 ahead of it, modulo 2^32, and is kept.', shownBy: 'kept' },
  ],
};
