/** Looks into the engines after every event: the books balance, and whatever is owed has a timer that will see to it in time. */
import type { VirtualClock } from '../../src/sim/virtual-clock.js';
import type { Endpoint } from '../../src/stack/endpoint.js';
import type { Tcb } from '../../src/tcp/tcb.js';
import { Timer } from '../../src/tcp/timers/timer-table.js';
import { type Duration, type Micros, SECOND } from '../../src/util/units.js';
import type { Talker } from './talker.js';
import type { WireWatch } from './wire-watch.js';

/** A long queue is counted only now and then. */
const OFTEN = 32;
const SELDOM = 16;

export class EngineWatch {
  readonly problems: string[] = [];
  private rounds = 0;
  private owing = false;
  /** Since when something is owed and no packet was sent. */
  private silentSince: Micros = 0;
  /** The longest silence that a timer seen meanwhile excuses. */
  private excused: Duration = 0;

  constructor(private readonly clock: VirtualClock, private readonly wire: WireWatch, private readonly talkers: { readonly a: Talker; readonly b: Talker }) {}

  check(): void {
    this.rounds++;
    const { a, b } = this.talkers;
    const owed = Math.max(this.checkSide('a', a.endpoint), this.checkSide('b', b.endpoint));
    this.checkSilence(owed);
  }

  /** @returns how long this side may be silent: until its retransmission or probe; 0 = it owes nothing */
  private checkSide(name: string, endpoint: Endpoint | undefined): Duration {
    if (endpoint === undefined || endpoint.dirty) return 0;
    const { tcb } = endpoint.connection;
    if (tcb.state === 'CLOSED' || tcb.state === 'LISTEN') return 0;
    if (tcb.queue.length <= OFTEN || this.rounds % SELDOM === 0) this.checkQueue(name, tcb);
    if (tcb.rcvBuf.length >= tcb.rcvBuf.limit + (1 << tcb.rcvScale)) this.complain(name, `holds ${tcb.rcvBuf.length} octets for the user, of ${tcb.rcvBuf.limit}`);
    const owes = tcb.queue.length > 0 || tcb.unsent > 0 || (tcb.closeRequested && !tcb.finSent);
    if (!owes || tcb.state === 'TIME-WAIT') return 0;
    const { timers } = tcb;
    const next = Math.min(timers.deadline(Timer.Retransmission), timers.deadline(Timer.Persist), timers.deadline(Timer.SwsOverride));
    if (next === Infinity) this.complain(name, `in ${tcb.state} owes ${tcb.queue.length} segments and ${tcb.unsent} octets, and no timer runs`);
    return Math.min(tcb.rto * 2 ** tcb.probes, tcb.config.rtoMax);
  }

  private checkQueue(name: string, { queue, sndUna, sndNxt, state }: Tcb): void {
    if (queue.inFlight !== queue.recount()) this.complain(name, `counts ${queue.inFlight} octets in flight, but ${queue.recount()} are`);
    if (queue.length === 0) {
      if (sndUna !== sndNxt) this.complain(name, `in ${state} has SND.UNA before SND.NXT and nothing queued`);
      return;
    }
    let at = sndUna;
    for (let i = 0; i < queue.length; i++) {
      const record = queue.at(i);
      if (record.seq !== at) return this.complain(name, `has a hole in its retransmission queue at record ${i} of ${queue.length}`);
      at = record.end;
    }
    if (at !== sndNxt) this.complain(name, 'has a retransmission queue that does not reach SND.NXT');
  }

  private checkSilence(owed: Duration): void {
    const { lastSent } = this.wire;
    const now = this.clock.now();
    if (owed === 0) this.owing = false;
    else if (!this.owing || lastSent > this.silentSince) {
      this.silentSince = this.owing ? lastSent : now;
      this.owing = true;
      this.excused = 0;
    }
    if (!this.owing) return;
    // The sender's own SWS override may come first.
    this.excused = Math.max(this.excused, owed + SECOND);
    if (now - this.silentSince <= this.excused) return;
    this.complain('the line', `was silent for ${((now - this.silentSince) / SECOND).toFixed(3)} s with something owed, the RTO allows ${(this.excused / SECOND).toFixed(3)} s`);
    this.silentSince = now;
  }

  private complain(name: string, what: string): void {
    if (this.problems.length < 10) this.problems.push(`${name} ${what}, at ${(this.clock.now() / SECOND).toFixed(6)} s`);
  }
}
