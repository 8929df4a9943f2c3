/** IPv4 options: RFC 791 §3.1, RFC 1122 §3.2.1.8; MUST-50 of RFC 9293. */
import { Address } from '../../../src/util/address.js';
import { hasSourceRoute, type IpOption, ipOptionArea, ipOptionsText, isIpOptionArea, readIpOptions, startRoute, unfinishedRoute } from '../../../src/wire/ip-options.js';

const at = (text: string): Address => Address.from(text);
const [A, B, C] = ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(at);
const read = (...octets: number[]) => readIpOptions(Uint8Array.from(octets), 0, octets.length);
const names = (addresses: Address[] | undefined): string[] | undefined => addresses?.map((a) => a.toString());

describe('what arrives', () => {
  test('a complete source route: the gateways passed, in order', () => {
    const { sourceRoute } = read(131, 11, 12, 10, 0, 0, 1, 10, 0, 0, 2, 0);
    expect([sourceRoute?.strict, names(sourceRoute?.via)]).toEqual([false, ['10.0.0.1', '10.0.0.2']]);
    expect(read(137, 7, 8, 10, 0, 0, 1, 0).sourceRoute?.strict).toBe(true);
  });

  test('one that is not complete is none', () => expect(read(131, 11, 8, 10, 0, 0, 1, 10, 0, 0, 2, 0).sourceRoute).toBeNull());

  test('a recorded route as far as it was recorded', () => {
    expect(names(read(7, 11, 8, 10, 0, 0, 1, 0, 0, 0, 0, 0).recordRoute ?? undefined)).toEqual(['10.0.0.1']);
  });

  test('timestamps, with and without addresses', () => {
    expect(read(68, 12, 9, 0x20, 0, 0, 1, 0, 0, 0, 0, 0).timestamps).toEqual({ times: [{ address: null, time: 256 }], overflow: 2 });
    expect(read(68, 12, 13, 1, 10, 0, 0, 1, 0xff, 0, 0, 0).timestamps).toEqual({ times: [{ address: A, time: 0xff00_0000 }], overflow: 0 });
  });

  test('what we do not know is passed over (MUST-50)', () => {
    expect(read(130, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 7, 7, 8, 10, 0, 0, 1, 0)).toMatchObject({ unknown: 1, malformed: false, recordRoute: [A] });
  });

  test('nothing is read after End of Option List', () => expect(read(0, 7, 7, 8, 10, 0, 0, 1).recordRoute).toBeNull());

  test.each([
    ['length 0', [7, 0, 4, 0]], ['length 1', [130, 1, 0, 0]], ['beyond the header', [130, 9, 0, 0]], ['cut after the kind', [1, 1, 1, 7]],
    ['a route of half an address', [131, 5, 4, 10, 0, 0, 0, 0]], ['a pointer into the option\'s head', [7, 7, 3, 0, 0, 0, 0, 0]], ['timestamps without flags', [68, 3, 5, 0]],
  ])('%s: illegal, the rest is not read', (_what, octets) => expect(read(...octets).malformed).toBe(true));

  test('any octets at all can be read', () => {
    let x = 1;
    const random = (): number => (x = (Math.imul(x, 1_103_515_245) + 12_345) >>> 0) >>> 24;
    for (let i = 0; i < 20_000; i++) {
      const octets = Uint8Array.from({ length: 4 * (1 + (i % 10)) }, random);
      octets[0] = [7, 68, 131, 137][i & 3];
      expect(() => [readIpOptions(octets, 0, octets.length), unfinishedRoute(octets, 0, octets.length), hasSourceRoute(octets), ipOptionsText(octets, 0, octets.length)]).not.toThrow();
    }
  });
});

describe('what is sent', () => {
  test('a source route: first hop to the destination field, the peer at its end (RFC 791)', () => {
    const area = ipOptionArea([{ kind: 'source-route', strict: true, via: [A, B, C] }]);
    expect(startRoute(area, at('192.0.2.1'))).toEqual(A);
    expect([...area]).toEqual([137, 15, 4, 10, 0, 0, 2, 10, 0, 0, 3, 192, 0, 2, 1, 0]);
    expect(area.subarray(unfinishedRoute(area, 0, area.length), 15)).toEqual(Uint8Array.of(192, 0, 2, 1));
  });

  test('without a source route there is no first hop', () => {
    const area = ipOptionArea([{ kind: 'record-route', slots: 2 }, { kind: 'timestamp', slots: 3, withAddresses: true }]);
    expect(startRoute(area, A)).toBeNull();
    expect([...area.subarray(0, 16)]).toEqual([7, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0, 68, 28, 5, 1, 0]);
  });

  test.each<[string, IpOption[]]>([
    ['no slots', [{ kind: 'record-route', slots: 0 }]], ['ten slots', [{ kind: 'record-route', slots: 10 }]], ['five times with addresses', [{ kind: 'timestamp', slots: 5, withAddresses: true }]],
    ['no gateway', [{ kind: 'source-route', strict: false, via: [] }]], ['an IPv6 gateway', [{ kind: 'source-route', strict: false, via: [at('::1')] }]],
    ['two routes', [{ kind: 'source-route', strict: false, via: [A] }, { kind: 'source-route', strict: true, via: [B] }]],
    ['more than 40 octets', [{ kind: 'record-route', slots: 9 }, { kind: 'record-route', slots: 1 }]],
  ])('%s: refused', (_what, options) => expect(() => ipOptionArea(options)).toThrow(RangeError));

  test.each([[[1, 1, 1]], [[131, 7, 8, 1, 2, 3, 4, 0]], [[7, 9, 4, 0]], [[131, 3, 4, 0]]])('%p cannot be sent', (octets) => expect(isIpOptionArea(Uint8Array.from(octets))).toBe(false));
});

test('as people read them', () => {
  const area = Uint8Array.of(131, 11, 8, 10, 0, 0, 1, 10, 0, 0, 2, 1, 68, 4, 5, 0, 148, 4, 0, 0, 99, 9);
  expect(ipOptionsText(area, 0, area.length)).toBe('lsrr 10.0.0.1 | 10.0.0.2,ts,ra,malformed');
});
