import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'An old segment that fits by itself',
  question: 'Nobody touches a number. What must be left out of TCP so that a late segment of one connection becomes text of the next?',
  says: {
    'none': 'Everything is left out: no TIME-WAIT (MSL 0), no timestamps, and ISNs much as in 4.2BSD: the first is 1, each further one is 64 more. The client orders "{old}"; the network holds that segment back, so that it is sent again.',
    'clock': 'Once more, only the ISNs are as they should be: from a clock and a secret.',
    'stamps': 'Once more with guessable ISNs, but with timestamps.',
    'unread': 'Guessable ISNs and timestamps, and a server that does not look at them (no PAWS).',
    'release': 'A new connection of the same four numbers is open, and its client has said nothing yet. Now the old segment, "{old}", comes out of the network.',
    'wait': 'At last with TIME-WAIT: guessable ISNs, no timestamps, and the server, which closed first, waits 2 MSL.',
    'held': 'the network holds it back',
  },
  figures: {
    read: {
      title: 'What the server reads on the second connection',
      words: {
        'protection': 'what protects', 'sent': 'the client sent', 'read': 'the server read',
        'none': 'nothing', 'clock': 'ISNs from clock and secret', 'stamps': 'timestamps (PAWS)', 'unread': 'timestamps, nobody looks', 'wait': 'TIME-WAIT',
        'pay 100 to Bob': 'pay 100 to Bob', 'pay 900 to Bob': 'pay 900 to Bob', 'no-connection': '(no second connection yet)', 'nothing': '(nothing)',
      },
    },
  },
  musts: {
    'guessed': 'the client\'s ISNs were {first} and {second}, as anybody could have foretold',
    'fits': 'the old segment begins at {number}: just the number that the second connection expects first. Not one octet of it was changed',
    'corrupted': 'the client sent "{sent}", the server read "{read}"',
    'unnoticed': 'everything was acknowledged (ACK {ack}) and nobody sent RST: the new octets of these numbers were dropped as duplicates',
    'clock': 'with ISNs from a clock and a secret the old number lies outside the window: the server read "{read}"',
    'paws': 'with timestamps the segment is found out by its age (PAWS): the server read "{read}"',
    'no-paws': 'when nobody looks at the timestamps, they do not help: the server read "{read}"',
    'no-successor': 'with TIME-WAIT the server does not take the SYN, whose number is not beyond those of the old connection: no second connection',
    'answered': 'the old segment comes to TIME-WAIT: an ACK, nothing more',
  },
  explanation: [
    'In wait-old-segment the lab set the numbers of an old segment by hand. Here nobody does. The segment was sent, was held back for a while, and arrives as it was. It fits because the next connection begins where the old one\'s text lay: 64 octets were sent first, and the ISN grew by just 64 (so it did in 4.2BSD, and by 128 each second).',
    'The server takes the old "pay 900" for the first seven octets of the new connection. When the client\'s own text comes, its first seven octets have numbers that have been received already: they are dropped as a duplicate, and " to Bob" is added. Every checksum is right, every acknowledgment too. RFC 9293 §3.4.3 has this in mind when it asks for quiet times.',
    'One note says that the initial sequence number is "random". This is why it must not be just anything: it is a clock, so that numbers of the same pair do not come again soon, plus a secret for each pair, so that nobody can guess them (RFC 6528). Linux looks at one thing more, the acknowledgment number of each segment (RFC 5961 §5); glasstcp does too. Here it does not help, since the ISNs of both sides are guessable.',
    'The notes give TIME-WAIT two reasons; this is the second one. Today there are three protections against it, and each one alone suffices here: TIME-WAIT, numbers from a clock, timestamps. In the kernel\'s setting the client is Linux, which chooses such ISNs only because a program tells it to (TCP_REPAIR).',
  ],
  questions: [
    { ask: 'The client sent "pay 100 to Bob". Where did its "pay 100" go?', answer: 'Its numbers had been received: dropped as a duplicate, and acknowledged.', shownBy: 'unnoticed' },
    { ask: 'Which protections would have sufficed alone?', answer: 'Numbers from a clock and a secret, or timestamps that are looked at, or TIME-WAIT.', shownBy: 'clock' },
    { ask: 'Do timestamps protect by being there?', answer: 'No, somebody has to compare them (PAWS).', shownBy: 'no-paws' },
  ],
};
