/** ICMP errors about a segment of ours: RFC 9293 §3.9.2.2, RFC 1122 §4.2.3.9, RFC 5461. */
import { icmpMeaning } from '../../../src/tcp/icmp-errors.js';
import { Signal } from '../../../src/tcp/tcb.js';
import { SECOND } from '../../../src/util/units.js';
import { closeWait, established, synReceived, synReceivedActive, synSent } from '../../support/states.js';

describe('what a message means', () => {
  test.each([
    [3, 0, 'net-unreachable', false], [3, 1, 'host-unreachable', false], [3, 2, 'protocol-unreachable', true], [3, 3, 'refused', true],
    [3, 5, 'source-route-failed', false], [3, 6, 'net-unreachable', false], [3, 7, 'host-down', false], [3, 8, 'host-isolated', false],
    [3, 13, 'host-unreachable', false], [11, 0, 'host-unreachable', false], [11, 1, 'host-unreachable', false], [12, 0, 'protocol-error', false],
  ])('ICMP type %p code %p: %s, hard %p', (type, code, failure, hard) => expect(icmpMeaning(true, type, code)).toEqual({ failure, hard }));

  test.each([
    [1, 0, 'net-unreachable', false], [1, 1, 'prohibited', true], [1, 2, 'host-unreachable', false], [1, 3, 'host-unreachable', false],
    [1, 4, 'refused', true], [1, 5, 'prohibited', true], [1, 6, 'prohibited', true], [3, 0, 'host-unreachable', false], [4, 2, 'protocol-error', false],
  ])('ICMPv6 type %p code %p: %s, hard %p', (type, code, failure, hard) => expect(icmpMeaning(false, type, code)).toEqual({ failure, hard }));

  test.each([[true, 3, 4], [true, 3, 16], [true, 4, 0], [true, 5, 1], [false, 1, 7], [false, 2, 0]])('v4 %p type %p code %p: nothing', (v4, type, code) => {
    expect(icmpMeaning(v4, type, code)).toBeNull();
  });
});

describe('while opening', () => {
  test('a hard error ends the attempt with its own reason (SHLD-26)', () => {
    const bench = synSent();
    bench.connection.icmpArrives(3, 2, bench.now);
    expect([bench.state, bench.connection.failure]).toEqual(['CLOSED', 'protocol-unreachable']);
  });

  test('a soft error does not (MUST-56), and is reported (SHLD-25)', () => {
    const bench = synSent();
    bench.connection.icmpArrives(3, 1, bench.now);
    expect([bench.state, bench.connection.takeReports().map((r) => [r.type, r.code])]).toEqual(['SYN-SENT', [[3, 1]]]);
  });

  test('with softErrorsEndOpening it does, as on Linux', () => {
    const bench = synSent({ config: { softErrorsEndOpening: true } });
    bench.connection.icmpArrives(3, 0, bench.now);
    expect([bench.state, bench.connection.failure]).toEqual(['CLOSED', 'net-unreachable']);
    expect(bench.rules).toContain('unreachable-opening');
  });

  test('but not by the end of a time of reassembly: the host is there', () => {
    const bench = synSent({ config: { softErrorsEndOpening: true } });
    bench.connection.icmpArrives(11, 1, bench.now);
    expect(bench.state).toBe('SYN-SENT');
  });

  test('a simultaneous open ends as well', () => {
    const bench = synReceivedActive({ config: { softErrorsEndOpening: true } });
    bench.connection.icmpArrives(11, 0, bench.now);
    expect([bench.state, bench.connection.failure]).toEqual(['CLOSED', 'host-unreachable']);
  });

  test('a handshake that came to a listener is kept after a hard error, as on Linux; hardErrorsAbort ends it', () => {
    const kept = synReceived();
    kept.connection.icmpArrives(3, 3, kept.now);
    expect(kept.state).toBe('SYN-RECEIVED');
    const ended = synReceived({ config: { hardErrorsAbort: true } });
    ended.connection.icmpArrives(3, 3, ended.now);
    expect(ended.state).toBe('CLOSED');
  });
});

describe('an open connection', () => {
  test('survives a hard error, which is reported (RFC 5461, as Linux)', () => {
    const bench = established();
    bench.send(10);
    bench.drain();
    bench.connection.icmpArrives(3, 3, bench.now);
    expect([bench.state, bench.connection.takeSignals() & Signal.Report]).toEqual(['ESTABLISHED', Signal.Report]);
    expect(bench.connection.info().softError).toBe('refused');
  });

  test('ends by it with hardErrorsAbort: RFC 9293\'s SHLD-26', () => {
    const bench = closeWait({ config: { hardErrorsAbort: true } });
    bench.send(10);
    bench.drain();
    bench.connection.icmpArrives(3, 3, bench.now);
    expect([bench.state, bench.connection.failure, bench.drain()]).toEqual(['CLOSED', 'refused', []]);
  });

  test('a soft error is told once to who asks, as SO_ERROR does', () => {
    const bench = established();
    bench.connection.icmpArrives(3, 1, bench.now);
    expect([bench.connection.takeSoftError(), bench.connection.takeSoftError()]).toEqual(['host-unreachable', null]);
  });

  test('a soft error never ends it, whatever the settings', () => {
    const bench = established({ config: { hardErrorsAbort: true, softErrorsEndOpening: true } });
    bench.send(10);
    bench.drain();
    bench.connection.icmpArrives(3, 1, bench.now);
    expect(bench.state).toBe('ESTABLISHED');
  });

  test('that times out later gives the soft error as the reason', () => {
    const bench = established();
    bench.send(10);
    bench.drain();
    bench.connection.icmpArrives(3, 1, bench.now);
    bench.pass(2000 * SECOND);
    expect([bench.state, bench.connection.failure]).toEqual(['CLOSED', 'host-unreachable']);
  });

  test('an attempt to open that times out, too', () => {
    const bench = synSent();
    bench.connection.icmpArrives(3, 0, bench.now);
    bench.pass(2000 * SECOND);
    expect([bench.state, bench.connection.failure]).toEqual(['CLOSED', 'net-unreachable']);
  });

  test('an acknowledgement takes a soft error back', () => {
    const bench = established();
    bench.send(10);
    bench.drain();
    bench.connection.icmpArrives(3, 1, bench.now);
    bench.play({ flags: '.', seq: 1, ack: 11 });
    expect(bench.connection.info().softError).toBeNull();
    bench.send(10);
    bench.drain();
    bench.pass(2000 * SECOND);
    expect(bench.connection.failure).toBe('timed-out');
  });

  test('a SYN,ACK takes it back', () => {
    const bench = synSent();
    bench.connection.icmpArrives(3, 1, bench.now);
    bench.play({ flags: 'S.', seq: 0, ack: 1 });
    expect(bench.connection.info().softError).toBeNull();
  });

  test('a code that says nothing to TCP is dropped with a word', () => {
    const bench = established();
    bench.connection.icmpArrives(3, 99, bench.now);
    expect([bench.rules, bench.connection.takeSignals()]).toEqual([['icmp-unused'], 0]);
  });
});
