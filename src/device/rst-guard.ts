/**
 * Keeps the kernel from answering for our ports. Each has a listener of the kernel's whose filter drops every segment: the
 * kernel finds somebody who listens and sends no RST (RFC 9293 §3.10.7.1), a raw socket still sees the segment, and no other
 * program gets the port. The listeners go with the process, however it ends.
 */
import type { Address } from '../util/address.js';
import type { PortClaims } from './device.js';
import { KernelListener, ListenerRefused } from './kernel-listener.js';

interface Claimed {
  /** null where the guard is off: the port is only counted. */
  readonly listener: KernelListener | null;
  readonly port: number;
  claims: number;
}

export class RstGuard implements PortClaims {
  /** Why the last claim was refused: the name of an errno, or ''. */
  lastRefusal = '';
  private readonly claimed = new Map<number, Claimed>();
  private closed = false;

  /**
   * @param addresses ours, of one family; ports of others cannot be claimed
   * @param listens false only for tests that want to see what happens without the guard
   * @param onChange there is one port more, or one less
   */
  constructor(private readonly addresses: readonly Address[], private readonly listens: boolean, private readonly onChange: (more: boolean) => void) {}

  /** The ports claimed, on whatever address. */
  get list(): Set<number> {
    return new Set([...this.claimed.values()].map(({ port }) => port));
  }

  /** @param word the last four octets of the destination address */
  has(word: number, port: number): boolean {
    return this.claimed.has(keyOf(word, port));
  }

  claim(local: Address, port: number): boolean {
    const known = this.claimed.get(keyOf(local.w3, port));
    if (known !== undefined && this.isOurs(local)) {
      known.claims++;
      return true;
    }
    return this.add(local, port) !== 0;
  }

  /** Claims any port that is free. @returns it, or 0 when none can be had */
  claimFree(local: Address): number {
    return this.add(local, 0);
  }

  release(local: Address, port: number): void {
    const key = keyOf(local.w3, port);
    const known = this.claimed.get(key);
    if (known === undefined || --known.claims > 0) return;
    this.claimed.delete(key);
    known.listener?.close();
    this.onChange(false);
  }

  /** All ports are the host's again; none can be claimed any more. */
  close(): void {
    this.closed = true;
    for (const { listener } of this.claimed.values()) listener?.close();
    this.claimed.clear();
  }

  private add(local: Address, port: number): number {
    this.lastRefusal = '';
    try {
      if (this.closed || !this.isOurs(local)) throw new ListenerRefused('bind', 'EADDRNOTAVAIL');
      const listener = this.listens ? new KernelListener(local, port) : null;
      const bound = listener?.port ?? port;
      this.claimed.set(keyOf(local.w3, bound), { listener, port: bound, claims: 1 });
      this.onChange(true);
      return bound;
    } catch (error) {
      if (!(error instanceof ListenerRefused)) throw error;
      this.lastRefusal = error.code;
      return 0;
    }
  }

  private isOurs(local: Address): boolean {
    return this.addresses.some((address) => address.equals(local));
  }
}

/** Our addresses are of one family and differ in their last four octets. */
const keyOf = (word: number, port: number): number => (word >>> 0) * 65_536 + port;
