/** Carries out scripted accidents: counts the segments that each script matches and says what happens to this one. */
import { IpHeader, PROTO_TCP, readIp } from '../wire/ip.js';
import type { Packet } from '../wire/packet.js';
import { Segment } from '../wire/segment.js';
import { readTcp } from '../wire/tcp.js';
import type { Direction, Gremlin } from './impairment.js';

/** The sentence for one packet, refilled for each. Labels are null where nothing is to happen. */
export class Verdict {
  drop: string | null = null;
  duplicate: string | null = null;
  corrupt: string | null = null;
  delay: string | null = null;
  /** µs, with `delay`. */
  delayBy = 0;
  /** Where the TCP header begins in the packet's buffer. */
  tcpStart = 0;

  clear(): void {
    this.drop = null;
    this.duplicate = null;
    this.corrupt = null;
    this.delay = null;
    this.delayBy = 0;
  }
}

interface Watch {
  readonly gremlin: Gremlin;
  readonly first: number;
  readonly last: number;
  seen: number;
}

export class Gremlins {
  private readonly header = new IpHeader();
  private readonly segment = new Segment();
  private readonly verdict = new Verdict();
  /** Those that may still strike. */
  private watches: Watch[] = [];

  constructor(scripts: readonly Gremlin[]) {
    for (const gremlin of scripts) this.add(gremlin);
  }

  add(gremlin: Gremlin): void {
    const first = gremlin.nth ?? 1;
    this.watches.push({ gremlin, first, last: first + (gremlin.times ?? 1) - 1, seen: 0 });
  }

  /** Every script counts the packet, whatever the others do to it. null = nothing happens; else lent until the next call. */
  judge(packet: Packet, direction: Direction): Verdict | null {
    if (this.watches.length === 0 || !this.read(packet)) return null;
    const { verdict } = this;
    verdict.clear();
    verdict.tcpStart = this.header.payloadStart;
    let struck = false;
    let spent = false;
    for (let i = 0; i < this.watches.length; i++) {
      const watch = this.watches[i];
      if (!watch.gremlin.match(this.segment, direction)) continue;
      watch.seen++;
      if (watch.seen >= watch.last) spent = true;
      if (watch.seen < watch.first) continue;
      this.note(watch.gremlin);
      struck = true;
    }
    if (spent) this.watches = this.watches.filter((w) => w.seen < w.last);
    return struck ? verdict : null;
  }

  private note({ action, label }: Gremlin): void {
    const { verdict } = this;
    if (action === 'drop') verdict.drop = label;
    else if (action === 'duplicate') verdict.duplicate = label;
    else if (action === 'corrupt') verdict.corrupt = label;
    else {
      verdict.delay = label;
      verdict.delayBy = Math.max(verdict.delayBy, action.delay);
    }
  }

  /** Checksums are not looked at: a segment may have been left for the hardware to finish. */
  private read(packet: Packet): boolean {
    return readIp(packet, this.header) === 0 && this.header.protocol === PROTO_TCP && readTcp(packet, this.header, this.segment, false) === 0;
  }
}
