/** Rules of the stack around the connections: whose segment is it, and what do strays get (RFC 9293 §3.10.7.1). */
import { rejectName } from '../../wire/reject.js';
import { rule } from '../rules.js';

export const host = {
  Discarded: rule('discarded', 'RFC 9293 §3.1', 'MUST', (reason) => `discarded before TCP saw it: ${rejectName[reason] ?? 'unknown reason'}`),
  ChecksumOffloaded: rule('checksum-offloaded', 'Linux', 'note', () => 'checksum offloaded: the field holds only the sum of addresses and length, the rest is left to a network card, and a segment that stays on this host meets none; taken as it is'),
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
  UnreachableHard: rule('unreachable-hard', 'RFC 9293 §3.9.2.2', 'SHOULD', (type, code) => `ICMP type ${type} code ${code}, a hard error: nobody there, the connection ends`),
  UnreachableOpening: rule('unreachable-opening', 'RFC 5461 §4', 'note', (type, code) => `ICMP type ${type} code ${code} while opening: it may pass, but the attempt ends so that another address can be tried`),
  PacketTooBig: rule('packet-too-big', 'RFC 9293 §3.7.2', 'MUST', (mtu) => `ICMP: a packet of ours did not fit, the path takes ${mtu} octets`),
  TooBigIgnored: rule('too-big-ignored', 'RFC 5927 §7', 'MAY', (mtu, heeded) => heeded ? `ICMP says that only ${mtu} octets fit: less than any path may have, or no packet of ours was larger; not believed` : `ICMP says that only ${mtu} octets fit: the user does not want it heeded`),
  MayFragment: rule('may-fragment', 'Linux', 'note', (mtu) => `the path is narrower than ${mtu} octets, our least: routers may cut our packets from now on (DF off)`),
  PathMtuAged: rule('path-mtu-aged', 'RFC 1191 §6.3', 'SHOULD', (mtu, mss) => `what routers said of the path is old: packets of ${mtu} octets are tried again, segments of ${mss}`),
  IpOptionsTaken: rule('ip-options-taken', 'RFC 9293 §3.9.2', 'MUST', (unknown, malformed) => `IP options came with it: read for the user${unknown ? `, ${unknown} that we do not know passed over` : ''}${malformed ? ', up to one of illegal length' : ''}`),
  ReturnRoute: rule('return-route', 'RFC 9293 §3.9.2.1', 'MUST', (n) => `it came by a source route: answers go back through the same ${n} gateways`),
  SourceRouteOverridden: rule('source-route-overridden', 'RFC 9293 §3.9.2.1', 'MUST', () => 'it came by a source route, but our user has given one, which counts'),
  SourceQuench: rule('source-quench', 'RFC 9293 §3.9.2.2', 'MUST', () => 'ICMP source quench: dropped in silence, it is no sign of congestion that may be trusted (RFC 6633)'),
  IcmpUnused: rule('icmp-unused', 'RFC 1122 3.2.2', 'MUST', (type, code) => `ICMP type ${type} code ${code}: nothing in it for TCP, dropped`),
  IcmpIgnored: rule('icmp-ignored', 'RFC 5927 §4', 'SHOULD', (type, code) => `ICMP type ${type} code ${code} that quotes nothing we have outstanding: may be forged, ignored`),
};
