/** enter() is the only writer of a state, and refuses what TRANSITIONS does not have. */
import { R } from '../../../src/trace/book.js';
import { allRules, ruleOf } from '../../../src/trace/rules.js';
import { enter, isSynchronised, TRANSITIONS, tcpStates } from '../../../src/tcp/state.js';
import { Bench, START } from '../../support/engine.js';
import { established, otherStates } from '../../support/states.js';

test('every state and rule that is not an edge is a bug of ours', () => {
  const known = new Set(TRANSITIONS.map((t) => `${t.from} ${t.to} ${t.rule}`));
  const { tcb } = established();
  for (const to of tcpStates) {
    for (const { id } of allRules()) {
      if (known.has(`ESTABLISHED ${to} ${id}`)) continue;
      expect(() => enter(tcb, to, id, START)).toThrow(/glasstcp bug: no transition/);
    }
  }
  expect(tcb.state).toBe('ESTABLISHED');
});

test('the watcher is told from where, to where and by which rule', () => {
  const bench = new Bench({}, false);
  enter(bench.tcb, 'LISTEN', R.OpenPassive, START);
  expect(bench.recorder.edges).toEqual([{ from: 'CLOSED', to: 'LISTEN', rule: R.OpenPassive }]);
});

test('each edge names a rule of the book, an event, an action or none, and where it stands', () => {
  for (const t of TRANSITIONS) {
    expect(ruleOf(t.rule)).toBeDefined();
    expect(t.event).not.toBe('');
    expect(t.source).toMatch(/^(Figure 5(, note [123])?|§3\.\d+(\.\d+)*)$/);
  }
});

test('there are no two names for one state, and every state can be left', () => {
  expect(new Set(tcpStates).size).toBe(11);
  for (const state of tcpStates) {
    expect(TRANSITIONS.some((t) => t.from === state)).toBe(true);
    expect(TRANSITIONS.some((t) => t.to === state)).toBe(true);
  }
});

test('synchronised: both SYNs are done', () => {
  for (const { state } of otherStates) expect(isSynchronised(state)).toBe(state !== 'SYN-RECEIVED');
  for (const state of ['CLOSED', 'LISTEN', 'SYN-SENT'] as const) expect(isSynchronised(state)).toBe(false);
});
