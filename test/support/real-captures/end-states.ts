/** The states that an onlooker inferred for the ends near the capture, beside those the kernel says its sockets are in. */
import { type KernelSocket, procAddress } from '../../../src/cli/demo/kernel-states.js';
import { type InferredState, type Side, otherSide } from '../../../src/observe/sighting.js';
import { Address } from '../../../src/util/address.js';
import type { OurSegment } from '../compare-with-tshark.js';

export interface EndState {
  /** "127.0.0.1:80 → 127.0.0.1:40000" */
  readonly end: string;
  readonly inferred: InferredState;
  /** At each of the times at which the kernel was asked; CLOSED when it had no socket for it. */
  readonly kernel: readonly string[];
  /** The same, or different for a reason that no segment shows. */
  readonly fits: boolean;
}

const SIDES: readonly Side[] = ['left', 'right'];

type States = ReadonlyMap<string, string>;

const statesOf = (sockets: readonly KernelSocket[]): States =>
  new Map(sockets.filter(({ state }) => state !== 'LISTEN').map((s) => [`${s.local} ${s.localPort} ${s.remote} ${s.remotePort}`, s.state]));

/**
 * @param sockets all the kernel had, at each of the times at which it was asked: one of them must fit
 * @param isNear whether an address belongs to the kernel that was asked
 */
export function endStates(all: readonly OurSegment[], sockets: readonly (readonly KernelSocket[])[], isNear: (address: string) => boolean): EndState[] {
  const times = sockets.map(statesOf);
  return conversations(all).flatMap((segments) => SIDES.flatMap((side) => {
    const last = segments[segments.length - 1];
    const [own, other] = [last[side], last[otherSide(side)]];
    if (!isNear(split(own).address)) return [];
    const inferred = last.states[side].after;
    const kernel = times.map((states) => states.get(`${procKey(own)} ${procKey(other)}`) ?? 'CLOSED');
    return [{ end: `${own} → ${other}`, inferred, kernel, fits: kernel.some((state) => fits(inferred, state, segments, side)) }];
  }));
}

function fits(inferred: InferredState, kernel: string, segments: readonly OurSegment[], side: Side): boolean {
  if (inferred === kernel) return true;
  // Back to LISTEN: there is no connection, and the kernel has no socket for it.
  if (inferred === 'LISTEN') return kernel === 'CLOSED';
  // CLOSE came before the peer's FIN, as nobody but its user knows: text was waiting, and our FIN with it.
  return inferred === 'CLOSED' && kernel === 'TIME-WAIT' && (sentTextAfterFin(segments, side) || hadTextUnderWay(segments, side));
}

/** When the peer sent its FIN, not all of this side's text was acknowledged: our FIN may have waited for the congestion window. */
function hadTextUnderWay(segments: readonly OurSegment[], side: Side): boolean {
  const fin = segments.findIndex(({ from, segment }) => from !== side && segment.flags.includes('FIN'));
  const ends = segments.slice(0, Math.max(0, fin)).filter(({ from }) => from === side).map(({ segment: { seq, length } }) => seq + length);
  return fin >= 0 && Math.max(...ends) > (segments[fin].segment.ack ?? Infinity);
}

function sentTextAfterFin(segments: readonly OurSegment[], side: Side): boolean {
  const fin = segments.findIndex(({ from, segment }) => from !== side && segment.flags.includes('FIN'));
  return fin >= 0 && segments.slice(fin).some(({ from, segment }) => from === side && segment.length > 0);
}

/** The segments of the last conversation of each pair of ends. */
function conversations(all: readonly OurSegment[]): OurSegment[][] {
  const byStream = new Map<number, OurSegment[]>();
  for (const segment of all) {
    const segments = byStream.get(segment.stream);
    if (segments === undefined) byStream.set(segment.stream, [segment]);
    else segments.push(segment);
  }
  const last = new Map<string, OurSegment[]>();
  for (const segments of byStream.values()) last.set([segments[0].left, segments[0].right].sort().join(' '), segments);
  return [...last.values()];
}

/** "192.0.2.1:80", "[2001:db8::1]:80" */
function split(end: string): { readonly address: string; readonly port: number } {
  const colon = end.lastIndexOf(':');
  return { address: end.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(end.slice(colon + 1)) };
}

function procKey(end: string): string {
  const { address, port } = split(end);
  return `${procAddress(Address.from(address))} ${port}`;
}
