/** Rules of an arriving segment on a synchronised connection, in the order of RFC 9293 §3.10.7.4. */
import { rule } from '../rules.js';

export const arriving = {
  // first: sequence number
  Unacceptable: rule('unacceptable', 'RFC 9293 §3.10.7.4', 'MUST', (at, len, next) => `octets ${at}…${at + len} lie outside the window, which starts at ${next}: dropped, and an ACK says what we expect`),
  UnacceptableReset: rule('unacceptable-reset', 'RFC 9293 §3.10.7.4', 'MUST', (at, next) => `RST at ${at}, outside the window that starts at ${next}: dropped in silence`),
  PawsRejects: rule('paws-rejects', 'RFC 7323 §5.3', 'MUST', (value, recent) => `timestamp ${value} is older than ${recent}, the latest of this connection: an old duplicate, dropped, and an ACK says what we expect`),
  PawsLeftOut: rule('paws-left-out', 'RFC 7323 §5.3', 'note', (value, recent) => `unsafe: timestamp ${value} is older than ${recent}, the latest of this connection, so this is an old duplicate; it is taken all the same`),
  MissingTimestamp: rule('missing-timestamp', 'RFC 7323 §3.2', 'SHOULD', () => 'no timestamp although both sides agreed to use them: dropped'),
  TrimmedFront: rule('trimmed-front', 'RFC 9293 §3.10.7.4', 'MUST', (n) => `its first ${n} octets were here before: only the new part is processed`),
  TrimmedTail: rule('trimmed-tail', 'RFC 9293 §3.10.7.4', 'MUST', (n) => `its last ${n} octets do not fit the window: cut off`),
  AckSuppressed: rule('ack-suppressed', 'RFC 5961 §7', 'SHOULD', (limit) => `no ACK for this one: ${limit} were sent within a second, more would feed an ACK war`),
  AckRateLimited: rule('ack-rate-limited', 'Linux', 'note', (ms) => `no ACK for this one: the last such answer on this connection is less than ${ms} ms old, more would feed an ACK war`),
  // second: RST
  ResetExact: rule('reset-exact', 'RFC 9293 §3.10.7.4', 'MUST', () => 'RST exactly at RCV.NXT: genuine, "connection reset"'),
  ResetInClosing: rule('reset-in-closing', 'RFC 9293 §3.10.7.4', 'MUST', () => 'RST after both sides said FIN: nothing is left to lose, the connection is forgotten'),
  ResetText: rule('reset-text', 'RFC 9293 §3.5.3', 'SHOULD', (n) => `the RST says something in ${n} octets: told to the user as they are, not read as text`),
  ChallengeReset: rule('challenge-reset', 'RFC 5961 §3.2', 'MUST', (at, next) => (at === next ? `challenge ACK: we expect ${next}; a peer that means its RST says it again with that number` : `RST at ${at}, inside the window but not at ${next}: may be forged, a challenge ACK asks the peer to say it again`)),
  // fourth: SYN
  ChallengeSyn: rule('challenge-syn', 'RFC 5961 §4.2', 'MUST', () => 'SYN on an open connection: forged, or the peer has restarted; a challenge ACK finds out'),
  // fifth: ACK
  NoAck: rule('no-ack', 'RFC 9293 §3.10.7.4', 'MUST', () => 'no ACK bit: every segment of an open connection has one, dropped'),
  AckTooOld: rule('ack-too-old', 'RFC 5961 §5.2', 'MUST', (ack, una, max) => `acknowledges ${ack | 0}, more than ${max} octets before ${una}: cannot be genuine, dropped, ACK sent`),
  AckUnsent: rule('ack-unsent', 'RFC 9293 §3.10.7.4', 'MUST', (ack, next) => `acknowledges ${ack}, but we have only sent up to ${next}: dropped, ACK sent`),
  AckNew: rule('ack-new', 'RFC 9293 §3.10.7.4', 'MUST', (n, una) => `acknowledges ${n} new octet${n === 1 ? '' : 's'}, everything before ${una}`),
  AckOld: rule('ack-old', 'RFC 9293 §3.10.7.4', 'MUST', (ack, una) => `acknowledges ${ack}; ${una} is already acknowledged: nothing new`),
  AckAgain: rule('ack-again', 'RFC 9293 §3.10.7.4', 'MUST', (una, dsack) => (dsack > 0 ? `acknowledges ${una} once more and reports that something came twice (D-SACK): nothing to do` : `acknowledges ${una} once more: nothing new`)),
  AckDuplicate: rule('ack-duplicate', 'RFC 5681 §2', 'MUST', (count, una) => `duplicate ACK number ${count}: the peer still waits for ${una} but something after it has arrived`),
  RttSample: rule('rtt-sample', 'RFC 6298 §2', 'MUST', (rtt, srtt, rto) => `round trip ${rtt < 1000 ? `${Math.round(rtt)} µs` : `${(rtt / 1000).toFixed(1)} ms`}, smoothed ${(srtt / 1000).toFixed(2)} ms, timeout ${Math.round(rto / 1000)} ms`),
  WindowUpdate: rule('window-update', 'RFC 9293 §3.10.7.4', 'MUST', (from, to) => `the peer's window goes from ${from} to ${to} octets`),
  WindowStale: rule('window-stale', 'RFC 9293 §3.10.7.4', 'MUST', () => 'older than the segment that set the window: its window is not used'),
  WindowShrunk: rule('window-shrunk', 'RFC 9293 §3.8.6', 'MUST', (n) => `the peer took back ${n} octets of window: no new text until it opens again`),
  FinAcked: rule('fin-acked', 'RFC 9293 §3.10.7.4', 'MUST', () => 'our FIN is acknowledged: we have nothing more to say, the peer may'),
  ClosingFinAcked: rule('closing-fin-acked', 'RFC 9293 §3.10.7.4', 'MUST', () => 'our FIN is acknowledged, and we have the peer\'s: TIME-WAIT for 2 MSL'),
  LastAckReceived: rule('last-ack-received', 'RFC 9293 §3.10.7.4', 'MUST', () => 'our FIN is acknowledged, and the peer\'s was before: the connection is over'),
  TimeWaitRestart: rule('time-wait-restart', 'RFC 9293 §3.10.7.4', 'MUST', (s) => `the peer repeats its FIN, so our last ACK was lost: ACK again and wait ${s} s (2 MSL) from now`),
  UserTimeoutAdopted: rule('user-timeout-adopted', 'RFC 5482 §3.1', 'SHOULD', (s, peer) => `the peer keeps unacknowledged data for ${peer} s: our user timeout becomes ${s} s`),
  UserTimeoutIgnored: rule('user-timeout-ignored', 'RFC 5482 §3.1', 'MAY', (peer) => `the peer tells a user timeout of ${peer} s: ${peer === 0 ? 'none at all, not allowed' : 'ours stays, as the user or the configuration has set it'}`),
  // sixth: URG
  UrgentNew: rule('urgent-new', 'RFC 9293 §3.8.5', 'MUST', (n) => `urgent data up to octet ${n}: the user is told`),
  // seventh: text
  TextDelivered: rule('text-delivered', 'RFC 9293 §3.10.7.4', 'MUST', (n, next) => `${n} octets in order: delivered to the user, next expected ${next}`),
  TextOutOfOrder: rule('text-out-of-order', 'RFC 9293 §3.10.7.4', 'SHOULD', (n, at, next) => `${n} octets at ${at}, but ${next} is missing: kept, and a duplicate ACK says so`),
  DuplicateReported: rule('duplicate-reported', 'RFC 2883 §4', 'SHOULD', (from, to) => `octets ${from}…${to - 1} came twice: the first SACK block of the next ACK says so (D-SACK)`),
  TextGapFilled: rule('text-gap-filled', 'RFC 9293 §3.10.7.4', 'MUST', (n, next) => `fills the gap: ${n} octets that were kept follow, next expected ${next}`),
  TextDropped: rule('text-dropped', 'glasstcp', 'note', (n, runs) => `${n} octets out of order, but ${runs} separate runs are kept already: dropped, the peer will send it again`),
  TextAfterFin: rule('text-after-fin', 'RFC 9293 §3.10.7.4', 'MUST', (n) => `${n} octets after the peer's FIN: cannot be, ignored`),
  TextUnwanted: rule('text-unwanted', 'RFC 9293 §3.6.1', 'SHOULD', (n) => `${n} octets for a user who has gone: RST tells the peer that they are lost`),
  // eighth: FIN
  FinReceived: rule('fin-received', 'RFC 9293 §3.10.7.4', 'MUST', (at) => `FIN, octet ${at}: the peer has nothing more to say; ACK is due and the user is told`),
  FinSimultaneous: rule('fin-simultaneous', 'RFC 9293 §3.10.7.4', 'MUST', () => 'FIN while ours is not acknowledged: both sides close at once (Fig. 13)'),
  FinWithAck: rule('fin-with-ack', 'RFC 9293 §3.3.2', 'MUST', () => "FIN, and our own FIN is acknowledged by the same segment: TIME-WAIT for 2 MSL (Fig. 5, note 2)"),
  FinInFinWait2: rule('fin-in-fin-wait-2', 'RFC 9293 §3.10.7.4', 'MUST', () => 'FIN: now both sides have said so; TIME-WAIT for 2 MSL, in case our last ACK is lost'),
  FinOutOfOrder: rule('fin-out-of-order', 'RFC 9293 §3.10.7.4', 'SHOULD', (at, next) => `FIN at ${at}, but ${next} is missing: kept until the gap is filled`),
  // TIME-WAIT
  TimeWaitIgnoresReset: rule('time-wait-ignores-reset', 'RFC 1337 §4', 'note', () => 'RST in TIME-WAIT: an old duplicate could have caused it, and would leave the next connection unprotected; ignored'),
  IncarnationByTimestamp: rule('incarnation-by-timestamp', 'RFC 6191 §2', 'SHOULD', () => 'its timestamp is newer than any of the old connection: this SYN cannot be an old duplicate'),
  IncarnationStamped: rule('incarnation-stamped', 'RFC 6191 §2', 'SHOULD', () => 'a SYN with a timestamp, and the old connection had none: it cannot be an old duplicate'),
  IncarnationByNumber: rule('incarnation-by-number', 'RFC 6191 §2', 'SHOULD', () => 'no newer timestamp to go by, but its number lies beyond all the old connection has seen: this SYN is new'),
  IncarnationOld: rule('incarnation-old', 'RFC 6191 §2', 'SHOULD', () => 'neither its timestamp nor its number shows that this SYN is new: TIME-WAIT stays'),
  TimeWaitReused: rule('time-wait-reused', 'Linux', 'note', (s) => `tcp_tw_reuse: more than ${s} s have passed since the last timestamp of the old connection, so those of the next one are newer and PAWS tells the two apart; TIME-WAIT ends, its port is used again`),
  TimeWaitSyn: rule('time-wait-syn', 'RFC 9293 §3.6.1', 'MAY', () => 'a SYN beyond everything the old connection has seen: the wait ends, a new connection begins'),
};
