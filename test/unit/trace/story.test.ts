import { decisionStream, explainMoment } from '../../../src/trace/explain.js';
import type { Moment } from '../../../src/trace/moment.js';
import { Story } from '../../../src/trace/story.js';
import {
  ACK, AckDelayed, IRS, ISS, NewData, only, opens, packet, RST_ACK, StrayReset, SYN, SynAcked, TimeWaitOver, TookData, transfers, variables,
} from './conversation.js';

function record(): { story: Story; moments: Moment[] } {
  const moments: Moment[] = [];
  return { story: new Story((m) => moments.push(m)), moments };
}

describe('Story', () => {
  test('groups an opening into the SYN out and the SYN,ACK in, with states and the variables that changed', () => {
    const { story, moments } = record();
    opens(story);
    expect(moments.map((m) => [m.serial, m.at, m.conn, m.kind, m.direction, m.before, m.after])).toEqual([
      [1, 1_000_000, 1, 'segment', 'out', 'CLOSED', 'SYN-SENT'],
      [2, 1_000_210, 1, 'segment', 'in', 'SYN-SENT', 'ESTABLISHED'],
    ]);
    expect(moments[0]?.reason?.rule.name).toBe('test-syn-sent');
    expect(moments[0]?.changes).toEqual([{ name: 'snd.nxt', from: 0, to: 1 }, { name: 'pipe', from: 0, to: 1 }]);
    expect(moments[1]?.reason).toBeUndefined();
    expect(moments[1]?.decisions.map((d) => d.text)).toEqual(['Our SYN is acknowledged (ack=1): the connection is established.']);
    expect(moments[1]?.changes).toContainEqual({ name: 'snd.una', from: 0, to: 1 });
    expect(moments[1]?.changes).toContainEqual({ name: 'rcv.nxt', from: 0, to: 1 });
    expect(moments[1]?.changes).toContainEqual({ name: 'srtt', from: -1, to: 210 });
  });

  test('a state change borrows the numbers of the decision with its rule', () => {
    const { story, moments } = record();
    opens(story);
    expect(moments[1]?.states[0]?.because).toBe(moments[1]?.decisions[0]);
  });

  test('a state change whose numbers nobody gave does not invent any', () => {
    const { story, moments } = record();
    story.state(1, 1, 'SYN-SENT', 'ESTABLISHED', SynAcked);
    story.state(1, 1, 'TIME-WAIT', 'CLOSED', TimeWaitOver);
    story.state(1, 1, 'CLOSED', 'LISTEN', 0);
    story.flush();
    expect(only(moments).states.map((s) => s.because?.text)).toEqual([
      'test syn acked', '2MSL have passed since the last FIN: old duplicates are gone.', undefined,
    ]);
  });

  test('keeps a copy of the packet, which was only lent', () => {
    const { story, moments } = record();
    const lent = packet('in', { flags: ACK, seq: IRS + 1, ack: ISS + 1 });
    const bytes = lent.toBytes();
    story.segment(1, 5, 'in', lent, 20, 0, 0, 0, 0);
    lent.bytes.fill(0);
    story.settled(1, 5, variables());
    expect(only(moments).bytes).toEqual(bytes);
  });

  test('relative numbers cross the wrap of the sequence space', () => {
    const { story, moments } = record();
    opens(story);
    transfers(story, 1);
    expect(moments[2]?.changes).toContainEqual({ name: 'snd.nxt', from: 1, to: 1461 });
    expect(moments[3]?.changes).toContainEqual({ name: 'snd.una', from: 1, to: 1461 });
  });

  test('a decision not to send is a moment without a packet', () => {
    const { story, moments } = record();
    story.decision(3, 7, AckDelayed, 40, 0, 0);
    expect(moments).toHaveLength(0);
    story.settled(3, 7, variables());
    const m = only(moments);
    expect([m.kind, m.direction, m.bytes, m.before, m.after]).toEqual(['event', undefined, undefined, 'ESTABLISHED', 'ESTABLISHED']);
    expect(m.decisions[0]?.numbers).toEqual([40, 0, 0]);
  });

  test('decisions before a segment out are about it; those before a segment in are not', () => {
    const { story, moments } = record();
    story.decision(1, 1, NewData, 10, 0, 0);
    story.segment(1, 2, 'out', packet('out', { flags: ACK, seq: ISS + 1, ack: IRS + 1, length: 10 }), 20, NewData, 10, 0, 0);
    story.settled(1, 2, variables());
    story.decision(1, 3, AckDelayed, 40, 0, 0);
    story.segment(1, 4, 'in', packet('in', { flags: ACK, seq: IRS + 1, ack: ISS + 11 }), 20, 0, 0, 0, 0);
    story.settled(1, 4, variables());
    expect(moments.map((m) => [m.kind, m.at, m.decisions.length])).toEqual([['segment', 2, 1], ['event', 3, 1], ['segment', 4, 0]]);
  });

  test('settling with nothing to tell is no moment, and what changed is told with the next one', () => {
    const { story, moments } = record();
    opens(story);
    story.settled(1, 2_000_000, variables({ srtt: 210, rto: 200_000, cwnd: 16_060, rcvWnd: 70_000 }));
    expect(moments).toHaveLength(2);
    story.decision(1, 2_000_001, AckDelayed, 40, 0, 0);
    story.settled(1, 2_000_001, variables({ srtt: 210, rto: 200_000, cwnd: 16_060, rcvWnd: 70_000 }));
    expect(moments[2]?.changes).toEqual([{ name: 'rcv.wnd', from: 65_535, to: 70_000 }]);
  });

  test('the stack itself: a stray SYN and its reset are two moments, closed by the next event', () => {
    const { story, moments } = record();
    story.segment(0, 1, 'in', packet('in', { flags: SYN, seq: IRS }), 20, 0, 0, 0, 0);
    story.segment(0, 2, 'out', packet('out', { flags: RST_ACK, seq: 0, ack: IRS + 1 }), 20, StrayReset, 7, 0, 0);
    expect(moments.map((m) => m.direction)).toEqual(['in']);
    story.decision(1, 3, AckDelayed, 40, 0, 0);
    expect(moments.map((m) => [m.direction, m.before, m.reason?.text])).toEqual([
      ['in', '', undefined], ['out', '', 'Nobody listens on port 7: a reset says so.'],
    ]);
    story.flush();
    expect(moments).toHaveLength(3);
  });

  test('the stack itself: a decision after a segment that went out is something new', () => {
    const { story, moments } = record();
    story.segment(0, 2, 'out', packet('out', { flags: RST_ACK, seq: 0, ack: IRS + 1 }), 20, StrayReset, 7, 0, 0);
    story.decision(0, 3, StrayReset, 8, 0, 0);
    story.flush();
    expect(moments.map((m) => [m.kind, m.decisions.length])).toEqual([['segment', 0], ['event', 1]]);
  });

  test('forgets a connection that is CLOSED', () => {
    const { story, moments } = record();
    opens(story);
    story.state(1, 9_000_000, 'TIME-WAIT', 'CLOSED', TimeWaitOver);
    story.settled(1, 9_000_000, variables({ state: 'CLOSED', srtt: 210, rto: 200_000, cwnd: 16_060 }));
    expect(moments[2]?.after).toBe('CLOSED');
    opens(story, 10_000_000);
    expect(moments[3]?.changes).toEqual(moments[0]?.changes);
  });

  test('a rule that is not in the book is a bug of ours', () => {
    expect(() => record().story.decision(1, 0, 999_999, 0, 0, 0)).toThrow('rule 999999');
  });

  test('two runs of the same events give the same stream, to the letter', () => {
    const run = (extra: number): string => {
      const { story, moments } = record();
      opens(story);
      transfers(story, 3 + extra);
      return moments.map(decisionStream).join('\n');
    };
    expect(run(0)).toBe(run(0));
    expect(run(0)).not.toBe(run(1));
    expect(run(0)).toContain('why test-syn-sent(4294967280,0,0)');
  });
});

describe('explainMoment', () => {
  test('direction and states, sentences with citations, changes', () => {
    const { story, moments } = record();
    opens(story);
    expect(explainMoment(moments[1])).toBe(
      'in   SYN-SENT → ESTABLISHED\n' +
        'Our SYN is acknowledged (ack=1): the connection is established. [RFC 9293 §3.10.7.3, MUST]\n' +
        'snd.una 0→1, snd.wnd 0→64240, rcv.nxt 0→1, cwnd 14600→16060, pipe 1→0, srtt none→210 µs, rto 1 s→200 ms',
    );
  });

  test('never empty: a bare ACK with nothing to say still has its direction and state', () => {
    const { story, moments } = record();
    story.segment(1, 1, 'in', packet('in', { flags: ACK, seq: IRS + 1, ack: ISS + 1 }), 20, 0, 0, 0, 0);
    story.settled(1, 1, variables({ sndUna: ISS | 0, sndNxt: ISS | 0, rcvNxt: IRS, sndWnd: 0 }));
    story.segment(0, 1, 'in', packet('in', { flags: ACK, seq: 1, ack: 1 }), 20, 0, 0, 0, 0);
    story.flush();
    expect(moments.map(explainMoment)).toEqual(['in   ESTABLISHED', 'in   no connection']);
  });

  test('says each thing once, why it was sent first', () => {
    const { story, moments } = record();
    story.decision(1, 1, AckDelayed, 5, 0, 0);
    story.decision(1, 1, TookData, 0, 0, 0);
    story.decision(1, 1, NewData, 10, 0, 0);
    story.segment(1, 1, 'out', packet('out', { flags: ACK, seq: ISS + 1, ack: IRS + 1, length: 10 }), 20, NewData, 10, 0, 0);
    story.state(1, 1, 'ESTABLISHED', 'FIN-WAIT-1', SynAcked);
    story.flush();
    const lines = explainMoment(only(moments)).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe('out  ESTABLISHED → FIN-WAIT-1');
    expect(lines[1]).toBe('10 octets are ready and the windows have room for them. [RFC 9293 §3.7]');
    expect(lines.filter((l) => l.startsWith('10 octets'))).toHaveLength(1);
  });
});
