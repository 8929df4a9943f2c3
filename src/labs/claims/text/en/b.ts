import type { ClaimTexts } from '../../claim.js';

export const text: ClaimTexts = {
  21: {
    claim: 'The first SYN is lost: the client sends it again until a limit is reached, and connect() fails. The timer is 3 seconds by default.',
    truth: 'The first part is right. The timer is 1 second since RFC 6298 (2011); 3 seconds stood in RFC 1122 and RFC 2988. What is left of them: after a SYN was lost, the timeout begins with 3 seconds when data follows. Each wait is twice the one before; Linux repeats the first few after 1 second each.',
  },
  22: {
    claim: 'The SYN,ACK is lost: the client does as before, and the server, blocked in accept(), waits.',
    truth: 'Both sides have a timer. The client sends its SYN again, the server its SYN,ACK, and a repeated SYN draws the same SYN,ACK once more. accept() has no part in it: the handshake is done by TCP before any application hears of it.',
  },
  23: {
    claim: 'The third segment is lost: the server sends its SYN,ACK again.',
    truth: 'Right. The client, long ESTABLISHED, answers the second SYN,ACK with an ACK, and that completes the handshake.',
  },
  24: {
    claim: 'When the server has sent its SYN,ACK too often, accept() returns −1.',
    truth: 'accept() returns nothing and does not wake: it hands out connections that are ready, and this one never was. TCP forgets the half-made connection in silence; Linux does so after 5 repetitions, 63 seconds.',
  },
  25: {
    claim: 'The third segment was lost and the client sends data: the server answers RST.',
    truth: 'Only if the server has given up by then. As long as it is in SYN-RECEIVED the ACK that every data segment carries completes the handshake, and the data is accepted with it. Once its entry has expired, the data meets a listener that knows of no such connection: RST.',
  },
  26: {
    claim: 'By then the server has stopped listening, and therefore sends RST.',
    truth: 'The listener is in LISTEN all the time. That is the very reason for the RST: no connection matches the segment, and an ACK that reaches LISTEN is answered with RST.',
  },
  27: {
    claim: 'No note says what a RST does to a half-made connection, nor what happens when the accept queue is full.',
    truth: 'A RST in SYN-RECEIVED after a passive OPEN returns to LISTEN; the user is not told and the place in the queue is free again. With a full accept queue Linux drops new SYNs in silence, so that the client tries again instead of failing.',
  },
};
