/** Keep-alives, RFC 9293 §3.8.4 (MUST-24…30, MAY-6). */
import { HOUR, SECOND } from '../../../../src/util/units.js';
import { WORLDS } from '../../../support/engine.js';
import { closeWait, established, finWait1, finWait2, synSent } from '../../../support/states.js';

const config = { keepAlive: true };

test('off by default (MUST-25)', () => {
  established().wait(1000 * HOUR).in('ESTABLISHED');
});

describe.each(WORLDS)('keep-alive, $name', (world) => {
  test('after two hours (MUST-28), nine probes 75 s apart, then the peer is gone', () => {
    const bench = established({ world, config });
    const lines = bench.timed(2 * HOUR + 9 * 75 * SECOND - 1);
    expect(lines).toEqual(Array.from({ length: 9 }, (_, i) => [2 * HOUR + i * 75 * SECOND, '. 0:0 ack 1'])); // SEQ = SND.NXT-1
    expect(bench.state).toBe('ESTABLISHED');
    expect(bench.pass(1)).toEqual(['R. 1:1 ack 1']); // as Linux says goodbye
    expect(bench.rules.at(-1)).toBe('keep-alive-reset');
    expect(bench.state).toBe('CLOSED');
    expect(bench.connection.failure).toBe('timed-out');
  });

  test('one answer, and it waits two hours again (MUST-29: a silent probe is no proof)', () => {
    const bench = established({ world, config });
    bench.pass(2 * HOUR + 5 * 75 * SECOND);
    bench.play({ flags: '.', seq: 1, ack: 1 });
    bench.wait(2 * HOUR - 1);
    expect(bench.pass(1)).toEqual(['. 0:0 ack 1']);
    expect(bench.pass(9 * 75 * SECOND - 1)).toHaveLength(8);
    expect(bench.state).toBe('ESTABLISHED');
  });

  test('anything heard counts', () => {
    const bench = established({ world, config });
    bench.wait(HOUR);
    bench.play({ flags: 'P.', seq: 1, ack: 1, data: 1 });
    bench.pass(SECOND);
    bench.wait(2 * HOUR - SECOND - 1);
    expect(bench.pass(1)).toEqual(['. 0:0 ack 2']);
  });

  test('not while something is outstanding (MUST-26): retransmissions ask already', () => {
    const bench = established({ world, config: { ...config, keepAliveIdle: 10 * SECOND } });
    bench.send(100);
    bench.drain();
    expect(bench.pass(100 * SECOND).every((line) => line === 'P. 1:101 ack 1')).toBe(true);
    expect(bench.rules).not.toContain('keep-alive-probe');
  });

  test.each([{ make: closeWait, seq: 0, ack: 2 }, { make: finWait2, seq: 1, ack: 1 }])('in other states that wait for the peer', ({ make, seq, ack }) => {
    const bench = make({ world, config });
    expect(bench.pass(2 * HOUR)).toEqual([`. ${seq}:${seq} ack ${ack}`]);
  });

  test('not in states with timers of their own', () => {
    for (const make of [synSent, finWait1]) {
      const bench = make({ world, config: { ...config, keepAliveIdle: SECOND } });
      bench.pass(50 * SECOND);
      expect(bench.rules).not.toContain('keep-alive-probe');
    }
  });

  test('with a garbage octet for erroneous peers (MAY-6)', () => {
    const bench = established({ world, config: { ...config, keepAliveOctet: true } });
    expect(bench.pass(2 * HOUR)).toEqual(['. 0:1 ack 1']);
    expect(bench.tcb.snd(bench.tcb.sndNxt)).toBe(1);
  });

  test('a probe that the peer does not know is answered with RST: gone', () => {
    const bench = established({ world, config });
    bench.pass(2 * HOUR);
    bench.play({ flags: 'R', seq: 1 });
    expect(bench.connection.failure).toBe('reset');
  });

  test("a peer's probe is answered", () => {
    for (const data of [0, 1]) expect(established({ world }).play({ flags: '.', seq: 0, ack: 1, data })).toEqual(['. 1:1 ack 1']);
  });
});
