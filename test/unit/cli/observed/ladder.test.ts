import pc from 'picocolors';
import stringWidth from 'string-width';
import { LadderView } from '../../../../src/cli/observed/ladder-view.js';
import { ObservedLadder, type ObservedLadderOptions } from '../../../../src/cli/observed/observed-ladder.js';
import type { Sighting } from '../../../../src/observe/sighting.js';
import { verdicts } from '../../../../src/observe/verdicts.js';
import { Explanation } from '../../../../src/trace/moment.js';
import { Again, conversation, Refused, sighting, START, verdict } from './sightings.js';

const look = (width: number, colors = false) => ({ width, colors: pc.createColors(colors) });

function draw(sightings: readonly Sighting[], width = 100, options: Partial<ObservedLadderOptions> = {}): string[] {
  let text = '';
  const ladder = new ObservedLadder({ terminal: look(width), start: START, write: (t) => void (text += t), ...options });
  sightings.forEach((s) => ladder.see(s));
  ladder.finish();
  return text.split('\n').slice(0, -1);
}

/** A transfer of so many segments to the left, 10 ms apart, from number 100 on. */
const transfer = (segments: number, more: Partial<Sighting> = {}): Sighting[] =>
  Array.from({ length: segments }, (_, i) => sighting({ number: 100 + i, from: 'right', at: START + 10_000 * i, ...more, view: { seq: 1 + 1000 * i, length: 1000 } }));

describe('the exact look', () => {
  test('with whole names of states', () => {
    expect(draw(conversation(1).slice(0, 4))).toEqual([
      '══ #0 ══════════════════════════════════════════════════════════════════════════════════════════════',
      '                              192.0.2.1:40312                              192.0.2.2:80',
      '  no.    seconds              ┬                                                       ┬',
      '    1   0.000000     SYN-SENT ├── SYN seq=0 win=64240 <mss 1460,sackOK,TS,ws 10> ────►│ LISTEN',
      '                              │  the first segment of the handshake: asks for a       │',
      '                              │  connection; the left counts its octets from 5001     │',
      '    2   0.000210              │◄───────────────────── SYN,ACK seq=0 ack=1 win=64240 ──┤ SYN-RECEIVED',
      '                              │  <mss 1460,sackOK,TS,ws 10>                           │',
      '                              │  the second segment of the handshake: agrees, and     │',
      '                              │  acknowledges the SYN; the right counts its octets    │',
      '                              │  from 5001                                            │',
      '    3   0.000420  ESTABLISHED ├── ACK seq=1 ack=1 win=64240 ─────────────────────────►│ ESTABLISHED',
      '                              │  the third segment of the handshake: the connection   │',
      '                              │  is open on both sides                                │',
      '    4   0.000630              ├── PSH,ACK seq=1 ack=1 win=64240 len=77 ──────────────►│',
      '                              ┴                                                       ┴',
    ]);
  });

  test('with short names of states', () => {
    expect(draw(conversation(1).slice(-2), 80)).toEqual([
      '══ #0 ══════════════════════════════════════════════════════════════════════════',
      '                     192.0.2.1:40312                         192.0.2.2:80',
      ' no.  seconds        ┬                                                  ┬',
      '   7 0.001260  ESTAB │◄───────── ACK seq=1449 ack=78 len=1448 (again) ──┤ ESTAB',
      '                     │  win=64240                                       │',
      '                     │  octets 1449…2896 have passed before: sent       │',
      '                     │  again [RFC 9293 §3.8.1, MUST]                   │',
      '   8 0.001470 CLOSED ├── RST,ACK seq=78 ack=1449 win=0 ────────────────►│ CLOSED',
      '                     │  a reset in answer to the SYN: nobody listens    │',
      '                     │  there [RFC 9293 §3.10.7.1, MUST]                │',
      '                     ┴                                                  ┴',
    ]);
  });

  test('with states between the lifelines', () => {
    expect(draw(conversation(1).slice(0, 1), 60).slice(3)).toEqual([
      '   1 0.000000 ├── SYN seq=0 win=64240 ────────────────────►│',
      '              │  <mss 1460,sackOK,TS,ws 10>                │',
      '              │  left CLOSED → SYN-SENT, right LISTEN      │',
      '              │  the first segment of the handshake: asks  │',
      '              │  for a connection; the left counts its     │',
      '              │  octets from 5001                          │',
      '              ┴                                            ┴',
    ]);
  });
});

describe.each([60, 76, 80, 98, 100, 160, 200])('at %d columns', (width) => {
  test.each([false, true])('every line fits, and both lifelines stand straight (colours: %s)', (colors) => {
    const v6 = { left: '[2001:db8:1234:5678:9abc:def0:1234:5678]:65535', right: '[2001:db8:1234:5678:9abc:def0:1234:8765]:65535' };
    const odd = sighting({ number: 99_999, at: START + 1e10, checksum: 'bad', view: { seq: 4294967295, sack: [[4294960000, 4294967295]], flags: ['SYN', 'FIN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR'] } });
    const lines = draw([...conversation(40, v6), odd], width, { terminal: look(width, colors), verbose: false });
    const escape = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
    const rows = lines.slice(lines.findIndex((line) => line.includes('┬'))).map((line) => line.replace(escape, ''));
    expect(rows.length).toBeGreaterThan(20);
    const [rail = 0, other = 0] = [rows[0].indexOf('┬'), rows[0].lastIndexOf('┬')];
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    for (const row of rows) {
      expect(row[rail]).toMatch(/[│├┤┬┴┆]/);
      expect(row[other]).toMatch(/[│├┤┬┴┆]/);
    }
  });
});

describe('states', () => {
  test('a state that changed without a segment is shown with the next one', () => {
    const lines = draw([sighting(), sighting({ states: { left: 'CLOSE-WAIT' } }), sighting({ states: { left: 'CLOSE-WAIT' } })]);
    expect(lines.filter((line) => line.includes('CLOSE-WAIT'))).toHaveLength(1);
    expect(lines[4]).toContain('CLOSE-WAIT');
  });
});

describe('folding', () => {
  test('draws the first three of a kind and counts the rest, with its time', () => {
    const lines = draw(transfer(30));
    expect(lines.filter((line) => line.includes('len=1000'))).toHaveLength(3);
    expect(lines.join('\n')).toContain('0.030000              ┆  … 27 more data segments to the left (27,000 octets,');
  });

  test('of remarkable ones it draws more, and says of what it folds what it was', () => {
    const lines = draw(transfer(30, { verdicts: [verdict(Again, 1, 2)] }));
    expect(lines.filter((line) => line.includes('len=1000'))).toHaveLength(6);
    expect(lines.join(' ').replace(/[┆│\s]+/g, ' ')).toContain('230 ms) … among them: 24 × test observed again');
  });

  test('a segment that moves a state ends the fold', () => {
    const fin = sighting({ number: 200, from: 'right', at: START + 1e6, view: { seq: 5001, flags: ['FIN', 'ACK'] }, states: { right: { before: 'ESTABLISHED', after: 'FIN-WAIT-1' } } });
    const lines = draw([...transfer(10), fin]);
    expect(lines.findIndex((line) => line.includes('7 more'))).toBeLessThan(lines.findIndex((line) => line.includes('FIN,ACK')));
  });

  test('verbose draws everything and says what each is', () => {
    const lines = draw(transfer(12), 100, { verbose: true });
    expect(lines.filter((line) => line.includes('len=1000'))).toHaveLength(12);
    expect(lines.join('\n')).toContain('text: octets 11001…12000');
  });

  test('problems draws all of them, and only them', () => {
    const lines = draw([...transfer(2), ...transfer(9, { verdicts: [verdict(Refused)] }), ...transfer(1)], 100, { problems: true });
    expect(lines.filter((line) => line.includes('len=1000'))).toHaveLength(9);
    expect(lines.filter((line) => line.includes('more data segment'))).toHaveLength(2);
  });
});

test('a silence is told', () => {
  const lines = draw([sighting(), sighting({ number: 2, at: START + 1_040_000 }), sighting({ number: 3, at: START + 1_050_000 })]);
  expect(lines.filter((line) => line.includes('silence'))).toEqual(['                              ┆  1.04 s of silence                                    ┆']);
});

test('what is everyday is said twice, and folded as if nothing had been said', () => {
  const lines = draw(transfer(20, { verdicts: [new Explanation(verdicts.Sack, 1, 2, 1)] }));
  expect(lines.filter((line) => line.includes('len=1000'))).toHaveLength(3);
  expect(lines.filter((line) => line.includes('octets 1…1 are there'))).toHaveLength(2);
});

describe('several conversations', () => {
  const view = (options: Partial<ConstructorParameters<typeof LadderView>[0]> = {}) => {
    const texts: string[] = [];
    return { texts, view: new LadderView({ terminal: look(100), write: (text) => void texts.push(text), most: 2, ...options }) };
  };
  const interleaved = (streams: number): Sighting[] => {
    const all = Array.from({ length: streams }, (_, stream) => conversation(3, { stream }));
    return (all[0] ?? []).flatMap((_, i) => all.map((one) => one[i]));
  };

  test('one after another, the first at once; how many more there are is known', () => {
    const { texts, view: ladders } = view();
    interleaved(3).forEach((s) => ladders.see(s));
    expect(texts.join('')).toContain('══ #0');
    expect(texts.join('')).not.toContain('══ #1');
    ladders.finish();
    const text = texts.join('');
    expect([...text.matchAll(/══ #(\d+)/g)].map(([, stream]) => stream)).toEqual(['0', '1']);
    expect(text.match(/RST,ACK/g)).toHaveLength(2);
    expect(ladders.leftOut).toBe(true);
  });

  test('what waits is bounded, and what found no room is told', () => {
    const { texts, view: ladders } = view({ room: 1_000 });
    interleaved(2).forEach((s) => ladders.see(s));
    ladders.finish();
    const text = texts.join('');
    expect(text).toMatch(/^\d+ more segments of this conversation found no room here/m);
    expect(text.match(/RST,ACK/g)).toHaveLength(1);
    expect(ladders.leftOut).toBe(false);
  });

  test('problems: conversations without any are not drawn', () => {
    const { texts, view: ladders } = view({ problems: true });
    [sighting({ stream: 0 }), sighting({ stream: 1, verdicts: [verdict(Refused)] }), sighting({ stream: 0 })].forEach((s) => ladders.see(s));
    ladders.finish();
    expect([...texts.join('').matchAll(/══ #(\d+)/g)].map(([, stream]) => stream)).toEqual(['1']);
  });
});
