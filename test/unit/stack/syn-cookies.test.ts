/** SYN cookies, RFC 4987 §3.6: handshakes without memory, and what survives them. */
import type { TcpConfig } from '../../../src/tcp/config.js';
import type { Endpoint } from '../../../src/stack/endpoint.js';
import type { Segment } from '../../../src/wire/segment.js';
import { seqDiff, type Seq, seq } from '../../../src/util/seq.js';
import { MINUTE } from '../../../src/util/units.js';
import { HostBench, IRS, PEER, PEER6, socket, US, US6 } from '../../support/host.js';
import { buildPacket, parsePacket, type Shape } from '../../support/segments.js';

const ALL = { timestamps: true, sack: true, windowScaling: true };

function serving(config: Partial<TcpConfig> = {}, backlog = 5, accept = true) {
  const bench = new HostBench({ config: { synCookies: 'always', ...config } });
  const accepted: Endpoint[] = [];
  const listener = bench.stack.listen({ port: 80, backlog }, (l) => {
    for (let e = accept ? l.accept() : undefined; e !== undefined; e = l.accept()) accepted.push(e);
  });
  if (typeof listener === 'string') throw new Error(listener);
  let v6 = false;
  /** A segment of the peer; acknowledgements count from `iss`. */
  const send = (shape: Shape, iss: Seq = seq(0), port = 5000): void => {
    bench.packets(buildPacket(shape, socket(v6 ? PEER6 : PEER, port), socket(v6 ? US6 : US, 80), seq(IRS), iss));
  };
  const answer = (shape: Shape): Segment => {
    send(shape);
    return parsePacket(bench.lastSent());
  };
  return { bench, listener, accepted, send, answer, overIpv6: () => { v6 = true; } };
}

test('a SYN leaves nothing behind; the ACK that brings the cookie opens the connection', () => {
  const { bench, listener, accepted, send, answer } = serving();
  const synAck = answer({ flags: 'S', seq: 0, mss: 1460 });
  expect([bench.stack.demux.size, listener.embryonic]).toEqual([0, 0]);
  expect(bench.clock.next).toBe(Infinity); // not even a timer
  expect(seqDiff(synAck.ack, seq(IRS))).toBe(1);
  send({ flags: '.', seq: 1, ack: 1 }, synAck.seq);
  expect(accepted[0].state).toBe('ESTABLISHED');
  expect(accepted[0].info().sndMss).toBe(1460);
  expect(bench.recorder.rules).toEqual(expect.arrayContaining(['syn-cookie-good', 'handshake-done']));
  expect(accepted[0].info().srtt).toBe(-1);
});

test('text with that ACK is delivered', () => {
  const { bench, accepted, send, answer } = serving();
  const synAck = answer({ flags: 'S', seq: 0, mss: 1460 });
  send({ flags: 'P.', seq: 1, ack: 1, data: 30 }, synAck.seq);
  expect(accepted[0].receive(new Uint8Array(50))).toBe(30);
  expect(bench.stack.demux.size).toBe(1);
});

test.each([
  { mss: 9000, v6: false, used: 1460 },
  { mss: 1450, v6: false, used: 1440 },
  { mss: 1300, v6: false, used: 1300 },
  { mss: 100, v6: false, used: 536 },
  { mss: 1440, v6: true, used: 1440 },
  { mss: 1400, v6: true, used: 1220 },
])('an MSS of $mss (IPv6 $v6) is remembered as $used', ({ mss, v6, used }) => {
  const { accepted, send, answer, overIpv6 } = serving();
  if (v6) overIpv6();
  const synAck = answer({ flags: 'S', seq: 0, mss });
  send({ flags: '.', seq: 1, ack: 1 }, synAck.seq);
  expect(accepted[0].info().sndMss).toBe(used);
});

test.each([
  { offer: { sackOk: true, scale: 7, flags: 'SEW' }, agreed: { sack: true, sndScale: 7, ecn: true } },
  { offer: { sackOk: true }, agreed: { sack: true, sndScale: 0, ecn: false } },
  { offer: { scale: 0 }, agreed: { sack: false, sndScale: 0, ecn: false } },
  { offer: { scale: 200 }, agreed: { sack: false, sndScale: 14, ecn: false } },
  { offer: {}, agreed: { sack: false, sndScale: 0, ecn: false } },
])('with timestamps $offer survives', ({ offer, agreed }) => {
  const { bench, accepted, send, answer } = serving(ALL);
  bench.clock.advance(1_234_567);
  const synAck = answer({ flags: 'S', seq: 0, mss: 1460, ts: [77, 0], ...offer });
  const value = synAck.options.tsVal;
  expect(synAck.options).toMatchObject({ hasTimestamps: true, tsEcr: 77, sackPermitted: agreed.sack });
  bench.clock.advance(5000);
  send({ flags: '.', seq: 1, ack: 1, ts: [82, value] }, synAck.seq);
  expect(accepted[0].info()).toMatchObject({ ...agreed, timestamps: true });
  accepted[0].send(Uint8Array.of(1));
  const next = parsePacket(bench.lastSent());
  expect((next.options.tsVal - value) | 0).toBeGreaterThanOrEqual(0); // the clock never goes back
  expect((next.options.tsVal - value) | 0).toBeLessThan(100);
});

test('without timestamps nothing else is agreed upon', () => {
  const { answer } = serving(ALL);
  expect(answer({ flags: 'SEW', seq: 0, mss: 1460, sackOk: true, scale: 7 })).toMatchObject({
    flags: 0x12, options: { sackPermitted: false, windowScale: -1, hasTimestamps: false },
  });
});

test.each([
  { what: 'of another peer', port: 5001, ack: 1, wait: 0 },
  { what: 'made up', port: 5000, ack: 2, wait: 0 },
  { what: 'too old', port: 5000, ack: 1, wait: 2 * MINUTE },
])('a cookie $what: RST, nothing is opened', ({ port, ack, wait }) => {
  const { bench, accepted, send, answer } = serving();
  const synAck = answer({ flags: 'S', seq: 0, mss: 1460 });
  bench.clock.advance(wait);
  send({ flags: '.', seq: 1, ack }, synAck.seq, port);
  expect(parsePacket(bench.lastSent()).flags).toBe(4);
  expect(accepted).toHaveLength(0);
  expect(bench.recorder.rules).toContain('syn-cookie-bad');
});

test('on: only when the SYN queue is full, and ACKs are checked for two minutes after', () => {
  const { bench, listener, send } = serving({ synCookies: 'on' }, 1);
  send({ flags: '.', seq: 1, ack: 1 });
  expect(bench.recorder.rules).not.toContain('syn-cookie-bad');
  for (const port of [1, 2]) send({ flags: 'S', seq: 0 }, seq(0), port);
  expect(listener.embryonic).toBe(1);
  expect(bench.recorder.rules).not.toContain('syn-queue-full');
  send({ flags: '.', seq: 1, ack: 1 });
  expect(bench.recorder.rules).toContain('syn-cookie-bad');
});

test('nobody accepts: SYN and cookie are dropped', () => {
  const { bench, listener, send, answer } = serving({}, 0, false);
  const first = answer({ flags: 'S', seq: 0 });
  send({ flags: '.', seq: 1, ack: 1 }, first.seq);
  expect(listener.waiting).toBe(1);
  bench.out();
  send({ flags: '.', seq: 1, ack: 1 }, first.seq, 5001);
  send({ flags: 'S', seq: 0 }, seq(0), 5002);
  expect(bench.recorder.rules.at(-1)).toBe('backlog-full');
});
