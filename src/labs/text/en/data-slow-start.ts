import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The congestion window: slow start, avoidance, recovery, timeout',
  question: 'How fast may a sender send when nobody has told it what the network bears? It finds out: faster and faster until something is lost.',
  says: {
    begin: 'The client sends 100 segments of 1,000 octets over a path whose round trip takes 50 ms. It begins with a window of 2 segments. The receiver\'s window has room for all that follows.',
    one: 'a router drops one segment',
    outage: 'the path is interrupted',
    back: 'The path works again.',
  },
  musts: {
    'start': 'the congestion window begins with 2 segments',
    'doubled': 'slow start: it doubles with each round trip: {rounds} segments',
    'third': 'one segment is lost; three ACKs repeat that octet {octet} is missing, and it is sent again at once, without any timeout',
    'halved': 'fast recovery: the window is halved, from {before} to {after} segments, not thrown away: ACKs still come, so the network still carries',
    'avoidance': 'congestion avoidance: now it no longer doubles, it grows by about one segment per round trip: {rounds}',
    'timeout': 'then nothing comes any more, no ACK that could say what is lost: after a timeout the window is 1 segment',
    'ssthresh': '{flight} segments were on their way: half of that, {ssthresh}, is remembered as ssthresh',
    'again': 'slow start again, fast up to ssthresh and slowly beyond: {course}',
    'all': 'all {got} octets arrive',
  },
  figures: {
    cwnd: {
      title: 'The congestion window of the client',
      words: { time: 'time (ms)', segments: 'segments', cwnd: 'cwnd', ssthresh: 'ssthresh' },
    },
  },
  explanation: [
    'One of the notes (S0) calls it 阻塞控制. The word is 拥塞控制, congestion control: nothing blocks, too many want the same road. Its sentence is right: "when nodes of the network are congested, send less". What it leaves open is how a host comes to know: no router tells it (unless ECN is used). It takes a loss for the sign.',
    'The window cwnd is the sender\'s own, and never appears in a segment. Slow start (RFC 5681 §3.1) is slow only at its beginning: each ACK adds a segment, so that the window doubles per round trip. From ssthresh on it is congestion avoidance: one segment more per round trip. Today\'s initial window is 10 segments (RFC 6928); here it is 2, so that the doubling can be seen.',
    'Two kinds of loss have two answers. Three duplicate ACKs say that one segment is missing and that others do arrive: halve, and go on (§3.2, fast retransmit and fast recovery; NewReno, RFC 6582). A timeout says that nothing arrives: begin again with one segment, up to half of what was in flight (§3.1, equation 4).',
    'This is Reno, as glasstcp has it. CUBIC (RFC 9438), Linux\'s usual choice, grows by another curve in avoidance; BBR measures rates instead of waiting for losses. Congestion control is not flow control: rwnd protects the receiver, cwnd the network, and the smaller one counts.',
  ],
  questions: [
    { ask: 'Is slow start slow?', answer: 'It starts low, and doubles with each round trip.', shownBy: 'doubled' },
    { ask: 'How much does the window shrink when one segment is lost and the others arrive?', answer: 'To half.', shownBy: 'halved' },
    { ask: 'And after a timeout?', answer: 'To one segment.', shownBy: 'timeout' },
  ],
};
