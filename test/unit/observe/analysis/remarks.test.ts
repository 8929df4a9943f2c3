/** Verdicts that Wireshark has no flags for: SACK, ECN, Fast Open, urgent data, the condition of the packet. */
import type { Packet } from '../../../../src/wire/packet.js';
import { writeTcpChecksum } from '../../../../src/wire/tcp.js';
import { checksumFold, pseudoHeaderSum } from '../../../../src/wire/checksum.js';
import { Address } from '../../../../src/util/address.js';
import { ack, handshake, type Line, namesOf, namesOfLast, Onlooker, text, textsOfLast } from '../../../support/onlooker.js';

const open = handshake(10);

test('SACK: what is there; and what was there already', () => {
  const lost = [...open, text(20, 1), text(21, 101), text(22, 201), text(23, 301), ack(30, 1)];
  expect(textsOfLast([...lost, ack(31, 1, { sack: [[201, 301]] })])).toContain('sack: octets 201…300 are there, something before them is not');
  expect(textsOfLast([...lost, ack(31, 1, { sack: [[301, 401], [101, 201]] })])).toContain('sack: octets 301…400 are there, something before them is not; 2 blocks in all');
  expect(textsOfLast([...lost, ack(31, 401, { sack: [[101, 201]] })])).toContain('duplicate-sack: octets 101…200 have arrived twice');
  expect(namesOfLast([...lost, ack(31, 1, { sack: [[201, 301], [101, 401]] })])).toContain('duplicate-sack');
  expect(namesOfLast([...lost, ack(31, 1, { sack: [[201, 301], [101, 250]] })])).not.toContain('duplicate-sack');
});

test('ECN: offered, agreed, marked, echoed, heeded', () => {
  const lines: Line[] = [
    [0, 'left', { flags: 'SEW', wnd: 512 }], [5, 'right', { flags: 'SE.', ack: 1, wnd: 512 }], [10, 'left', { flags: '.', seq: 1, ack: 1, wnd: 512 }],
    text(20, 1, 100, { ecn: 3 }), ack(30, 101, { flags: '.E' }), text(40, 101, 100, { flags: 'P.W', ecn: 2 }),
  ];
  expect(namesOf(lines)).toEqual([['ecn-offered'], ['ecn-agreed'], [], ['congestion-experienced'], ['ecn-echo'], ['window-reduced']]);
  expect(namesOf([[0, 'left', { flags: 'S' }], [5, 'right', { flags: 'S.', ack: 1 }]])).toEqual([[], []]);
});

test('Fast Open: asked, granted, used', () => {
  expect(namesOf([[0, 'left', { flags: 'S', cookie: '' }], [5, 'right', { flags: 'S.', ack: 1, cookie: '0011223344556677' }]])).toEqual([['fast-open-asked'], ['fast-open-granted']]);
  const used: Line[] = [[0, 'left', { flags: 'S', cookie: '0011223344556677', data: 300 }], [5, 'right', { flags: 'S.', ack: 301 }], [10, 'left', { flags: '.', seq: 301, ack: 1 }]];
  expect(namesOf(used)).toEqual([['fast-open-text', 'fast-open-cookie'], [], []]);
  const onlooker = new Onlooker();
  expect(used.map((line) => onlooker.see(line).view).map(({ seq, ack: number }) => [seq, number])).toEqual([[0, undefined], [0, 301], [301, 1]]);
});

test('urgent data', () => {
  expect(textsOfLast([...open, text(20, 1, 100, { flags: 'P.U', urg: 10 })])).toEqual(['urgent: urgent data: 10 octets from here, before octet 11']);
});

describe('the condition of the packet', () => {
  const said = (change: (packet: Packet) => void, captured?: number): readonly [string, string[]] => {
    const onlooker = new Onlooker();
    const seen = onlooker.look([0, 'left', { flags: 'S', mss: 1460, scale: 7 }], change, captured);
    return 'why' in seen ? [seen.why, []] : [seen.checksum, seen.verdicts.map(({ rule }) => rule.name)];
  };

  test('checksums: good, bad, left to a card, not all there', () => {
    expect(said(() => undefined)).toEqual(['good', []]);
    expect(said((p) => p.view.setUint16(36, p.view.getUint16(36) ^ 1))).toEqual(['bad', ['checksum-bad']]);
    expect(said((p) => p.view.setUint16(36, checksumFold(pseudoHeaderSum(Address.from('192.0.2.1'), Address.from('192.0.2.2'), 6, p.length - 20))))).toEqual(['offloaded', ['checksum-offloaded']]);
    expect(said(() => undefined, 44)[0]).toBe('unknown');
  });

  test('an IPv4 header with a wrong checksum is read all the same; 0 is left to a card', () => {
    expect(said((p) => p.view.setUint16(10, 0x1234))).toEqual(['good', ['ip-checksum-bad']]);
    expect(said((p) => p.view.setUint16(10, 0))).toEqual(['good', []]);
  });

  test('options cut off are as if they were not there', () => {
    const onlooker = new Onlooker();
    const seen = onlooker.look([0, 'left', { flags: 'S', mss: 1460, scale: 7 }], (p) => p.bytes.fill(0, 44), 44);
    expect(seen).toMatchObject({ view: { mss: 1460, windowScale: undefined }, verdicts: [{ rule: { name: 'options-cut' } }] });
  });

  test('port 0 is read, too', () => {
    expect(said((p) => {
      p.view.setUint16(20, 0);
      writeTcpChecksum(p.view, 20, p.end, Address.from('192.0.2.1'), Address.from('192.0.2.2'));
    })).toEqual(['good', []]);
  });

  test('checksums left to a card are mentioned once each way', () => {
    const onlooker = new Onlooker();
    const offloaded = (p: Packet): void => p.view.setUint16(36, checksumFold(pseudoHeaderSum(Address.from('192.0.2.1'), Address.from('192.0.2.2'), 6, p.length - 20)));
    const names = [...open, text(20, 1)].map((line) => onlooker.look(line, offloaded)).map((seen) => ('why' in seen ? [] : seen.verdicts.map(({ rule }) => rule.name)));
    expect(names).toEqual([['checksum-offloaded'], ['checksum-offloaded'], [], []]);
  });
});
