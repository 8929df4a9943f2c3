import type { LabText } from '../../lab.js';

export const text: LabText = {
  title: 'How long to wait: the retransmission timeout',
  question: '"If no ACK comes within a certain time, send again", say the notes. Which time is that, and who fixes it?',
  says: {
    begin: 'The client opens a connection over a path of 75 ms each way, and sends short messages, one after the other. Timestamps are off.',
    silence: 'The next message is lost, and so is its first repetition.',
    gone: 'lost on the way',
    slower: 'Now ACKs take a detour: the round trip becomes {longer} ms longer.',
    detour: 'the longer way',
  },
  musts: {
    'initial': 'before any measurement the timeout is 1 s',
    'first': 'the handshake is the first sample R = {sample} ms: SRTT = R, RTTVAR = R/2, RTO = R + 4·R/2 = {rto} ms',
    'calm': 'round trips that stay the same make the timeout fall, from {from} to {rto} ms: it is the deviation that it adds, not the round trip alone',
    'doubled': 'no ACK after {rto} ms: the timeout doubles to {twice} ms, and once more to {four} ms',
    'karn': 'the ACK of the message that went three times is no sample: nobody can say which of the three it answers (Karn)',
    'kept': 'and the doubled timeout of {rto} ms stays in force after it',
    'clean': 'the next message goes once: its round trip is a sample, and the timeout is reckoned from measurements again, {rto} ms',
    'spurious': 'the path becomes slower than the timeout: a message goes {times} times although none was lost',
    'learned': 'a few round trips later the timeout ({rto} ms) is longer than the round trip ({way} ms) again',
    'formula': 'all {samples} samples have moved SRTT, RTTVAR and RTO by the formula of RFC 6298, reckoned here a second time',
  },
  figures: {
    estimator: {
      title: 'Samples, and what the estimator makes of them',
      words: { time: 'time (ms)', duration: 'ms', sample: 'round trip measured' },
    },
  },
  explanation: [
    'No constant fits a LAN and a satellite, so TCP measures. RFC 6298 §2: the first sample R gives SRTT = R and RTTVAR = R/2; each later one moves RTTVAR by a quarter of the difference and SRTT by an eighth. RTO = SRTT + 4·RTTVAR. The deviation counts four times because what makes a timeout wrong is not a long way but an unsteady one.',
    'One of the notes (S0) has a timer that waits "3 seconds by default". That was RFC 1122 and RFC 2988. Since RFC 6298 (2.1) it is 1 s, and only until the first sample; 3 s is what remains after a SYN had to be repeated (5.7). The RFC also wants at least 1 s always (2.4, SHOULD). Linux takes 200 ms; this lab takes 100 ms, so that the formula can be seen at work and not only its floor.',
    'S0 also gives each segment a timer of its own. RFC 6298 §5 recommends one for the connection: it runs while anything is unacknowledged, starts again with each new ACK, and doubles when it fires (5.5). The doubling is what saves a congested network: those who get no answer ask less and less often.',
    'Karn\'s algorithm (§3): an ACK for a segment that was sent more than once may answer any of its copies. Taken for the last one, a late answer to the first would look like a very short round trip. So it is no sample, and the backed-off timeout stays until there is a clean one. With timestamps (RFC 7323 §4) the echo tells which copy was answered; that is why they are off here.',
  ],
  questions: [
    { ask: 'What is the timeout for the very first SYN?', answer: '1 s: nothing has been measured.', shownBy: 'initial' },
    { ask: 'What does a sender without timestamps learn from the ACK of a segment that it sent twice?', answer: 'That it arrived; about the round trip, nothing.', shownBy: 'karn' },
    { ask: 'Does a retransmission prove that something was lost?', answer: 'No. The path may have become slower than the timeout.', shownBy: 'spurious' },
  ],
};
