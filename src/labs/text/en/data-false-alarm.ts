import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'A false alarm: reordering taken for loss',
  question: 'One segment is overtaken by four. Nothing is lost. What does the sender believe?',
  says: {
    begin: 'The client sends five segments. The first takes a longer way, and the others overtake it.',
    slow: 'takes a longer way',
    'slow-back': 'takes its time, too',
    late: '5 ms late',
    other: 'Now the server sends: two segments that swap places, and then five, of which the first comes 5 ms late. How does its TCP take it?',
  },
  figures: {
    senders: {
      title: 'Five segments, the first of which is overtaken by the others',
      words: { sender: 'sender', duplicates: 'duplicate ACKs', again: 'segments sent again', us: 'glasstcp (three duplicate ACKs)', kernel: 'the Linux kernel (RACK)', glasstcp: 'the other glasstcp' },
    },
  },
  musts: {
    'alarm': 'the server still expects octet {start}: {count} duplicate ACKs, one at once for each segment that comes early',
    'fast': 'at the third the client believes in a loss: fast retransmission, without waiting for the timer',
    'again': 'one segment is sent again, the one that was overtaken',
    'needless': 'before that the server had acknowledged all five, ACK {end}: nothing was missing any more, but the ACK was still on its way',
    'dsack': 'the server says so afterwards: octets {first} to {last} came twice (D-SACK)',
    'cost': 'it costs more than a segment: the congestion window is cut to {cwnd} octets, as if the network were congested',
    'read': 'the application reads all {octets} octets, in order',
  },
  explanation: [
    'S2 mentions reordering, and that the system sorts it out. It does, but a sender that must guess can guess wrong. Three duplicate ACKs count as a loss (RFC 5681 §3.2). One or two segments that overtake stay below that; three and more raise a false alarm. No octet is harmed, but a segment is sent for nothing and the congestion window is cut.',
    'D-SACK tells the sender afterwards (RFC 2883). Linux then restores its window. glasstcp does not react to it, see docs/deviations.md.',
    'RACK (RFC 8985) replaces counting by time: a segment is lost when one that was sent after it has arrived and a reordering window has passed, a quarter of the shortest round trip to begin with. As long as it has not seen reordering on a connection, it takes three duplicate ACKs for a loss as well; once it has, as after the swapped pair here, it waits. The Linux kernel has RACK, glasstcp does not: the table compares them when the lab is run with the kernel.',
  ],
  questions: [
    { ask: 'How many segments may overtake before the sender believes in a loss?', answer: 'Two. The third duplicate ACK is the alarm.', shownBy: 'fast' },
    { ask: 'How does the sender find out that the alarm was false?', answer: 'By D-SACK: the segment came twice.', shownBy: 'dsack' },
    { ask: 'What does a false alarm cost?', answer: 'A segment for nothing, and a smaller congestion window.', shownBy: 'cost' },
  ],
};
