import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'How a write becomes segments',
  question: 'The application writes 10,000 octets at once. What goes over the line, and what does the reader see?',
  says: {
    begin: 'One write of {octets} octets, and a reader that takes 3,000 at a time.',
    small: 'The same to a server that announces an MSS of {mss}, as a host with an MTU of 576 does.',
    theirs: 'The same from the server.',
  },
  figures: {
    writes: {
      title: 'One write of 10,000 octets',
      words: {
        writer: 'who writes', mss: 'smaller MSS of the two', text: 'text in a full segment', packet: 'largest IP packet', segments: 'segments', wide: 'glasstcp, MTU 1500', narrow: 'glasstcp, peer with MTU 576',
        kernel: 'the Linux kernel, MTU 1500', glasstcp: 'the other glasstcp, MTU 1500',
      },
    },
  },
  musts: {
    'announced': 'in their SYNs both announce an MSS of {mss}: the MTU of {mtu} without the 40 octets of the IP and TCP headers',
    'full': '{count} segments: full ones of {full} octets, because the timestamps take 12 of the MSS, and a last one of {last}',
    'packet': 'with its headers a full segment is a packet of {packet} octets: exactly the MTU, and IP has nothing to fragment',
    'stream': 'one write, {segments} segments, and reads of {reads} octets: the application reads the same octets in the same order, the borders are gone',
    'small': 'to the peer with an MSS of {mss} the same write takes {count} segments, of {full} octets at most',
    'small-packet': 'its largest packet has {packet} octets',
    'theirs': 'the other side cuts in the same way: {count} segments of {most} octets at most',
  },
  explanation: [
    'S0 says that TCP "splits data into blocks, which is the most suitable way to send". The size is not a matter of taste: each side announces in its SYN the largest segment that it takes (MSS), and the other one sends no larger ones (RFC 9293 §3.7.1). The MSS counts text without headers; options come off it, so with timestamps 1460 means 1448 octets (RFC 6691). It is announced, not negotiated: each direction may have its own.',
    'TCP is a stream of octets, as S2 says. Neither writes nor segments have a border that the reader could see. A program that wants messages must mark them itself: a length in front, or a separator. What Chinese textbooks call "sticky packets" is this, and no fault of TCP.',
    'A capture on the sending host may show segments of 20,000 or 60,000 octets. They never were on the line: with segmentation offload (TSO, GSO) the kernel hands a large piece to the network card, which cuts it after the capture has looked; on the receiving side GRO joins segments before. The TUN of this lab has no offloads, so here one sees what really goes out.',
    'S0 lists six things that make TCP reliable, S1 four: segments are this lab; the checksum is two labs on corruption; retransmission the one on lost text; numbers and acknowledgments those on one ACK for eight sentences and on reordering; flow control and congestion control (S0 writes 阻塞控制, "blocking control", where 拥塞控制 is meant) the labs on the window and on slow start; connection management the sections on opening and closing.',
  ],
  questions: [
    { ask: 'Why is a full segment 1448 octets when the MSS is 1460?', answer: 'The timestamp option takes 12 octets in every segment.', shownBy: 'full' },
    { ask: 'One write: is it one read at the other end?', answer: 'No. TCP keeps the octets and their order, not the borders.', shownBy: 'stream' },
    { ask: 'Who decides how large the segments are?', answer: 'The receiver by the MSS that it announces, and the MTU of the path.', shownBy: 'small' },
  ],
};
