import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'TIME-WAIT answers what is left over',
  question: 'Are old segments that come during TIME-WAIT simply thrown away?',
  says: {
    text: 'Text comes that the client has long had.',
    fin: 'The server\'s FIN comes again.',
    beyond: 'An ACK comes with a number far beyond the window.',
    rst: 'A RST comes with an old number.',
  },
  musts: {
    'waits': 'the client is in TIME-WAIT, the server CLOSED',
    'text-acked': 'old text: answered with ACK {ack}',
    'fin-acked': 'the FIN again: answered with the same ACK {ack}',
    'restart': 'and for the FIN alone 2 MSL begin anew',
    'beyond-acked': 'a number far outside: answered with the same ACK',
    'rst-silent': 'the old RST alone gets no answer: dropped in silence',
    'stays': 'after all this the client is still in TIME-WAIT',
  },
  explanation: [
    'A note says that during TIME-WAIT what is left over is "discarded at once". The text is discarded, that is right: nobody reads it. But the segment is answered. "If an incoming segment is not acceptable, an acknowledgment should be sent in reply (unless the RST bit is set …)" (RFC 9293 §3.10.7.4): <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>.',
    'The answer is what TIME-WAIT is for: the sender of the FIN that comes again learns from it that all is well. That a RST is never answered keeps two hosts from answering each other for ever.',
    'A RST with just the right number is another matter: it ends TIME-WAIT at once in most systems. And such a RST may be caused by our own ACK, when the peer has forgotten the connection: "TIME-WAIT assassination" (RFC 1337). The client of this lab does not heed RSTs in TIME-WAIT (net.ipv4.tcp_rfc1337 = 1), so that it lives to the end of the play.',
  ],
  questions: [
    { ask: 'Which segments get no answer in TIME-WAIT?', answer: 'Those with RST.', shownBy: 'rst-silent' },
    { ask: 'Which acknowledgment number have all the answers?', answer: 'The same: RCV.NXT, the number after the server\'s FIN.', shownBy: 'text-acked' },
  ],
};
