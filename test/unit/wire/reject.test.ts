import { Reject, RejectCounters, rejectName } from '../../../src/wire/reject.js';

describe('Reject', () => {
  it('has one kebab-case name per reason', () => {
    expect(Object.values(Reject)).toEqual(rejectName.map((_, i) => i));
    const kebab = (name: string): string => name.replace(/(?!^)[A-Z]/g, (c) => `-${c}`).toLowerCase();
    expect(rejectName).toEqual(Object.keys(Reject).map(kebab));
  });
});

describe('RejectCounters', () => {
  it('counts by reason; an accepted packet is not counted', () => {
    const counters = new RejectCounters();
    for (const reason of [Reject.Fragment, Reject.None, Reject.ZeroPort, Reject.Fragment]) counters.count(reason);
    expect(counters.total).toBe(3);
    expect(counters.counts[Reject.Fragment]).toBe(2);
    expect(counters.toRecord()).toEqual({ fragment: 2, 'zero-port': 1 });
  });
});
