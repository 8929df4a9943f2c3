/** Rules of the stack around the connections: whose segment is it, and what do strays get (RFC 9293 §3.10.7.1). */
import { rejectName } from '../../wire/reject.js';
import { rule } from '../rules.js';

export const host = {
  Discarded: rule('discarded', 'RFC 9293 §3.1', 'MUST', (reason) => `discarded before TCP saw it: ${rejectName[reason] ?? 'unknown reason'}`),
  StrayReset: rule('stray-reset', 'RFC 9293 §3.10.7.1', 'MUST', () => 'no connection and no listener here: answered with RST'),
  StrayResetIgnored: rule('stray-reset-ignored', 'RFC 9293 §3.10.7.1', 'MUST', () => 'RST for a connection that does not exist: dropped'),
  SendStrayReset: rule('send-stray-reset', 'RFC 9293 §3.10.7.1', 'MUST', (withAck) => withAck ? 'RST at the number the segment acknowledged: nobody here knows this connection' : 'RST that acknowledges the segment: nobody listens here'),
  BacklogFull: rule('backlog-full', 'Linux', 'note', (n) => `dropped: ${n} connections wait to be accepted, as many as the backlog takes; the peer will try again`),
  SynQueueFull: rule('syn-queue-full', 'RFC 4987 §3', 'note', (n) => `SYN dropped: ${n} handshakes are under way, as many as we allow at a time`),
  SynCookieSent: rule('syn-cookie-sent', 'RFC 4987 §3.6', 'note', (mss) => `too many handshakes under way: the SYN,ACK's own number says what we must remember (an MSS of ${mss}), and the SYN is forgotten`),
  SynCookieGood: rule('syn-cookie-good', 'RFC 4987 §3.6', 'note', (mss) => `the ACK brings back a number that only we could have chosen: the handshake is done, with an MSS of ${mss}`),
  SynCookieBad: rule('syn-cookie-bad', 'RFC 4987 §3.6', 'note', () => 'the ACK brings back no cookie of ours: as for any ACK to a listener, RST'),
  EchoReply: rule('echo-reply', 'RFC 1122 3.2.2.6', 'MUST', () => 'echo request: answered with the same data'),
  Unreachable: rule('unreachable', 'RFC 9293 §3.9.2.2', 'MUST', (type, code) => `ICMP type ${type} code ${code} about a segment of ours: noted for the user, the connection goes on`),
  UnreachableHard: rule('unreachable-hard', 'RFC 9293 §3.9.2.2', 'SHOULD', (type, code) => `ICMP type ${type} code ${code} while opening: nobody there, the attempt ends`),
  PacketTooBig: rule('packet-too-big', 'RFC 9293 §3.7.2', 'MUST', (mtu) => `ICMP: a packet of ours did not fit, the path takes ${mtu} octets`),
  IcmpIgnored: rule('icmp-ignored', 'RFC 5927 §4', 'SHOULD', (type, code) => `ICMP type ${type} code ${code} that quotes nothing we have outstanding: may be forged, ignored`),
};
