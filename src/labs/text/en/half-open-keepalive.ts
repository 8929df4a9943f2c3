import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'Half-open, and keep-alive finds it out',
  question: 'The client\'s host loses its power while nothing is being said. One note fears that the server waits for ever. Must it?',
  says: {
    begin: 'Two connections are open and idle. For the one to port 80 the server\'s program asks for keep-alive (SO_KEEPALIVE), after {idle} ms here; for the one to port 81 it does not.',
    cut: 'The client\'s host loses its power. Nothing that is sent arrives any more, in either direction, and nobody has said good-bye.',
    dead: 'nobody is there',
  },
  musts: {
    'probe': 'after a silence the server sends a probe: no text, and the number before the next one (seq 0), which the client has acknowledged long ago',
    'answered': 'a client that is alive must answer what is not acceptable: ACK, with what it expects. The connection goes on, and its program notices nothing',
    'probes': 'the probe is not answered; it is sent {probes} times in all, {interval} ms apart',
    'timed-out': 'then it is enough: RST, in case the answers alone were lost, and the program\'s next call fails with {error}',
    'freed': 'the server\'s side is CLOSED, and its memory free',
    'trusting': 'the connection to port 81, without keep-alive, is ESTABLISHED as before, and has not sent one segment: this one does wait for ever',
  },
  explanation: [
    'One of the notes says that without a third segment the server would "wait foolishly for ever". A connection whose peer has vanished is half-open (RFC 9293 §3.5.1), and three segments do not prevent it: hosts die after the handshake, too. What ends it is something that must be answered: text, which is retransmitted until R2 (close-give-up), or a RST from a peer that is back (half-open), or a probe.',
    'Keep-alive is that probe for connections where nobody speaks (§3.8.4). It is an option: off unless the program asks for it (MUST-25), not before two hours of silence by default (MUST-28), and one unanswered probe must not end the connection (MUST-29). Linux: 7200 s, then 9 probes 75 s apart: tcp_keepalive_time, _intvl, _probes. Here it is milliseconds.',
    'The probe is a segment that cannot be acceptable: its number is SND.NXT - 1, below the peer\'s window. The rule that an unacceptable segment is answered with an ACK does the rest; the peer needs no knowledge of keep-alive.',
    'Many programs prefer a timeout of their own, or a ping in their protocol. Those also find out that the peer\'s program hangs; keep-alive only asks its kernel.',
  ],
  questions: [
    { ask: 'SND.NXT is 1001. What are sequence number and length of a keep-alive probe?', answer: '1000, and no text: one before what the peer expects.', shownBy: 'probe' },
    { ask: 'The peer is alive and has never heard of keep-alive. What does it answer?', answer: 'An ACK with what it expects, as to any segment outside of its window.', shownBy: 'answered' },
    { ask: 'Neither side has asked for keep-alive, and the client\'s host is gone. How long is the server ESTABLISHED?', answer: 'For ever, as long as it says nothing.', shownBy: 'trusting' },
  ],
};
