import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Delayed ACKs',
  question: 'Does each segment get an ACK of its own? And how long may an ACK wait?',
  says: {
    'rfc': 'The server acknowledges as RFC 9293 says (a wait of up to 150 ms here). The client sends 8 full segments, three times 10 octets, 8 full segments; the server\'s application reads along.',
    'linux': 'The server acknowledges as Linux does. The same again.',
    'other': 'Now the other way round: the server sends, the client acknowledges in its own manner.',
    'talk': 'A question, and an answer at once.',
    'queue': 'Three full segments. The first is slow, so that the other two wait for it in the server\'s queue.',
    'slow': 'it comes last',
  },
  figures: {
    manners: {
      title: 'How three receivers acknowledge',
      words: {
        'receiver': 'receiver', 'wait': 'short text: the wait, ms', 'start': '8 segments, at first: ACKs', 'later': '8 segments, later: ACKs', 'rfc': 'glasstcp, the RFC\'s policy',
        'linux': 'glasstcp, Linux\'s policy', 'kernel': 'the Linux kernel', 'glasstcp': 'the other glasstcp, Linux\'s policy',
      },
    },
  },
  musts: {
    'waits': 'the ACK of a short text waits for company: {rfc} ms, {linux} ms, {other} ms',
    'limit': 'but always less than 0.5 s (MUST-40)',
    'second': 'no ACK is for more than two full segments, {most} octets (SHLD-19)',
    'fewer': 'so {segments} full segments have fewer ACKs than segments: {acks} by the RFC\'s policy',
    'quick': 'Linux\'s policy is in a hurry at first: {segments} ACKs for {segments} segments, because a sender in slow start waits for each',
    'piggyback': 'in a conversation the answer carries the ACK (ACK {ack}): there is no segment for the ACK alone',
    'aggregate': 'segments in a queue are all processed before anything is acknowledged: when the gap is filled one ACK follows for all three, ACK {ack} (MUST-58, MUST-59)',
  },
  explanation: [
    'S2 calls it "ACK in bulk": hear eight sentences, then reply once. Two things make it possible. The number is cumulative (a lab of its own), and the receiver may wait a little before it answers: the delayed ACK (RFC 9293 §3.8.6.3, SHLD-18).',
    'It must not overdo it. The wait is less than 0.5 s (MUST-40), or the sender\'s timer would run out. And at least every second full segment is acknowledged at once (SHLD-19), because ACKs are the clock by which a sender sends: so of eight full segments there are four ACKs, not one. One ACK for many comes about when they are processed together, as here behind a gap (MUST-58), or when a network card has joined them.',
    'Linux has a condition for the second segment: its window must be able to move, that is, the application reads along; otherwise it waits. It waits 40 ms, up to 200 ms when the peer is slow, and at the start of a connection not at all: up to 16 quick ACKs help slow start. TCP_QUICKACK = 0, which this lab uses, makes it take the connection for a conversation at once. In a conversation waiting pays: the answer carries the ACK.',
    'What never waits is the ACK for text that is out of order or fills a gap (RFC 5681 §4.2): see the labs on reordering and on duplicates.',
  ],
  questions: [
    { ask: 'How many full segments may one ACK be waited for?', answer: 'Two: the second is acknowledged at once.', shownBy: 'second' },
    { ask: 'How long may an ACK wait?', answer: 'Less than half a second; Linux takes 40 ms.', shownBy: 'limit' },
    { ask: 'When is there no ACK segment at all?', answer: 'When there is text to send anyway: it carries the ACK.', shownBy: 'piggyback' },
  ],
};
