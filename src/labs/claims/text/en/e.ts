import type { ClaimTexts } from '../../claim.js';

export const text: ClaimTexts = {
  42: {
    claim: 'The sender cannot tell whether its data was lost or the ACK; it sends again in either case.',
    truth: 'Right. What the sender does is the same in both cases. Afterwards it can find out: a D-SACK block, or a timestamp that is echoed, shows that the first copy had arrived.',
  },
  43: {
    claim: 'What is sent again may arrive twice; the receiver removes the duplicate.',
    truth: 'Right. The duplicate is below RCV.NXT, is not delivered again, and is answered with an ACK at once, because the sender may have missed the last one.',
  },
  44: {
    claim: 'Several segments may be acknowledged by one ACK.',
    truth: 'Right, and there are two mechanisms in it. An ack is cumulative: it says "everything before this number". And it may be delayed: by less than 0.5 s, and at least every second full-sized segment should get one.',
  },
  45: {
    claim: 'The two agree on a rate that suits both; this is the TCP window.',
    truth: 'Nothing is negotiated. Each receiver announces in every segment how many octets it can take from here on, and may announce 0; the sender then probes until the window opens. It is an amount, not a rate. How much the network bears is another window, the sender\'s own congestion window; the smaller of the two counts.',
  },
  46: {
    claim: 'Packets may take different ways and arrive in another order; the kernel puts them in order.',
    truth: 'Right. What comes too early is kept, answered with a duplicate ACK (and a SACK block), and delivered when the gap is filled. Strong reordering looks like a loss: three duplicate ACKs make a classic sender retransmit in vain.',
  },
  47: {
    claim: 'What makes TCP reliable: segmentation, checksums, retransmission, sequence numbers and acknowledgments, "blocking control", flow control, connection management.',
    truth: 'The lists are right in the main; S0 needs three corrections. The checksum detects damage, it does not prevent it, and it cannot see two 16-bit words that have changed places. A damaged segment is dropped in silence; the receiver asks for nothing, the sender\'s timer or duplicate ACKs bring the copy. And the word is 拥塞控制, congestion control: 阻塞 is "blocking".',
  },
  48: {
    claim: 'Flow control keeps the sender from overrunning the receiver, by a sliding window.',
    truth: 'Right. The window\'s left edge moves with acknowledgments, its right edge with what the application has read. The right edge should never move back.',
  },
  49: {
    claim: 'TCP is full-duplex: either side may begin to send at any time.',
    truth: 'Right: two streams with numbers of their own. The acknowledgment of one rides on the data of the other.',
  },
  50: {
    claim: 'TCP has a timer for opening a connection, and a retransmission timer for each segment.',
    truth: 'They are one: the recommended algorithm has a single retransmission timer per connection, for the oldest unacknowledged segment, a SYN or data. Missing are: delayed ACK, persist (zero window), keep-alive, user timeout, FIN-WAIT-2 (of implementations), TIME-WAIT; and in modern senders tail loss probe, reordering and pacing.',
  },
};
