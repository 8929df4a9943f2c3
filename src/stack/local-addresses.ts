/**
 * Which addresses are ours, which of them speaks to whom (RFC 1122 §3.3.4.3, RFC 6724), and which no packet may come from or
 * be sent to (RFC 1122 §3.2.1.3; RFC 9293 §3.9.2.3).
 */
import { Address } from '../util/address.js';

/** A subnet that one of our addresses lies in: 192.0.2.2/24 as address and number of leading bits. */
export interface Network {
  readonly address: Address;
  readonly prefix: number;
}

export class LocalAddresses {
  private readonly loopback: boolean;

  /** @param networks subnets that are directly reachable; their broadcast addresses are known from them */
  constructor(
    readonly list: readonly Address[],
    private readonly networks: readonly Network[] = [],
    private readonly route: (remote: Address) => Address | undefined = () => undefined,
  ) {
    this.loopback = list.some((address) => address.isLoopback);
  }

  has(address: Address): boolean {
    for (let i = 0; i < this.list.length; i++) if (this.list[i].equals(address)) return true;
    return false;
  }

  /** 255.255.255.255, or all ones behind the prefix of a subnet of ours (RFC 1122 §3.2.1.3 (c), (d)); /31 and /32 have none (RFC 3021). */
  isBroadcast(address: Address): boolean {
    if (!address.isV4) return false;
    if (address.isBroadcast) return true;
    for (let i = 0; i < this.networks.length; i++) {
      const { address: ours, prefix } = this.networks[i];
      if (!ours.isV4 || prefix > 30) continue;
      const hosts = prefix === 0 ? -1 : (1 << (32 - prefix)) - 1;
      if (((address.w3 ^ ours.w3) & ~hosts) === 0 && (address.w3 & hosts) === hosts) return true;
    }
    return false;
  }

  /** MUST-46: nobody can be a TCP peer at such an address. */
  isNoPeer(address: Address): boolean {
    return address.isUnspecified || address.isMulticast || this.isBroadcast(address);
  }

  /** MUST-63: no packet from outside has such a source: nobody, many, a host's inside, or ourselves. */
  isBadSource(address: Address): boolean {
    if (this.isNoPeer(address) || address.isThisNetwork) return true;
    return address.isLoopback ? !this.loopback : this.has(address);
  }

  /**
   * MUST-44: the address to speak from to a peer, or undefined. The route decides; without one the rules of RFC 6724 §5 that
   * a host with one interface can have: the same address, a scope that fits, a subnet shared, the longest match, the first.
   */
  choose(remote: Address): Address | undefined {
    const routed = this.route(remote);
    if (routed !== undefined) return routed;
    let best: Address | undefined;
    for (const candidate of this.list) {
      if (candidate.isV4 !== remote.isV4 || candidate.isLoopback !== remote.isLoopback) continue;
      if (remote.isLinkLocal && !remote.isV4 && !candidate.isLinkLocal) continue; // it could not be answered beyond the link
      if (best === undefined || this.compare(candidate, best, remote) > 0) best = candidate;
    }
    return best;
  }

  /** Above 0 when `a` suits the peer better than `b`. */
  private compare(a: Address, b: Address, remote: Address): number {
    const same = Number(a.equals(remote)) - Number(b.equals(remote));
    if (same !== 0) return same;
    const scope = Number(a.isLinkLocal === remote.isLinkLocal) - Number(b.isLinkLocal === remote.isLinkLocal);
    if (scope !== 0) return scope;
    const onLink = Number(this.sharesNetwork(a, remote)) - Number(this.sharesNetwork(b, remote));
    return onLink !== 0 || remote.isV4 ? onLink : a.commonPrefix(remote) - b.commonPrefix(remote);
  }

  private sharesNetwork(ours: Address, remote: Address): boolean {
    return this.networks.some((n) => n.address.equals(ours) && ours.commonPrefix(remote) >= n.prefix + (ours.isV4 ? 96 : 0));
  }
}

/** Reads "192.0.2.2/24" or an address alone, whose prefix is then undefined. @throws RangeError naming the text */
export function parseLocalAddress(text: string): { address: Address; prefix: number | undefined } {
  const [first, ...rest] = text.split('/');
  const address = Address.from(first);
  if (rest.length === 0) return { address, prefix: undefined };
  const prefix = /^\d+$/.test(rest.join('/')) ? Number(rest[0]) : Infinity;
  if (prefix > (address.isV4 ? 32 : 128)) throw new RangeError(`not a prefix length: "${text}"`);
  return { address, prefix };
}
