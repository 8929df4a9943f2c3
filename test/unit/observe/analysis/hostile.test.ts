/** Whatever a file contains: nothing is thrown, and no kind of segment makes the onlooker slower and slower. */
import fc from 'fast-check';
import { Observer } from '../../../../src/observe/observer.js';
import { Packet } from '../../../../src/wire/packet.js';
import { handshake, type Line, Onlooker, packetOf } from '../../../support/onlooker.js';

test('any octets are a segment or overlooked in words', () => {
  const observer = new Observer(8);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(130), fc.integer(), (bytes, captured, at) => {
    const packet = Packet.of(bytes);
    const seen = observer.see({ number: 1, at, packet, captured: Math.min(captured, bytes.length) });
    if ('why' in seen) expect(seen.why).toMatch(/[a-zA-Z]/);
    else expect(seen.verdicts.map((v) => v.text).join()).not.toMatch(/undefined|NaN/);
  }), { numRuns: 3_000 });
});

test('any segments of a conversation have verdicts that can be read', () => {
  const shape = fc.record({
    flags: fc.subarray(['S', 'F', 'R', 'P', '.', 'U', 'E', 'W']).map((letters) => letters.join('')),
    seq: fc.oneof(fc.nat(300), fc.integer()), ack: fc.oneof(fc.nat(300), fc.integer()), wnd: fc.constantFrom(0, 1, 100, 65_535),
    data: fc.constantFrom(0, 1, 2, 50), urg: fc.constantFrom(0, 1, 65_535), scale: fc.constantFrom(0, 3, 14, 255), first: fc.constantFrom(1, 2),
    sack: fc.array(fc.tuple(fc.integer(), fc.integer()), { maxLength: 3 }),
  });
  const line = fc.tuple(fc.oneof(fc.nat(50), fc.integer()), fc.constantFrom('left' as const, 'right' as const), shape);
  fc.assert(fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
    const onlooker = new Onlooker();
    for (const l of lines) for (const { text } of onlooker.see(l).verdicts) expect(text).not.toMatch(/undefined|NaN/);
  }), { numRuns: 300 });
});

test.each([
  [0, 'nothing of it was captured'], [12, 'cut off within the IP header'], [30, 'cut off within the TCP header'],
])('a packet of which %d octets were captured: %s', (captured, why) => {
  expect(new Onlooker().look([0, 'left', { flags: 'S' }], () => undefined, captured)).toMatchObject({ why });
});

test.each<[string, (packet: Packet) => void, string]>([
  ['UDP', (p) => p.view.setUint8(9, 17), 'UDP'],
  ['ICMP', (p) => {
    p.view.setUint8(9, 1);
    p.view.setUint8(20, 3);
  }, 'ICMP destination unreachable'],
  ['something else', (p) => p.view.setUint8(9, 132), 'IP protocol 132'],
  ['a fragment', (p) => p.view.setUint16(6, 0x2000), 'IP fragment: fragments are not put together'],
  ['a header that is too short', (p) => p.view.setUint8(32, 0x40), 'a TCP data offset below 5 or beyond the packet'],
  ['neither version', (p) => p.view.setUint8(0, 0x50), 'neither IPv4 nor IPv6'],
])('%s is overlooked, in words', (_name, change, why) => {
  expect(new Onlooker().look([0, 'left', { flags: 'S' }], change)).toMatchObject({ why });
});

/** What grows with all that came before is some twenty times slower at the end. Of several pieces the quickest counts: a busy machine cannot slow them all. */
describe.each<[string, (n: number) => Line]>([
  ['duplicate ACKs', (n) => [n, 'right', { flags: '.', seq: 1, ack: 1, wnd: 512 }]],
  ['SACK blocks', (n) => [n, 'right', { flags: '.', seq: 1, ack: 1, wnd: 512, sack: [[100 * (n % 999), 100 * (n % 999) + 50], [7, 9], [90_000, 90_009]] }]],
  ['text never acknowledged', (n) => [n, 'left', { flags: '.', seq: 1 + 10 * n, ack: 1, data: 10 }]],
  ['gaps', (n) => [n, 'left', { flags: '.', seq: 1 + 20 * n, ack: 1, data: 10 }]],
  ['text backwards', (n) => [n, 'left', { flags: '.', seq: 2_000_000 - 20 * n, ack: 1, data: 10 }]],
  ['all of it again', (n) => [n, 'left', { flags: '.', seq: n % 2 === 0 ? 1 : 1 + 5 * n, ack: 1, data: n % 2 === 0 ? 1_400 : 10 }]],
  ['SYNs', (n) => [n, 'left', { flags: 'S', port: 1 + (n % 60_000) }]],
  ['ports used again', (n) => [n, 'left', { flags: 'S', first: n }]],
])('%s', (_name, make) => {
  test('20,000 of them', () => {
    const onlooker = new Onlooker(500);
    for (const line of handshake()) onlooker.see(line);
    const packets = Array.from({ length: 20_000 }, (_, n) => packetOf(make(n)));
    let number = 3;
    const look = (from: number, to: number): bigint => {
      const before = process.hrtime.bigint();
      for (const packet of packets.slice(from, to)) onlooker.observer.see({ number: ++number, at: number * 1_000, packet, captured: packet.length });
      return process.hrtime.bigint() - before;
    };
    const pieces = Array.from({ length: 20 }, (_, i) => Number(look(1_000 * i, 1_000 * i + 1_000)));
    expect(Math.min(...pieces.slice(-5))).toBeLessThan(8 * Math.max(...pieces.slice(0, 3)));
  });
});
