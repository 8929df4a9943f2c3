/**
 * The ports that this stack holds where it shares its addresses with the host's own programs (Device.ports): one hold for each
 * connection and each listener, given back once, however it ends.
 */
import type { PortClaims } from '../device/device.js';
import type { Address } from '../util/address.js';

/** So many ports that other programs have are tried before we say that there is none left. */
const MOST_REFUSALS = 100;

/** A port of some of our addresses, ours until released. */
export class PortHold {
  /** @param giveBack called once at most */
  constructor(private giveBack: (() => void) | undefined) {}

  /** Idempotent. */
  release(): void {
    this.giveBack?.();
    this.giveBack = undefined;
  }
}

/** Where our addresses are ours alone there is nothing to hold. */
const NOTHING = new PortHold(undefined);

export class PortHolds {
  private readonly held = new Set<PortHold>();
  private stopped = false;

  constructor(private readonly ports: PortClaims | undefined) {}

  /** @returns null when another program has the port on one of the addresses */
  take(locals: readonly Address[], port: number): PortHold | null {
    const { ports, held } = this;
    if (ports === undefined) return NOTHING;
    if (this.stopped) return null;
    const claimed: Address[] = [];
    const hold = new PortHold(() => {
      held.delete(hold);
      for (const local of claimed) ports.release(local, port);
    });
    for (const local of locals) {
      if (!ports.claim(local, port)) {
        hold.release();
        return null;
      }
      claimed.push(local.copy());
    }
    held.add(hold);
    return hold;
  }

  /**
   * Has `choose` look for a port that can be held. Gives up after a hundred that other programs have.
   * @param choose tries ports until one is not taken @returns the port and its hold, or undefined
   */
  chosen(locals: readonly Address[], choose: (taken: (port: number) => boolean) => number | undefined): { readonly port: number; readonly hold: PortHold } | undefined {
    let hold: PortHold | null = null;
    let refusals = 0;
    const port = choose((candidate) => {
      hold = this.take(locals, candidate);
      return hold === null && ++refusals < MOST_REFUSALS;
    });
    return port === undefined || hold === null ? undefined : { port, hold };
  }

  /** Gives everything back; from now on nothing can be held. */
  stop(): void {
    this.stopped = true;
    for (const hold of [...this.held]) hold.release();
  }
}
