/**
 * The verdicts beside tshark's on conversations made for the purpose, frame by frame. Where they differ, the difference is in
 * the table that docs/analysis.md shows. Captures of real tools: test/kernel/read-captures.test.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, describeDisagreement, glasstcpSegments } from '../../../support/compare-with-tshark.js';
import { describeIf } from '../../../support/kernel.js';
import { ack, handshake, type Line, text, writeCapture } from '../../../support/onlooker.js';
import { DIFFERENCES } from '../../../support/real-captures/differences.js';
import { tsharkSegments, tsharkVersion } from '../../../support/tshark.js';

const open = handshake(10);
const acked = [...open, text(20, 1), text(20.1, 101), text(20.2, 201), ack(30, 101)];
const closed = [...handshake(10, { wnd: 100, scale: 0 }), text(20, 1), ack(30, 101, { wnd: 0 })];
const question = (ms: number, at: number, data = 0): Line => [ms, 'left', { flags: '.', seq: at, ack: 1, wnd: 512, data }];
const from = (side: 'left' | 'right', ms: number, shape: Line[2]): Line => [ms, side, shape];

const conversations: Readonly<Record<string, readonly Line[]>> = {
  'nothing lost': [...acked, ack(31, 301), from('right', 40, { flags: 'P.', seq: 1, ack: 301, data: 50, wnd: 512 }), text(50, 301, 100, { ack: 51 })],
  'the timer, twice, and once too often': [...open, text(20, 1), text(240, 1), text(700, 1), ack(710, 101), text(720, 1), text(721, 101), text(950, 101)],
  'overtaken within the round trip, or later': [...open, text(20, 1), text(21, 201), text(25, 101), text(26, 401), text(40, 301), ack(50, 501)],
  'overtaken without a handshake': [text(20, 1), text(21, 201), text(22, 101), text(26, 401), text(40, 301), ack(50, 501)],
  'the same again, soon': [...open, text(20, 1), text(21, 101), text(22, 201), text(23, 101), ack(40, 301)],
  'duplicate ACKs, fast retransmission': [...acked, ack(31, 101), ack(31.1, 101), ack(31.2, 101), text(32, 101), text(33, 201), ack(40, 301), text(41, 101)],
  'two duplicate ACKs are enough, one is not': [...acked, ack(31, 101), ack(31.1, 101), text(32, 101), text(33, 301), ack(40, 301), ack(41, 301), text(42, 301)],
  'the retransmission comes late': [...acked, ack(31, 101), ack(31.1, 101), ack(31.2, 101), text(60, 101), ack(70, 301)],
  'duplicate ACKs around a window update and text': [
    ...acked, ack(31, 101), ack(32, 101, { wnd: 600 }), ack(33, 101, { wnd: 600 }), from('right', 34, { flags: 'P.', seq: 1, ack: 101, data: 5, wnd: 600 }), ack(35, 101, { seq: 6, wnd: 600 }),
  ],
  'duplicate ACKs with SACK': [...acked, ack(31, 101, { sack: [[201, 301]] }), ack(32, 101, { sack: [[201, 301]] }), text(33, 101), text(34, 201)],
  'an ACK that goes back': [...acked, ack(31, 201), ack(32, 101), ack(33, 201), ack(34, 201)],
  'segments missing from the capture': [...open, text(20, 101), ack(21, 201), ack(22, 301), text(23, 301), ack(24, 501), text(25, 601), ack(26, 601)],
  'a gap that bare ACKs show': [...open, ack(20, 1, { seq: 101 }), ack(21, 1, { seq: 101 }), ack(22, 1, { seq: 101, wnd: 700 })],
  'a gap that is filled late': [...open, text(20, 1), text(21, 201), text(22, 301), ack(30, 101), text(60, 101), ack(70, 401)],
  'a gap that is never filled': [...open, text(20, 1), text(21, 201), ack(30, 301), ack(31, 301), text(32, 301)],
  'partly old': [...open, text(20, 1), text(21, 51), text(240, 101), text(241, 151, 200)],
  'keep-alives': [...open, text(20, 1), ack(30, 101), question(1_000, 100), ack(1_010, 101), question(2_000, 100, 1), ack(2_010, 101), ack(2_011, 101), text(3_000, 101)],
  'one octet again': [...open, text(20, 1, 1), text(240, 1, 1), ack(250, 2), text(260, 2, 1), ack(270, 3)],
  'a closed window, probes refused': [...closed, text(300, 101, 1), ack(310, 101, { wnd: 0 }), text(600, 101, 1), ack(610, 101, { wnd: 0 }), ack(700, 101, { wnd: 100 }), text(710, 101)],
  'a closed window, a probe taken': [...closed, text(300, 101, 1), ack(310, 102, { wnd: 0 }), ack(400, 102, { wnd: 100 }), text(410, 102), ack(420, 202, { wnd: 100 })],
  'a closed window, asked about with old octets': [...closed, question(300, 100), ack(310, 101, { wnd: 0 }), question(600, 100), ack(610, 101, { wnd: 0 }), ack(700, 101, { wnd: 100 })],
  'windows full and not full': [...open, text(20, 1), ack(30, 101, { wnd: 2 }), text(40, 101, 256), ack(50, 357, { wnd: 2 }), text(60, 357, 255), text(61, 612, 1), ack(70, 613, { wnd: 3 })],
  'windows without their SYNs': [text(20, 1), ack(30, 101, { wnd: 2 }), text(40, 101, 2), text(50, 103, 254)],
  'one SYN only, left': [open[0], text(20, 1), text(30, 101), text(31, 301)],
  'one SYN only, right': [open[1], ack(20, 1), ack(30, 301), ack(31, 301)],
  'SYN, SYN,ACK and FIN again': [
    [0, 'left', { flags: 'S' }], [1_000, 'left', { flags: 'S' }], [1_010, 'right', { flags: 'S.', ack: 1 }], [1_011, 'right', { flags: 'S.', ack: 1 }], [1_020, 'left', { flags: '.', seq: 1, ack: 1 }],
    [1_021, 'right', { flags: 'S.', ack: 1 }], [1_100, 'left', { flags: 'F.', seq: 1, ack: 1 }], [1_300, 'left', { flags: 'F.', seq: 1, ack: 1 }], ack(1_310, 2), [1_320, 'left', { flags: 'F.', seq: 1, ack: 1 }],
    [1_400, 'right', { flags: 'F.', seq: 1, ack: 2 }], [1_410, 'left', { flags: '.', seq: 2, ack: 2 }],
  ],
  'both open': [[0, 'left', { flags: 'S' }], [1, 'right', { flags: 'S' }], [10, 'left', { flags: 'S.', ack: 1 }], [11, 'right', { flags: 'S.', ack: 1 }], text(20, 1), text(21, 201), text(30, 101)],
  'text with the SYN': [[0, 'left', { flags: 'S', data: 300, cookie: '0011223344556677' }], [10, 'right', { flags: 'S.', ack: 301 }], [20, 'left', { flags: '.', seq: 301, ack: 1 }], text(30, 301)],
  'refused': [[0, 'left', { flags: 'S' }], [1, 'right', { flags: 'R.', ack: 1, seq: 0, wnd: 0 }]],
  'reset in the middle': [...acked, [31, 'right', { flags: 'R', seq: 1, wnd: 0 }]],
};

/** One file of all, each on ports of its own. */
const together = Object.values(conversations).flatMap((lines, i) => lines.map(([ms, side, shape]): Line => [ms + 10_000 * i, side, { ...shape, port: 1_000 + i }]));
const titleOf = (stream: number): string => Object.keys(conversations)[stream] ?? '';

const reused: readonly Line[] = [
  ...open, text(20, 1), ack(30, 101), [40, 'left', { flags: 'R.', seq: 101, ack: 1 }],
  [100, 'left', { flags: 'S', first: 90_000 }], [120, 'left', { flags: 'S', first: 90_000 }], [130, 'right', { flags: 'S', first: 70_000 }], [900, 'right', { flags: 'S', first: 1_234 }],
];

describeIf(tsharkVersion() === undefined ? 'tshark is missing: apt-get install tshark' : null, 'beside tshark', () => {
  const folder = mkdtempSync(join(tmpdir(), 'glasstcp-analysis-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const disagreements = async (lines: readonly Line[], name: string): Promise<{ unknown: string[]; agreed: ReadonlyMap<string, number> }> => {
    const file = join(folder, name);
    writeCapture(lines, file);
    const { disagreements: all, agreed } = compare(await glasstcpSegments(file), await tsharkSegments(file), DIFFERENCES);
    return { unknown: all.filter(({ known }) => known === undefined).map((d) => `${titleOf(d.pair.ours.stream)}: ${describeDisagreement(d)}`), agreed };
  };

  test('conversations of every kind', async () => {
    const { unknown, agreed } = await disagreements(together, 'together.pcapng');
    expect(unknown).toEqual([]);
    const kinds = ['retransmission', 'fast_retransmission', 'spurious_retransmission', 'out_of_order', 'duplicate_ack', 'lost_segment', 'ack_lost_segment', 'zero_window',
      'zero_window_probe', 'zero_window_probe_ack', 'window_update', 'window_full', 'keep_alive', 'keep_alive_ack'];
    expect(kinds.filter((kind) => !agreed.has(kind))).toEqual([]);
  }, 120_000);

  test('ports used again', async () => {
    const { unknown, agreed } = await disagreements(reused, 'reused.pcapng');
    expect([unknown, agreed.get('reused_ports')]).toEqual([[], 2]);
  }, 120_000);
});
