/** RetransmitQueue: against a list of plain records that is recounted each time. */
import fc from 'fast-check';
import { RetransmitQueue } from '../../../../src/tcp/loss/retransmit-queue.js';
import { seq, seqAdd } from '../../../../src/util/seq.js';
import { FIN } from '../../../../src/wire/segment.js';

type Action = { do: 'push'; n: number } | { do: 'ack'; n: number } | { do: 'lose'; n: number } | { do: 'loseAll' } | { do: 'resend' } | { do: 'split'; n: number };
interface Plain { from: number; to: number; lost: boolean; sent: number; fin: boolean }

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('push' as const), n: fc.integer({ min: 1, max: 1460 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ack' as const), n: fc.integer({ min: 0, max: 4000 }) }) },
  fc.record({ do: fc.constant('lose' as const), n: fc.nat(50) }),
  fc.constant({ do: 'loseAll' as const }),
  { weight: 2, arbitrary: fc.constant({ do: 'resend' as const }) },
  fc.record({ do: fc.constant('split' as const), n: fc.nat(50) }),
);

function play(base: number, actions: readonly Action[]): void {
  const queue = new RetransmitQueue();
  let model: Plain[] = [];
  let next = 0;
  for (const [now, a] of actions.entries()) {
    switch (a.do) {
      case 'push': {
        const fin = next % 7 === 3;
        queue.push(seqAdd(seq(base), next), a.n, fin ? FIN : 0, now);
        model.push({ from: next, to: next + a.n, lost: false, sent: 1, fin });
        next += a.n;
        break;
      }
      case 'ack': {
        const una = Math.min((model[0]?.from ?? next) + a.n, next);
        queue.acknowledge(seqAdd(seq(base), una));
        model = model.filter((r) => r.to > una).map((r) => ({ ...r, from: Math.max(r.from, una) }));
        break;
      }
      case 'lose': {
        const i = model.length === 0 ? -1 : a.n % model.length;
        if (i >= 0) { queue.markLost(queue.at(i)); model[i].lost = true; }
        break;
      }
      case 'loseAll':
        queue.markAllLost();
        for (const r of model) r.lost = true;
        break;
      case 'resend': {
        const i = model.findIndex((r) => r.lost);
        expect(queue.firstLost()).toBe(i);
        if (i >= 0) { queue.resent(queue.at(i), now); model[i].lost = false; model[i].sent++; }
        break;
      }
      case 'split': {
        const i = model.length === 0 ? -1 : a.n % model.length;
        const r = model[i];
        if (i < 0 || r.to - r.from < 3) break;
        const cut = 1 + (a.n % (r.to - r.from - 2));
        queue.split(i, cut, FIN);
        model.splice(i, 1, { ...r, to: r.from + cut, fin: false }, { ...r, from: r.from + cut });
        break;
      }
    }
    expect(queue.length).toBe(model.length);
    expect(queue.inFlight).toBe(queue.recount());
    expect(queue.inFlight).toBe(model.reduce((sum, r) => sum + (r.lost ? 0 : r.to - r.from), 0));
    expect(queue.lostCount).toBe(model.filter((r) => r.lost).length);
    for (const [i, r] of model.entries()) {
      const record = queue.at(i);
      expect([(record.seq - base) >>> 0, record.len, record.lost, record.transmissions, record.control === FIN]).toEqual([r.from, r.to - r.from, r.lost, r.sent, r.fin]);
    }
  }
}

describe('RetransmitQueue', () => {
  test.each([0, 0xffff_fff0, 0x7fff_ff00])('does what a plain list does, from %p', (base) => {
    fc.assert(fc.property(fc.array(action, { maxLength: 60 }), (actions) => play(base, actions)), { numRuns: 150 });
  });

  test('a record keeps its place when the ring grows', () => {
    const queue = new RetransmitQueue();
    const first = queue.push(seq(0), 10, 0, 1);
    for (let i = 1; i < 100; i++) queue.push(seq(10 * i), 10, 0, 1);
    expect(queue.at(0)).toBe(first);
    expect(queue.at(99).seq).toBe(990);
    queue.acknowledge(seq(500));
    expect(queue.at(0).seq).toBe(500);
    queue.clear();
    expect([queue.length, queue.inFlight, queue.lostCount, queue.firstLost()]).toEqual([0, 0, 0, -1]);
  });

  test('a new record remembers nothing of the one whose place it takes', () => {
    const queue = new RetransmitQueue();
    for (let i = 0; i < 16; i++) queue.markLost(queue.push(seq(i), 1, FIN, 5));
    queue.at(0).probe = true;
    queue.acknowledge(seq(16));
    for (let i = 16; i < 32; i++) expect(queue.push(seq(i), 1, 0, 9)).toMatchObject({ lost: false, probe: false, transmissions: 1, control: 0, sentAt: 9 });
  });
});
