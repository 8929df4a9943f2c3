import { segments } from '../../../src/compare/super-segments.js';
import { readSeen } from '../../../src/script/seen.js';

/** An IPv4 packet with FIN, PSH, CWR and ACK, and so many octets of text, from number 4294967200 on. */
function packet(text: number): Uint8Array {
  const octets = new Uint8Array(40 + text);
  const view = new DataView(octets.buffer);
  octets.set([0x45, 0], 0);
  view.setUint16(2, octets.length);
  octets[9] = 6;
  view.setUint32(24, 4_294_967_200);
  view.setUint16(32, 0x5099);
  octets.forEach((_, i) => {
    if (i >= 40) octets[i] = i & 255;
  });
  return octets;
}

describe('segments', () => {
  test('cuts a super-segment where a card would, the rest in the last', () => {
    const parts = segments({ octets: packet(250), at: 7, segmentSize: 100 }).map(readSeen);
    expect(parts.map((p) => (p.kind === 'tcp' ? [p.seq, p.payload.length, p.at] : []))).toEqual([[4_294_967_200, 100, 7], [4, 100, 7], [104, 50, 7]]);
  });

  test('CWR opens the first, FIN and PSH close the last', () => {
    const parts = segments({ octets: packet(200), at: 0, segmentSize: 100 }).map(readSeen);
    expect(parts.map((p) => (p.kind === 'tcp' ? p.flags : 0))).toEqual([0x90, 0x19]);
  });

  test('leaves a packet alone that is none', () => {
    const whole = { octets: packet(100), at: 0, segmentSize: 100 };
    expect(segments(whole)).toEqual([whole]);
    expect(segments({ octets: packet(5000), at: 0 })).toHaveLength(1);
  });
});
