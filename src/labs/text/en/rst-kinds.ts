import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Eight kinds of RST',
  question: 'Who sends a RST, with which numbers, and what does the program on the other side hear?',
  says: {
    'refused': '1. Nobody listens on this port.',
    'half-open': '2. The server has lost its power and its memory; the client sends text.',
    'challenge': '3. Again the server has forgotten. A forged RST, in the window but not exact, makes the client ask: challenge ACK.',
    'syn-sent': '4. The client is in SYN-SENT, its SYN is slow; an old SYN,ACK comes that acknowledges something else.',
    'linger-zero': '5. SO_LINGER with 0 seconds, then close().',
    'unread': '6. close() while text is there that the program has not read.',
    'after-close': '7. The client has called close(); the server goes on to send text.',
    'overflow': '8. The accept queue is full and net.ipv4.tcp_abort_on_overflow is 1: a handshake ends that has no room any more.',
    'no-power': 'the host has no power: nothing leaves it',
    'slow': 'the SYN is slow',
  },
  figures: {
    kinds: {
      title: 'Eight kinds of RST',
      words: {
        'kind': 'what provoked it', 'sender': 'sent by', 'flags': 'flags', 'seq': 'seq', 'ack': 'ack', 'call': 'the other program hears', 'client': 'client', 'server': 'server', '-': '-',
        'refused': '1 no listener', 'half-open': '2 half-open', 'challenge': '3 challenge ACK', 'syn-sent': '4 wrong SYN,ACK', 'linger-zero': '5 linger 0', 'unread': '6 text unread', 'after-close': '7 text after close()', 'overflow': '8 queue full',
        'SEG.ACK': 'SEG.ACK', 'SND.NXT': 'SND.NXT', 'RCV.NXT': 'RCV.NXT', 'SEG.SEQ+SEG.LEN': 'SEG.SEQ + SEG.LEN',
      },
    },
  },
  musts: {
    'refused': 'no listener: the SYN has no ACK, so RST,ACK with seq 0 and an ACK for the SYN; connect() says ECONNREFUSED',
    'half-open': 'half-open: RST with the number that the text acknowledged; recv() says ECONNRESET',
    'challenge': 'challenge ACK to a host that has forgotten: RST with the number that it acknowledged, so this one is exact; ECONNRESET',
    'syn-sent': 'a wrong SYN,ACK in SYN-SENT: the caller sends RST with its ack, and goes on calling (EINPROGRESS)',
    'linger-zero': 'linger 0: RST,ACK at SND.NXT, from the program\'s own wish; the peer\'s recv() says ECONNRESET',
    'unread': 'text unread: RST,ACK at SND.NXT instead of FIN; the peer\'s recv() says ECONNRESET',
    'after-close': 'text for a program that has gone: RST with the number that the text acknowledged; the peer\'s next send() says EPIPE, because it had read the end before',
    'overflow': 'no room in the accept queue: RST with the number of the ACK; the client believed that it was connected, and hears ECONNRESET',
  },
  explanation: [
    'S3 leaves "RST" at one word. All kinds follow from three rules. A segment without ACK that belongs to nothing: seq 0, and ACK for all that it took (RFC 9293 §3.10.7.1, kind 1). A segment with ACK that belongs to nothing or cannot be right: seq is the number that it acknowledged, no ACK (kinds 2, 3, 4, 7, 8). A program\'s own abort on a living connection: seq SND.NXT, and ACK as in any segment (kinds 5, 6).',
    'The second rule is why RSTs are believed: the number is the one that the receiver expects, RCV.NXT, since it has said so itself.',
    'What the program hears depends on where it was: ECONNREFUSED while it calls, ECONNRESET afterwards, EPIPE if it writes after it had read the end of the stream and the RST came later. ABORT by the program itself gives it no error.',
    'A RST is never answered with a RST. It ends the connection without TIME-WAIT, and what is still queued on either side is lost.',
  ],
  questions: [
    { ask: 'Why does the refusal of a SYN have sequence number 0?', answer: 'There is no ACK in the SYN from which a number could be taken, and the refusing host has none of its own. The ACK field shows that it has seen the SYN.', shownBy: 'refused' },
    { ask: 'A RST answers a segment with ACK. What is its sequence number?', answer: 'The number that the segment acknowledged.', shownBy: 'half-open' },
    { ask: 'Does close() always send FIN?', answer: 'No. With text unread, or SO_LINGER 0, it sends RST.', shownBy: 'unread' },
  ],
};
