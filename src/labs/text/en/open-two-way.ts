import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'What two segments would do: the unsafe two-way handshake',
  question: 'Let a server believe that it is connected as soon as it has sent its SYN,ACK. What goes wrong, and does the third segment really mend it?',
  says: {
    'stale-two': 'The server does without the third segment now (an unsafe variant, in labs alone). An old SYN arrives; the client\'s RST is lost.',
    'stale-three': 'The same with the handshake of three segments: an old SYN from another port, and the RST is lost.',
    'lost-two': 'Two segments again. A real client connects, but the SYN,ACK is lost. The server\'s program accepts the connection and says "hello".',
    'lost-three': 'The same with three segments: the SYN,ACK is lost.',
    'lost-rst': 'the RST that would tell the server',
    'lost-syn-ack': 'the first SYN,ACK',
  },
  musts: {
    'two-open': 'with two segments an old SYN makes the server ESTABLISHED at once',
    'two-accepted': 'and accept() gives the program a connection to nobody',
    'three-waits': 'with three segments the server is in SYN-RECEIVED, and accept() has nothing',
    'three-frees': 'its entry is gone after the SYN,ACK has been repeated as often as the limit allows (once, here)',
    'leak': 'the connection of the two segments is ESTABLISHED still: no timer runs, so nothing will ever end it',
    'two-mute': 'the server sends "hello" twice and more; each arrives, but the client is in SYN-SENT and reads nothing: it does not know where the server\'s numbers begin',
    'two-deaf': 'the client\'s SYN goes again, but for the server it is an old one: it answers with a bare ACK, which is no use in SYN-SENT. The SYN,ACK never comes again',
    'three-again': 'with three segments the server repeats its SYN,ACK, because nobody has confirmed it',
    'three-text': 'the connection opens, and "hello" is read',
  },
  explanation: [
    'The notes are right on both points. "With two, at most the initiator\'s sequence number is confirmed" (S4): the second half of this lab shows what an unconfirmed number costs. The server\'s number was in the SYN,ACK; when that is lost the client cannot place any text, and a server that believes itself connected has no reason to say it again. "An old SYN would waste the server\'s resources" (S3): the first half shows the waste, a connection that only a program\'s own timeout or keep-alive could end.',
    'RFC 9293 §3.5 gives the second one as the principal reason for three segments: old duplicates. The first one is the purpose of every handshake: both initial numbers must be known and confirmed (§3.4.1).',
    'One note asks "why three at least?" and answers that both sides must be sure of each other. Taken strictly that cannot be had: over a line that loses, no finite number of messages makes both sides sure that both sides know (the two generals). The sender of the last ACK never learns whether it came. Three segments are what it takes to confirm two numbers; what is open after that, retransmission settles: see lost-third-ack-alive.',
    'What did not happen here: had the RST arrived, even the server of two segments would have ended its connection, with ECONNRESET. The third segment does not replace the RST; it is what the server waits for before it believes, so that nothing depends on the RST.',
  ],
  questions: [
    { ask: 'Two segments, an old SYN, and the RST is lost. How long does the server keep the connection?', answer: 'For ever, unless its program asks for keep-alive or has a timeout: it is ESTABLISHED, and nothing is outstanding.', shownBy: 'leak' },
    { ask: 'The client is in SYN-SENT and gets text with the right ACK, but has never seen the SYN,ACK. Can it take the text?', answer: 'No. It does not know the server\'s initial number, so it drops what has no SYN.', shownBy: 'two-mute' },
    { ask: 'Why does the server of three segments repeat its SYN,ACK?', answer: 'Because its SYN is not acknowledged: it takes a sequence number, and is retransmitted like text.', shownBy: 'three-again' },
  ],
};
