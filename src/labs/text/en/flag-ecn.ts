import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'ECE, CWR, AE: the flags that the notes leave out',
  question: 'The notes list six flags; the header has more. What do ECE and CWR in a SYN mean, and may a host refuse such a SYN?',
  says: {
    begin: 'The client asks for ECN: its SYN has ECE and CWR. The server agrees to it when it is asked (tcp_ecn = 2).',
    mark: 'The client sends text. The last router before the server is congested; instead of dropping the packet it marks it (CE, congestion experienced).',
    off: 'The same server with ECN switched off (tcp_ecn = 0), and the same client.',
    reserved: 'Now SYNs by hand: one with AE, ECE and CWR, as hosts send it that know AccECN, and one with all four bits that are or were reserved.',
  },
  musts: {
    'asks': 'the SYN has the flags ECE and CWR: "I know ECN, do you?"',
    'agrees': 'the SYN,ACK has ECE and not CWR: "I do"',
    'capable': 'from then on the client\'s text says so in its IP header, too: ECT, a router may mark it',
    'echo': 'the server, which got the packet marked, says ECE with its ACK, and acknowledges the text: nothing was lost',
    'reduced': 'the client halves its window as after a loss, and says CWR with its next text',
    'quiet': 'having heard CWR the server stops saying ECE; its program has read all of the text',
    'declined': 'a server without ECN answers the same SYN with a plain SYN,ACK: it ignores the flags, not the SYN',
    'incapable': 'the client then sends its text without ECT, and is read as ever',
    'ae': 'the SYN with AE, ECE and CWR is answered with SYN,ACK',
    'reserved': 'so is the SYN with all reserved bits set: what a host does not know it ignores',
  },
  explanation: [
    'The notes list URG, ACK, PSH, RST, SYN and FIN. Since RFC 3168 two more are in use, CWR and ECE; RFC 9293 §3.1 lists them among the control bits. The four bits before them are reserved: one was NS for a while (RFC 3540, now historic) and is AE in AccECN (RFC 9768).',
    'In a SYN, ECE and CWR together mean "I can do ECN"; the answer is ECE alone in the SYN,ACK. Later ECE means "a packet of yours came marked", repeated until CWR answers "I have reduced my window". So congestion is told without a loss: the round trip and the retransmission that a dropped packet costs are saved.',
    'Reserved bits "must be zero in generated segments and must be ignored in received segments if the corresponding future features are not implemented" (RFC 9293 §3.1). Stacks and firewalls have dropped SYNs with ECE and CWR nevertheless, or taken only segments whose flags are exactly SYN; whoever asked for ECN could not connect to them. That is why a SYN sent again no longer asks (RFC 3168 §6.1.1.1).',
  ],
  questions: [
    { ask: 'A host without ECN gets a SYN with ECE and CWR. What does it answer?', answer: 'SYN,ACK without these flags. The connection opens, without ECN.', shownBy: 'declined' },
    { ask: 'A packet with text arrives marked CE. Does its text have to be sent again?', answer: 'No. It has arrived; the sender only slows down.', shownBy: 'echo' },
    { ask: 'When does the receiver stop saying ECE?', answer: 'When the sender has said CWR.', shownBy: 'quiet' },
  ],
};
