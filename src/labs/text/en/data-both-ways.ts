import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Both ways at once',
  question: 'May both sides speak at the same time, and who may begin? And do twice as many segments need twice as many acknowledgements?',
  says: {
    'begin': 'The connection is open. The client waits; the server speaks first: "{greeting}".',
    'one-way': 'Now the client alone sends {kib} KiB.',
    'both-ways': 'Now both send {kib} KiB at the same time: each writes 8 KiB whenever it has read 8 KiB.',
  },
  musts: {
    'server-first': 'the first text of the connection comes from the server: who has opened it does not matter any more',
    'one-way': 'for the client\'s {texts} segments of text the server, with nothing of its own to say, sends {pure} segments that are ACKs and nothing else',
    'all': 'both have read {octets} octets, unchanged and in order',
    'crossing': '{crossing} of the client\'s {texts} segments of text were on their way while one of the server\'s was: the directions do not take turns',
    'riding': '{riding} of the {texts} segments of text also acknowledge something new: the ACK rides on them',
    'fewer': 'and for {texts} segments of text, both ways together, no more than {pure} pure ACKs were sent',
  },
  figures: {
    tally: {
      title: 'Who acknowledges how',
      words: {
        who: 'who', texts: 'segments with text', riding: 'of them, with a new ACK', pure: 'pure ACKs', alone: 'one way: client', listener: 'one way: server', client: 'both ways: client', server: 'both ways: server',
      },
    },
  },
  explanation: [
    'S2 is right: a connection is duplex, "both sides may begin to send data". Client and server are roles in the handshake only. Afterwards there are two streams, each with its own sequence numbers, its own window and its own end (RFC 9293 §2.2, §3.4). Mail servers, for example, speak first.',
    'S2 goes on: "whoever shouts needs the other\'s confirmation". That confirmation needs no segment of its own. Every segment has room for an acknowledgement number, and every segment after the SYN has one; so text that goes back anyway takes it along. Only a side with nothing to say must send a segment for it.',
    'That is the second reason to delay ACKs a little (§3.8.6.3, less than 0.5 s, MUST-40): within this time the program may answer, and its answer carries the ACK. The first one is that one ACK can stand for several segments.',
  ],
  questions: [
    { ask: 'May the server send first?', answer: 'Yes. Once it is open a connection has two equal sides.', shownBy: 'server-first' },
    { ask: 'Does each segment of text cost an ACK of its own?', answer: 'No. Where text flows back it carries the ACK.', shownBy: 'riding' },
  ],
};
