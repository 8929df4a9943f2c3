import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'One ACK for eight sentences',
  question: 'Seven of eight acknowledgments get lost. How much has to be sent again?',
  says: {
    'begin': 'The client sends {count} sentences, each in a segment of its own. All ACKs but the one for the last are lost.',
    'early-ack': 'not the ACK of the last sentence',
    'wait': 'Now for a while longer than the retransmission timer: does anything come again?',
  },
  musts: {
    'eight': 'eight segments with text, octets {first} to {last}, one after the other without waiting',
    'lost': 'the early acknowledgments are lost: ACK {acks}',
    'one': 'one ACK arrives, ACK {end}: it names the next octet that the server expects, not a segment',
    'all': 'for the client it acknowledges all {octets} octets at once',
    'no-timeout': 'the retransmission timer, which ran since the first sentence, stops: it never runs out',
    'not-again': 'no sentence is sent again: {count} segments with text, and no more',
    'read': 'the server\'s application has read it all: "{text}"',
  },
  explanation: [
    'S2 describes it well: whoever has heard eight sentences in a row need not reply to each; one reply, "I have heard all eight", will do. An acknowledgment number is cumulative: it acknowledges every octet before it (RFC 9293 §3.4). So a lost ACK is repaired by the next one, which says more, and nobody retransmits ACKs.',
    'Two things lie in this. Here the server did answer each sentence, and most answers were lost; the last one was enough. And a receiver may leave answers out on purpose: that is the delayed ACK, which has a lab of its own.',
    'The number says "everything before", so it cannot say "the first and the third, but not the second". For that there is SACK (RFC 2018), see the lab on reordering.',
    'S0 lists "sequence numbers and acknowledgments" against errors, and S1 too: this lab is theirs. S3 says that every packet has a number; it is the octets that have numbers, which is why one ACK can stand for many packets.',
  ],
  questions: [
    { ask: 'Seven ACKs are lost. How many segments are sent again?', answer: 'None.', shownBy: 'not-again' },
    { ask: 'What does the number in the ACK mean?', answer: 'The next octet that is expected; everything before it has arrived.', shownBy: 'one' },
    { ask: 'What becomes of the retransmission timer of the first sentence?', answer: 'It stops when the one ACK comes: there is one timer for the connection.', shownBy: 'no-timeout' },
  ],
};
