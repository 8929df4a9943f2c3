/**
 * Engines broken on purpose: each is the real one with a single change, and the conformance run must notice every one of them.
 * A mutant whose text is no longer found is an error: it would test nothing.
 */
export interface Mutant {
  readonly name: string;
  /** What is wrong with it, as a bug report would say. */
  readonly what: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export const mutants: readonly Mutant[] = [
  { name: 'blind-reset', what: 'a RST anywhere in the window ends the connection', file: 'src/tcp/arrives/reset.ts', find: 'if (seg.seq !== tcb.rcvNxt) {', replace: 'if (tcb.iss === tcb.irs) {' },
  { name: 'no-syn-challenge', what: 'a SYN in the middle of a connection gets no answer', file: 'src/tcp/arrives/syn.ts', find: 'if (challengeAllowed(tcb, now)) ackNow(tcb, R.ChallengeSyn);', replace: '' },
  { name: 'window-off-by-one', what: 'one octet beyond the window is taken', file: 'src/tcp/arrives/sequence.ts', find: 'const beyond = seqDiff(seg.end, tcb.rcvAdv);', replace: 'const beyond = seqDiff(seg.end, tcb.rcvAdv) - 1;' },
  { name: 'no-paws', what: 'old timestamps are accepted', file: 'src/tcp/arrives/sequence.ts', find: 'const older = ((seg.options.tsVal - tcb.tsRecent) | 0) < 0;', replace: 'const older = false;' },
  { name: 'paws-for-rst', what: 'PAWS is applied to RST as well', file: 'src/tcp/arrives/sequence.ts', find: '  if (seg.has(RST)) return true;\n  if (!seg.options.hasTimestamps) {', replace: '  if (!seg.options.hasTimestamps) {' },
  { name: 'ts-recent-always', what: 'TS.Recent is taken from any segment in the window', file: 'src/tcp/arrives/sequence.ts', find: 'seqLeq(seg.seq, tcb.lastAckSent) && ', replace: '' },
  { name: 'time-wait-not-restarted', what: 'a FIN sent again does not restart the 2MSL timer', file: 'src/tcp/arrives/sequence.ts', find: 'seg.has(FIN) && seg.end === tcb.rcvNxt) restartTimeWait(tcb, now);', replace: 'seg.has(FIN) && seg.end === tcb.rcvNxt) { /* not restarted */ }' },
  { name: 'old-syn-reincarnates', what: 'any SYN ends TIME-WAIT', file: 'src/tcp/arrives/sequence.ts', find: 'const beyond = seqGt(seg.seq, tcb.rcvNxt);', replace: 'const beyond = true;' },
  { name: 'ack-of-the-future', what: 'an ACK for text never sent is not answered', file: 'src/tcp/arrives/ack.ts', find: '  if (challengeAllowed(tcb, now)) ackNow(tcb, R.SendAck);\n  return false;', replace: '  return false;' },
  { name: 'one-msl', what: 'TIME-WAIT lasts one MSL', file: 'src/tcp/timers/ending.ts', find: '  tcb.timers.set(Timer.TimeWait, now + 2 * tcb.config.msl);\n}', replace: '  tcb.timers.set(Timer.TimeWait, now + tcb.config.msl);\n}' },
  { name: 'no-karn', what: 'round trips are measured with segments sent twice', file: 'src/tcp/loss/acknowledged.ts', find: 'if (!queue.ackedResent) return now - queue.ackedFirstSentAt;', replace: 'if (queue.ackedFirstSentAt >= 0) return now - queue.ackedFirstSentAt;' },
  { name: 'no-backoff', what: 'the retransmission timeout is not doubled', file: 'src/tcp/rtt.ts', find: 'this.backoff++', replace: 'this.backoff += 0' },
  { name: 'two-duplicates', what: 'fast retransmit with the second duplicate ACK', file: 'src/tcp/loss/recovery.ts', find: 'const DUP_ACK_THRESHOLD = 3;', replace: 'const DUP_ACK_THRESHOLD = 2;' },
  { name: 'no-slow-start', what: 'cwnd stays as it was after a timeout', file: 'src/tcp/congestion/reno.ts', find: '    w.cwnd = w.smss;\n    this.credit = 0;\n    this.afterTimeout = true;', replace: '    this.credit = 0;\n    this.afterTimeout = true;' },
  { name: 'no-reduction', what: 'fast recovery does not halve the window', file: 'src/tcp/congestion/reno.ts', find: '    w.cwnd = w.ssthresh;\n', replace: '' },
  { name: 'timer-not-restarted', what: 'an ACK for new text does not restart the retransmission timer', file: 'src/tcp/loss/acknowledged.ts', find: '  tcb.timers.stop(Timer.Retransmission);\n', replace: '' },
  { name: 'shift-of-fifteen', what: 'a window scale above 14 is believed', file: 'src/tcp/negotiate.ts', find: 'Math.min(options.windowScale, MAX_SHIFT)', replace: 'options.windowScale' },
  { name: 'mss-default', what: 'without an MSS option 1460 is assumed', file: 'src/tcp/segment-size.ts', find: 'const DEFAULT_MSS_V4 = 536;', replace: 'const DEFAULT_MSS_V4 = 1460;' },
  { name: 'mss-default-v6', what: 'without an MSS option 1440 is assumed in IPv6', file: 'src/tcp/segment-size.ts', find: 'const DEFAULT_MSS_V6 = 1220;', replace: 'const DEFAULT_MSS_V6 = 1440;' },
  { name: 'no-nagle', what: 'short segments are sent at once', file: 'src/tcp/output/nagle.ts', find: '  tcb.nagle && textInFlight(tcb)', replace: '  tcb.nagle && tcb.iss === tcb.irs && textInFlight(tcb)' },
  { name: 'checksum-ignored', what: 'segments with a wrong checksum are taken', file: 'src/wire/tcp.ts', find: '  if (verifyChecksum) {', replace: '  if (verifyChecksum && ip.version === 5) {' },
  { name: 'keep-alive-always', what: 'keep-alives are on by default', file: 'src/tcp/config.ts', find: '  keepAlive: false,', replace: '  keepAlive: true,' },
  { name: 'keep-alive-hasty', what: 'keep-alives after one hour', file: 'src/tcp/config.ts', find: '  keepAliveIdle: 2 * HOUR,', replace: '  keepAliveIdle: 1 * HOUR,' },
  { name: 'urgent-off-by-one', what: 'the urgent pointer of what arrives is read one octet too far', file: 'src/tcp/arrives/urgent.ts', find: 'tcb.config.urgentPointer === \'last\' ? 1 : 0', replace: 'tcb.config.urgentPointer === \'last\' ? 1 : 1' },
  { name: 'no-gap-ack', what: 'a filled gap is acknowledged late', file: 'src/tcp/arrives/text.ts', find: '  ackNow(tcb, R.SendGapAck);\n', replace: '' },
  { name: 'no-duplicate-ack', what: 'text out of order is not answered', file: 'src/tcp/arrives/text.ts', find: '  tcb.dupAcksDue++;', replace: '' },
  { name: 'dsack-silent', what: 'text that came twice is not reported', file: 'src/tcp/receive/sack-blocks.ts', find: '  tcb.dsackDue = true;', replace: '' },
  { name: 'fin-eaten', what: 'a FIN in FIN-WAIT-2 is not waited out', file: 'src/tcp/arrives/fin.ts', find: 'return enterTimeWait(tcb, R.FinInFinWait2, now);', replace: 'return;' },
  { name: 'stale-window', what: 'the window of an old segment is believed', file: 'src/tcp/arrives/ack.ts', find: '  if (!newlyAcked && !(seqLt(tcb.sndWl1, seg.seq)', replace: '  if (tcb.iss === tcb.irs && !(seqLt(tcb.sndWl1, seg.seq)' },
  { name: 'patient-for-ever', what: 'R2 is never reached', file: 'src/tcp/timers/timeout.ts', find: '  if (now >= giveUpAt(tcb) || retriesSpent(tcb, now)) return giveUp(tcb, now);\n', replace: '' },
  { name: 'reset-anywhere-heard', what: 'a RST outside the window ends the connection', file: 'src/tcp/arrives/sequence.ts', find: '  if (!acceptable(tcb, seg)) {', replace: '  if (!acceptable(tcb, seg) && !seg.has(RST)) {' },
  { name: 'old-acks-believed', what: 'an ACK may be as old as it likes', file: 'src/tcp/arrives/ack.ts', find: '  } else if (seqLt(seg.ack, seqAdd(tcb.sndUna, -Math.min(tcb.maxSndWnd, everAcknowledged(tcb))))) {', replace: '  } else if (tcb.iss === tcb.irs) {' },
  { name: 'challenges-unlimited', what: 'every forged segment is answered', file: 'src/tcp/receive/challenge.ts', find: 'return farEnough(tcb, now) && withinLimit(tcb, now);\n}\n\n/** May an ACK', replace: 'return tcb.iss !== tcb.irs;\n}\n\n/** May an ACK' },
  { name: 'isn-without-clock', what: 'initial sequence numbers do not grow with time', file: 'src/stack/isn.ts', find: 'f.getInt32(0) + (Math.floor(now / TICK) % 0x1_0000_0000)', replace: 'f.getInt32(0) + 0 * now' },
  { name: 'isn-without-secret', what: 'initial sequence numbers can be computed by anybody', file: 'src/stack/isn.ts', find: '    this.input.set(secret);\n', replace: '' },
  { name: 'isn-without-peer', what: 'initial sequence numbers are the same for all peers', file: 'src/stack/isn.ts', find: '    [local, remote].forEach(', replace: '    [local, local].forEach(' },
  { name: 'ports-in-order', what: 'ephemeral ports begin with the first one for everybody', file: 'src/stack/ports.ts', find: '(offset + (this.counters[counter])) % range', replace: '(offset * 0 + (this.counters[counter])) % range' },
  { name: 'one-sided', what: 'a SYN in SYN-SENT is dropped: no simultaneous open', file: 'src/tcp/arrives/syn-sent.ts', find: '  enter(tcb, \'SYN-RECEIVED\', R.SimultaneousOpen, now);\n  tcb.synDue = true;\n', replace: '' },
  { name: 'refused-becomes-listener', what: 'SYN-RECEIVED forgets that it was an active OPEN', file: 'src/tcp/arrives/reset.ts', find: 'else if (tcb.passive) returnToListen(', replace: 'else if (tcb.iss !== tcb.irs) returnToListen(' },
  { name: 'bad-sources-answered', what: 'packets from multicast and broadcast addresses are taken', file: 'src/stack/inbound.ts', find: '    if (this.local.isBadSource(ip.src)) return Reject.BadSource; // MUST-63\n', replace: '' },
  { name: 'any-destination', what: 'packets for other addresses are taken, broadcasts included', file: 'src/stack/inbound.ts', find: '    if (!this.local.has(ip.dst)) return Reject.NotForUs; // broadcast and multicast included (MUST-57)\n', replace: '' },
  { name: 'open-to-many', what: 'a connection to a multicast address is tried', file: 'src/stack/local-addresses.ts', find: 'return address.isUnspecified || address.isMulticast || this.isBroadcast(address);', replace: 'return address.isUnspecified;' },
  { name: 'unread-text-forgotten', what: 'a close with unread text is an ordinary one', file: 'src/tcp/calls.ts', find: '      if (tcb.rcvBuf.length > 0) {\n        tcb.trace?.decision(tcb.id, now, R.ReleaseUnread', replace: '      if (tcb.rcvBuf.length > 1e9) {\n        tcb.trace?.decision(tcb.id, now, R.ReleaseUnread' },
  { name: 'always-assassinated', what: 'a RST always ends TIME-WAIT', file: 'src/tcp/arrives/reset.ts', find: 'if (tcb.config.rfc1337) tcb', replace: 'if (tcb.iss === tcb.irs) tcb' },
  { name: 'timestamps-ignored-in-time-wait', what: 'a newer timestamp does not open a new incarnation', file: 'src/tcp/arrives/sequence.ts', find: '  if (newer > 0) return R.IncarnationByTimestamp;\n', replace: '  if (newer > 0) return beyond ? R.IncarnationByTimestamp : 0;\n' },
  { name: 'incarnations-overlap', what: 'a new incarnation begins where the old one ended', file: 'src/tcp/connection.ts', find: 'const least = seqAdd(this.tcb.sndNxt, 0x10000 + 1);', replace: 'const least = seqAdd(this.tcb.sndNxt, 1);' },
  { name: 'any-syn-cookie', what: 'any ACK opens a connection while cookies are in use', file: 'src/stack/syn-cookies.ts', find: ' || iss !== this.number(seg, irs, (iss >>> 27) & MINUTE_BITS, index)) return null;', replace: ') return null;' },
  { name: 'endless-syn-queue', what: 'every SYN is remembered', file: 'src/stack/inbound.ts', find: 'listener.embryonic >= listener.synQueue && leastIss === undefined', replace: 'listener.embryonic >= 1e9 && leastIss === undefined' },
  { name: 'any-fast-open-cookie', what: 'text on a SYN is taken whatever its cookie', file: 'src/stack/fast-open.ts', find: 'const match = open ? 0 : this.match(seg);', replace: 'const match = open || asked > 0 ? 0 : this.match(seg);' },
  { name: 'fast-open-unbounded', what: 'any number of Fast Opens is taken', file: 'src/stack/fast-open.ts', find: 'if (listener.unconfirmed >= limit) {', replace: 'if (listener.unconfirmed >= 1e9) {' },
  { name: 'fast-open-forgets-mss', what: 'the MSS of a server is not remembered', file: 'src/stack/fast-open.ts', find: 'const mss = known?.mss ?? 0;', replace: 'const mss = 0;' },
  { name: 'fast-open-text-lost', what: 'text that the SYN,ACK does not acknowledge waits for a timeout', file: 'src/tcp/fast-open.ts', find: '  tcb.queue.markAllLost();\n', replace: '' },
];
