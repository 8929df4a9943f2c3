import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'A FIN behind a closed window',
  question: 'The peer\'s window is closed, and we close the connection. Which state are we in, and where is the FIN?',
  says: {
    begin: 'The server does not read, and has little room. The client writes more than fits, and closes.',
    reads: 'Now the server begins to read.',
  },
  musts: {
    'full': 'the server\'s window is closed: it offers 0 octets',
    'queued': 'the client is in FIN-WAIT-1, the server ESTABLISHED: the state changes when the FIN is queued, not when it is sent',
    'no-fin': 'no FIN has been sent: the text before it must go first',
    'probe': 'the client, closed as it is, probes the closed window',
    'opens': 'the server reads, and its window opens again',
    'fin': 'the FIN follows the last octet: it has the number {seq}',
    'all': 'the server has read all {got} octets, then the end of the stream',
    'acked': 'the FIN is acknowledged: FIN-WAIT-2',
  },
  explanation: [
    'CLOSE means "I have no more to send", and everything sent before is still delivered: the FIN waits behind it (RFC 9293 §3.10.4: "Queue this until all preceding SENDs have been segmentized, then form a FIN segment"). For the user and for the state machine the connection is in FIN-WAIT-1 at once, however long this takes.',
    'The window holds for text, and so for the FIN that follows it. The persist timer goes on in FIN-WAIT-1 as in ESTABLISHED (§3.8.6.1): without it, a window update that is lost would keep the connection for ever. A stack that stops probing when its user closes hangs here.',
    'No note has this, but the pictures let one think that FIN-WAIT-1 begins when the FIN is on the wire. It may begin long before.',
  ],
  questions: [
    { ask: 'The client has closed, but its FIN cannot be sent yet. Which state is it in?', answer: 'FIN-WAIT-1: the FIN is queued.', shownBy: 'queued' },
    { ask: 'Who finds out that the window is open again?', answer: 'The receiver tells when it reads; and in case this is lost, the sender probes.', shownBy: 'probe' },
  ],
};
