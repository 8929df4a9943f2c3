/**
 * The SACK blocks of an outgoing ACK: text that came twice first (RFC 2883 §4), then the run that changed last, then those
 * reported before it, then as many as fit (RFC 2018 §4).
 */
import { R } from '../../trace/book.js';
import { type Seq, seqMin } from '../../util/seq.js';
import type { Micros } from '../../util/units.js';
import { MAX_SACK_BLOCKS, type TcpOptions } from '../../wire/options.js';
import type { Tcb } from '../tcb.js';
import type { Reassembly } from './reassembly.js';

/** Three blocks fit beside timestamps, four without; fewer if the text of the segment leaves less room. @param room octets */
export function fillSackBlocks(tcb: Tcb, options: TcpOptions, room: number): void {
  options.sackBlocks = 0;
  const runs = tcb.reassembly;
  if (!tcb.sackPermitted || (runs.count === 0 && !tcb.dsackDue)) return;
  const most = Math.min(tcb.timestamps ? MAX_SACK_BLOCKS - 1 : MAX_SACK_BLOCKS, (room - 4) >> 3);
  if (most <= 0) return;
  if (tcb.dsackDue) put(options, tcb.dsackStart, tcb.dsackEnd);
  const first = options.sackBlocks;
  for (let k = 0; k < runs.recentCount && options.sackBlocks < most; k++) putRun(options, runs, runs.recentRun(k), first);
  for (let run = 0; run < runs.count && options.sackBlocks < most; run++) putRun(options, runs, run, first);
}

/** Adds a run, unless it is gone (-1) or said already: two that changed one after the other may have become one. */
function putRun(options: TcpOptions, runs: Reassembly, run: number, first: number): void {
  if (run < 0) return;
  const start = runs.start(run);
  for (let i = first; i < options.sackBlocks; i++) if (options.sackEdges[2 * i] === start) return;
  put(options, start, runs.end(run));
}

function put(options: TcpOptions, left: number, right: number): void {
  options.sackEdges[2 * options.sackBlocks] = left;
  options.sackEdges[2 * options.sackBlocks + 1] = right;
  options.sackBlocks++;
}

/** [from, to) was here before: the next ACK says so, and only the next (RFC 2883 §4). */
export function reportDuplicate(tcb: Tcb, from: Seq, to: Seq, now: Micros): void {
  if (!tcb.sackPermitted || !tcb.config.dsack) return;
  tcb.dsackDue = true;
  tcb.dsackStart = from;
  tcb.dsackEnd = to;
  tcb.trace?.decision(tcb.id, now, R.DuplicateReported, tcb.rcv(from), tcb.rcv(to), 0);
}

/** The part of [from, to) before RCV.NXT. */
export const reportOld = (tcb: Tcb, from: Seq, to: Seq, now: Micros): void => reportDuplicate(tcb, from, seqMin(to, tcb.rcvNxt), now);
