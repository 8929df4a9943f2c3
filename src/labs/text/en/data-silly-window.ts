import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'The silly window',
  question: 'A program reads one octet at a time. Is each octet of new room told, and does the sender fill it at once? Then a connection would carry one octet per segment, with 40 octets of headers.',
  says: {
    begin: 'The server has little room and does not read. The client writes {first} octets, then 5,700 more; segments take 524.',
    reads: 'Now the server reads: one octet, then another, then another …',
  },
  musts: {
    'held': 'only {usable} octets of window are left, less than a segment and less than half of the window: the client holds {queued} octets back although some would fit',
    'override': 'nothing better comes for {waited} ms, so it sends what fits all the same, {length} octets: without this limit it could wait for ever',
    'closed': 'now the window is closed',
    'silent': 'the server reads {read} octets, one by one, and offers nothing before',
    'step': 'then it opens the window in one step, to {opened} octets, no less than {worth}: a segment, or half of its buffer',
    'good': 'and the client sends one good segment into it',
  },
  figures: {
    steps: {
      title: 'One octet at a time: what would be silly, and what was seen',
      words: { what: 'what', silly: 'silly', seen: 'seen', reads: 'calls that read an octet', updates: 'window updates', window: 'octets opened by one of them', text: 'octets of text in the next segment' },
    },
  },
  explanation: [
    'The window says how much may be sent (S0, S2). Taken literally on both sides it leads to the silly window syndrome: a reader takes an octet, its TCP offers an octet, the sender sends an octet, and so on for ever, since small pieces never grow together again. Two rules forbid it, and each host must obey both, for it does not know whether its peer does (RFC 9293 §3.8.6.2, MUST-38, MUST-39).',
    'The receiver keeps the right edge of its window where it is until it can move by min(half of its buffer, a segment) (§3.8.6.2.2). Linux, too, waits until a whole segment fits.',
    'The sender sends a segment that is full, or everything it has (unless Nagle\'s algorithm wants it to wait), or at least half of the largest window that it has ever been offered; otherwise it waits. As the peer may never offer more, a timer overrides that after 0.1 to 1 s (§3.8.6.2.1); glasstcp takes 0.2 s.',
    'The notes do not mention it. It shows what "flow control" has to weigh: not only how much may be sent, but whether it is worth it.',
  ],
  questions: [
    { ask: 'The program has read one octet. Does TCP tell the sender?', answer: 'No, not before there is room for a segment or half of the buffer is free.', shownBy: 'silent' },
    { ask: 'There is room for some octets, and there is text. Why does the sender wait?', answer: 'Because a small segment costs as much as a large one. But it waits for a fraction of a second only.', shownBy: 'override' },
  ],
};
