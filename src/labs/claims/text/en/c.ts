import type { ClaimTexts } from '../../claim.js';

export const text: ClaimTexts = {
  28: {
    claim: 'The third segment of the handshake may carry data.',
    truth: 'Right: seq x + 1, ack y + 1, and text. The client is ESTABLISHED already, and the server becomes so with the ACK before it looks at the text.',
  },
  29: {
    claim: 'The first and the second segment, those with SYN, must not carry data.',
    truth: 'They may. The RFC says that it is legal and that there has been "significant misinformation" about it. The one condition: the receiver must not deliver the data to the application before it is clear that it is valid, as it is in ESTABLISHED. Linux ignores text on a SYN unless TCP Fast Open is used; with a valid cookie the text is delivered at once.',
  },
  30: {
    claim: 'If SYNs carried data an attacker could make the server spend time and memory on it.',
    truth: 'True, and the reason why a kernel does not keep such data by default. It is a reason for care, not a rule of TCP: Fast Open answers it with a cookie that proves the client\'s address, and with a limit to what is pending.',
  },
};
