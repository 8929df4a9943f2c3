import type { ClaimTexts } from '../../claim.js';

export const text: ClaimTexts = {
  51: {
    claim: 'A connection is closed in four segments: FIN, ACK, FIN, ACK.',
    truth: 'Right, for the case that the second side closes later. States: FIN-WAIT-1, FIN-WAIT-2, TIME-WAIT on the side that closes first; CLOSE-WAIT, LAST-ACK, CLOSED on the other.',
  },
  52: {
    claim: 'The server\'s reply has seq v and its FIN has seq w; after the last ACK the client closes at once.',
    truth: 'v and w are right: w is v plus what the server has sent between the two, and equals v if that was nothing. But the client does not close at once: it stays in TIME-WAIT for 2 MSL.',
  },
  53: {
    claim: 'The client receives the ACK and goes to TIME-WAIT.',
    truth: 'The ACK of its FIN takes it from FIN-WAIT-1 to FIN-WAIT-2, which this note leaves out. It goes to TIME-WAIT when the peer\'s FIN arrives.',
  },
  54: {
    claim: 'A list of the four segments, with a fifth marked "?", FIN-WAIT-2 on the peer\'s FIN, and two ACKs by the client.',
    truth: 'There is no "?" segment. FIN-WAIT-2 is entered on the ACK, and the FIN leads to TIME-WAIT. The client does not acknowledge its own FIN: its only ACK has ack w + 1. LAST-ACK, TIME-WAIT and CLOSED are missing. The corrected list is made from a run.',
  },
  55: {
    claim: 'Four segments because each direction is closed by itself and the other side may have more to send; the one who has received a FIN cannot return a FIN at once.',
    truth: 'The reason is right, and it is the application that decides. So S2\'s "cannot" is wrong: an application that closes as soon as it reads the end lets its ACK and its FIN leave in one segment, and the close takes three. S2 itself says so earlier.',
  },
  56: {
    claim: 'The two middle segments may be one: then FIN-WAIT-1 leads straight to TIME-WAIT.',
    truth: 'Right. It is the common case with short requests: the FIN,ACK acknowledges our FIN and is the peer\'s FIN.',
  },
  57: {
    claim: 'Half-close: who has sent a FIN speaks no more but still listens.',
    truth: 'Right. shutdown(SHUT_WR) does this; the peer may send as much as it likes before its own FIN. close() is more: it also gives up reading, and data that arrives afterwards is answered with RST.',
  },
  58: {
    claim: 'No note has the simultaneous close.',
    truth: 'Two FINs may cross. Both sides go from FIN-WAIT-1 to CLOSING, and with the ACK to TIME-WAIT: here both sides wait.',
  },
  59: {
    claim: 'The active side goes to TIME-WAIT, the passive side to CLOSED, and this guarantees that all data is transmitted.',
    truth: 'The passive side goes through CLOSE-WAIT and LAST-ACK before it is CLOSED. And nothing is guaranteed by that: close() with unread data sends RST, and what was on its way is lost. Only an answer of the other application shows that it has read all.',
  },
  60: {
    claim: 'No note says what happens when a FIN is lost, meets a closed window, or is never answered.',
    truth: 'A FIN is sent again like data, it may share a segment with data, and it waits behind data when the window is closed: the state is FIN-WAIT-1 from the moment it is queued. If nobody answers, retransmission gives up (R2). In FIN-WAIT-2 the RFC knows no limit; Linux ends it after tcp_fin_timeout when no process holds the socket any more.',
  },
  61: {
    claim: 'The side in LAST-ACK sends its FIN again until the ACK comes.',
    truth: 'Right, up to the limit of retransmission. Each copy that arrives is acknowledged again and restarts the 2 MSL of the other side.',
  },
  62: {
    claim: 'TIME-WAIT is the price of leaving first, like a time of mourning in which the port cannot be used.',
    truth: 'A good picture of who pays: it is who closes first. It breaks at what is paid: not the port but this 4-tuple is reserved, no descriptor is held, and a new SYN of the peer may end the wait early.',
  },
};
