import { ExplainedCapture, type PacketWriter } from '../../../src/capture/explained.js';
import type { Language } from '../../../src/trace/language.js';
import { Story } from '../../../src/trace/story.js';
import { AckDelayed, fateOf, opens, synAckIn, synOut, variables } from '../trace/conversation.js';

interface Written {
  iface: number;
  at: number;
  bytes: Uint8Array;
  comment: string | undefined;
  direction: string | undefined;
}

function capture(language?: Language) {
  const written: Written[] = [];
  const interfaces: (string | undefined)[][] = [];
  let closed = 0;
  const writer: PacketWriter = {
    addInterface: (name, description) => interfaces.push([name, description]) - 1,
    packet: (iface, at, bytes, start, end, comment, direction) => void written.push({ iface, at, bytes: bytes.slice(start, end), comment, direction }),
    close: () => void closed++,
  };
  const explained = new ExplainedCapture(writer, { name: 'tun0', description: 'glasstcp', epoch: 1_700_000_000_000_000, ...(language === undefined ? {} : { language }) });
  return { written, interfaces, explained, story: new Story((m) => explained.moment(m)), closed: () => closed };
}

test('every packet has a comment that says why it is there, and the time of day', () => {
  const { written, interfaces, explained, story, closed } = capture();
  opens(story);
  explained.close();
  expect(interfaces).toEqual([['tun0', 'glasstcp']]);
  expect(written.map((w) => [w.at, w.direction])).toEqual([[1_700_000_001_000_000, 'out'], [1_700_000_001_000_210, 'in']]);
  expect(written[0]?.comment).toMatch(/^out {2}CLOSED → SYN-SENT\nAn active OPEN .*\[RFC 9293 §3\.10\.1, MUST\]\nsnd\.nxt 0→1/);
  expect(written[0]?.bytes).toEqual(synOut().toBytes());
  expect(explained.packets).toBe(2);
  expect(closed()).toBe(1);
});

test('a segment lost after it was sent says so, and is written once', () => {
  const { written, explained, story } = capture();
  story.segment(1, 5, 'out', synOut(), 20, 0, 0, 0, 0);
  story.settled(1, 5, variables({ state: 'SYN-SENT' }));
  explained.fate(fateOf(synOut(), 'out', 'lost', 'the first SYN', 5));
  explained.close();
  expect(written.map((w) => w.comment)).toEqual([expect.stringMatching(/^LOST ON THE LINK: the first SYN\nout {2}SYN-SENT/)]);
});

test('a packet lost on its way to us is in the capture by its fate alone', () => {
  const { written, explained } = capture();
  explained.fate(fateOf(synAckIn(), 'in', 'lost', '', 7));
  expect(written).toEqual([{
    iface: 0, at: 1_700_000_000_000_007, bytes: synAckIn().toBytes(), direction: 'in',
    comment: 'LOST ON THE LINK\nin   The peer sent it; it did not reach us.',
  }]);
});

test('comments are Chinese where that is asked for', () => {
  const { written, explained } = capture('zh');
  explained.fate(fateOf(synAckIn(), 'in', 'lost', '', 7));
  explained.fate(fateOf(synAckIn(), 'in', 'corrupted', '一位', 8));
  explained.fate(fateOf(synOut(), 'out', 'lost', '', 9));
  explained.close();
  expect(written.map((w) => w.comment)).toEqual([
    '链路上丢失\nin   对端发出了它；它没有到达我们。',
    '链路上损坏：一位\nin   这是对端发出的原样；到达我们时已损坏，被丢弃。',
    '链路上丢失\nout  此外一无所知。',
  ]);
});

test('a decision without a packet is not in the capture', () => {
  const { written, explained, story } = capture();
  story.decision(1, 5, AckDelayed, 40, 0, 0);
  story.settled(1, 5, variables());
  explained.close();
  expect(written).toEqual([]);
});
