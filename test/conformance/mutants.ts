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
  { name: 'no-nagle', what: 'short segments are sent at once', file: 'src/tcp/output/nagle.ts', find: '  tcb.nagle && !tcb.urgentSending && textInFlight(tcb)', replace: '  tcb.nagle && tcb.iss === tcb.irs && textInFlight(tcb)' },
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
  { name: 'no-probe-back-off', what: 'probes of a closed window all have the same distance', file: 'src/tcp/timers/send-timers.ts', find: 'tcb.rtt.rto * 2 ** tcb.probes', replace: 'tcb.rtt.rto' },
  { name: 'closed-window-gives-up', what: 'probes end the connection although the peer answers them', file: 'src/tcp/timers/giving-up.ts', find: 'Math.max(tcb.lastHeardAt, tcb.unackedSince)', replace: 'tcb.unackedSince' },
  { name: 'silly-sender', what: 'whatever the window takes is sent, however little', file: 'src/tcp/output/nagle.ts', find: 'return length >= tcb.maxSndWnd / 2 && !nagleHolds(tcb);', replace: 'return length > 0;' },
  { name: 'never-pushed', what: 'no segment has PSH', file: 'src/tcp/output/plan.ts', find: '  if (length > 0 && pushes(tcb, plan)) plan.flags |= PSH;\n', replace: '' },
  { name: 'always-pushed', what: 'every segment with text has PSH', file: 'src/tcp/output/plan.ts', find: 'if (length > 0 && pushes(tcb, plan))', replace: 'if (length > 0)' },
  { name: 'signed-window', what: 'a window above 32767 is taken for a negative number', file: 'src/tcp/arrives/ack.ts', find: '  const wnd = seg.wnd << tcb.sndScale;\n', replace: '  const wnd = seg.wnd > 32767 ? 0 : seg.wnd << tcb.sndScale;\n' },
  { name: 'beyond-the-window', what: 'new text is sent although the window has no room', file: 'src/tcp/output/plan.ts', find: 'const length = Math.min(unsent, Math.max(usable, 0), tcb.sndMss);', replace: 'const length = Math.min(unsent, tcb.sndMss);' },
  { name: 'no-three-seconds', what: 'after a lost SYN the timeout for text stays short', file: 'src/tcp/rtt.ts', find: 'this.base = Math.max(this.base, RTO_AFTER_LOST_SYN);', replace: 'this.base = Math.max(this.base, 0);' },
  { name: 'first-sample-smoothed', what: 'the first round trip sets RTTVAR to itself', file: 'src/tcp/rtt.ts', find: 'this.rttvar = rtt / 2;\n      this.spread', replace: 'this.rttvar = rtt;\n      this.spread' },
  { name: 'no-restart-after-idleness', what: 'a window that was not used for long is used at once', file: 'src/tcp/output/plan.ts', find: '  const idle = now - tcb.lastSentAt;\n', replace: '  const idle = now - now;\n' },
  { name: 'no-limited-transmit', what: 'the first duplicate ACKs let nothing go', file: 'src/tcp/loss/recovery.ts', find: '  tcb.dupAckedOctets = Math.min(tcb.dupAckedOctets + tcb.sndMss, tcb.queue.inFlight);\n', replace: '  if (tcb.inRecovery) tcb.dupAckedOctets = Math.min(tcb.dupAckedOctets + tcb.sndMss, tcb.queue.inFlight);\n' },
  { name: 'partial-ack-waits', what: 'a partial ACK does not send the next hole', file: 'src/tcp/loss/recovery.ts', find: '  if (tcb.queue.length > 0) tcb.queue.markLost(tcb.queue.at(0));\n  return true;', replace: '  return true;' },
  { name: 'fast-retransmit-of-echoes', what: 'duplicate ACKs after a timeout count as loss', file: 'src/tcp/loss/recovery.ts', find: 'if (seqGt(tcb.sndUna, tcb.recover)) enterRecovery(tcb, now);', replace: 'if (tcb.queue.length > 0) enterRecovery(tcb, now);' },
  { name: 'any-ack-is-a-duplicate', what: 'window updates count as duplicate ACKs', file: 'src/tcp/arrives/ack.ts', find: 'reportsNewText(tcb, seg) : sameWindow;', replace: 'reportsNewText(tcb, seg) : true;' },
  { name: 'text-is-a-duplicate', what: 'segments with text count as duplicate ACKs', file: 'src/tcp/arrives/ack.ts', find: 'seg.dataLength > 0 || (seg.flags & (SYN | FIN)) !== 0', replace: '(seg.flags & (SYN | FIN)) !== 0' },
  { name: 'avoidance-is-slow-start', what: 'the window grows by a segment for each ACK beyond ssthresh', file: 'src/tcp/congestion/reno.ts', find: 'if (this.credit >= w.cwnd) {', replace: 'if (this.credit > 0) {' },
  { name: 'lazy-second-ack', what: 'the second full segment waits as well', file: 'src/tcp/receive/quick-ack.ts', find: '  else if (tcb.ackPending > tcb.rcvMss && windowToOffer(tcb) >= tcb.lastWndSent) ackNow(tcb, R.SendAckSecond);\n  else if (!tcb.ackNow) delayAck(tcb, now);', replace: '  else if (!tcb.ackNow) delayAck(tcb, now);' },
  { name: 'ttl-fixed', what: 'the TTL set is not used', file: 'src/tcp/output/write.ts', find: 'tcb.firstHop ?? tcb.remote, tcb.ttl, tos', replace: 'tcb.firstHop ?? tcb.remote, 64, tos' },
];
