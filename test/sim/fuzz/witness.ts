/** Honest connections that live through the storm: what both ends read must be what the other wrote, to the last octet. */
import type { Endpoint } from '../../../src/stack/endpoint.js';
import type { Stack } from '../../../src/stack/stack.js';
import type { Tcb } from '../../../src/tcp/tcb.js';
import { seqAdd, seqGt, seqIn, seqLeq } from '../../../src/util/seq.js';
import { ACK, FIN, RST, type Segment, SYN } from '../../../src/wire/segment.js';
import { Pattern } from '../pattern.js';

/** One end: says a little at a time, reads everything. */
export class Speaker {
  sent = 0;
  received = 0;
  wrong = -1;
  ended = false;
  readonly endpoint: Endpoint;
  private readonly out: Pattern;
  private readonly expected: Pattern;
  private readonly buffer = new Uint8Array(8192);

  constructor(endpoint: Endpoint, own: number, peer: number) {
    this.endpoint = endpoint;
    this.out = new Pattern(own);
    this.expected = new Pattern(peer);
    endpoint.attach({ signals: () => this.read() });
  }

  say(octets: number): void {
    const taken = this.endpoint.send(this.out.at(this.sent, octets), 0, octets);
    if (typeof taken === 'number') this.sent += taken;
  }

  private read(): void {
    for (let n = this.endpoint.receive(this.buffer); n !== 0; n = this.endpoint.receive(this.buffer)) {
      if (typeof n !== 'number') {
        this.ended = n === 'connection-closing';
        return;
      }
      if (this.wrong < 0) this.wrong = this.expected.mismatch(this.received, this.buffer, n);
      this.received += n;
    }
  }
}

export class Witness {
  private constructor(readonly near: Speaker, readonly far: Speaker) {}

  /** Opens from the peer to the victim, or the other way round. */
  static open(victim: Stack, peer: Stack, family: 0 | 1, port: number, fromVictim: boolean, run: (until: () => boolean) => boolean, salt: number): Witness {
    const [client, server] = fromVictim ? [victim, peer] : [peer, victim];
    let accepted: Endpoint | undefined;
    const listener = server.listen({ port }, (l) => {
      accepted = l.accept();
    });
    if (typeof listener === 'string') throw new Error(`listen: ${listener}`);
    const opened = client.connect({ remote: server.addresses[family], remotePort: port }, { signals: () => undefined });
    if (typeof opened === 'string') throw new Error(`connect: ${opened}`);
    if (!run(() => accepted !== undefined && opened.state === 'ESTABLISHED') || accepted === undefined) throw new Error('the witness did not open');
    const [near, far] = fromVictim ? [opened, accepted] : [accepted, opened];
    return new Witness(new Speaker(near, salt, salt + 1), new Speaker(far, salt + 1, salt));
  }

  /** What is wrong with it, or null; to be asked when both have closed and read all. */
  get complaint(): string | null {
    const { near, far } = this;
    if (near.wrong >= 0 || far.wrong >= 0) return `a wrong octet at ${Math.max(near.wrong, far.wrong)}`;
    if (near.received !== far.sent || far.received !== near.sent) return `${far.sent} → ${near.received}, ${near.sent} → ${far.received} octets`;
    if (near.endpoint.failure !== null || far.endpoint.failure !== null) return `failed: ${near.endpoint.failure ?? 'no'}, ${far.endpoint.failure ?? 'no'}`;
    return near.ended && far.ended ? null : 'not finished';
  }
}

/**
 * Could this segment, if the stack is right, change what a witness delivers? A forger who guesses the numbers is, to TCP,
 * the peer: text, FIN, RST or ACK in its place must be believed. Everything that must *not* be believed is let through.
 */
export function isCredible(seg: Segment, tcb: Tcb): boolean {
  const { rcvNxt, rcvAdv } = tcb;
  const inside = seqIn(seg.seq, rcvNxt, rcvAdv) || seg.seq === rcvNxt || (seg.len > 0 && seqIn(seqAdd(seg.seq, seg.len - 1), rcvNxt, rcvAdv));
  // Where ACKs beside a window probe and beside a full window lie.
  const beside = seg.len <= 1 && seqIn(seg.seq, seqAdd(rcvNxt, -1), seqAdd(rcvAdv, 2));
  if (!inside && !beside) return false;
  if (seg.has(RST)) return seg.seq === rcvNxt;
  if (seg.has(SYN)) return false;
  // A newer timestamp, believed, makes the peer's own segments look old.
  if (tcb.timestamps && seg.options.hasTimestamps && ((seg.options.tsVal - tcb.tsRecent) | 0) > 0 && seqLeq(seg.seq, tcb.lastAckSent)) return true;
  if (!seg.has(ACK) || seqGt(seg.ack, tcb.sndNxt)) return false;
  return seqGt(seg.ack, tcb.sndUna) || seg.dataLength > 0 || seg.has(FIN);
}
