/** What must be hard to guess: initial sequence numbers (RFC 6528), timestamp offsets (RFC 7323 §5.4), ports (RFC 6056). */
import { GuessableNumbers, initialNumbers, TupleHash } from '../../../src/stack/isn.js';
import { PortChooser } from '../../../src/stack/ports.js';
import { Address } from '../../../src/util/address.js';
import { seqDiff } from '../../../src/util/seq.js';
import { Unsafe } from '../../../src/tcp/unsafe.js';
import { HostBench, PEER, PEER6, US, US6 } from '../../support/host.js';

const hash = new TupleHash(new Uint8Array(16).fill(3));
const other = new TupleHash(new Uint8Array(16).fill(4));
const free = (): boolean => false;

describe('initial sequence numbers', () => {
  const iss = (now: number, port = 5000, h = hash, remote = PEER) => initialNumbers(h, now, US, port, remote, 80).iss;

  test('the clock ticks every 4 µs (RFC 9293 §3.4.1)', () => {
    const base = iss(1_000_000);
    expect(seqDiff(iss(1_000_003), base)).toBe(0);
    expect(seqDiff(iss(1_000_004), base)).toBe(1);
    expect(seqDiff(iss(2_000_000), base)).toBe(250_000);
    expect(iss(1_000_000 + 4 * 2 ** 32)).toBe(base); // about 4.77 hours
  });

  test('each 4-tuple has its own offset, each secret others', () => {
    const seen = new Set([iss(1), iss(1, 5001), iss(1, 5000, other), iss(1, 5000, hash, Address.from('192.0.2.3')), initialNumbers(hash, 1, US, 5000, PEER, 81).iss,
      initialNumbers(hash, 1, PEER, 80, US, 5000).iss, initialNumbers(hash, 1, US6, 5000, PEER6, 80).iss]);
    expect(seen.size).toBe(7);
    expect(iss(1)).toBe(iss(1));
  });

  test('guessable ones, for labs: 64 more for each connection', () => {
    const numbers = new GuessableNumbers();
    expect([numbers.take(), numbers.take(), numbers.take()]).toEqual([1, 65, 129]);
    const { stack } = new HostBench({ config: { unsafe: Unsafe.predictableIsn } });
    const isns = [1, 2, 3].map((port) => {
      const endpoint = stack.connect({ remote: PEER, remotePort: port }, { signals: () => undefined });
      return typeof endpoint === 'string' ? endpoint : endpoint.connection.tcb.iss;
    });
    expect(isns).toEqual([1, 65, 129]);
  });

  test('they look like nothing in particular', () => {
    const top = Array.from({ length: 2000 }, (_, port) => (iss(1, port) >>> 28));
    for (let nibble = 0; nibble < 16; nibble++) expect(Math.abs(top.filter((n) => n === nibble).length - 125)).toBeLessThan(60);
  });

  test('timestamp offsets differ by connection, and stand still', () => {
    const offset = (now: number, port: number) => initialNumbers(hash, now, US, port, PEER, 80).timestampOffset;
    expect(offset(1, 5000)).toBe(offset(99_999, 5000));
    expect(offset(1, 5000)).not.toBe(offset(1, 5001));
  });

  test('a short secret is refused (MUST-9)', () => {
    expect(() => new TupleHash(new Uint8Array(15))).toThrow(/15 octets, but must have 16/);
  });
});

describe('ephemeral ports', () => {
  test('of the range only, each once before any comes again (RFC 6056 §3.3.4)', () => {
    const chooser = new PortChooser(hash, 40_000, 40_099);
    const round = () => Array.from({ length: 100 }, () => chooser.choose(US, PEER, 80, free) as number);
    const first = round();
    expect(new Set(first).size).toBe(100);
    expect([Math.min(...first), Math.max(...first)]).toEqual([40_000, 40_099]);
    expect(round()).toEqual(first);
  });

  test('where it begins depends on the peer and the secret', () => {
    const first = (h: TupleHash, remote: Address, port: number) => new PortChooser(h).choose(US, remote, port, free);
    expect(new Set([first(hash, PEER, 80), first(hash, PEER, 81), first(other, PEER, 80), first(hash, Address.from('192.0.2.3'), 80)]).size).toBe(4);
    expect(first(hash, PEER, 80)).toBe(first(hash, PEER, 80));
  });

  test('those in use are passed over; none left is said', () => {
    const chooser = new PortChooser(hash, 1000, 1009);
    const taken = new Set<number>();
    for (let i = 0; i < 10; i++) {
      const port = chooser.choose(US, PEER, 80, (p) => taken.has(p)) as number;
      expect(taken.has(port)).toBe(false);
      taken.add(port);
    }
    expect(chooser.choose(US, PEER, 80, (p) => taken.has(p))).toBeUndefined();
    taken.delete(1004);
    expect(chooser.choose(US, PEER, 80, (p) => taken.has(p))).toBe(1004);
  });

  test('the default range is that of Linux', () => {
    const chooser = new PortChooser(hash);
    for (let i = 0; i < 1000; i++) {
      const port = chooser.choose(US, PEER, i, free) as number;
      expect(port >= 32_768 && port <= 60_999).toBe(true);
    }
  });
});
