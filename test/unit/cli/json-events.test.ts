import { JsonEvents } from '../../../src/cli/json-events.js';
import { Story } from '../../../src/trace/story.js';
import { AckDelayed, fateOf, IRS, ISS, NewData, opens, packet, PSH_ACK, synAckIn, variables } from '../trace/conversation.js';

function record() {
  const lines: string[] = [];
  const json = new JsonEvents((line) => lines.push(line));
  return { json, story: new Story((m) => json.moment(m)), lines, events: () => lines.map((l) => JSON.parse(l) as Record<string, unknown>) };
}

test('one object per line, in the documented shape', () => {
  const { story, lines, events } = record();
  opens(story);
  expect(lines.every((l) => l.endsWith('}\n') && l.indexOf('\n') === l.length - 1)).toBe(true);
  const because = {
    rule: 'test-syn-acked', cite: 'RFC 9293 §3.10.7.3', level: 'MUST', numbers: [1, 0, 0],
    text: 'Our SYN is acknowledged (ack=1): the connection is established.',
  };
  expect(events()[1]).toEqual({
    type: 'segment', at: 210, serial: 2, connection: 1, direction: 'in', before: 'SYN-SENT', after: 'ESTABLISHED',
    segment: {
      protocol: 'TCP', from: '192.0.2.1:40312', to: '192.0.2.2:7', flags: ['SYN', 'ACK'], seq: 0, ack: 1, window: 65535, length: 0, mss: 1460,
      windowScale: 8, sackPermitted: true, sack: [], absolute: { seq: 5000, ack: 4294967281, window: 65535 }, again: false,
    },
    decisions: [because],
    states: [{ from: 'SYN-SENT', to: 'ESTABLISHED', because }],
    changes: {
      'snd.una': [0, 1], 'snd.wnd': [0, 64240], 'rcv.nxt': [0, 1], cwnd: [14600, 16060], pipe: [1, 0], srtt: [-1, 210], rto: [1000000, 200000],
    },
  });
  expect(events()[0]).toMatchObject({ at: 0, direction: 'out', reason: { rule: 'test-syn-sent' } });
});

test('no limit is null, no connection is null', () => {
  const { story, events } = record();
  story.decision(0, 0, AckDelayed, Infinity, 0, 0);
  story.flush();
  opens(story);
  story.decision(1, 5, AckDelayed, 40, 0, 0);
  story.settled(1, 5, variables({ ssthresh: 7_300 }));
  expect(events()[0]).toMatchObject({ type: 'event', before: null, after: null, decisions: [{ numbers: [null, 0, 0] }] });
  expect(events()[0]).not.toHaveProperty('segment');
  expect(events()[3]).toMatchObject({ type: 'event', changes: { ssthresh: [null, 7_300] } });
});

test('what the link did has its own line', () => {
  const { json, events } = record();
  json.fate(fateOf(synAckIn(), 'in', 'lost', 'by script', 12.3456));
  json.fate(fateOf(synAckIn(), 'in', 'delayed', '', 14));
  expect(events()[0]).toMatchObject({ type: 'link', at: 0, direction: 'in', what: 'lost', label: 'by script', segment: { flags: ['SYN', 'ACK'], seq: 0 } });
  expect(events()[1]?.at).toBe(1.654);
});

test('a segment and its fate are one segment; the same octets once more are sent again', () => {
  const { json, story, events } = record();
  opens(story);
  const text = packet('out', { flags: PSH_ACK, seq: ISS + 1, ack: IRS + 1, length: 100 });
  const before = events().length;
  story.segment(1, 1_001_000, 'out', text, 20, NewData, 100, 0, 0);
  story.settled(1, 1_001_000, variables());
  json.fate(fateOf(text, 'out', 'lost', 'by script', 1_001_000));
  story.segment(1, 1_201_000, 'out', text, 20, NewData, 100, 0, 0);
  story.settled(1, 1_201_000, variables());
  story.segment(1, 1_401_000, 'out', text, 20, NewData, 100, 0, 0);
  story.settled(1, 1_401_000, variables());
  expect(events().slice(before).map((e) => [e.type, (e.segment as { again: boolean }).again])).toEqual([
    ['segment', false], ['link', false], ['segment', true], ['segment', true],
  ]);
});
