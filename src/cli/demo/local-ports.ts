/**
 * Ports for the demo at an address that it shares with all programs of this host: the usual ones, or the next that are free.
 * Ours are claimed at once, for as long as the device lives; the kernel's peer takes its own when it comes to them.
 */
import net from 'node:net';
import type { PortClaims } from '../../device/device.js';
import { Address } from '../../util/address.js';
import { Failure } from '../failure.js';
import { type DemoPorts, PORTS } from './world.js';

/** Ports tried for each purpose. */
const TRIES = 500;

/** @throws Failure when there is none free */
export async function chooseLocalPorts(address: string, claims: PortClaims): Promise<DemoPorts> {
  const local = Address.from(address);
  const claim = (port: number): Promise<boolean> => Promise.resolve(claims.claim(local, port));
  const ours = await firstOf(PORTS.ours, claim);
  const oursClosed = await firstOf(PORTS.oursClosed, claim);
  const isFree = (port: number): Promise<boolean> => canListen(address, port);
  // The kernel refuses only at a port that nobody has, and those above are ours.
  return { ours, theirs: await firstOf(PORTS.theirs, isFree), oursClosed, theirsClosed: await firstOf(oursClosed + 1, isFree) };
}

async function firstOf(first: number, take: (port: number) => Promise<boolean>): Promise<number> {
  for (let port = first; port < first + TRIES; port++) if (await take(port)) return port;
  throw new Failure(`Other programs have all ports from ${first} to ${first + TRIES - 1} of this host.`, 'glasstcp demo --device raw --isolated');
}

/** Asked by doing it: no program has the port, at this address or at all of them. */
function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ host, port }, () => server.close(() => resolve(true)));
  });
}
