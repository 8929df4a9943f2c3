import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'What the handshake agrees upon: options',
  question: 'A SYN carries more than a number. What do the two sides agree upon, and what holds when one of them lacks an option?',
  says: {
    'with-all': 'Both hosts know all four: MSS, window scale, SACK, timestamps. In this and every further connection the first segment of text is lost, to see whether SACK is in use.',
    'server-no-scale': 'The server does not scale windows (tcp_window_scaling = 0).',
    'server-no-sack': 'The server does not do SACK (tcp_sack = 0).',
    'server-no-stamps': 'The server has no timestamps (tcp_timestamps = 0).',
    'server-no-mss': 'A middlebox takes the MSS option out of the SYN,ACK: the server says nothing of the segments it takes.',
    'client-bare': 'Now the client asks for nothing but an MSS. The server could do all.',
    lost: 'the first segment of text',
    stripped: 'the MSS option is gone',
  },
  figures: {
    options: {
      title: 'What was asked, answered, and in force afterwards',
      words: {
        'case': 'the peer', asked: 'asked in SYN', answered: 'answered in SYN,ACK', inForce: 'in force', longest: 'longest segment', field: 'window field',
        'with-all': 'has all', 'server-no-scale': 'no window scale', 'server-no-sack': 'no SACK', 'server-no-stamps': 'no timestamps', 'server-no-mss': 'no MSS', 'client-bare': 'was not asked',
      },
    },
  },
  musts: {
    'all': 'asked for, answered, and in force: MSS ({longest} octets of text in a segment, and 12 of timestamps make 1460), scaled windows (the field says {field} and means 128 times as much), SACK, timestamps',
    'first-rtt': 'the SYN,ACK has also given the first round-trip time, before any text: {rtt} ms',
    'no-scale': 'no answer, no scaling, in neither direction: the client\'s field says {field} and means {field}, the server\'s {back}',
    'no-sack': 'no answer, no SACK blocks: the ACKs for text behind the gap say only where the gap begins',
    'no-stamps': 'no answer, no timestamps: no segment after the SYN has any, and there is room for {longest} octets of text',
    'no-mss': 'no MSS means 536: {longest} octets of text and 12 of timestamps',
    'unasked': 'the server offers nothing that it was not asked for: SYN,ACK has MSS alone, and nothing else is in force',
  },
  explanation: [
    'One note asks what is "shaken" in the handshake, and answers: the sequence number of the origin of the data, "that is, the ack". Nearly: it is the initial sequence number, ISN; the acknowledgement is ISN + 1. But more than that is agreed upon, once and for all: options that can be agreed upon in segments with SYN alone (RFC 9293 §3.2).',
    'MSS is no agreement: each side says how large a segment it takes, and the two may differ; who says nothing takes 536 octets by IPv4, 1220 by IPv6 (§3.7.1, MUST-15). Window scale is in force only if both have sent it, then with a shift of its own in each direction, and never in the SYN itself (RFC 7323 §2.2). Timestamps must be in both, and then in every segment (§3.2). SACK-permitted says "you may send me SACK", so each direction has its own permission (RFC 2018 §2); in practice both or none.',
    'A listener answers only what it was asked. This is why hosts of today can talk to those of 1981: an option that is not understood is skipped, and what has not been answered is not in force.',
    'And the handshake measures the path: from SYN to SYN,ACK is the first sample of the round-trip time, with which the timeout for text begins (RFC 6298 §2), except when the SYN had to be sent again.',
  ],
  questions: [
    { ask: 'The SYN offers a window scale of 7, and the SYN,ACK has none. What does a window field of 1000 mean from now on?', answer: '1000 octets, in both directions: scaling holds only if both have sent it.', shownBy: 'no-scale' },
    { ask: 'The peer says no MSS. How much text is in a segment with timestamps?', answer: '524 octets: 536 is the limit, options included.', shownBy: 'no-mss' },
    { ask: 'The server can do SACK, but the SYN did not ask. Is it in the SYN,ACK?', answer: 'No. A listener answers, it does not offer.', shownBy: 'unasked' },
  ],
};
