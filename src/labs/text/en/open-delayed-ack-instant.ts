import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'ESTABLISHED, but not at the same time',
  question: 'When is a connection open? The two ends give different answers.',
  says: {
    begin: 'The third segment is held up for half a second, so that one can see the two instants.',
    'held': 'held up for half a second',
  },
  musts: {
    'slow': 'ACK, the third segment, leaves, and is held up on its way',
    'client-at-once': 'the client is ESTABLISHED when it sends it: it waits for no answer',
    'server-waits': 'half a second later the server is still in SYN-RECEIVED, and accept() has nothing',
    'server-late': 'the server is ESTABLISHED {lead} ms after the client, when the ACK has come; now accept() returns',
    'server-silent': 'the server says nothing at that: its SYN,ACK is all that it has sent',
  },
  explanation: [
    'One of the notes says that client and server enter ESTABLISHED after the third segment, as if at one time. There is no such instant. The client knows all it needs when the SYN,ACK has come, and is ESTABLISHED then (RFC 9293 §3.10.7.3); the server, when the third segment has come (§3.10.7.4): half a round trip later, or for ever later if it is lost.',
    'Another note is right: the server enters ESTABLISHED in silence. Nothing is sent in return, so the client cannot know whether the server has got there. The first text it gets, or the first acknowledgment of its own, tells.',
  ],
  questions: [
    { ask: 'The ACK is under way for half a second. In which state is the client meanwhile?', answer: 'ESTABLISHED, from the moment the SYN,ACK came.', shownBy: 'client-at-once' },
    { ask: 'And the server?', answer: 'SYN-RECEIVED, and accept() does not return.', shownBy: 'server-waits' },
    { ask: 'How does the client learn that the server is ESTABLISHED?', answer: 'Not at all for now: the server sends nothing.', shownBy: 'server-silent' },
  ],
};
