/** The sequence space is a circle (RFC 9293 §3.4): connections that begin just before 2^32, and one that goes all the way round. */
import { MILLISECOND } from '../../src/util/units.js';
import { seq } from '../../src/util/seq.js';
import { playMany } from './play.js';
import { stream } from './stream.js';

const GIB = 1024 ** 3;

describe('sequence numbers that wrap', () => {
  it('both initial sequence numbers at 0xFFFFFFF0: the properties hold in 500 conversations', () => {
    const { reports, totals } = playMany(1, 500, { wrap: true }, 'wrap');
    process.stdout.write(`wrap: ${totals.toString()}\n`);
    expect(reports).toEqual([]);
  }, 120_000);

  it('5 GiB through one connection at MTU 9000 arrive intact, more than once round the circle', () => {
    const started = performance.now();
    const result = stream(5 * GIB, { mtu: 9000, a: { config: { sendBuffer: 2 ** 21 } }, b: { config: { receiveBuffer: 2 ** 21 } } });
    const seconds = (performance.now() - started) / 1000;
    process.stdout.write(`5 GiB in ${seconds.toFixed(1)} s, ${((8 * 5 * GIB) / seconds / 1e9).toFixed(1)} Gbit/s through both stacks\n`);
    expect(result).toMatchObject({ received: 5 * GIB, wrong: -1, orderly: true, retransmissions: 0 });
    expect(result.wraps).toBeGreaterThanOrEqual(1);
  }, 200_000);

  it.each([0xfffffff0, 0x7ffffff0])('with loss and reordering across the edge, from %i', (from) => {
    const out = { delay: 10 * MILLISECOND, loss: 0.02, reorder: 0.05, duplicate: 0.02, corrupt: 0.01 };
    const host = { out, iss: () => seq(from - 1_000_000) };
    const result = stream(4 * 2 ** 20, { seed: 5, a: host, b: host });
    expect(result).toMatchObject({ received: 4 * 2 ** 20, wrong: -1, orderly: true });
    expect(result.retransmissions).toBeGreaterThan(10);
  });
});
