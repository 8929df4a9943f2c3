import type { ClaimTexts } from '../../claim.js';

export const text: ClaimTexts = {
  31: {
    claim: 'SYN takes one sequence number; it says that the client wants to connect.',
    truth: 'It does take one, so that it can be acknowledged and sent again like data. But it means "synchronize", and both sides send one: the server\'s SYN brings the server\'s number.',
  },
  32: {
    claim: 'A segment with ACK=1 cannot carry data, but takes one sequence number.',
    truth: 'Both halves are wrong. Every segment after the first SYN has the ACK bit, all data segments included. And an ACK takes no number: several pure ACKs in a row have the same seq, and the next octet of data has that seq, too.',
  },
  33: {
    claim: 'FIN takes one sequence number, even without data.',
    truth: 'Right, and if there is data in the segment, FIN stands behind its last octet. That is why the ack of an empty FIN u is u + 1.',
  },
  34: {
    claim: 'The segments of the close are a FIN and an ACK.',
    truth: 'What is sent is FIN,ACK. Once a connection is established every segment carries the ACK bit; a segment without it, a bare FIN included, is dropped.',
  },
  35: {
    claim: 'PSH: "transmit". The note says no more.',
    truth: 'PSH says that the sender has nothing more queued for now: hand on what you have. It is set on the last segment of what was buffered, and Linux hardly cares when it receives one. It does not mark where one write() ended: segments and writes have nothing to do with each other.',
  },
  36: {
    claim: 'RST: "reset". The note says no more.',
    truth: 'RST ends a connection at once, or says that there is none: a refused port, data for a forgotten connection, close() with unread data, SO_LINGER with 0. It is never acknowledged. It counts only if its number fits: exactly the next expected one, otherwise a challenge ACK inside the window and nothing outside; in SYN-SENT the ack has to acknowledge the SYN.',
  },
  37: {
    claim: 'URG: "urgent". The note says no more.',
    truth: 'With URG the urgent pointer says up to where the stream is urgent; the pointer names the octet after the urgent data. There is no channel of its own: the octets stay in the stream, and BSD sockets take one of them out as "out of band". New applications should not use it; every TCP must still support it.',
  },
  38: {
    claim: 'No note has the flags of congestion notification.',
    truth: 'CWR and ECE came with ECN: a SYN with both of them asks for it, a SYN,ACK with ECE alone grants it. Later ECE says "a router has marked a packet", and CWR "I have slowed down". The bit beside them was NS, and is AE now. A stack that does not know them must not reject the SYN.',
  },
  39: {
    claim: 'TCP is reliable by its sequence numbers.',
    truth: 'Numbers alone make losses and duplicates visible. Reliability takes the checksum, cumulative acknowledgments, the retransmission timer, reassembly in order, and a window that keeps the receiver from being overrun.',
  },
  40: {
    claim: 'The seq of the FIN, u, is the number of the last octet sent before it plus 1.',
    truth: 'Right: FIN takes the next number, as an octet of data would.',
  },
  41: {
    claim: 'Every segment has a sequence number, and therefore every segment can be confirmed.',
    truth: 'Every octet has a number, and octets are what is acknowledged. The seq of a segment is that of its first octet. Pure ACKs and RSTs take no number and are never acknowledged. The numbers wrap: after 2^32 − 1 comes 0.',
  },
};
