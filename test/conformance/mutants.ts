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
];
