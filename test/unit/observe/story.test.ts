/** Conversations, segment by segment, and what is told of them at the end. */
import { Observer } from '../../../src/observe/observer.js';
import type { Sighting } from '../../../src/observe/sighting.js';
import { StateInference } from '../../../src/observe/states.js';
import { type ConversationSummary, ConversationStory } from '../../../src/observe/story.js';
import { Passings } from '../../support/passings.js';

function tell(...lines: string[]): ConversationSummary {
  const passings = new Passings();
  const observer = new Observer();
  const story = new ConversationStory();
  for (const line of lines) story.see(observer.see(passings.observe(line)) as Sighting);
  return story.summary();
}

const OPEN = ['left SYN 0 mss 1460 scale 7 sackOk ts 1', 'right SYN,ACK 0 1 mss 1400 scale 8 sackOk', 'left ACK 1 1'];
const TALK = [...OPEN, 'left PSH,ACK 1 1 len 100', 'right ACK 1 101 len 1000', 'right PSH,ACK 1001 101 len 1000', 'left ACK 101 2001'];
const CLOSE = ['left FIN,ACK 101 2001', 'right FIN,ACK 2001 102', 'left ACK 102 2002'];

test('an ordinary one', () => {
  expect(tell(...TALK, ...CLOSE)).toEqual({
    stream: 0, start: 1_010_000, duration: 90_000,
    opening: { kind: 'handshake', text: 'handshake of three segments', handshakeTime: 20_000 },
    ending: { kind: 'closed', by: 'left', text: 'closed, 192.0.2.1:40000 first', because: null },
    agreed: { windowScaling: true, sack: true, timestamps: false },
    left: {
      end: '192.0.2.1:40000', segments: 6, octets: 100, retransmittedSegments: 0, retransmittedOctets: 0, duplicateAcks: 0, zeroWindows: 0, outOfOrder: 0,
      keepAlives: 0, resets: 0, largest: 100, mss: 1460, windowScale: 7, state: 'TIME-WAIT',
      path: ['CLOSED', 'SYN-SENT', 'ESTABLISHED', 'FIN-WAIT-1', 'TIME-WAIT'], pathCut: false,
    },
    right: {
      end: '192.0.2.2:80', segments: 4, octets: 2000, retransmittedSegments: 0, retransmittedOctets: 0, duplicateAcks: 0, zeroWindows: 0, outOfOrder: 0,
      keepAlives: 0, resets: 0, largest: 1000, mss: 1400, windowScale: 8, state: 'CLOSED',
      path: ['LISTEN', 'SYN-RECEIVED', 'ESTABLISHED', 'CLOSE-WAIT', 'LAST-ACK', 'CLOSED'], pathCut: false,
    },
  });
});

describe('how it opened', () => {
  const opening = (...lines: string[]) => {
    const { kind, text } = tell(...lines).opening;
    return `${kind}: ${text}`;
  };

  test.each([
    ['fast-open: Fast Open, 50 octets in the SYN', ['left SYN 0 len 50 cookie', 'right SYN,ACK 0 51', 'left ACK 51 1']],
    ['simultaneous: both opened at once', ['left SYN 0', 'right SYN 0', 'left SYN,ACK 0 1', 'right SYN,ACK 0 1']],
    ['incomplete: a SYN,ACK, but the handshake was never done', ['left SYN 0', 'right SYN,ACK 0 1', 'right SYN,ACK 0 1']],
    ['refused: refused', ['left SYN 0', 'right RST,ACK 0 1']],
    ['no-answer: no answer to the SYN', ['left SYN 0']],
    ['no-answer: no answer to 3 SYNs', ['left SYN 0', 'left SYN 0', 'left SYN 0']],
    ['mid-stream: begun before the capture', ['left PSH,ACK 1 1 len 9', 'right ACK 1 10']],
    ['handshake: handshake of three segments', ['right SYN,ACK 0 1', 'left ACK 1 1']],
  ])('%s', (told, lines) => expect(opening(...lines)).toBe(told));

  test('a handshake in which something went twice is not timed', () =>
    expect(tell('left SYN 0', 'left SYN 0', 'right SYN,ACK 0 1', 'left ACK 1 1').opening).toMatchObject({ kind: 'handshake', handshakeTime: null }));
});

describe('how it ended', () => {
  const ending = (...lines: string[]) => tell(...lines).ending.text;

  test.each([
    ['closed, 192.0.2.2:80 first', [...OPEN, 'right FIN,ACK 1 1', 'left FIN,ACK 1 2', 'right ACK 2 2']],
    ['closed by both at once', [...OPEN, 'left FIN,ACK 1 1', 'right FIN,ACK 1 1', 'left ACK 2 2', 'right ACK 2 2']],
    ['being closed by 192.0.2.1:40000; 192.0.2.2:80 has not finished', [...OPEN, 'left FIN,ACK 1 1', 'right ACK 1 2']],
    ['open when the capture ends', TALK],
    ['never open', ['left SYN 0', 'right RST,ACK 0 1']],
    ['never open', ['left SYN 0', 'right SYN,ACK 0 1']],
    ['reset by 192.0.2.2:80: aborted by its user (ABORT, SO_LINGER 0), or its process was killed: what was queued is dropped', [...TALK, 'right RST,ACK 2001 101']],
    ['open when the capture ends', [...TALK, 'right RST 9000']],
    ['open when the capture ends', [...TALK, 'right RST 2001', 'right PSH,ACK 2001 101 len 10', 'left ACK 101 2011']],
    ['closed, 192.0.2.1:40000 first', [...TALK, ...CLOSE, 'left ACK 102 2002', 'right RST 2002']],
  ])('%s', (told, lines) => expect(ending(...lines)).toBe(told));

  test('a reset has the name and citation of its reason', () => expect(tell(...TALK, 'right RST,ACK 2001 101').ending).toMatchObject({
    kind: 'reset', by: 'right', because: { name: 'aborted', cite: '[RFC 9293 §3.10.5, MUST]' },
  }));
});

test('a host that has restarted opens anew on ports that the other end still has in use', () => {
  const passings = new Passings();
  const observer = new Observer();
  const lines = [...TALK, 'left SYN 90000', 'right ACK 2001 101', 'left RST 101', 'left SYN 90000', 'right SYN,ACK 70000 90001', 'left ACK 90001 70001'];
  const sightings = lines.map((line) => observer.see(passings.observe(line)) as Sighting);
  expect(sightings.slice(-6).map(({ stream, states: { left, right } }) => `${stream} ${left.after} ${right.after}`)).toEqual([
    '1 SYN-SENT ESTABLISHED', '1 SYN-SENT ESTABLISHED', '1 SYN-SENT CLOSED', '1 SYN-SENT CLOSED', '1 ESTABLISHED SYN-RECEIVED', '1 ESTABLISHED ESTABLISHED',
  ]);
  expect(sightings.at(-4)?.verdicts.map(({ rule }) => rule.name)).toEqual(['restarted']);
});

test('what was sent again, closed windows, duplicate ACKs, keep-alives are counted', () => {
  const { left, right } = tell(
    ...OPEN.map((line) => line.replace(/scale \d/, '')),
    'left PSH,ACK 1 1 len 100', 'left PSH,ACK 101 1 len 100', 'left PSH,ACK 201 1 len 100', 'right ACK 1 1', 'right ACK 1 1', 'left PSH,ACK 1 1 len 100 at 3',
    'right ACK 1 301 wnd 0', 'right ACK 1 301 wnd 8000', 'left ACK 300 1 at 60', 'right ACK 1 301 wnd 8000',
  );
  expect(left).toMatchObject({ octets: 300, retransmittedSegments: 1, retransmittedOctets: 100, keepAlives: 1 });
  expect(right).toMatchObject({ zeroWindows: 1, duplicateAcks: 2 });
});

test('the way of an end is cut when it gets long', () => {
  const lines = Array.from({ length: 60 }, (_, i) => [`left SYN ${i * 1000}`, `right RST,ACK 0 ${i * 1000 + 1}`]).flat();
  const passings = new Passings();
  const inference = new StateInference();
  const story = new ConversationStory();
  for (const line of lines) {
    const { number, at, from, view, ...rest } = passings.pass(line);
    const states = inference.pass({ number, at, from, view, ...rest });
    story.see({ number, at, stream: 0, from, left: 'a', right: 'b', view, checksum: 'good', verdicts: [], states });
  }
  const { left } = story.summary();
  expect(left.path).toHaveLength(40);
  expect(left.pathCut).toBe(true);
});

test('nothing seen, nothing told', () => expect(() => new ConversationStory().summary()).toThrow('a conversation without a segment has no summary'));
