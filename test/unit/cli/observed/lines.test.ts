import pc from 'picocolors';
import stringWidth from 'string-width';
import { conversationLine, overlookedLine, sightingLines } from '../../../../src/cli/observed/sighting-line.js';
import type { Sighting } from '../../../../src/observe/sighting.js';
import { Again, conversation, Refused, sighting, START, verdict } from './sightings.js';

const terminal = (width: number, colors = false) => ({ width, colors: pc.createColors(colors) });
const lines = (s: Sighting, width: number, verbose = false): string[] => sightingLines(s, { terminal: terminal(width), start: START, verbose });

describe('a segment in a line', () => {
  test('with room for addresses', () => {
    const [syn] = conversation();
    expect(lines(syn, 160)).toEqual([
      '    1   0.000000 #0  192.0.2.1:40312 SYN-S  ─► LISTEN 192.0.2.2:80      SYN seq=0 win=64240 <mss 1460,sackOK,TS,ws 10>',
    ]);
    expect(conversationLine(syn, terminal(160))).toBeUndefined();
  });

  test('with room for ports: addresses are told once', () => {
    const [, synAck] = conversation();
    expect(lines(synAck, 100)).toEqual([
      '    2   0.000210 #0 :40312 SYN-S  ◄─ SYN-R  :80     SYN,ACK seq=0 ack=1 win=64240',
      '                 <mss 1460,sackOK,TS,ws 10>',
    ]);
    expect(conversationLine(synAck, terminal(60))).toBe('── #0  192.0.2.1:40312 ↔ 192.0.2.2:80 ──────────────────────');
  });

  test('with room for neither, less important numbers are left out', () => {
    const again = sighting({ number: 12, from: 'right', view: { seq: 1449, ack: 78, length: 1448, again: true }, verdicts: [verdict(Again, 1449, 2896)] });
    expect(lines(again, 60)).toEqual([
      '  12 0.000000 #0 ESTAB  ◄─ ESTAB   ACK seq=1449 (again)',
      '              octets 1449…2896 have passed before: sent',
      '              again [RFC 9293 §3.8.1, MUST]',
    ]);
  });

  test('a verdict stands beside the segment where there is room; all of them when verbose', () => {
    const reset = sighting({ view: { flags: ['RST'], seq: 1, ack: undefined, window: 0 }, verdicts: [verdict(Refused), verdict(Again, 1, 2)] });
    expect(lines(reset, 180)).toHaveLength(1);
    expect(lines(reset, 180)[0]).toMatch(/RST seq=1 win=0 {2}a reset in answer to the SYN: nobody listens there \[RFC 9293 §3\.10\.7\.1, MUST\]$/);
    expect(lines(reset, 180, true).slice(1)).toEqual(['                 octets 1…2 have passed before: sent again [RFC 9293 §3.8.1, MUST]']);
  });

  test('changed states are highlighted, and without colours nothing is', () => {
    const [syn] = conversation();
    const [coloured] = sightingLines(syn, { terminal: terminal(100, true), start: START });
    expect(coloured).toContain(`${String.fromCharCode(27)}[33mSYN-S `);
    expect(lines(syn, 100).join('')).not.toContain(String.fromCharCode(27));
  });

  test.each([60, 84, 100, 130, 160, 200])('no line is wider than %d columns, whatever the names and numbers', (width) => {
    const v6 = { left: '[2001:db8:1234:5678:9abc:def0:1234:5678]:65535', right: '[2001:db8:1234:5678:9abc:def0:1234:8765]:65535', stream: 12_345 };
    const large = sighting({
      ...v6, number: 1_234_567, at: START + 1e13, verdicts: [verdict(Again, 4294967294, 4294967295)],
      view: { seq: 4294967294, ack: 4294967295, window: 1073725440, length: 65495, flags: ['SYN', 'FIN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'], sack: [[4294960000, 4294967295], [1, 2]], again: true },
    });
    for (const s of [...conversation(), ...conversation(3, v6), large]) {
      for (const line of lines(s, width, true)) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      expect(stringWidth(conversationLine(s, terminal(width)) ?? '')).toBeLessThanOrEqual(width);
    }
  });

  test('what is no TCP has a line, too', () => {
    expect(overlookedLine({ number: 7, at: START + 1_500_000, why: 'ICMP' }, { terminal: terminal(100), start: START })).toBe('    7   1.500000 ICMP');
  });
});
