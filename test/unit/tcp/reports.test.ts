/** Asynchronous reports: RFC 9293 §3.9.1.8 (MUST-47, SHLD-20). */
import { report } from '../../../src/tcp/reports.js';
import { Signal } from '../../../src/tcp/tcb.js';
import { SECOND } from '../../../src/util/units.js';
import { established } from '../../support/states.js';

test('an ICMP message is reported with its type and code', () => {
  const bench = established();
  bench.connection.icmpArrives(3, 1, bench.now);
  expect(bench.connection.takeSignals()).toBe(Signal.Report | Signal.Delivery);
  expect(bench.connection.takeReports()).toEqual([{ kind: 'icmp', type: 3, code: 1, at: bench.now, text: '' }]);
  expect(bench.connection.takeReports()).toEqual([]);
});

test('excessive retransmissions are reported (R1)', () => {
  const bench = established();
  bench.send(10);
  bench.drain();
  bench.pass(10 * SECOND);
  expect(bench.connection.takeReports().map((r) => [r.kind, r.type])).toEqual([['retransmissions', 3]]);
});

test('off: nothing is noted, nothing signalled, and what was noted is forgotten (SHLD-20)', () => {
  const bench = established();
  bench.connection.icmpArrives(3, 1, bench.now);
  bench.connection.setErrorReports(false);
  bench.connection.takeSignals();
  bench.connection.icmpArrives(3, 1, bench.now);
  expect([bench.connection.takeSignals(), bench.connection.takeReports()]).toEqual([0, []]);
});

test('off from the start by setting', () => {
  const bench = established({ config: { errorReports: false } });
  bench.connection.icmpArrives(3, 1, bench.now);
  expect(bench.connection.takeReports()).toEqual([]);
});

test('of many that nobody takes the last 32 are kept', () => {
  const bench = established();
  for (let code = 0; code < 40; code++) report(bench.tcb, 'icmp', 3, code, bench.now);
  expect(bench.connection.takeReports().map((r) => r.code)).toEqual(Array.from({ length: 32 }, (_, i) => i + 8));
});
