import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The half-close',
  question: 'After our FIN we can say nothing more. How long can we still listen?',
  says: {
    begin: 'The client asks, and shuts down its direction: shutdown(SHUT_WR), not close().',
    answer: 'The server knows now that it has the whole question. It answers with one mebibyte.',
  },
  musts: {
    'fin': 'the client\'s FIN ends its direction',
    'asked': 'the server has read the whole question and the end of the stream',
    'half': 'the client is in FIN-WAIT-2, the server in CLOSE-WAIT: half closed',
    'all': 'after its own FIN the client has received {octets} octets, each of them right',
    'after-fin': 'all {segments} segments of the answer acknowledge the client\'s FIN',
    'acks': 'the client sent {acks} segments meanwhile, all bare ACKs with the same seq, the one after its FIN',
    'still-half': 'all the time the client was in FIN-WAIT-2 and the server in CLOSE-WAIT',
    'fin-back': 'then the server closes, too',
  },
  explanation: [
    'The notes have it right: FIN means "I have no more to send", not "I am gone" (RFC 9293 §3.6). The receiver of a FIN may send as much as it likes, and who has sent the FIN goes on to receive, to acknowledge and to offer a window.',
    'The call is shutdown(fd, SHUT_WR); in Node.js, end() on a socket, and on the other side allowHalfOpen: true, or else it is closed as soon as the peer\'s FIN has been read. close() would send the same FIN, but then nobody listens any more, and text that comes back is answered with RST (lab close-data-after-close).',
    'A half-close is not "half-open": that word means a connection of which one side has lost all memory (§3.5.1).',
  ],
  questions: [
    { ask: 'Which sequence number do the client\'s segments have after its FIN?', answer: 'Always the one after the FIN. ACKs take no number, and nothing else is left to be sent.', shownBy: 'acks' },
    { ask: 'Can much text come after a FIN in the other direction?', answer: 'As much as the other side likes: FIN-WAIT-2 ends only with its FIN.', shownBy: 'all' },
  ],
};
