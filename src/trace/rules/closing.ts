/** Rules of CLOSE, ABORT and the ends of a connection (RFC 9293 §3.6, §3.10.4, §3.10.5, §3.10.8). */
import { rule } from '../rules.js';

export const closing = {
  Close: rule('close', 'RFC 9293 §3.10.4', 'MUST', (queued) => `CLOSE: a FIN follows ${queued > 0 ? `the ${queued} octets still queued` : 'at once'}`),
  CloseAfterPeer: rule('close-after-peer', 'RFC 9293 §3.10.4', 'MUST', () => 'CLOSE after the peer\'s FIN: our FIN goes out, the last thing left is its acknowledgement'),
  CloseQueued: rule('close-queued', 'RFC 9293 §3.10.4', 'MUST', (queued) => `CLOSE after the peer's FIN: our FIN waits for ${queued} octets still queued`),
  Abort: rule('abort', 'RFC 9293 §3.10.5', 'MUST', () => 'ABORT: RST tells the peer, everything queued is dropped'),
  AbortSilent: rule('abort-silent', 'RFC 9293 §3.10.5', 'MUST', () => 'ABORT: nothing the peer needs to be told, forgotten'),
  HandshakeDropped: rule('handshake-dropped', 'RFC 9293 §3.10.4', 'MAY', () => 'nobody listens any more: the handshake is forgotten, and the peer\'s next segment refused'),
  ReleaseUnread: rule('release-unread', 'RFC 9293 §3.6.1', 'SHOULD', (n) => `the user left ${n} received octets unread: RST says that they are lost`),
  Orphaned: rule('orphaned', 'RFC 9293 §3.6.1', 'MAY', () => 'the user has gone: what is queued is still delivered, what arrives is refused'),
  SendReset: rule('send-reset', 'RFC 9293 §3.5.2', 'MUST', () => 'RST: what came does not belong to this connection, or it was aborted'),
  SendFin: rule('send-fin', 'RFC 9293 §3.10.4', 'MUST', (n, at) => `FIN, octet ${at}: we have nothing more to say${n > 0 ? `, after these last ${n} octets` : ''}`),
  TimeWaitOver: rule('time-wait-over', 'RFC 9293 §3.10.8', 'MUST', (s) => `${s} s (2 MSL) have passed: no old segment of this connection can be left in the network`),
  FinWait2Over: rule('fin-wait-2-over', 'Linux', 'note', (s) => `no FIN from the peer within ${s} s and no user to wait for it: forgotten`),
  FinWait2Refused: rule('fin-wait-2-refused', 'Linux', 'note', () => 'nobody waits for the peer\'s FIN, and the user has asked not to wait for it here either: RST, forgotten'),
  UserTimeoutOver: rule('user-timeout-over', 'RFC 9293 §3.10.8', 'MUST', (s) => `nothing acknowledged for ${s} s: "connection aborted due to user timeout"`),
  R2Reached: rule('r2-reached', 'RFC 9293 §3.8.3', 'MUST', (n, s) => `retransmitted ${n} times within ${s} s without an answer (R2): given up, "timed out"`),
  KeepAliveOver: rule('keep-alive-over', 'RFC 9293 §3.8.4', 'MAY', (n) => `${n} keep-alive probes in a row had no answer: the peer is gone, "timed out"`),
  KeepAliveReset: rule('keep-alive-reset', 'Linux', 'note', () => 'RST as a farewell: if the peer lives after all and only its answers were lost, it learns that we have gone'),
  OrphanPatience: rule('orphan-patience', 'Linux', 'note', (n) => `nobody waits for this connection any more: ${n} attempts without success are enough`),
  PersistOver: rule('persist-over', 'RFC 9293 §3.8.6.1', 'note', (n, s) => `${n} window probes within ${s} s had no answer at all: the peer is gone, "timed out"`),
};
