/** The SACK blocks of an outgoing ACK (RFC 2018 §4): first the run that changed last, then the others. */
import type { TcpOptions } from '../../wire/options.js';
import type { Tcb } from '../tcb.js';

/** Three blocks fit beside timestamps, four without. */
export function fillSackBlocks(tcb: Tcb, options: TcpOptions): void {
  options.sackBlocks = 0;
  const runs = tcb.reassembly;
  if (!tcb.sackPermitted || runs.count === 0) return;
  const most = Math.min(tcb.timestamps ? 3 : 4, runs.count);
  let first = 0;
  for (let i = 0; i < runs.count; i++) if (runs.start(i) === runs.latest) first = i;
  put(options, runs.start(first), runs.end(first));
  for (let i = 0; i < runs.count && options.sackBlocks < most; i++) if (i !== first) put(options, runs.start(i), runs.end(i));
}

function put(options: TcpOptions, left: number, right: number): void {
  options.sackEdges[2 * options.sackBlocks] = left;
  options.sackEdges[2 * options.sackBlocks + 1] = right;
  options.sackBlocks++;
}
