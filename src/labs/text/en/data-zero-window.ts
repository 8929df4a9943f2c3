import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'A slow reader: the window closes',
  question: 'A receiver that does not read has no more room. How does the sender learn of it, and how does it learn that there is room again, even if that message is lost?',
  says: {
    begin: 'The server does not read, and has little room. The client writes 8 KiB.',
    reads: 'Now the server reads what is there. The segment that says so is lost.',
    update: 'the window update is lost',
  },
  musts: {
    'advertised': 'each segment of the server says how much room is left ({offers} octets), and the client\'s own window stays {own}: each side tells its own, nothing was negotiated',
    'closed': 'the window closes: the server offers 0 octets',
    'not-congestion': 'the client has more to send and is held by this window alone, not by its congestion window',
    'probes': 'the client probes the closed window, and again',
    'answered': 'the server answers each probe, and says that the window is still closed',
    'lost': 'the server has read and says that its window is open, but that segment is lost, and a pure ACK is never sent again',
    'rescued': 'the next probe finds out: its answer offers room',
    'growing': 'the waits before the probes have grown: {first} ms, {second} ms, {third} ms',
    'all': 'the client goes on, and all {got} octets are delivered',
  },
  figures: {
    window: {
      title: 'What the server offered',
      words: { time: 'time (ms)', octets: 'window (octets)', offered: 'window' },
    },
  },
  explanation: [
    'One of the notes (S2) says that both people "need negotiated rates of sending and receiving, the TCP window size". The picture is right, the word is not: a window is not negotiated but advertised. Each segment carries the room that its sender has at this moment (RFC 9293 §3.1, §3.8.6); the other side has no say in it, and it is not a rate but a number of octets. S0\'s "the sender must not send more than the receiver\'s buffer holds" is exact.',
    'A second window, cwnd, is kept by the sender alone, never sent, and protects the network instead of the receiver. What may be in flight is the smaller of the two (RFC 5681 §2).',
    'When the window is 0 nobody has anything to acknowledge, and everything hangs on one segment without text, the window update, which is not acknowledged and not repeated. If it is lost both wait for ever. Therefore the persist timer: "the sending TCP peer must regularly transmit at least one octet of new data (if available), or retransmit to the receiving TCP peer even if the send window is zero, in order to \'probe\' the window" (§3.8.6.1), first after the retransmission timeout, then at exponentially growing intervals. The connection stays open as long as the probes are answered (MUST-37), be it for hours.',
    'glasstcp sends one octet of new text, as the RFC has it; Linux sends no text, at an old number, which must be answered as well.',
  ],
  questions: [
    { ask: 'Is the window size agreed upon at the handshake?', answer: 'No. Each side tells its own in every segment. Only the scale of the number is fixed in the SYNs.', shownBy: 'advertised' },
    { ask: 'What happens if the window update is lost?', answer: 'The next probe is answered with the window that is open.', shownBy: 'rescued' },
    { ask: 'Does the receiver have to answer a probe that it has no room for?', answer: 'Yes, with its next number and its window. The octet is not taken.', shownBy: 'answered' },
  ],
};
