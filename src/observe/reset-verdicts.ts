/**
 * Why a RST was most likely sent, whether it counts, whether it came from whom it says: the verdicts of resets.ts, in the
 * form of rules. They are an onlooker's, so they are not in the engine's book. docs/inferred-states.md lists them.
 */
import type { Level, Citation, Rule } from '../trace/rules.js';

const verdict = (name: string, cite: Citation, level: Level, say: Rule['say']): Rule => ({ id: 0, name, cite, level, say });
const octets = (n: number): string => (n === 1 ? '1 octet' : `${n} octets`);
const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);

/** The likeliest first: in this order they are considered. */
export const resetCauses = {
  Refused: verdict('refused', 'RFC 9293 §3.10.7.1', 'MUST', () => 'acknowledges the SYN and refuses it: nobody listens on this port, or a firewall says so'),
  Restarted: verdict('restarted', 'RFC 9293 §3.5.1', 'MUST', (ack) => `acknowledgement ${ack} answers no SYN of this end: it has restarted and knows nothing of the connection that the other still has`),
  WrongAck: verdict('wrong-ack-refused', 'RFC 9293 §3.5.2', 'MUST', (ack) => `acknowledgement ${ack} is of nothing that this end sent while opening: refused, and it goes on waiting`),
  ChallengeAnswered: verdict('challenge-answered', 'RFC 5961 §3.2', 'MUST', (at) => `the RST before was doubted; this one stands exactly at ${at}, where the challenge ACK asked for it`),
  SynScan: verdict('syn-scan', 'RFC 9293 §3.10.7.1', 'note', () => 'the SYN,ACK is answered with RST, without an ACK: a port scan, or a program that gave up before it was connected'),
  StraySynAck: verdict('stray-syn-ack', 'RFC 9293 §3.10.7.1', 'MUST', () => 'a SYN,ACK for a SYN of which nothing was seen: sent under a false address, or this end has forgotten it'),
  GaveUp: verdict('gave-up', 'RFC 9293 §3.8.3', 'MUST', (n, s) => `sent again ${times(n)} within ${s} s without an answer: given up`),
  KeepAliveOver: verdict('keep-alive-unanswered', 'RFC 9293 §3.8.4', 'MAY', (n) => `${n} keep-alives had no answer: the other end is taken for dead`),
  HandshakeAborted: verdict('handshake-aborted', 'RFC 9293 §3.10.5', 'note', () => 'given up before the handshake was done: the listener was closed, or had no room for one more'),
  ConnectScan: verdict('opened-for-nothing', 'RFC 9293 §3.10.5', 'note', () => 'opened and aborted without a word: a port scan, a health check, or a program that gave up'),
  NotWanted: verdict('not-accepted', 'RFC 9293 §3.10.5', 'note', () => 'called, opened and aborted without a word: its listener was closed before anybody accepted the connection, or its user did not want it'),
  TextAfterClose: verdict('text-after-close', 'RFC 9293 §3.6.1', 'SHOULD', (n) => `${octets(n)} came after this end had closed: nobody is left to read them (RFC 2525 §2.17)`),
  ForgottenFin: verdict('fin-to-forgotten', 'RFC 9293 §3.10.7.1', 'MUST', () => 'the FIN came too late: this end no longer waits for it (FIN-WAIT-2 or TIME-WAIT has run out)'),
  Over: verdict('connection-over', 'RFC 9293 §3.10.7.1', 'MUST', () => 'answers a segment for a connection that is over at this end'),
  NoConnection: verdict('no-such-connection', 'RFC 9293 §3.10.7.1', 'MUST', (at) => `stands at ${at}, as the segment acknowledged: this end has no such connection; it has restarted, or never had it`),
  HalfOpen: verdict('half-open', 'RFC 9293 §3.5.1', 'MUST', (at) => `stands at ${at}, as the segment acknowledged: this end no longer knows the connection (restarted, or a program that ended); an abort can look the same`),
  Unread: verdict('closed-unread', 'RFC 9293 §3.6.1', 'SHOULD', (n) => `closed, or killed, with some of the last ${octets(n)} unread (RFC 2525 §2.17); or aborted on purpose (SO_LINGER 0)`),
  Aborted: verdict('aborted', 'RFC 9293 §3.10.5', 'MUST', () => 'aborted by its user (ABORT, SO_LINGER 0), or its process was killed: what was queued is dropped'),
  Unexplained: verdict('unexplained-reset', 'RFC 9293 §3.5.2', 'note', () => 'nothing that passed here explains it'),
};

export const resetFates = {
  Challenged: verdict('doubted-reset', 'RFC 5961 §3.2', 'MUST', (at, next) => `at ${at}, inside the window but not at ${next}: whoever gets it must ask back with a challenge ACK`),
  Outside: verdict('reset-outside', 'RFC 5961 §3.2', 'MUST', (at, next) => `at ${at}, outside the window that starts at ${next}: whoever gets it must ignore it`),
  BesideSyn: verdict('reset-beside-syn', 'RFC 9293 §3.10.7.3', 'MUST', () => 'does not acknowledge the SYN: whoever waits for a SYN,ACK must ignore it'),
  OtherHops: verdict('reset-other-path', 'glasstcp', 'note', (ttl, usual) => `arrives with ${ttl} hops left, others of this end with ${usual}: it may not come from that host but from something in between`),
};
