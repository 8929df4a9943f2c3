import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Which RST is believed',
  question: 'Anybody can forge a RST. Which sequence number must it have to end a connection?',
  says: {
    exact: 'A RST exactly at RCV.NXT, the next octet that is expected: first to the client, then, on another connection, to the server.',
    inside: 'A RST in the window, but 1000 octets beyond RCV.NXT.',
    outside: 'A RST beyond the window.',
  },
  figures: {
    outcomes: { title: 'What came of each RST', words: { exact: 'RCV.NXT', inside: 'RCV.NXT + 1000, in the window', outside: 'beyond the window', number: 'number of the RST', host: 'sent to', answer: 'answer', state: 'state then', call: 'recv() says', client: 'client', server: 'server' } },
  },
  musts: {
    exact: 'at RCV.NXT both hosts believe it: CLOSED at once, no answer, and recv() says ECONNRESET',
    challenge: 'in the window both answer with a challenge ACK (seq 1, ack 1): "say it again with the right number"',
    lives: 'and the connection lives: ESTABLISHED, and text still passes',
    outside: 'beyond the window both drop it without a word, and the connection lives',
    rules: 'glasstcp decided each case by its own rule: genuine, challenge, outside',
  },
  explanation: [
    'S3 has "RST" with one word, "reset", and nothing after it. RST ends a connection at once: no FIN, no ACK, no TIME-WAIT, and what is queued is lost. So TCP is careful about which one it believes.',
    'RFC 793 believed every RST in the window. With a window of 64 KiB an attacker who knows addresses and ports needs only 65 536 guesses for all numbers there are; with window scaling fewer. RFC 5961 §3.2, and now RFC 9293 §3.10.7.4, believe only the one at RCV.NXT. In the window but elsewhere it MAY be genuine: a challenge ACK asks. A peer that really has no connection any more answers this ACK with RST at exactly the number that the ACK acknowledged.',
    'Outside the window a RST is dropped in silence: answering would only help whoever guesses. Any other segment outside the window gets an ACK.',
  ],
  questions: [
    { ask: 'A RST lies in the middle of the window. What happens?', answer: 'A challenge ACK goes to the peer, and nothing else: the connection lives.', shownBy: 'challenge' },
    { ask: 'What is sent back when a RST is believed?', answer: 'Nothing. A RST is never answered, and the state is CLOSED at once.', shownBy: 'exact' },
    { ask: 'What is sent back for one beyond the window?', answer: 'Nothing either, but the connection stays what it was.', shownBy: 'outside' },
  ],
};
