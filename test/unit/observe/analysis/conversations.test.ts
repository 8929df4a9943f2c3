/** Which conversation a segment belongs to: numbered as Wireshark numbers streams; how many are remembered. */
import { ack, handshake, type Line, Onlooker, text } from '../../../support/onlooker.js';

const streamsOf = (lines: readonly Line[], onlooker = new Onlooker()): number[] => lines.map((line) => onlooker.see(line).stream);
const on = (port: number, [ms, from, shape]: Line): Line => [ms, from, { ...shape, port }];

test('one number for both directions, another for each pair of ports', () => {
  const lines = handshake().flatMap((line) => [on(1_000, line), on(2_000, line)]);
  expect(streamsOf(lines)).toEqual([0, 1, 0, 1, 0, 1]);
});

test('left is who sent the SYN, also where only the SYN,ACK was seen; else who was seen first', () => {
  expect(new Onlooker().see([0, 'right', { flags: 'S.', ack: 1 }])).toMatchObject({ left: '192.0.2.1:40000', from: 'right' });
  expect(new Onlooker().see(ack(0, 1))).toMatchObject({ left: '192.0.2.2:80', from: 'left' });
  expect(new Onlooker().see([0, 'left', { flags: 'S' }])).toMatchObject({ left: '192.0.2.1:40000', right: '192.0.2.2:80', from: 'left' });
});

describe('old ports', () => {
  const again: Line = [5_000, 'left', { flags: 'S', first: 77 }];

  test('a SYN with another number begins a new conversation, from whichever side', () => {
    const onlooker = new Onlooker();
    expect(streamsOf(handshake(), onlooker)).toEqual([0, 0, 0]);
    const reused = onlooker.see(again);
    expect(reused).toMatchObject({ stream: 1, view: { seq: 0, again: false } });
    expect(reused.verdicts.map((v) => v.text)).toEqual(['the ports of an earlier conversation (0) with another initial number: a new one']);
    expect(onlooker.see([5_005, 'right', { flags: 'S', first: 99 }])).toMatchObject({ stream: 1 });
    expect(onlooker.see([9_000, 'right', { flags: 'S', first: 1_234 }])).toMatchObject({ stream: 2, from: 'left', verdicts: [{ rule: { name: 'reused-ports' } }] });
  });

  test('the same SYN again does not', () => {
    expect(streamsOf([...handshake(), [5_000, 'left', { flags: 'S' }]])).toEqual([0, 0, 0, 0]);
  });

  test('a SYN after a beginning in mid-stream', () => {
    expect(streamsOf([text(0, 1), again])).toEqual([0, 1]);
  });

  test('a SYN,ACK with another number says so, but is too little to begin with', () => {
    const onlooker = new Onlooker();
    streamsOf(handshake(), onlooker);
    const seen = onlooker.see([5_000, 'right', { flags: 'S.', ack: 1, first: 99 }]);
    expect(seen.stream).toBe(0);
    expect(seen.verdicts.map(({ rule }) => rule.name)).toContain('reused-ports');
  });
});

describe('a limited number', () => {
  test('those longest silent are forgotten; if one speaks again, it is a new one', () => {
    const onlooker = new Onlooker(4);
    const syn = (port: number): Line => [port, 'left', { flags: 'S', port }];
    expect(streamsOf([syn(1), syn(2), syn(3), syn(4)], onlooker)).toEqual([0, 1, 2, 3]);
    expect(streamsOf([syn(1), syn(5)], onlooker)).toEqual([0, 4]);
    expect(streamsOf([syn(1), syn(3), syn(4), syn(5), syn(2)], onlooker)).toEqual([0, 2, 3, 4, 5]);
  });
});

test('both ends of a connection to itself are one', () => {
  const itself = (line: Line): Line => [line[0], line[1], line[2]];
  const onlooker = new Onlooker();
  const seen = handshake().map((line) => onlooker.look(itself(line), (packet) => {
    packet.view.setInt32(12, packet.view.getInt32(16));
    packet.view.setUint16(20, 80);
    packet.view.setUint16(22, 80);
  }));
  expect(seen.map((s) => ('why' in s ? s.why : s.stream))).toEqual([0, expect.any(Number), expect.any(Number)]);
});
