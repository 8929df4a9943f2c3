/** Port claims as a device has them that shares our addresses with other programs; keeps the books, and complains of wrong ones. */
import type { PortClaims } from '../../src/device/device.js';
import type { Address } from '../../src/util/address.js';

export class SharedPorts implements PortClaims {
  /** Claims by "address port". */
  readonly held = new Map<string, number>();
  /** Ports that other programs have. */
  readonly others = new Set<number>();
  /** Releases of what was not held. */
  readonly complaints: string[] = [];
  refused = 0;

  claim(local: Address, port: number): boolean {
    if (this.others.has(port)) {
      this.refused++;
      return false;
    }
    const key = `${local.toString()} ${port}`;
    this.held.set(key, (this.held.get(key) ?? 0) + 1);
    return true;
  }

  release(local: Address, port: number): void {
    const key = `${local.toString()} ${port}`;
    const left = (this.held.get(key) ?? 0) - 1;
    if (left < 0) this.complaints.push(`${key} released once too often`);
    else if (left === 0) this.held.delete(key);
    else this.held.set(key, left);
  }

  /** "address port" of each, as often as it is claimed, in order. */
  get list(): string[] {
    return [...this.held].flatMap(([key, n]) => new Array<string>(n).fill(key)).sort();
  }
}
