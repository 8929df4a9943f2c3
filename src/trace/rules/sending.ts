/** Rules of output: why a segment is sent, and why one is not (RFC 9293 §3.7, §3.8). */
import { rule } from '../rules.js';

export const sending = {
  SendData: rule('send-data', 'RFC 9293 §3.8.6.2.1', 'MUST', (n, at) => `a full segment: octets ${at}…${at + n - 1}`),
  SendLast: rule('send-last', 'RFC 9293 §3.9.1.2', 'MUST', (n, at) => `octets ${at}…${at + n - 1}, the last that are queued: PSH`),
  SendHalfWindow: rule('send-half-window', 'RFC 9293 §3.8.6.2.1', 'MUST', (n, max) => `${n} octets, at least half of the largest window seen (${max}): worth a segment`),
  SendOverride: rule('send-override', 'RFC 9293 §3.8.6.2.1', 'MUST', (n) => `${n} octets, all that the small window takes: waited long enough for a larger one`),
  NagleHolds: rule('nagle-holds', 'RFC 9293 §3.7.4', 'SHOULD', (n, flight) => `not sent: ${n} octets are less than a segment and ${flight} are unacknowledged (Nagle)`),
  SwsHolds: rule('sws-holds', 'RFC 9293 §3.8.6.2.1', 'MUST', (n, usable) => `not sent: ${n} octets queued but only ${usable} of window, too little for a good segment (silly window)`),
  WindowFull: rule('window-full', 'RFC 9293 §3.8.6', 'MUST', (n) => `not sent: ${n} octets queued, but the peer's window is used up`),
  CwndFull: rule('cwnd-full', 'RFC 5681 §3.1', 'MUST', (n, pipe, cwnd) => `not sent: ${n} octets queued, but ${pipe} are in the network and the congestion window is ${cwnd}`),
  SendAck: rule('send-ack', 'RFC 9293 §3.10.7.4', 'MUST', (next, wnd) => `acknowledges everything before ${next}, offers ${wnd} octets`),
  SendAckSecond: rule('send-ack-second', 'RFC 9293 §3.8.6.3', 'SHOULD', (n, next) => `acknowledges everything before ${next}: ${n} octets, two full segments or more, were unacknowledged`),
  SendAckDelayed: rule('send-ack-delayed', 'RFC 9293 §3.8.6.3', 'SHOULD', (n, next) => `acknowledges ${n} octets, everything before ${next}: nothing to piggyback on came up in time`),
  SendAckQuick: rule('send-ack-quick', 'Linux', 'note', (left, next) => `acknowledges everything before ${next} at once: a peer that starts, or starts again, waits for each ACK (${left} such ACKs left)`),
  SendAckRead: rule('send-ack-read', 'Linux', 'note', (n, next) => `acknowledges ${n} octets, everything before ${next}: the user has read them, nothing more will come of waiting`),
  SendDupAck: rule('send-dup-ack', 'RFC 5681 §4.2', 'SHOULD', (next) => `something after ${next} has arrived, ${next} has not: a duplicate ACK at once`),
  SendGapAck: rule('send-gap-ack', 'RFC 5681 §4.2', 'SHOULD', (next) => `a gap was filled: ACK ${next} at once, the peer may be in recovery`),
  SendWindowUpdate: rule('send-window-update', 'RFC 9293 §3.8.6.2.2', 'MUST', (wnd) => `the user has read: the window opens to ${wnd} octets`),
  AckDelayed: rule('ack-delayed', 'RFC 9293 §3.8.6.3', 'SHOULD', (n, ms) => `no ACK yet: ${n} octets unacknowledged, less than two segments; waits up to ${ms} ms for company`),
  WindowHeld: rule('window-held', 'RFC 9293 §3.8.6.2.2', 'MUST', (n) => `the right edge of our window stays: opening it by ${n} octets would be silly`),
  WindowProbe: rule('window-probe', 'RFC 9293 §3.8.6.1', 'MUST', (n) => `probe number ${n} of a closed window: one octet, to learn whether it has opened`),
  KeepAliveProbe: rule('keep-alive-probe', 'RFC 9293 §3.8.4', 'MAY', (n) => `keep-alive probe number ${n}: an old sequence number that a living peer must answer`),
  UrgentSent: rule('urgent-sent', 'RFC 9293 §3.8.5', 'MUST', (n) => `URG: urgent data ends ${n} octets from here`),
  MssChanged: rule('mss-changed', 'RFC 9293 §3.7.2', 'MUST', (mtu, mss) => `the path carries packets of ${mtu} octets at most: segments shrink to ${mss}`),
  RestartAfterIdle: rule('restart-after-idle', 'RFC 5681 §4.1', 'SHOULD', (ms, cwnd) => `idle for ${ms} ms, longer than the timeout: restart with a window of ${cwnd}`),
};
