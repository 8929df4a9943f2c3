/** TCP Fast Open, RFC 7413, on a whole stack: cookies given and checked, text before the handshake is done, and the active side. */
import { FastOpen } from '../../../src/tcp/config.js';
import { Signal } from '../../../src/tcp/tcb.js';
import type { Endpoint } from '../../../src/stack/endpoint.js';
import type { ConnectOptions } from '../../../src/stack/stack.js';
import { Address } from '../../../src/util/address.js';
import { SECOND } from '../../../src/util/units.js';
import { OPT_FAST_OPEN } from '../../../src/wire/options.js';
import { HostBench, PEER, US } from '../../support/host.js';
import { parsePacket, text } from '../../support/segments.js';

const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const cookieIn = (bench: HostBench): string | null => {
  const { options } = parsePacket(bench.lastSent());
  return options.cookieLength < 0 ? null : hex(options.cookie.subarray(0, options.cookieLength));
};

function server(fastOpen: number = FastOpen.Server, fastOpenQueue = 5) {
  const bench = new HostBench({ config: { fastOpen } });
  const accepted: Endpoint[] = [];
  const told: number[] = [];
  const listener = bench.stack.listen({ port: 80, fastOpenQueue }, (l) => {
    for (let e = l.accept(); e !== undefined; e = l.accept()) {
      accepted.push(e);
      e.attach({ signals: (_e, s) => void told.push(s) });
    }
  });
  if (typeof listener === 'string') throw new Error(listener);
  const cookie = hex(bench.stack.fastOpen.cookieFor(PEER, US));
  return { bench, listener, accepted, told, cookie };
}

describe('cookies', () => {
  const peer = Address.from('192.0.2.1');
  const local = Address.from('192.168.0.1');

  test.each([
    ['00000000000000000000000000000000', 'b7c12350a90dc8f5'],
    ['a1a1a1a1b2b2b2b2c3c3c3c3d4d4d4d4', '3021b9d889017eeb'],
  ])('the key %s gives what Linux gives', (key, expected) => {
    const { fastOpen } = server().bench.stack;
    fastOpen.setKeys([Uint8Array.from(key.match(/../g) ?? [], (pair) => parseInt(pair, 16))]);
    expect(hex(fastOpen.cookieFor(peer, local))).toBe(expected);
  });

  test('keys have 16 octets', () => {
    expect(() => { server().bench.stack.fastOpen.setKeys([]); }).toThrow(RangeError);
    expect(() => { server().bench.stack.fastOpen.setKeys([new Uint8Array(8)]); }).toThrow(RangeError);
  });

  test('a cookie of the second key is good, and the answer brings one of the first', () => {
    const { bench, cookie, accepted } = server();
    const old = bench.stack.fastOpen;
    const backup = new Uint8Array(16).fill(9);
    old.setKeys([backup]);
    const before = hex(old.cookieFor(PEER, US));
    old.setKeys([new Uint8Array(16).fill(1), backup]);
    expect(before).not.toBe(cookie);
    bench.arrive(5000, 80, { flags: 'S', seq: 0, data: 10, cookie: before });
    expect(accepted).toHaveLength(1);
    expect(cookieIn(bench)).toBe(hex(old.cookieFor(PEER, US)));
  });
});

describe('passive', () => {
  test('a SYN that asks gets a cookie, and its text is not taken', () => {
    const { bench, accepted, cookie } = server();
    expect(bench.arrive(5000, 80, { flags: 'S', seq: 0, data: 10, cookie: '' })).toEqual(['S. 0:0 ack 1']);
    expect(cookieIn(bench)).toBe(cookie);
    expect(accepted).toHaveLength(0);
    expect(bench.recorder.rules).toContain('fast-open-cookie');
  });

  test('the experimental option is answered in kind', () => {
    const { bench, cookie } = server();
    bench.arrive(5000, 80, { flags: 'S', seq: 0, cookie: '', experimental: true });
    expect(cookieIn(bench)).toBe(cookie);
    expect(parsePacket(bench.lastSent()).options.cookieExperimental).toBe(true);
  });

  test('text with the right cookie: acknowledged by the SYN,ACK and there for the user before the handshake is done', () => {
    const { bench, accepted, cookie, told } = server();
    expect(bench.arrive(5000, 80, { flags: 'S', seq: 0, data: 10, cookie })).toEqual(['S. 0:0 ack 11']);
    expect(cookieIn(bench)).toBeNull();
    expect(accepted[0].state).toBe('SYN-RECEIVED');
    expect(accepted[0].info().synData).toBe(true);
    expect((told[0] & Signal.Readable) !== 0).toBe(true);
    expect(accepted[0].receive(new Uint8Array(20))).toBe(10);
    expect(bench.recorder.rules).toContain('fast-open-taken');
    expect(bench.arrive(5000, 80, { flags: '.', seq: 11, ack: 1 })).toEqual([]);
    expect(accepted[0].state).toBe('ESTABLISHED');
  });

  test('the user may answer before the handshake is done', () => {
    const { bench, accepted, cookie } = server();
    bench.arrive(5000, 80, { flags: 'S', seq: 0, data: 10, cookie, mss: 1460 });
    accepted[0].send(text(0, 2920));
    expect(bench.out()).toEqual(['. 1:1461 ack 11', 'P. 1461:2921 ack 11']);
    bench.arrive(5000, 80, { flags: '.', seq: 11, ack: 2921 });
    expect(accepted[0].state).toBe('ESTABLISHED');
    expect(accepted[0].info().unacked).toBe(0);
  });

  test('a SYN,ACK that is lost goes again, with the text acknowledged and without the option', () => {
    const { bench, cookie } = server();
    bench.arrive(5000, 80, { flags: 'S', seq: 0, data: 10, cookie });
    bench.clock.advance(SECOND);
    expect(bench.out()).toEqual(['S. 0:0 ack 11']);
  });

  test('the FIN with the handshake\'s ACK leads to CLOSE-WAIT', () => {
    const { bench, accepted, cookie } = server();
    bench.arrive(5000, 80, { flags: 'S', seq: 0, data: 10, cookie });
    expect(bench.arrive(5000, 80, { flags: 'F.', seq: 11, ack: 1 })).toEqual(['. 1:1 ack 12']);
    expect(accepted[0].state).toBe('CLOSE-WAIT');
  });

  test('a FIN with the SYN waits for the handshake', () => {
    const { bench, accepted, cookie } = server();
    expect(bench.arrive(5000, 80, { flags: 'SF', seq: 0, data: 10, cookie })).toEqual(['S. 0:0 ack 11']);
    expect(bench.arrive(5000, 80, { flags: '.', seq: 12, ack: 1 })).toEqual(['. 1:1 ack 12']);
    expect(accepted[0].state).toBe('CLOSE-WAIT');
  });

  test('a RST before the handshake is done: the user hears "reset"', () => {
    const { bench, accepted, cookie, listener } = server();
    bench.arrive(5000, 80, { flags: 'S', seq: 0, data: 10, cookie });
    expect(bench.arrive(5000, 80, { flags: 'R.', seq: 11, ack: 0 })).toEqual([]);
    expect([accepted[0].state, accepted[0].failure]).toEqual(['CLOSED', 'reset']);
    expect([listener.unconfirmed, listener.embryonic, bench.stack.demux.size]).toEqual([1, 0, 0]);
  });

  test('a RST keeps its place in the queue for a minute', () => {
    const { bench, accepted, cookie } = server(FastOpen.Server, 1);
    const syn = { flags: 'S', seq: 0, data: 10, cookie };
    bench.arrive(5000, 80, syn);
    bench.arrive(5000, 80, { flags: 'R.', seq: 11, ack: 0 });
    bench.clock.advance(60 * SECOND - 1);
    bench.arrive(5001, 80, syn);
    expect(accepted).toHaveLength(1);
    bench.clock.advance(1);
    bench.arrive(5002, 80, syn);
    expect(accepted).toHaveLength(2);
  });

  test('a listener may take text with any SYN, without cookies', () => {
    const { bench, accepted, listener } = server();
    listener.fastOpenBare = true;
    expect(bench.arrive(5000, 80, { flags: 'S', seq: 0, data: 10 })).toEqual(['S. 0:0 ack 11']);
    expect(accepted[0].info().synData).toBe(true);
  });

  test('a cookie without text opens early, but no text came with the SYN', () => {
    const { bench, accepted, cookie } = server();
    expect(bench.arrive(5000, 80, { flags: 'S', seq: 0, cookie })).toEqual(['S. 0:0 ack 1']);
    expect(accepted[0].info().synData).toBe(false);
  });

  test('closed with the text unread: RST', () => {
    const { bench, accepted, cookie } = server();
    bench.arrive(5000, 80, { flags: 'S', seq: 0, data: 10, cookie });
    accepted[0].release();
    expect(bench.out()).toEqual(['R. 1:1 ack 11']);
  });

  test('a wrong cookie: an ordinary handshake, with a good one', () => {
    const { bench, accepted, cookie } = server();
    expect(bench.arrive(5000, 80, { flags: 'S', seq: 0, data: 10, cookie: '0102030405060708' })).toEqual(['S. 0:0 ack 1']);
    expect(cookieIn(bench)).toBe(cookie);
    expect(accepted).toHaveLength(0);
    expect(bench.recorder.rules).toContain('fast-open-bad-cookie');
  });

  test('the queue: so many unconfirmed connections, then ordinary handshakes', () => {
    const { bench, accepted, cookie, listener } = server(FastOpen.Server, 2);
    for (const port of [1, 2, 3]) bench.arrive(port, 80, { flags: 'S', seq: 0, data: 10, cookie });
    expect([accepted.length, listener.unconfirmed]).toEqual([2, 2]);
    expect(bench.recorder.rules).toContain('fast-open-queue-full');
    bench.arrive(1, 80, { flags: '.', seq: 11, ack: 1 });
    expect(listener.unconfirmed).toBe(1);
    expect(bench.arrive(4, 80, { flags: 'S', seq: 0, data: 10, cookie })).toEqual(['S. 0:0 ack 11']);
  });

  test.each([
    { what: 'off', mask: 0, queue: 5, taken: 0 },
    { what: 'active opens only', mask: FastOpen.Client, queue: 5, taken: 0 },
    { what: 'no queue', mask: FastOpen.Server, queue: 0, taken: 0 },
    { what: 'all listeners', mask: FastOpen.Server | FastOpen.AllListeners, queue: 0, taken: 1 },
  ])('$what: taken $taken', ({ mask, queue, taken }) => {
    const { bench, accepted, cookie } = server(mask, queue);
    bench.arrive(5000, 80, { flags: 'S', seq: 0, data: 10, cookie });
    expect(accepted).toHaveLength(taken);
    expect(cookieIn(bench)).toBeNull();
  });

  test('without cookies any SYN with text is taken', () => {
    const { bench, accepted } = server(FastOpen.Server | FastOpen.ServerWithoutCookie);
    expect(bench.arrive(5000, 80, { flags: 'S', seq: 0, data: 10 })).toEqual(['S. 0:0 ack 11']);
    expect(accepted[0].receive(new Uint8Array(20))).toBe(10);
  });
});

describe('active', () => {
  const quiet = { signals: () => undefined };
  function client(fastOpen: number = FastOpen.Client) {
    const bench = new HostBench({ config: { fastOpen } });
    let port = 5000;
    const open = (octets: number, more: Partial<ConnectOptions> = {}): Endpoint => {
      const e = bench.stack.connect({ remote: PEER, remotePort: 80, localPort: ++port, fastOpen: true, text: text(0, octets), ...more }, quiet);
      if (typeof e === 'string') throw new Error(e);
      return e;
    };
    const answer = (shape: object): string[] => bench.arrive(80, port, { flags: 'S.', seq: 0, ...shape });
    /** The peer has given us this cookie before. */
    const warm = (mss = 1460): void => {
      open(0);
      bench.out();
      answer({ ack: 1, mss, cookie: 'abcd1234' });
    };
    return { bench, open, answer, warm };
  }

  test('the first SYN asks for a cookie and carries no text', () => {
    const { bench, open } = client();
    expect(open(100).sentWithSyn).toBe(0);
    expect(bench.out()).toEqual(['S 0:0']);
    expect(cookieIn(bench)).toBe('');
  });

  test('with the cookie text goes along; acknowledged, a round trip is saved', () => {
    const { bench, open, answer, warm } = client();
    warm();
    expect(bench.recorder.rules).toContain('fast-open-learned');
    const e = open(1000);
    expect(e.sentWithSyn).toBe(1000);
    expect(bench.out()).toEqual(['S 0:1000']);
    expect(cookieIn(bench)).toBe('abcd1234');
    expect(answer({ ack: 1001, mss: 1460 })).toEqual(['. 1001:1001 ack 1']);
    expect(e.info().synData).toBe(true);
    expect(bench.recorder.rules).toContain('fast-open-acked');
  });

  test('text is bounded by the peer\'s MSS as last heard, less 40 octets', () => {
    const { bench, open, warm } = client();
    warm(940);
    expect(open(2000).sentWithSyn).toBe(900);
    expect(bench.out()).toEqual(['S 0:900']);
  });

  test.each([
    { what: 'only the SYN is acknowledged', ack: 1, again: 'P. 1:1001 ack 1' },
    { what: 'part of the text is', ack: 101, again: 'P. 101:1001 ack 1' },
  ])('$what: the rest goes at once', ({ ack, again }) => {
    const { bench, open, answer, warm } = client();
    warm();
    const e = open(1000);
    bench.out();
    expect(answer({ ack, mss: 1460 })).toEqual([again]);
    expect(bench.recorder.rules).toContain('fast-open-ignored');
    expect(e.info().synData).toBe(false);
  });

  test('a SYN that was lost goes again without option and text', () => {
    const { bench, open, answer, warm } = client();
    warm();
    open(1000);
    bench.out();
    bench.clock.advance(SECOND);
    expect(bench.out()).toEqual(['S 0:0']);
    expect(cookieIn(bench)).toBeNull();
    expect(answer({ ack: 1, mss: 1460 })).toEqual(['P. 1:1001 ack 1']);
  });

  test('text with the SYN,ACK is delivered, with a FIN too', () => {
    const { bench, open, answer, warm } = client();
    warm();
    const e = open(1000);
    bench.out();
    expect(answer({ flags: 'SF.', ack: 1001, mss: 1460, data: 400 })).toEqual(['. 1001:1001 ack 402']);
    expect(e.receive(new Uint8Array(500))).toBe(400);
    expect(e.state).toBe('CLOSE-WAIT');
  });

  test('SYN,ACK beyond what was sent: RST, and nothing is learnt', () => {
    const { bench, open, answer, warm } = client();
    warm();
    open(100);
    bench.out();
    expect(answer({ ack: 101_101, mss: 500, cookie: 'badc00ce' })).toEqual(['R 101101:101101']);
    open(2000);
    expect(bench.out()).toEqual(['S 0:1420']);
    expect(cookieIn(bench)).toBe('abcd1234');
  });

  test('no answer to a request: the experimental kind once, then the standard one for good', () => {
    const { bench, open, answer } = client();
    const experimental = [0, 1, 2, 3].map(() => {
      open(0);
      bench.out();
      const { options } = parsePacket(bench.lastSent());
      expect(options.cookieLength).toBe(0);
      answer({ ack: 1, mss: 1460 });
      return options.cookieExperimental;
    });
    expect(experimental).toEqual([false, true, false, false]);
  });

  test('a cookie that nobody asked for is ignored', () => {
    const { bench, open, answer } = client();
    open(0, { fastOpen: false });
    bench.out();
    answer({ ack: 1, mss: 1460, cookie: 'abcd1234' });
    open(100);
    bench.out();
    expect(cookieIn(bench)).toBe('');
  });

  test('without cookies text goes with the first SYN', () => {
    const { bench, open } = client(FastOpen.Client | FastOpen.ClientWithoutCookie);
    expect(open(500).sentWithSyn).toBe(500);
    expect(bench.out()).toEqual(['S 0:500']);
    expect(cookieIn(bench)).toBeNull();
  });

  test('off: an ordinary SYN', () => {
    const { bench, open } = client(0);
    expect(open(500).sentWithSyn).toBe(0);
    expect(bench.out()).toEqual(['S 0:0']);
    expect(bench.lastSent().bytes).not.toContain(OPT_FAST_OPEN);
  });

  test('two peers that open at once: the text goes when the SYN is acknowledged', () => {
    const { bench, open, answer, warm } = client();
    warm();
    open(100);
    bench.out();
    expect(answer({ flags: 'S', mss: 1460 })).toEqual(['S. 0:0 ack 1']);
    expect(bench.arrive(80, 5002, { flags: '.', seq: 1, ack: 1 })).toEqual(['P. 1:101 ack 1']);
  });

  test('peers are forgotten on demand', () => {
    const { bench, open, warm } = client();
    warm();
    bench.stack.fastOpen.forget();
    open(100);
    bench.out();
    expect(cookieIn(bench)).toBe('');
  });
});
