import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'One bit flips',
  question: 'A bit of the text is damaged on the way. Does the receiver ask for it again?',
  says: {
    begin: 'The client sends "{text}". One bit of it flips on the way.',
    flipped: 'its last bit flips',
    more: 'A new connection, and the text in five segments, the first of which is damaged; the others follow at once.',
  },
  musts: {
    'discarded': 'the segment arrives damaged: its checksum does not fit, and it is discarded before TCP has a look at its numbers',
    'silent': 'the server sends nothing: no "please repeat", no error, no ACK',
    'again': 'the client sends it again by itself, after {waited} ms of silence: for it the segment is lost',
    'intact': 'the server\'s application reads "{text}", undamaged, once',
    'asks-nothing': 'with more text behind it there are duplicate ACKs, {count} of them: they say that octet {start} is still expected and that later octets have come. The damaged segment is not mentioned',
    'by-acks': 'from them the client concludes that octet {start} is lost, and sends it again',
    'stream': 'the application reads "{text}", in order',
  },
  explanation: [
    'S0 writes that the checksum "prevents data from being inverted" and ensures that "nothing changes on the way". It prevents nothing: it detects, on arrival, that something has changed (RFC 9293 §3.1). What mends it is retransmission.',
    'S0 also writes that "if there is an error, the data of that sequence number is sent again", as if someone asked for it. TCP has no negative acknowledgment. A damaged segment cannot be trusted in anything, not even in its ports and numbers, so there is nothing to refer to: it is dropped without a word (MUST-3 of §3.1 asks for the check, not for an answer).',
    'To the sender damage and loss are the same. Either its timer runs out, or segments that come after the damaged one make the receiver repeat its ACK. Even that is no request: the ACK says what is expected next, and it is the sender who draws the conclusion after the third (RFC 5681 §3.2).',
    'Most damage never gets so far: Ethernet and Wi-Fi check each frame with a CRC, which is much stronger, and drop the frame. TCP\'s checksum is for what happens between the links, in routers and memories.',
  ],
  questions: [
    { ask: 'What does the receiver send when the checksum is wrong?', answer: 'Nothing.', shownBy: 'silent' },
    { ask: 'Who decides that a damaged segment is sent again?', answer: 'The sender, after a timeout or three duplicate ACKs.', shownBy: 'again' },
    { ask: 'Is a duplicate ACK a request for the damaged segment?', answer: 'No. It repeats what is expected next, because later text has come.', shownBy: 'asks-nothing' },
  ],
};
