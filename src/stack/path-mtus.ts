/** What routers have said of paths, by destination: connections share it, and new ones start with it (RFC 1191 §6.3, RFC 8201 §5.2). */
import type { PathMtu } from '../tcp/path-mtu.js';
import type { Address } from '../util/address.js';
import type { Micros } from '../util/units.js';

/** Destinations remembered; the one learnt first goes first. */
const MOST = 1024;

export class PathMtus {
  private readonly known = new Map<string, PathMtu>();

  get size(): number {
    return this.known.size;
  }

  /** What is known of the way to a host and not too old; otherwise undefined. */
  find(remote: Address, now: Micros): PathMtu | undefined {
    if (this.known.size === 0) return undefined;
    const key = remote.toString();
    const path = this.known.get(key);
    if (path === undefined || path.expires > now) return path;
    this.known.delete(key);
    return undefined;
  }

  learn(remote: Address, path: PathMtu): void {
    const key = remote.toString();
    this.known.delete(key);
    if (this.known.size === MOST) this.known.delete(this.known.keys().next().value ?? '');
    this.known.set(key, path);
  }
}
