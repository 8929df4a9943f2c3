/** RECEIVE and what belongs to it: RFC 9293 §3.9.1.3, §3.8.5, RFC 6093. */
import { Signal } from '../../../src/tcp/tcb.js';
import { type Bench, WORLDS } from '../../support/engine.js';
import { text } from '../../support/segments.js';
import { established, finWait1, finWait2, synSent } from '../../support/states.js';

const take = (bench: Bench, octets = 1000): number[] => {
  const into = new Uint8Array(octets);
  const n = bench.connection.receive(into, 0, octets, bench.now);
  return typeof n === 'number' ? [...into.subarray(0, n)] : [];
};
const stream = (from: number, length: number): number[] => [...text(from, length)];

describe.each(WORLDS)('peek, $name', (world) => {
  test('gives what RECEIVE will give, and leaves it there', () => {
    const bench = established({ world });
    bench.play({ flags: '.', seq: 1, ack: 1, data: 10 });
    const into = new Uint8Array(4);
    expect([bench.connection.peek(into, 0, 4), [...into], bench.connection.unread]).toEqual([4, stream(0, 4), 10]);
    expect(take(bench)).toEqual(stream(0, 10));
  });

  test('nothing there, and the end of the stream, as RECEIVE says them', () => {
    const bench = established({ world });
    expect(bench.connection.peek(new Uint8Array(1), 0, 1)).toBe(0);
    bench.play({ flags: 'F.', seq: 1, ack: 1 });
    expect(bench.connection.peek(new Uint8Array(1), 0, 1)).toBe('connection-closing');
  });
});

describe.each(WORLDS)('the urgent octet out of band, $name', (world) => {
  /** "abc" and more, the third octet urgent. */
  function oob(data = 5): Bench {
    const bench = established({ world, config: { urgentInline: false } });
    bench.play({ flags: 'UP.', seq: 1, ack: 1, data, urg: 3 });
    return bench;
  }

  test('is given once, apart from the stream', () => {
    const bench = oob();
    expect(bench.connection.takeSignals() & Signal.Urgent).toBeTruthy();
    expect([bench.connection.receiveUrgent(false), bench.connection.receiveUrgent(), bench.connection.receiveUrgent()]).toEqual([...stream(2, 1), ...stream(2, 1), 'no-urgent-data']);
  });

  test('a read stops before it, the next goes on after it', () => {
    const bench = oob();
    expect([bench.connection.atMark, take(bench), bench.connection.atMark, take(bench), bench.connection.atMark]).toEqual([false, stream(0, 2), true, stream(3, 2), false]);
  });

  test('so does a look', () => {
    const bench = oob();
    const into = new Uint8Array(5);
    expect(bench.connection.peek(into, 0, 5)).toBe(2);
    take(bench);
    expect([bench.connection.peek(into, 0, 5), [...into.subarray(0, 2)]]).toEqual([2, stream(3, 2)]);
  });

  test('it is gone once the user has read on', () => {
    const bench = oob();
    take(bench);
    take(bench);
    expect(bench.connection.receiveUrgent()).toBe('no-urgent-data');
  });

  test('announced before it comes: -1', () => {
    const bench = oob(2);
    expect(bench.connection.receiveUrgent()).toBe(-1);
    bench.play({ flags: '.', seq: 3, ack: 1, data: 1 });
    expect(bench.connection.receiveUrgent()).toBe(stream(2, 1)[0]);
  });

  test('announced, but the stream ends before it: none', () => {
    const bench = oob(2);
    bench.play({ flags: 'F.', seq: 3, ack: 1 });
    expect(bench.connection.receiveUrgent()).toBe('no-urgent-data');
  });

  test('a new one takes the place of an old one the user stands before', () => {
    const bench = oob(3);
    take(bench);
    bench.play({ flags: 'U.', seq: 4, ack: 1, data: 4, urg: 4 });
    expect(take(bench)).toEqual(stream(3, 3));
    expect(bench.connection.receiveUrgent()).toBe(stream(6, 1)[0]);
  });

  test('an old one that was not read in time becomes text', () => {
    const bench = oob();
    bench.play({ flags: 'U.', seq: 6, ack: 1, data: 5, urg: 5 });
    expect(take(bench)).toEqual(stream(0, 9));
  });

  test('inline it stays in the stream, but a read still stops before it', () => {
    const bench = oob();
    bench.connection.setUrgentInline(true);
    expect([bench.connection.receiveUrgent(), take(bench), bench.connection.atMark, take(bench)]).toEqual(['no-urgent-data', stream(0, 2), true, stream(2, 3)]);
  });

  test('its place is reported', () => {
    expect(oob().connection.takeReports().map((r) => [r.kind, r.type])).toEqual([['urgent', 3]]);
  });

  test('how much is left up to it can be asked (MUST-33)', () => {
    expect(oob().connection.info().urgentUnread).toBe(3);
  });
});

describe('what the urgent pointer points to', () => {
  test.each([['following', 3, 2], ['last', 2, 3]] as const)('%s: sent as %p, received as octet %p', (urgentPointer, sent, octet) => {
    const bench = established({ config: { urgentPointer, urgentInline: false } });
    bench.send(3, true);
    const [segment] = bench.segments();
    expect(segment.urgentPointer).toBe(sent);
    bench.play({ flags: 'U.', seq: 1, ack: 4, data: 5, urg: 3 });
    expect(bench.connection.receiveUrgent()).toBe(stream(octet, 1)[0]);
  });
});

describe('PUSH (MAY-17)', () => {
  test('how far the peer has pushed what is unread', () => {
    const bench = established();
    bench.play({ flags: '.', seq: 1, ack: 1, data: 10 });
    expect(bench.connection.pushedUnread).toBe(0);
    bench.play({ flags: 'P.', seq: 11, ack: 1, data: 10 });
    bench.play({ flags: '.', seq: 21, ack: 1, data: 10 });
    expect(bench.connection.pushedUnread).toBe(20);
    bench.receive(25);
    expect(bench.connection.pushedUnread).toBe(0);
  });
});

describe('reading shut', () => {
  test('what is here is given, then "closing"; ESTABLISHED goes on taking text', () => {
    const bench = established();
    bench.play({ flags: '.', seq: 1, ack: 1, data: 10 });
    expect(bench.connection.shutReceive()).toBeNull();
    expect([bench.receive(), bench.receive()]).toEqual([10, 'connection-closing']);
    bench.play({ flags: '.', seq: 11, ack: 1, data: 10 });
    expect([bench.state, bench.receive()]).toEqual(['ESTABLISHED', 10]);
  });

  test.each([['FIN-WAIT-1', finWait1], ['FIN-WAIT-2', finWait2]] as const)('with both directions shut text is refused with RST, %s', (_state, make) => {
    const bench = make();
    bench.connection.shutReceive();
    const una = bench.tcb.snd(bench.tcb.sndUna);
    expect(bench.play({ flags: '.', seq: 1, ack: una, data: 10 })).toEqual([`R ${una}:${una}`]);
    expect(bench.state).toBe('CLOSED');
  });
});

describe('words of a RST (SHLD-2)', () => {
  const words = Uint8Array.from('go away\n', (c) => c.charCodeAt(0));

  test('are told, and the RST works', () => {
    const bench = established();
    bench.play({ flags: 'R', seq: 1, data: words });
    expect(bench.connection.takeReports().map((r) => [r.kind, r.text])).toEqual([['reset', 'go away?']]);
    expect([bench.state, bench.rules]).toEqual(['CLOSED', expect.arrayContaining(['reset-text', 'reset-exact'])]);
  });

  test('so are those of a refusal', () => {
    const bench = synSent();
    bench.play({ flags: 'R.', seq: 0, ack: 1, data: words });
    expect(bench.connection.takeReports().map((r) => r.text)).toEqual(['go away?']);
  });

  test('those of a RST that is not exact are not', () => {
    const bench = established();
    bench.play({ flags: 'R', seq: 2, data: words });
    expect(bench.connection.takeReports()).toEqual([]);
  });
});
