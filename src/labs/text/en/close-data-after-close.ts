import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Text for a program that has gone',
  question: 'A FIN looks the same after shutdown() and after close(). What happens when text comes back after close()?',
  says: { begin: 'The client calls close(). The server reads the end of the stream, and writes nevertheless.' },
  musts: {
    'half': 'FIN-WAIT-2 and CLOSE-WAIT: on the wire and by the states it could be a half-close',
    'end': 'the server\'s program has read the end of the stream',
    'write': 'its write succeeds: the server cannot know better',
    'text': 'the text goes out and acknowledges the client\'s FIN',
    'rst': 'the client answers with RST',
    'reason': 'because its user has gone and nobody will ever read the text',
    'both-closed': 'both sides are CLOSED, without TIME-WAIT',
    'epipe': 'the server\'s next write fails with EPIPE',
  },
  explanation: [
    'close() ends both directions for the program, but a FIN can tell only of one: "I send no more". There is no segment for "I read no more". So the peer is free to send, and learns by a RST that its text is lost (RFC 9293 §3.6.1: a TCP whose user has closed SHOULD send a RST when text arrives).',
    'This is the "broken pipe" of servers: the first write after the client has gone succeeds, a later one fails with EPIPE (and SIGPIPE, if nobody has turned it off). A write that succeeds says that the text is queued here, nothing more.',
    'The notes speak of half-close rightly, but not of the difference: who wants to listen after his FIN must call shutdown(), not close().',
  ],
  questions: [
    { ask: 'Can the server see whether the client has called close() or shutdown()?', answer: 'Not before it sends something: the FIN is the same.', shownBy: 'half' },
    { ask: 'Which write of the server fails?', answer: 'Not the first one, but the one after the RST has come.', shownBy: 'epipe' },
  ],
};
