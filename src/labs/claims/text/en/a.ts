import type { ClaimTexts } from '../../claim.js';

export const text: ClaimTexts = {
  1: {
    claim: 'A connection is opened in three segments: SYN x; SYN,ACK y with ack x + 1; ACK with seq x + 1 and ack y + 1. The client goes through SYN-SENT, the server through LISTEN and SYN-RECEIVED.',
    truth: 'So it is. Each side has sent its own initial sequence number and has had it acknowledged; that is what ESTABLISHED means.',
  },
  2: {
    claim: 'The initial sequence number is a random number.',
    truth: 'It is ISN = M + F(addresses, ports, secret): a clock that ticks every 4 µs, plus a keyed hash of the 4-tuple. It cannot be guessed from outside, but for one 4-tuple it goes on rising, so that a new connection starts beyond the numbers of the one before it. A purely random number would not do that.',
  },
  3: {
    claim: 'The purpose of the three-way handshake is to show both sides that each of them can send and receive.',
    truth: 'That is a side effect. The RFC gives as principal reason that old duplicate SYNs must not cause confusion; the means is that each initial sequence number is acknowledged. Nor is the third ACK itself the proof: when it is lost and data follows, the ACK that the data carries opens the connection as well.',
  },
  4: {
    claim: 'The server answers with "SYN, seq=y, ack=x+1"; the client begins in LISTEN and goes to "SYN-SEND".',
    truth: 'The second segment has the ACK flag: without it the acknowledgment number has no meaning. LISTEN is the state of a passive OPEN, the server\'s; the client goes from CLOSED straight to SYN-SENT, which is the name of the state.',
  },
  5: {
    claim: 'When are the two sides ESTABLISHED: each at its own moment (S0), or both together after the third segment (S4)?',
    truth: 'Each at its own moment. The client is ESTABLISHED when it has the SYN,ACK, before it sends the third segment; the server when that segment arrives, half a round trip later. S0 has it right: the server nods in silence.',
  },
  6: {
    claim: 'The server returns an ACK and also sends a SYN: two things (S1), or one gesture made of two (S2).',
    truth: 'One segment with both bits, and it has to be one: an ACK that comes alone is dropped in SYN-SENT (see 8). S2\'s four gestures, merged into three, are the RFC\'s own explanation of the name.',
  },
  7: {
    claim: 'The client is ESTABLISHED when it has received the server\'s ACK.',
    truth: 'It needs the server\'s SYN: a segment that acknowledges its SYN and carries one, a SYN,ACK. A bare ACK with a good number is dropped in SYN-SENT, and the client stays there.',
  },
  8: {
    claim: 'There is a handshake in four steps: the server sends its ACK and its SYN one after the other.',
    truth: 'As four ideas they are right, as four segments they do not work. The bare ACK is dropped in SYN-SENT. The bare SYN then looks like a simultaneous open: the client answers SYN,ACK and is in SYN-RECEIVED, and the server\'s ACK of that is a fifth segment.',
  },
  9: {
    claim: 'No note has the simultaneous open.',
    truth: 'Two SYNs may cross. Each side then goes from SYN-SENT to SYN-RECEIVED and answers SYN,ACK: four segments, one connection, no server. It is the only open in four segments, and every TCP must be able to do it.',
  },
  10: {
    claim: 'On an unreliable channel reliable transfer needs at least three messages.',
    truth: 'No finite number of messages over a channel that loses some gives both sides certainty that both know: the sender of the last one can never tell whether it arrived. Three is what it takes for something smaller: both initial sequence numbers sent and acknowledged. Reliability comes after that, from acknowledgments and retransmission.',
  },
  11: {
    claim: 'With two segments only the initiator\'s sequence number is confirmed, not the other one.',
    truth: 'Right. A server that believes in the connection after its SYN,ACK does not know whether its own number was heard, nor whether the SYN it has answered was an old one.',
  },
  12: {
    claim: 'An old SYN arrives late. With two segments the server would wait for a client that ignores its answer; with three nothing happens.',
    truth: 'The danger is described rightly; "ignores" is wrong. The client answers the unexpected SYN,ACK with RST, in SYN-SENT because the acknowledgment number is not its own, in CLOSED because nothing is there. The RST takes the server back to LISTEN at once, as S3 itself says two paragraphs later.',
  },
  13: {
    claim: 'With two segments, a server whose answer was lost would wait for ever and never release the connection.',
    truth: 'It would hold a half-open connection, but not for ever: whatever it sends, a keep-alive if they have been turned on, or the next SYN from the same port makes the other side answer RST. Without any of those it can indeed wait very long, because TCP by itself never asks whether the peer is alive.',
  },
  14: {
    claim: 'Three segments spare the server from allocating resources for useless SYNs.',
    truth: 'Not quite: it allocates for each SYN, in SYN-RECEIVED. That is what a SYN flood exploits. What is spared is the full connection and the accept queue. Against the flood there are small entries for embryonic connections, and SYN cookies, which keep nothing until the third segment.',
  },
  15: {
    claim: 'Three segments are enough; a fourth is not needed.',
    truth: 'Right: the server\'s ACK and the server\'s SYN share a segment. Four statements, three segments.',
  },
  16: {
    claim: 'What the handshake agrees on is the two sequence numbers where data begins, "that is, ack".',
    truth: 'The initial sequence numbers (ISN), yes; the ack is ISN + 1, because the SYN takes a number and the first octet of data comes after it. The same two SYNs also carry what cannot be agreed later: MSS, window scale, SACK-permitted, timestamps; and the exchange gives both sides a first measure of the round trip.',
  },
  17: {
    claim: 'A "connection" is information in the memory of both sides: sockets, sequence numbers, window sizes.',
    truth: 'Right. The RFC calls it the Transmission Control Block (TCB). Nothing in the network between knows of the connection.',
  },
  18: {
    claim: 'SYN-SENT and SYN-RECEIVED are called "half-open".',
    truth: 'In the RFC half-open is something else: one side has lost the connection, by a crash say, and the other still believes in it. A connection that is still being opened is embryonic. And half-closed, again, is one that has been closed in one direction.',
  },
  19: {
    claim: 'The handshake is like a talk by walkie-talkie (S0), or like two people who wave in the fog (S2).',
    truth: 'The pictures show who waits for whom. They break where TCP counts: every octet has a number, an ack says "up to here" and not "yes", the SYN carries options, and each side also says how much it can take.',
  },
  20: {
    claim: 'Before a connection can be made the server has to listen; its first state is LISTEN.',
    truth: 'Right. A SYN to a port where nobody listens draws RST,ACK with seq 0 and ack x + 1, and connect() fails at once. (A simultaneous open is the exception: neither side listens.)',
  },
};
