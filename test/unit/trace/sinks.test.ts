import { RuleCoverage } from '../../../src/trace/coverage.js';
import { fanOut } from '../../../src/trace/fan-out.js';
import type { Moment } from '../../../src/trace/moment.js';
import { RingSink } from '../../../src/trace/ring-sink.js';
import { Story } from '../../../src/trace/story.js';
import { AckDelayed, opens, StrayReset, SynAcked, SynSent } from './conversation.js';

describe('RingSink', () => {
  test('tells what led here, oldest first', () => {
    const ring = new RingSink(16);
    opens(ring);
    expect(ring.last(16)).toEqual([
      '1.000000 #1 CLOSED → SYN-SENT (test-syn-sent)',
      '1.000000 #1 out: An active OPEN sends a SYN with our initial number 4294967280. [RFC 9293 §3.10.1, MUST]',
      '1.000210 #1 in: a packet of 52 octets',
      '1.000210 #1 Our SYN is acknowledged (ack=1): the connection is established. [RFC 9293 §3.10.7.3, MUST]',
      '1.000210 #1 SYN-SENT → ESTABLISHED (test-syn-acked)',
    ]);
  });

  test('keeps the last ones only', () => {
    const ring = new RingSink(4);
    for (let i = 0; i < 10; i++) ring.decision(2, i, AckDelayed, i, 0, 0);
    const waits = (i: number): string => expect.stringContaining(`up to ${i} ms`) as string;
    expect(ring.last(99)).toEqual([waits(6), waits(7), waits(8), waits(9)]);
    expect(ring.last(1)).toEqual([waits(9)]);
    expect(ring.last(0)).toEqual([]);
    expect(new RingSink().last(5)).toEqual([]);
  });
});

describe('RuleCoverage', () => {
  test('counts decisions, reasons and state changes, and names what never fired', () => {
    const coverage = new RuleCoverage();
    opens(coverage);
    expect(coverage.fired(SynSent)).toBe(2);
    expect(coverage.byName()).toEqual({ 'test-syn-sent': 2, 'test-syn-acked': 2 });
    const missing = coverage.missing().map((r) => r.id);
    expect(missing).toContain(StrayReset);
    expect(missing).not.toContain(SynAcked);
  });
});

test('fanOut tells every tracer the same', () => {
  const moments: Moment[] = [];
  const alone = new RingSink();
  const ring = new RingSink();
  const coverage = new RuleCoverage();
  opens(alone);
  opens(fanOut(ring, new Story((m) => moments.push(m)), coverage));
  expect(ring.last(99)).toEqual(alone.last(99));
  expect(moments).toHaveLength(2);
  expect(coverage.fired(SynAcked)).toBe(2);
  expect(fanOut(ring)).toBe(ring);
});
