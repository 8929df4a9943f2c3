/** Rules of loss: finding it, repairing it, reacting to it (RFC 6298, RFC 5681, RFC 6582). */
import { rule } from '../rules.js';

export const loss = {
  Retransmit: rule('retransmit', 'RFC 9293 §3.8.1', 'MUST', (at, n, times) => `sends octets ${at}…${at + n - 1} again (transmission ${times}): believed lost`),
  RetransmitSyn: rule('retransmit-syn', 'RFC 9293 §3.8.3', 'MUST', (times) => `the SYN again (transmission ${times}): no answer so far`),
  RetransmitFin: rule('retransmit-fin', 'RFC 9293 §3.8.1', 'MUST', (at, times) => `the FIN, octet ${at}, again (transmission ${times}): not acknowledged so far`),
  TimeoutFired: rule('timeout-fired', 'RFC 6298 §5', 'MUST', (una, ms, next) => `nothing acknowledged beyond ${una} for ${ms} ms: everything outstanding counts as lost, the next timeout is ${next} ms`),
  TimeoutReaction: rule('timeout-reaction', 'RFC 5681 §3.1', 'MUST', (cwnd, ssthresh) => `after a timeout: window down to one segment (${cwnd}), slow start up to ${ssthresh}`),
  FastRetransmit: rule('fast-retransmit', 'RFC 5681 §3.2', 'SHOULD', (una) => `third duplicate ACK: ${una} is lost, no need to wait for the timeout`),
  FastRecovery: rule('fast-recovery', 'RFC 6582 §3.2', 'SHOULD', (cwnd, recover) => `window halved to ${cwnd}; recovery lasts until ${recover} is acknowledged`),
  FastRetransmitHeld: rule('fast-retransmit-held', 'RFC 6582 §3.2', 'SHOULD', (una, recover) => `third duplicate ACK at ${una}, but ${recover} is not passed yet: they echo our own retransmissions`),
  PartialAck: rule('partial-ack', 'RFC 6582 §3.2', 'SHOULD', (una, recover) => `acknowledges up to ${una}, not up to ${recover}: the segment at ${una} is lost as well`),
  RecoveryDone: rule('recovery-done', 'RFC 6582 §3.2', 'SHOULD', (una, cwnd) => `everything sent before the loss is acknowledged (${una}): recovery ends with a window of ${cwnd}`),
  LimitedTransmit: rule('limited-transmit', 'RFC 3042 §2', 'SHOULD', (n) => `${n === 1 ? 'a duplicate ACK means that a segment' : `${n} duplicate ACKs mean that segments`} left the network: new text may follow`),
  R1Reached: rule('r1-reached', 'RFC 9293 §3.8.3', 'SHOULD', (n) => `${n} retransmissions (R1): the user is told that delivery has problems`),
  NegativeAdvice: rule('negative-advice', 'RFC 9293 §3.8.3', 'MUST', (n) => `${n} retransmissions (R1): IP is advised that this way to the peer may be dead`),
  SynRtoReset: rule('syn-rto-reset', 'RFC 6298 §5', 'MUST', () => 'the SYN had to be sent again and gave no round-trip time: the timeout starts at 3 s'),
  ProbeLost: rule('probe-lost', 'RFC 9293 §3.8.6.1', 'note', () => 'the window is open again: the octet of the probe is sent again at once'),
};
