import * as fc from 'fast-check';
import { optionsLength, readOptions, TcpOptions, writeOptions } from '../../../src/wire/options.js';

function read(octets: number[] | Uint8Array): TcpOptions {
  const bytes = Uint8Array.from(octets);
  const options = new TcpOptions();
  options.mss = 9; // left over from the segment before
  options.sackBlocks = 3;
  readOptions(new DataView(bytes.buffer), 0, bytes.length, options);
  return options;
}

/** What differs from a segment without options. */
function said(options: TcpOptions): Record<string, unknown> {
  const blank = new TcpOptions();
  const changed = Object.entries(options).filter(([key, value]) => key !== 'sackEdges' && key !== 'cookie' && value !== blank[key as keyof TcpOptions]);
  const edges = options.sackBlocks > 0 ? { edges: [...options.sackEdges.subarray(0, 2 * options.sackBlocks)] } : {};
  const cookie = options.cookieLength > 0 ? { cookie: [...options.cookie.subarray(0, options.cookieLength)] } : {};
  return { ...Object.fromEntries(changed), ...edges, ...cookie };
}

function written(set: Partial<TcpOptions>, edges: number[] = []): number[] {
  const options = Object.assign(new TcpOptions(), set);
  options.sackEdges.set(edges);
  options.sackBlocks = edges.length / 2;
  const bytes = new Uint8Array(40);
  const length = writeOptions(new DataView(bytes.buffer), 0, options);
  expect(optionsLength(options)).toBe(length);
  return [...bytes.subarray(0, length)];
}

const MSS = [2, 4, 5, 0xb4];
const TS = [8, 10, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff];

describe('readOptions', () => {
  it.each<[string, number[], Record<string, unknown>]>([
    ['nothing', [], {}],
    ['the usual layout of timestamps', [1, 1, ...TS], { hasTimestamps: true, tsVal: 1, tsEcr: -1 }],
    ['timestamps anywhere', [...TS, 1, 1], { hasTimestamps: true, tsVal: 1, tsEcr: -1 }],
    ['all of a SYN in another order', [4, 2, 3, 3, 14, 1, ...TS, ...MSS], { mss: 1460, windowScale: 14, sackPermitted: true, hasTimestamps: true, tsVal: 1, tsEcr: -1 }],
    ['a window scale beyond 14, as sent', [3, 3, 255, 0], { windowScale: 255 }],
    ['nothing after end-of-list', [0, ...MSS], {}],
    ['what follows NOPs', [1, 1, 1, ...MSS], { mss: 1460 }],
    ['one SACK block', [1, 1, 5, 10, 0, 0, 0, 1, 0x80, 0, 0, 0], { sackBlocks: 1, edges: [1, -(2 ** 31)] }],
    ['a user timeout in seconds', [28, 4, 0x7f, 0xff], { userTimeout: 32_767 }],
    ['a user timeout in minutes', [28, 4, 0x80, 10], { userTimeout: 600 }],
    ['a request for a Fast Open cookie', [34, 2, 1, 1], { cookieLength: 0 }],
    ['a Fast Open cookie', [34, 10, 1, 2, 3, 4, 5, 6, 7, 8, 1, 1], { cookieLength: 8, cookie: [1, 2, 3, 4, 5, 6, 7, 8] }],
    ['a Fast Open cookie as an experiment', [254, 8, 0xf9, 0x89, 1, 2, 3, 4], { cookieLength: 4, cookie: [1, 2, 3, 4], cookieExperimental: true }],
    ['the later of two MSS', [...MSS, 2, 4, 2, 0], { mss: 512 }],
  ])('reads %s', (_, octets, expected) => expect(said(read(octets))).toEqual(expected));

  it('reads four SACK blocks', () => {
    const edges = [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0, 7, 0, 0, 0, 8];
    expect(said(read([1, 1, 5, 34, ...edges]))).toEqual({ sackBlocks: 4, edges: [1, 2, 3, 4, 5, 6, 7, 8] });
  });

  it.each<[string, number[], Record<string, unknown>]>([
    ['unknown kinds', [253, 4, 1, 2, ...MSS, 30, 2], { mss: 1460, unknown: 2 }],
    ['an MSS of 3 octets', [2, 3, 9, ...MSS], { mss: 1460 }],
    ['an MSS of 6 octets', [2, 6, 9, 9, 9, 9], {}],
    ['a window scale of 4 octets', [3, 4, 7, 7], {}],
    ['SACK-permitted of 3 octets', [4, 3, 1, ...MSS], { mss: 1460 }],
    ['timestamps of 9 octets', [8, 9, 0, 0, 0, 0, 0, 0, 0, ...MSS], { mss: 1460 }],
    ['timestamps of 12 octets', [8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], {}],
    ['a SACK without blocks', [5, 2, ...MSS], { mss: 1460 }],
    ['a Fast Open cookie of 2 octets', [34, 4, 1, 2, ...MSS], { mss: 1460 }],
    ['a Fast Open cookie of 5 octets', [34, 7, 1, 2, 3, 4, 5, ...MSS], { mss: 1460 }],
    ['a Fast Open cookie of 18 octets', [34, 20, ...Array<number>(18).fill(1), ...MSS], { mss: 1460 }],
    ['another experiment', [254, 4, 0xf9, 0x88, ...MSS], { mss: 1460, unknown: 1 }],
    ['a SACK of half a block', [5, 6, 0, 0, 0, 1, 1, 1], {}],
  ])('skips %s', (_, octets, expected) => expect(said(read(octets))).toEqual(expected));

  it.each<[string, number[]]>([
    ['a length of 0', [2, 0, 5, 0xb4]],
    ['a length of 1', [2, 1, 5, 0xb4]],
    ['a length of 0 in an unknown kind', [77, 0, 0, 0]],
    ['a length beyond the area', [2, 5, 5, 0xb4]],
    ['a length of 255', [8, 255, 0, 0]],
    ['a kind without a length', [1, 1, 1, 2]],
    ['timestamps cut in the usual layout', [1, 1, 8, 10, 0, 0, 0, 1]],
  ])('stops at %s and keeps what came before', (_, octets) => {
    expect(said(read([3, 3, 7, ...octets]))).toEqual({ windowScale: 7, malformed: true });
  });

  it('says the same as a naive decoder about any octets, and never throws', () => {
    const octet = fc.oneof(fc.constantFrom(0, 1, 2, 3, 4, 5, 8, 10, 18, 28, 34), fc.nat(255));
    fc.assert(fc.property(fc.array(octet, { maxLength: 40 }), (octets) => {
      expect(said(read(octets))).toEqual(naive(octets));
    }), { numRuns: 5000 });
  });
});

const word = (part: number[]): number => part.reduce((n, o) => (n << 8) | o, 0);

/** By kind: the lengths it may have, and what it says. */
const kinds = new Map<number, [number[], (value: number[]) => Record<string, unknown>]>([
  [2, [[4], (value) => ({ mss: word(value) })]],
  [3, [[3], (value) => ({ windowScale: value[0] })]],
  [4, [[2], () => ({ sackPermitted: true })]],
  [5, [[10, 18, 26, 34], (value) => ({
    sackBlocks: value.length / 8,
    edges: value.flatMap((_, i) => (i % 4 === 0 ? [word(value.slice(i, i + 4))] : [])),
  })]],
  [34, [[2, 6, 8, 10, 12, 14, 16, 18], (value) => ({ cookieLength: value.length, cookie: value.length > 0 ? value : undefined })]],
  [8, [[10], (value) => ({ hasTimestamps: true, tsVal: word(value.slice(0, 4)), tsEcr: word(value.slice(4)) })]],
  [28, [[4], (value) => ({ userTimeout: value[0] >= 128 ? 60 * (word(value) - 0x8000) : word(value) })]],
]);

/** Decodes by cutting the list up. */
function naive(octets: number[]): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  let rest = octets;
  while (rest.length > 0 && rest[0] !== 0) {
    const [kind, length] = rest;
    if (kind !== 1 && (rest.length < 2 || length < 2 || length > rest.length)) {
      out.malformed = true;
      break;
    }
    const known = kinds.get(kind);
    if (known?.[0].includes(length)) Object.assign(out, known[1](rest.slice(2, length)));
    else if (known === undefined && kind !== 1) out.unknown = Number(out.unknown ?? 0) + 1;
    rest = rest.slice(kind === 1 ? 1 : length);
  }
  if (out.cookie === undefined) delete out.cookie;
  if (out.tsVal === 0) delete out.tsVal; // no different from a segment without
  if (out.tsEcr === 0) delete out.tsEcr;
  return out;
}

describe('writeOptions', () => {
  const ts = { hasTimestamps: true, tsVal: 1, tsEcr: -1 };

  it.each<[string, number[], number[]]>([
    ['nothing', written({}), []],
    ['a SYN with everything', written({ mss: 1460, sackPermitted: true, windowScale: 7, ...ts }), [...MSS, 4, 2, ...TS, 1, 3, 3, 7]],
    ['a SYN without timestamps', written({ mss: 1460, sackPermitted: true, windowScale: 7 }), [...MSS, 1, 1, 4, 2, 1, 3, 3, 7]],
    ['a SYN without SACK', written({ mss: 1460, windowScale: 0, ...ts }), [...MSS, 1, 1, ...TS, 1, 3, 3, 0]],
    ['an MSS alone', written({ mss: 1460 }), MSS],
    ['an MSS and SACK', written({ mss: 1460, sackPermitted: true }), [...MSS, 1, 1, 4, 2]],
    ['an MSS and a window scale', written({ mss: 1460, windowScale: 7 }), [...MSS, 1, 3, 3, 7]],
    ['an MSS and timestamps', written({ mss: 1460, ...ts }), [...MSS, 1, 1, ...TS]],
    ['an MSS, SACK and timestamps', written({ mss: 1460, sackPermitted: true, ...ts }), [...MSS, 4, 2, ...TS]],
    ['a request for a Fast Open cookie', written({ mss: 1460, cookieLength: 0 }), [...MSS, 34, 2, 1, 1]],
    ['the same as an experiment', written({ mss: 1460, cookieLength: 0, cookieExperimental: true }), [...MSS, 254, 4, 0xf9, 0x89]],
    ['a Fast Open cookie behind everything', written({ mss: 1460, sackPermitted: true, windowScale: 7, ...ts, cookieLength: 8, cookie: new Uint8Array(16).fill(6) }),
      [...MSS, 4, 2, ...TS, 1, 3, 3, 7, 34, 10, 6, 6, 6, 6, 6, 6, 6, 6, 1, 1]],
    ['no cookie where there is no room', written({ mss: 1460, sackPermitted: true, windowScale: 7, ...ts, cookieLength: 16, cookieExperimental: true }, [1, 2]).slice(32), []],
    ['timestamps', written(ts), [1, 1, ...TS]],
    ['timestamps and a SACK block', written(ts, [1, -2]), [1, 1, ...TS, 1, 1, 5, 10, 0, 0, 0, 1, 255, 255, 255, 254]],
    ['a user timeout in seconds', written({ userTimeout: 32_767 }), [28, 4, 0x7f, 0xff]],
    ['a user timeout too long for that, in minutes, rounded up', written({ userTimeout: 32_768 }), [28, 4, 0x82, 0x23]],
    ['the longest user timeout there is', written({ userTimeout: 1e9 }), [28, 4, 0xff, 0xff]],
    ['a SACK block', written({}, [1, -2]), [1, 1, 5, 10, 0, 0, 0, 1, 255, 255, 255, 254]],
  ])('writes %s in the kernel\'s order', (_, octets, expected) => expect(octets).toEqual(expected));

  it('leaves out the fourth SACK block when timestamps take its room', () => {
    const edges = [1, 2, 3, 4, 5, 6, 7, 8];
    expect(written({}, edges)).toHaveLength(36);
    expect(written(ts, edges)).toHaveLength(40);
    expect(said(read(written(ts, edges)))).toMatchObject({ sackBlocks: 3, edges: edges.slice(0, 6) });
  });

  it('is read back as it was, in a multiple of 4 octets that is at most 40', () => {
    const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    const some = fc.record({
      mss: fc.integer({ min: -1, max: 65535 }), windowScale: fc.integer({ min: -1, max: 255 }), sackPermitted: fc.boolean(),
      stamps: fc.option(fc.tuple(int32, int32)), edges: fc.array(int32, { maxLength: 8 }),
    });
    fc.assert(fc.property(some, ({ stamps, edges, ...rest }) => {
      const times = stamps === null ? {} : { hasTimestamps: true, tsVal: stamps[0], tsEcr: stamps[1] };
      const blocks = edges.slice(0, edges.length & ~1);
      const octets = written({ ...rest, ...times }, blocks);
      expect(octets.length % 4).toBe(0);
      expect(octets.length).toBeLessThanOrEqual(40);
      const back = read(octets);
      expect(back).toMatchObject({ ...rest, hasTimestamps: stamps !== null, malformed: false, unknown: 0, ...times });
      expect([...back.sackEdges.subarray(0, 2 * back.sackBlocks)]).toEqual(blocks.slice(0, 2 * back.sackBlocks));
      if (back.sackBlocks < blocks.length / 2) expect(octets.length + 8).toBeGreaterThan(40);
    }), { numRuns: 1000 });
  });
});
