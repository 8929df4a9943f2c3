/** The user's calls in every state with the answers of RFC 9293 §3.10.1 - §3.10.6. */
import { Address } from '../../../src/util/address.js';
import { Signal } from '../../../src/tcp/tcb.js';
import { tcpStates } from '../../../src/tcp/state.js';
import { Bench, type Setup, WORLDS } from '../../support/engine.js';
import {
  closed, closeWait, closing, established, finWait1, finWait2, lastAck, listening, synReceived, synReceivedActive, synSent, timeWait, unopened,
} from '../../support/states.js';

const MAKE = {
  CLOSED: closed, LISTEN: listening, 'SYN-SENT': synSent, 'SYN-RECEIVED': synReceived, ESTABLISHED: established, 'FIN-WAIT-1': finWait1,
  'FIN-WAIT-2': finWait2, 'CLOSE-WAIT': closeWait, CLOSING: closing, 'LAST-ACK': lastAck, 'TIME-WAIT': timeWait,
} as const;
const states = tcpStates.map((state) => ({ state, make: (setup?: Setup) => MAKE[state](setup) }));
const beyond = (...earlier: string[]) => states.filter(({ state }) => !earlier.includes(state));

describe('OPEN, §3.10.1', () => {
  test('passive in CLOSED: LISTEN, nothing is sent', () => {
    const bench = new Bench({}, false);
    expect(bench.connection.openPassive(bench.now)).toBeNull();
    expect(bench.drain()).toEqual([]);
    expect(bench.state).toBe('LISTEN');
  });

  test.each(WORLDS)('active in CLOSED: <SEQ=ISS><CTL=SYN>, SND.UNA = ISS, SND.NXT = ISS+1, SYN-SENT ($name)', (world) => {
    const bench = unopened({ world });
    expect(bench.connection.openActive(bench.now)).toBeNull();
    expect(bench.state).toBe('SYN-SENT');
    const [syn] = bench.segments();
    expect([syn.seq >>> 0, syn.ack, syn.flags, syn.dataLength]).toEqual([world.iss, 0, 2, 0]);
    const { tcb } = bench;
    expect([tcb.sndUna >>> 0, tcb.sndNxt]).toEqual([world.iss, (world.iss + 1) | 0]);
  });

  test('active without a remote socket: an error, still CLOSED', () => {
    const bench = new Bench({}, false);
    expect(bench.connection.openActive(bench.now)).toBe('remote-unspecified');
    expect(bench.state).toBe('CLOSED');
    expect(bench.drain()).toEqual([]);
  });

  test('active in LISTEN: SYN if the remote socket is known, otherwise an error', () => {
    const known = listening({ remoteKnown: true });
    expect(known.connection.openActive(known.now)).toBeNull();
    expect(known.drain()).toEqual(['S 0:0']);
    expect(known.state).toBe('SYN-SENT');
    const anybody = listening();
    expect(anybody.connection.openActive(anybody.now)).toBe('remote-unspecified');
    expect(anybody.state).toBe('LISTEN');
  });

  test('a listener that heard from somebody does not take it for its remote socket', () => {
    const bench = synReceived();
    bench.play({ flags: 'R', seq: 1 });
    expect(bench.in('LISTEN').send(5)).toBe('remote-unspecified');
    expect(bench.connection.openActive(bench.now)).toBe('remote-unspecified');
    bench.play({ flags: '.', seq: 1, ack: 1 });
    expect(bench.send(5)).toBe('remote-unspecified');
  });

  test('a listener serves whoever comes next after a handshake that came to nothing', () => {
    const bench = synReceived();
    bench.play({ flags: 'R', seq: 1 });
    bench.inject({ flags: 'S', seq: 0 }, { address: Address.from('192.0.2.77'), port: 999 });
    const [reply] = bench.segments();
    expect([reply.dst.toString(), reply.dstPort]).toEqual(['192.0.2.77', 999]);
  });

  test.each(beyond('CLOSED', 'LISTEN'))('in $state: connection already exists', ({ state, make }) => {
    const bench = make();
    expect(bench.connection.openActive(bench.now)).toBe('connection-already-exists');
    expect(bench.connection.openPassive(bench.now)).toBe('connection-already-exists');
    expect(bench.state).toBe(state);
  });

  test('a TCB that was closed is not opened again', () => {
    const bench = closed({ remoteKnown: true });
    expect(bench.connection.openActive(bench.now)).not.toBeNull();
    expect(bench.connection.openPassive(bench.now)).not.toBeNull();
    expect(bench.state).toBe('CLOSED');
  });
});

describe('SEND, §3.10.2', () => {
  test('CLOSED: connection does not exist', () => expect(closed().send(1)).toBe('connection-does-not-exist'));

  test('LISTEN: SYN if the remote socket is known, the text waits for ESTABLISHED', () => {
    const bench = listening({ remoteKnown: true });
    expect(bench.send(100)).toBe(100);
    expect(bench.drain()).toEqual(['S 0:0']);
    expect(bench.play({ flags: 'S.', seq: 0, ack: 1 })).toEqual(['P. 1:101 ack 1']);
  });

  test('LISTEN for anybody: remote socket unspecified', () => expect(listening().send(1)).toBe('remote-unspecified'));

  test.each([{ state: 'SYN-SENT', make: synSent }, { state: 'SYN-RECEIVED', make: synReceived }])('$state: queued until ESTABLISHED', ({ make }) => {
    const bench = make();
    expect(bench.send(200)).toBe(200);
    expect(bench.drain()).toEqual([]);
    const open = bench.state === 'SYN-SENT' ? { flags: 'S.', seq: 0, ack: 1 } : { flags: '.', seq: 1, ack: 1 };
    expect(bench.play(open)).toEqual(['P. 1:201 ack 1']);
  });

  test.each([{ state: 'ESTABLISHED', make: established, ack: 1 }, { state: 'CLOSE-WAIT', make: closeWait, ack: 2 }])(
    '$state: sent with the acknowledgement RCV.NXT', ({ make, ack }) => {
      const bench = make();
      expect(bench.send(100)).toBe(100);
      expect(bench.drain()).toEqual([`P. 1:101 ack ${ack}`]);
    });

  test('takes what there is room for, and Writable says when to go on', () => {
    const bench = established({ config: { sendBuffer: 1000 } });
    expect(bench.send(700)).toBe(700);
    expect(bench.send(700)).toBe(300);
    expect(bench.send(700)).toBe(0);
    bench.drain();
    bench.clear().play({ flags: '.', seq: 1, ack: 701 });
    expect(bench.connection.takeSignals() & Signal.Writable).toBeTruthy();
  });

  test.each(beyond('CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'CLOSE-WAIT'))('$state: connection closing', ({ make }) => {
    const bench = make();
    expect(bench.send(1)).toBe('connection-closing');
    expect(bench.drain()).toEqual([]);
  });

  test('after CLOSE nothing more is taken, even while the FIN still waits', () => {
    const bench = closeWait({ syn: { wnd: 10 }, config: { nagle: false } });
    bench.send(50);
    bench.close();
    bench.drain();
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.send(1)).toBe('connection-closing');
  });
});

describe('RECEIVE, §3.10.3', () => {
  test('CLOSED: connection does not exist', () => expect(closed().receive()).toBe('connection-does-not-exist'));

  test.each(['LISTEN', 'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2'] as const)('%s: nothing yet, wait', (state) => {
    expect(MAKE[state]().receive()).toBe(0);
  });

  test.each(['CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const)('%s with nothing on hand: connection closing', (state) => {
    expect(MAKE[state]().receive()).toBe('connection-closing');
  });

  test('CLOSE-WAIT: what is on hand first', () => {
    const bench = established();
    bench.play({ flags: 'FP.', seq: 1, ack: 1, data: 10 });
    expect(bench.receive(6)).toBe(6);
    expect(bench.receive(6)).toBe(4);
    expect(bench.receive(6)).toBe('connection-closing');
  });

  test('into a part of a buffer', () => {
    const bench = established();
    bench.play({ flags: 'P.', seq: 1, ack: 1, data: Uint8Array.of(1, 2, 3, 4) });
    const into = new Uint8Array(6);
    expect(bench.connection.receive(into, 2, 5, bench.now)).toBe(3);
    expect([...into]).toEqual([0, 0, 1, 2, 3, 0]);
  });

  test('after a timeout what had arrived can still be read', () => {
    const bench = established({ config: { userTimeout: 5_000_000 } });
    bench.play({ flags: 'P.', seq: 1, ack: 1, data: 10 });
    bench.send(10);
    bench.pass(6_000_000);
    expect(bench.state).toBe('CLOSED');
    expect(bench.receive()).toBe(10);
    expect(bench.receive()).toBe('connection-does-not-exist');
  });
});

describe('CLOSE, §3.10.4', () => {
  test('CLOSED: connection does not exist', () => expect(closed().close()).toBe('connection-does-not-exist'));

  test.each([{ state: 'LISTEN', make: listening }, { state: 'SYN-SENT', make: synSent }])('$state: TCB deleted, nothing is sent', ({ make }) => {
    const bench = make();
    expect(bench.close()).toBeNull();
    expect(bench.state).toBe('CLOSED');
    expect(bench.drain()).toEqual([]);
    expect(bench.connection.takeSignals() & Signal.Closed).toBeTruthy();
  });

  test.each([{ how: 'passive', make: synReceived }, { how: 'active', make: synReceivedActive }])('SYN-RECEIVED ($how), nothing to send: FIN, FIN-WAIT-1', ({ make }) => {
    const bench = make();
    expect(bench.close()).toBeNull();
    expect(bench.drain()).toEqual(['F. 1:1 ack 1']);
    expect(bench.state).toBe('FIN-WAIT-1');
    bench.play({ flags: '.', seq: 1, ack: 1 });
    expect(bench.state).toBe('FIN-WAIT-1');
    bench.play({ flags: '.', seq: 1, ack: 2 });
    expect(bench.state).toBe('FIN-WAIT-2');
  });

  test('SYN-RECEIVED with text queued: waits for ESTABLISHED', () => {
    const bench = synReceived();
    bench.send(20);
    expect(bench.close()).toBeNull();
    expect(bench.drain()).toEqual([]);
    expect(bench.state).toBe('SYN-RECEIVED');
    expect(bench.close()).toBe('connection-closing');
    expect(bench.play({ flags: '.', seq: 1, ack: 1 })).toEqual(['FP. 1:21 ack 1']);
    expect(bench.recorder.edges.map((e) => e.to)).toEqual(['ESTABLISHED', 'FIN-WAIT-1']);
    expect(bench.rules).toContain('close-waits-for-open');
  });

  test('ESTABLISHED: FIN-WAIT-1 at once, the FIN after what is queued', () => {
    const bench = established({ syn: { wnd: 3000 }, config: { nagle: false } });
    bench.send(5000);
    expect(bench.close()).toBeNull();
    expect(bench.state).toBe('FIN-WAIT-1');
    expect(bench.drain()).toEqual(['. 1:1461 ack 1', '. 1461:2921 ack 1']);
    expect(bench.play({ flags: '.', seq: 1, ack: 2921, wnd: 3000 })).toEqual(['. 2921:4381 ack 1', 'FP. 4381:5001 ack 1']);
  });

  test.each(['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const)('%s: connection closing, no second FIN', (state) => {
    const bench = MAKE[state]();
    expect(bench.close()).toBe('connection-closing');
    expect(bench.drain()).toEqual([]);
    expect(bench.state).toBe(state);
  });

  test('CLOSE-WAIT: FIN after what is queued, then LAST-ACK', () => {
    const bench = closeWait({ syn: { wnd: 1000 }, config: { nagle: false } });
    bench.send(1500);
    expect(bench.close()).toBeNull();
    expect(bench.drain()).toEqual(['. 1:1001 ack 2']);
    expect(bench.state).toBe('CLOSE-WAIT');
    expect(bench.rules).toContain('close-queued');
    expect(bench.close()).toBe('connection-closing');
    expect(bench.play({ flags: '.', seq: 2, ack: 1001, wnd: 1000 })).toEqual(['FP. 1001:1501 ack 2']);
    expect(bench.state).toBe('LAST-ACK');
  });
});

describe('ABORT, §3.10.5', () => {
  test('CLOSED: connection does not exist', () => expect(closed().abort()).toBe('connection-does-not-exist'));

  test.each(['LISTEN', 'SYN-SENT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const)('%s: forgotten, nothing is sent', (state) => {
    const bench = MAKE[state]();
    expect(bench.abort()).toBeNull();
    expect(bench.state).toBe('CLOSED');
    expect(bench.drain()).toEqual([]);
    expect(bench.connection.nextDeadline()).toBe(Infinity);
  });

  test.each(['SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT'] as const)('%s: RST at SND.NXT, queues flushed', (state) => {
    const bench = MAKE[state]({ syn: { wnd: 1000 }, config: { nagle: false } });
    bench.send(3000);
    bench.drain();
    const nxt = bench.tcb.snd(bench.tcb.sndNxt);
    expect(bench.abort()).toBeNull();
    expect(bench.state).toBe('CLOSED');
    const [reset, ...more] = bench.drain();
    expect(reset).toMatch(new RegExp(`^R\\.? ${nxt}:${nxt}( |$)`));
    expect(more).toEqual([]);
    expect(bench.pass(3_600_000_000)).toEqual([]);
    expect(bench.connection.failure).toBe('aborted');
  });
});

describe('the user leaves (close(2)), §3.6.1', () => {
  test.each(['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2'] as const)('%s with unread text: RST (SHLD-3)', (state) => {
    const bench = MAKE[state]();
    bench.play({ flags: 'P.', seq: 1, ack: bench.tcb.snd(bench.tcb.sndUna), data: 10 });
    bench.release();
    const nxt = bench.tcb.snd(bench.tcb.sndNxt);
    expect(bench.drain()).toEqual([`R. ${nxt}:${nxt} ack 11`]);
    expect(bench.state).toBe('CLOSED');
    // The decision and the RST itself both tell how much is lost.
    expect(bench.recorder.told.filter(({ name }) => name === 'release-unread').map(({ numbers }) => numbers[0])).toEqual([10, 10]);
  });

  test('an orphan in FIN-WAIT-2 is forgotten after a while; one whose user is there is not', () => {
    const bench = finWait1({ config: { finWait2Timeout: 10_000_000 } });
    bench.release();
    bench.play({ flags: '.', seq: 1, ack: 2 });
    bench.in('FIN-WAIT-2').wait(9_999_999).in('FIN-WAIT-2').wait(1).in('CLOSED');
    finWait2({ config: { finWait2Timeout: 10_000_000 } }).wait(3_600_000_000).in('FIN-WAIT-2');
  });

  test('an orphan in FIN-WAIT-2 whose peer says FIN goes to TIME-WAIT', () => {
    const bench = finWait2();
    bench.release();
    bench.wait(30_000_000);
    bench.play({ flags: 'F.', seq: 1, ack: 2 });
    bench.in('TIME-WAIT').wait(59_999_999).in('TIME-WAIT').wait(1).in('CLOSED');
  });
});

describe('STATUS, §3.10.6', () => {
  test.each(states)('$state', ({ state, make }) => {
    const info = make().connection.info();
    expect(info.state).toBe(state);
    expect(info.local).toBe('192.0.2.2:7');
  });

  test('numbers are relative, timers are named', () => {
    const bench = established({ world: WORLDS[1], syn: { wnd: 2000 } });
    bench.send(1000);
    bench.drain();
    bench.play({ flags: '.', seq: 1, ack: 501, data: 30, wnd: 2000 });
    expect(bench.connection.info()).toMatchObject({
      sndUna: 501, sndNxt: 1001, sndWnd: 2000, rcvNxt: 31, unread: 30, unacked: 1, pipe: 500, octetsOut: 1000, octetsIn: 30,
      timers: [{ name: 'retransmission' }, { name: 'delayed-ack' }],
    });
  });
});
