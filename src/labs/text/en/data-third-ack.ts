import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Text with the third segment of the handshake',
  question: 'The client has text to send before its connection is open. Does the third segment have to be empty?',
  says: {
    begin: 'The client calls connect() and, without waiting, send("hello"), which blocks until the connection is open.',
  },
  musts: {
    'third': 'the third segment carries the ACK and the text together: seq 1 (x + 1), ack 1 (y + 1), 5 octets',
    'no-bare': 'there was no ACK without text before it: the client has sent two segments so far, SYN and this one',
    'one-step': 'this one segment takes the server from SYN-RECEIVED to ESTABLISHED',
    'accepted': 'accept() returns the connection',
    'read': 'recv() on it returns "hello": the text that came with the handshake is not lost',
    'acked': 'the server acknowledges the text: ack 6',
  },
  explanation: [
    'The notes are right: the third segment may carry text. To the client the connection is open when the SYN,ACK has come, so it may send whatever the window allows, and every segment that it sends carries the acknowledgment that the server waits for. RFC 9293 has no special rule for it: in SYN-RECEIVED the server looks at the ACK (§3.10.7.4, fifth), enters ESTABLISHED and goes on with the same segment; its text is read in the seventh step.',
    'A server that only looks for an empty ACK here loses the text, or the connection. Stacks have had this bug: most clients send an empty ACK, and it shows only with the few that do not.',
    'It costs nothing and is not Fast Open: the text still waits for one round trip. Linux does it where a program already waits in send(), or has switched quick acknowledgments off; otherwise the empty ACK goes at once and the text follows.',
  ],
  questions: [
    { ask: 'The client\'s SYN had number x. Which number has the first octet of text in the third segment?', answer: 'x + 1. The ACK has no number of its own; only the SYN has taken one.', shownBy: 'third' },
    { ask: 'How many segments does the server need to be ESTABLISHED and to have the text?', answer: 'One: the ACK in it completes the handshake, then its text is delivered.', shownBy: 'one-step' },
  ],
};
