/**
 * What the sender spends its time with while it has something to send: the network is at work, or the peer's window holds text
 * back, or the user would send more but has no room. For STATUS (Linux's tcpi_busy_time, tcpi_rwnd_limited, tcpi_sndbuf_limited).
 */
import { R } from '../trace/book.js';
import type { Duration, Micros } from '../util/units.js';
import type { Tcb } from './tcb.js';

const Kind = { Idle: 0, Busy: 1, Window: 2, Buffer: 3 } as const;

export class Chronograph {
  private kind: number = Kind.Idle;
  private since: Micros = 0;
  /** By kind, µs. */
  private readonly spent: [number, number, number, number] = [0, 0, 0, 0];

  /** Everything that is due has been sent: what does the sender wait for now? */
  settle(tcb: Tcb, now: Micros): void {
    const kind = kindOf(tcb);
    if (kind === this.kind) return;
    this.spent[this.kind] += now - this.since;
    this.kind = kind;
    this.since = now;
  }

  /** Time with something to send, the next two included. */
  busy(now: Micros): Duration {
    return this.of(Kind.Busy, now) + this.window(now) + this.buffer(now);
  }

  /** Time in which the peer's window held text back. */
  window(now: Micros): Duration {
    return this.of(Kind.Window, now);
  }

  /** Time in which more could have been sent, but the user had no room to put it. */
  buffer(now: Micros): Duration {
    return this.of(Kind.Buffer, now);
  }

  private of(kind: number, now: Micros): Duration {
    return this.spent[kind] + (kind === this.kind ? now - this.since : 0);
  }
}

function kindOf(tcb: Tcb): number {
  if (tcb.sndUna === tcb.iss || (tcb.queue.length === 0 && tcb.unsent <= 0)) return Kind.Idle;
  if (tcb.unsent > 0) return (tcb.heldBy === R.WindowFull || tcb.heldBy === R.SwsHolds) && tcb.pipe < tcb.cwnd ? Kind.Window : Kind.Busy;
  return tcb.starved && !tcb.cwndLimited ? Kind.Buffer : Kind.Busy;
}
