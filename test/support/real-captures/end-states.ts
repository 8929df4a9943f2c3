/** The states that an onlooker inferred for the ends near the capture, beside those the kernel says its sockets are in. */
import { type KernelSocket, procAddress } from '../../../src/cli/demo/kernel-states.js';
import type { InferredState, Sighting } from '../../../src/observe/sighting.js';
import { Address } from '../../../src/util/address.js';

export interface EndState {
  /** "127.0.0.1:80 → 127.0.0.1:40000" */
  readonly end: string;
  readonly inferred: InferredState;
  /** CLOSED when the kernel has no socket for it. */
  readonly kernel: string;
}

/** By the last segment of each pair of ends. */
function lastSightings(sightings: readonly Sighting[]): Sighting[] {
  const last = new Map<string, Sighting>();
  for (const sighting of sightings) last.set([sighting.left, sighting.right].sort().join(' '), sighting);
  return [...last.values()];
}

/** @param isNear whether an address belongs to the kernel that was asked */
export function endStates(sightings: readonly Sighting[], sockets: readonly KernelSocket[], isNear: (address: string) => boolean): EndState[] {
  const states = new Map(sockets.filter(({ state }) => state !== 'LISTEN').map((s) => [`${s.local} ${s.localPort} ${s.remote} ${s.remotePort}`, s.state]));
  return lastSightings(sightings).flatMap(({ left, right, states: { left: l, right: r } }) => [{ own: left, other: right, step: l }, { own: right, other: left, step: r }])
    .filter(({ own }) => isNear(split(own).address))
    .map(({ own, other, step }) => ({ end: `${own} → ${other}`, inferred: step.after, kernel: states.get(`${procKey(own)} ${procKey(other)}`) ?? 'CLOSED' }));
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
