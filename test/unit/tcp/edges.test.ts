/**
 * All eleven states and every edge between them: one test for each entry of TRANSITIONS takes it by real segments, calls
 * or timeouts. The edges of Figure 5 stand here a second time, typed from the RFC. Leaves test-output/state-edges.txt.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Table from 'cli-table3';
import { R } from '../../../src/trace/book.js';
import { ruleOf } from '../../../src/trace/rules.js';
import { TRANSITIONS, type TcpState, type Transition, tcpStates } from '../../../src/tcp/state.js';
import type { Edge } from '../../support/recorder.js';
import { Bench, type Setup } from '../../support/engine.js';
import {
  closeWait, closing, established, finWait1, finWait2, lastAck, listening, synReceived, synReceivedActive, synSent, timeWait, unopened,
} from '../../support/states.js';

interface Case {
  readonly name: string;
  /** A bench in state `from`. */
  readonly make: (setup: Setup) => Bench;
  readonly config?: Setup['config'];
  /** What takes the edge, and nothing before it. */
  readonly act: (bench: Bench) => unknown;
}

type Maker = (setup: Setup) => Bench;
const MAKERS: Readonly<Partial<Record<TcpState, Maker>>> = {
  LISTEN: listening, 'SYN-SENT': synSent, 'SYN-RECEIVED': synReceived, ESTABLISHED: established, 'FIN-WAIT-1': finWait1, 'FIN-WAIT-2': finWait2,
  'CLOSE-WAIT': closeWait, CLOSING: closing, 'LAST-ACK': lastAck, 'TIME-WAIT': timeWait,
};
const maker = (state: TcpState): Maker => MAKERS[state] ?? (() => { throw new Error(`no way to ${state}`); });
const keyOf = (from: string, to: string, rule: number): string => `${from} → ${to} by ${ruleOf(rule)?.name ?? rule}`;

const cases = new Map<string, Case>();
function edge(from: TcpState, to: TcpState, rule: number, name: string, act: Case['act'], make: Maker = maker(from), config?: Setup['config']): void {
  const key = keyOf(from, to, rule);
  if (cases.has(key)) throw new Error(`two tests for ${key}`);
  cases.set(key, { name, make, act, config });
}

const HOURS = 3_600_000_000;
const rcvNxt = (bench: Bench): number => bench.tcb.rcv(bench.tcb.rcvNxt);
const una = (bench: Bench): number => bench.tcb.snd(bench.tcb.sndUna);

// opening
edge('CLOSED', 'LISTEN', R.OpenPassive, 'passive OPEN', (b) => b.connection.openPassive(b.now), () => new Bench({}, false));
edge('CLOSED', 'SYN-SENT', R.OpenActive, 'active OPEN', (b) => b.connection.openActive(b.now), unopened);
edge('LISTEN', 'SYN-RECEIVED', R.ListenTakesSyn, 'a SYN for a listener', (b) => b.play({ flags: 'S', seq: 0 }));
const knowing: Maker = (setup) => listening({ ...setup, remoteKnown: true });
edge('LISTEN', 'SYN-SENT', R.SendInListen, 'SEND on a listener that knows its peer', (b) => b.send(10), knowing);
edge('LISTEN', 'SYN-SENT', R.OpenActive, 'active OPEN of a listener', (b) => b.connection.openActive(b.now), knowing);
edge('LISTEN', 'CLOSED', R.CloseListen, 'CLOSE of a listener', (b) => b.close());
edge('SYN-SENT', 'SYN-RECEIVED', R.SimultaneousOpen, 'a SYN crosses ours', (b) => b.play({ flags: 'S', seq: 0 }));
edge('SYN-SENT', 'ESTABLISHED', R.Established, 'a SYN,ACK answers ours', (b) => b.play({ flags: 'S.', seq: 0, ack: 1 }));
edge('SYN-SENT', 'CLOSED', R.CloseSynSent, 'CLOSE before an answer', (b) => b.close());
edge('SYN-SENT', 'CLOSED', R.SynSentRefused, 'RST answers our SYN', (b) => b.play({ flags: 'R.', seq: 0, ack: 1 }));
edge('SYN-SENT', 'CLOSED', R.UnreachableHard, 'port unreachable answers our SYN', (b) => b.connection.icmpArrives(3, 3, b.now));
edge('SYN-RECEIVED', 'ESTABLISHED', R.HandshakeDone, 'the ACK of our SYN', (b) => b.play({ flags: '.', seq: 1, ack: 1 }));
edge('SYN-RECEIVED', 'CLOSED', R.HandshakeDropped, 'the listener has gone', (b) => { b.connection.drop(b.now); expect(b.drain()).toEqual([]); });
edge('SYN-RECEIVED', 'FIN-WAIT-1', R.CloseInSynReceived, 'CLOSE before the ACK of our SYN', (b) => {
  b.close();
  expect(b.drain()).toEqual(['F. 1:1 ack 1']);
});
edge('SYN-RECEIVED', 'LISTEN', R.SynReceivedReset, 'RST to a handshake that came from LISTEN', (b) => b.play({ flags: 'R', seq: 1 }));
edge('SYN-RECEIVED', 'LISTEN', R.SynReceivedSyn, 'another SYN to a handshake that came from LISTEN', (b) => b.play({ flags: 'S', seq: 1 }));
edge('SYN-RECEIVED', 'CLOSED', R.SynReceivedRefused, 'RST to a simultaneous open', (b) => b.play({ flags: 'R', seq: 1 }), synReceivedActive);
edge('SYN-RECEIVED', 'CLOSED', R.UnreachableHard, 'port unreachable during a simultaneous open', (b) => b.connection.icmpArrives(3, 3, b.now), synReceivedActive);
const softEnds = { softErrorsEndOpening: true };
edge('SYN-SENT', 'CLOSED', R.UnreachableOpening, 'host unreachable answers our SYN', (b) => b.connection.icmpArrives(3, 1, b.now), synSent, softEnds);
edge('SYN-RECEIVED', 'CLOSED', R.UnreachableOpening, 'host unreachable answers our SYN,ACK', (b) => b.connection.icmpArrives(3, 1, b.now), synReceived, softEnds);
for (const from of ['ESTABLISHED', 'FIN-WAIT-1', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK'] as const) {
  edge(from, 'CLOSED', R.UnreachableHard, `port unreachable in ${from}`, (b) => {
    if (b.tcb.flight === 0) b.send(10);
    b.drain();
    b.connection.icmpArrives(3, 3, b.now);
  }, maker(from), { hardErrorsAbort: true });
}

edge('SYN-RECEIVED', 'LISTEN', R.OverflowReset, 'the ACK of our SYN, with no room to be accepted', (b) => {
  b.connection.admit(false);
  expect(b.play({ flags: '.', seq: 1, ack: 1 })).toEqual([expect.stringMatching(/^R /) as string]);
}, synReceived, { abortOnOverflow: true });
const early: Maker = (setup) => {
  const bench = listening(setup);
  bench.connection.answerFastOpen(true, null, false);
  bench.play({ flags: 'S', seq: 0, data: 10 });
  return bench.in('SYN-RECEIVED');
};
edge('SYN-RECEIVED', 'CLOSED', R.ResetExact, 'RST to a connection that Fast Open took', (b) => b.play({ flags: 'R', seq: 11 }), early);
edge('SYN-RECEIVED', 'CLOSED', R.ReleaseUnread, 'the user leaves the text of a Fast Open unread', (b) => { b.release(); expect(b.drain()).toEqual(['R. 1:1 ack 11']); }, early);

// closing
edge('ESTABLISHED', 'FIN-WAIT-1', R.Close, 'CLOSE', (b) => { b.close(); expect(b.drain()).toEqual(['F. 1:1 ack 1']); });
edge('ESTABLISHED', 'CLOSE-WAIT', R.FinReceived, 'FIN', (b) => expect(b.play({ flags: 'F.', seq: 1, ack: 1 })).toEqual(['. 1:1 ack 2']));
edge('FIN-WAIT-1', 'FIN-WAIT-2', R.FinAcked, 'the ACK of our FIN', (b) => b.play({ flags: '.', seq: 1, ack: 2 }));
edge('FIN-WAIT-1', 'CLOSING', R.FinSimultaneous, 'a FIN crosses ours', (b) => expect(b.play({ flags: 'F.', seq: 1, ack: 1 })).toEqual(['. 2:2 ack 2']));
edge('FIN-WAIT-1', 'TIME-WAIT', R.FinWithAck, 'FIN with the ACK of ours', (b) => expect(b.play({ flags: 'F.', seq: 1, ack: 2 })).toEqual(['. 2:2 ack 2']));
edge('FIN-WAIT-2', 'TIME-WAIT', R.FinInFinWait2, 'FIN after the ACK of ours', (b) => expect(b.play({ flags: 'F.', seq: 1, ack: 2 })).toEqual(['. 2:2 ack 2']));
edge('FIN-WAIT-2', 'CLOSED', R.FinWait2Refused, 'an orphan that is not to wait', (b) => { b.release(); expect(b.drain()).toEqual(['R. 2:2 ack 1']); }, finWait2, { finWait2Timeout: -1 });
edge('FIN-WAIT-2', 'CLOSED', R.FinWait2Over, 'an orphan whose peer never says FIN', (b) => { b.release(); b.drain(); b.wait(60_000_000); });
edge('CLOSE-WAIT', 'LAST-ACK', R.CloseAfterPeer, 'CLOSE after the peer', (b) => { b.close(); expect(b.drain()).toEqual(['F. 1:1 ack 2']); });
edge('CLOSING', 'TIME-WAIT', R.ClosingFinAcked, 'the ACK of our FIN in a simultaneous close', (b) => b.play({ flags: '.', seq: 2, ack: 2 }));
edge('LAST-ACK', 'CLOSED', R.LastAckReceived, 'the last ACK', (b) => b.play({ flags: '.', seq: 2, ack: 2 }));
edge('TIME-WAIT', 'CLOSED', R.TimeWaitOver, '2 MSL pass', (b) => b.wait(60_000_000));
edge('TIME-WAIT', 'CLOSED', R.TimeWaitSyn, 'a SYN of a new incarnation', (b) => b.connection.reincarnate(b.now));
edge('TIME-WAIT', 'CLOSED', R.TimeWaitReused, 'an active OPEN takes its place', (b) => b.connection.giveWay(b.tcb.config, b.now));

// RST from the peer
for (const from of ['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT'] as const) {
  edge(from, 'CLOSED', R.ResetExact, `RST in ${from}`, (b) => b.play({ flags: 'R', seq: rcvNxt(b) }));
}
for (const from of ['CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const) {
  edge(from, 'CLOSED', R.ResetInClosing, `RST in ${from}`, (b) => b.play({ flags: 'R', seq: 2 }));
}

// ABORT
for (const from of ['SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT'] as const) {
  edge(from, 'CLOSED', R.Abort, `ABORT in ${from}`, (b) => { b.abort(); expect(b.drain()).toEqual([expect.stringMatching(/^R/) as string]); });
}
for (const from of ['LISTEN', 'SYN-SENT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const) {
  edge(from, 'CLOSED', R.AbortSilent, `ABORT in ${from}`, (b) => { b.abort(); expect(b.drain()).toEqual([]); });
}

// the user goes
const unread = (make: Maker): Maker => (setup) => {
  const bench = make(setup);
  bench.play({ flags: 'P.', seq: 1, ack: una(bench), data: 10 });
  return bench.clear();
};
const unreadInCloseWait: Maker = (setup) => {
  const bench = established(setup);
  bench.play({ flags: 'FP.', seq: 1, ack: 1, data: 10 });
  return bench.in('CLOSE-WAIT');
};
const leave = (b: Bench): void => { b.release(); expect(b.drain()).toEqual([expect.stringMatching(/^R/) as string]); };
for (const from of ['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2'] as const) edge(from, 'CLOSED', R.ReleaseUnread, `the user leaves text unread in ${from}`, leave, unread(maker(from)));
edge('CLOSE-WAIT', 'CLOSED', R.ReleaseUnread, 'the user leaves text unread in CLOSE-WAIT', leave, unreadInCloseWait);
const orphan = (make: Maker): Maker => (setup) => { const bench = make(setup); bench.release(); bench.drain(); return bench.clear(); };
for (const from of ['FIN-WAIT-1', 'FIN-WAIT-2'] as const) {
  edge(from, 'CLOSED', R.TextUnwanted, `text for an orphan in ${from}`, (b) => b.play({ flags: 'P.', seq: 1, ack: una(b), data: 10 }), orphan(maker(from)));
}

// the peer is gone
const busy = (from: TcpState): Maker => (setup) => {
  const bench = maker(from)(setup);
  if (from === 'ESTABLISHED' || from === 'CLOSE-WAIT') bench.send(100);
  bench.drain();
  return bench.clear();
};
for (const from of ['SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK'] as const) {
  edge(from, 'CLOSED', R.R2Reached, `no answer until R2 in ${from}`, (b) => b.pass(HOURS), busy(from));
  edge(from, 'CLOSED', R.UserTimeoutOver, `no answer until the user timeout in ${from}`, (b) => b.pass(30_000_000), busy(from), { userTimeout: 30_000_000 });
}
/** Text queued, window closed; what comes first is a probe. */
const shut = (from: TcpState): Maker => (setup) => {
  const bench = established({ ...setup, config: { ...setup.config, nagle: false } });
  bench.send(10);
  bench.drain();
  const fin = from === 'CLOSE-WAIT' || from === 'CLOSING' || from === 'LAST-ACK';
  if (from === 'FIN-WAIT-1' || from === 'CLOSING') { bench.close(); bench.drain(); }
  if (from === 'LAST-ACK') { bench.play({ flags: 'F.', seq: 1, ack: 1 }); bench.close(); bench.drain(); }
  bench.play({ flags: fin && from !== 'LAST-ACK' ? 'F.' : '.', seq: from === 'LAST-ACK' ? 2 : 1, ack: 11, wnd: 0 });
  if (from === 'ESTABLISHED' || from === 'CLOSE-WAIT') bench.send(100);
  bench.drain();
  return bench.in(from);
};
for (const from of ['ESTABLISHED', 'FIN-WAIT-1', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK'] as const) {
  edge(from, 'CLOSED', R.PersistOver, `window probes without an answer in ${from}`, (b) => b.pass(HOURS), shut(from));
}
for (const from of ['ESTABLISHED', 'FIN-WAIT-2', 'CLOSE-WAIT'] as const) {
  edge(from, 'CLOSED', R.KeepAliveOver, `keep-alives without an answer in ${from}`, (b) => b.pass(3 * HOURS), maker(from), { keepAlive: true });
}

const taken = new Map<string, string>();
const visits = new Map<string, number>();
function note(edges: readonly Edge[]): void {
  for (const { from, to } of edges) for (const state of [from, to]) visits.set(state, (visits.get(state) ?? 0) + 1);
}

describe('edges', () => {
  test.each(TRANSITIONS.map((t) => ({ t, key: keyOf(t.from, t.to, t.rule), source: t.source })))('$key ($source)', ({ t, key }) => {
    const found = cases.get(key);
    expect(found).toBeDefined();
    const { make, act, config, name } = found as Case;
    const bench = make(config === undefined ? {} : { config });
    expect(bench.state).toBe(t.from);
    bench.clear();
    act(bench);
    // This very edge, and no other.
    expect(bench.recorder.edges.map((e) => keyOf(e.from, e.to, e.rule))).toEqual([key]);
    expect(bench.state).toBe(t.to);
    if (t.to === 'CLOSED') expect(bench.pass(24 * HOURS)).toEqual([]); // nothing comes from the dead
    note(bench.recorder.edges);
    taken.set(key, name);
  });

  test('no test is for an edge that TRANSITIONS does not have', () => {
    const known = new Set(TRANSITIONS.map((t) => keyOf(t.from, t.to, t.rule)));
    expect([...cases.keys()].filter((key) => !known.has(key))).toEqual([]);
    expect(known.size).toBe(TRANSITIONS.length); // nor is one listed twice
  });
});

/** Figure 5 of RFC 9293, arrow by arrow from the top, and its notes. */
const FIGURE_5: readonly (readonly [TcpState, string, TcpState])[] = [
  ['CLOSED', 'active OPEN', 'SYN-SENT'],
  ['CLOSED', 'passive OPEN', 'LISTEN'],
  ['LISTEN', 'CLOSE', 'CLOSED'],
  ['SYN-SENT', 'CLOSE', 'CLOSED'],
  ['SYN-RECEIVED', 'rcv RST', 'LISTEN'], // note 1: after a passive OPEN
  ['LISTEN', 'rcv SYN', 'SYN-RECEIVED'],
  ['LISTEN', 'SEND', 'SYN-SENT'],
  ['SYN-SENT', 'rcv SYN', 'SYN-RECEIVED'],
  ['SYN-RECEIVED', 'rcv ACK of SYN', 'ESTABLISHED'],
  ['SYN-SENT', 'rcv SYN,ACK', 'ESTABLISHED'],
  ['SYN-RECEIVED', 'CLOSE', 'FIN-WAIT-1'],
  ['ESTABLISHED', 'CLOSE', 'FIN-WAIT-1'],
  ['ESTABLISHED', 'rcv FIN', 'CLOSE-WAIT'],
  ['FIN-WAIT-1', 'rcv ACK of FIN', 'FIN-WAIT-2'],
  ['FIN-WAIT-1', 'rcv FIN', 'CLOSING'],
  ['CLOSE-WAIT', 'CLOSE', 'LAST-ACK'],
  ['FIN-WAIT-2', 'rcv FIN', 'TIME-WAIT'],
  ['CLOSING', 'rcv ACK of FIN', 'TIME-WAIT'],
  ['LAST-ACK', 'rcv ACK of FIN', 'CLOSED'],
  ['TIME-WAIT', 'Timeout=2MSL', 'CLOSED'],
  ['FIN-WAIT-1', 'rcv FIN, ACK of FIN', 'TIME-WAIT'], // note 2
];

describe('Figure 5', () => {
  test.each(FIGURE_5)('%s, %s: %s', (from, event, to) => {
    const found = TRANSITIONS.filter((t) => t.from === from && t.to === to && t.event === event);
    expect(found).toHaveLength(1);
    expect(found[0].source).toMatch(/^Figure 5/);
    expect(taken.has(keyOf(from, to, found[0].rule))).toBe(true);
  });

  test('TRANSITIONS claims no more of Figure 5 than it shows', () => {
    const claimed = TRANSITIONS.filter((t) => t.source.startsWith('Figure 5') && t.source !== 'Figure 5, note 3');
    expect(claimed).toHaveLength(FIGURE_5.length);
  });

  test('note 3: a RST ends any state beyond LISTEN, in LISTEN or CLOSED', () => {
    for (const from of tcpStates) {
      if (from === 'CLOSED' || from === 'LISTEN') continue;
      expect(TRANSITIONS.some((t) => t.from === from && t.event === 'rcv RST' && (t.to === 'CLOSED' || t.to === 'LISTEN'))).toBe(true);
    }
  });
});

test('every edge was taken, every state visited', () => {
  expect(TRANSITIONS.map((t) => keyOf(t.from, t.to, t.rule)).filter((key) => !taken.has(key))).toEqual([]);
  expect(tcpStates).toHaveLength(11);
  expect(tcpStates.filter((state) => !visits.has(state))).toEqual([]);
});

afterAll(() => {
  const plain = { style: { head: [], border: [], compact: true } };
  const edges = new Table({ head: ['from', 'to', 'event', 'action', 'source', 'test', 'taken'], ...plain });
  const row = (t: Transition): string[] => {
    const key = keyOf(t.from, t.to, t.rule);
    return [t.from, t.to, t.event, t.action, t.source, cases.get(key)?.name ?? '-', taken.has(key) ? '✓' : 'MISSING'];
  };
  edges.push(...TRANSITIONS.map(row));
  const states = new Table({ head: ['state', 'visits'], ...plain });
  states.push(...tcpStates.map((state) => [state, String(visits.get(state) ?? 0)]));
  const folder = resolve(__dirname, '../../../test-output');
  mkdirSync(folder, { recursive: true });
  const summary = `${taken.size} of ${TRANSITIONS.length} edges taken, ${tcpStates.filter((s) => visits.has(s)).length} of ${tcpStates.length} states visited`;
  writeFileSync(resolve(folder, 'state-edges.txt'), `${edges.toString()}\n${states.toString()}\n${summary}\n`);
});
