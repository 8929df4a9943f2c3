import { JsonLines } from '../../../src/bsd/json-lines.js';

type Json = Record<string, unknown>;

class Client {
  private readonly server = new JsonLines({ addresses: ['192.0.2.2'] });

  /** @returns the answers of one request */
  ask(request: unknown): Json[] {
    return this.server.answer(typeof request === 'string' ? request : JSON.stringify(request)).map((line) => JSON.parse(line) as Json);
  }

  /** A descriptor. */
  socket(): number {
    const [{ result }] = this.ask({ call: { name: 'socket', domain: 'AF_INET', type: 'SOCK_STREAM' } });
    return (result as { value: number }).value;
  }
}

test('a call is answered with its result, its id and the time', () => {
  expect(new Client().ask({ id: 'a', call: { name: 'socket', domain: 2, type: 'SOCK_STREAM|SOCK_NONBLOCK' } })).toEqual([{ id: 'a', at: 1_000_000, result: { value: 3, errno: 0 } }]);
});

test('a call that blocks is pending, and its end comes before the answer of what ended it', () => {
  const client = new Client();
  const fd = client.socket();
  const connect = { id: 7, call: { name: 'connect', fd, address: { address: '192.0.2.1', port: 80 } } };
  expect(client.ask(connect)).toEqual([{ id: 7, pending: true }]);
  expect(client.ask({ id: 8, advanceTo: 200_000_000 })).toEqual([
    { id: 7, ended: true, at: 132_000_000, result: { value: -1, errno: 110 } }, { id: 8, now: 200_000_000, packets: 11 },
  ]);
});

test('packets come in hex, and go in so', () => {
  const client = new Client();
  client.ask({ call: { name: 'connect', fd: client.socket(), address: { address: '192.0.2.1', port: 80 } } });
  const [{ packet }] = client.ask({ takePacket: true });
  expect((packet as { octets: string }).octets).toMatch(/^4500003c[0-9a-f]{112}$/);
  expect([client.ask({ takePacket: true }), client.ask({ packetIn: '45 00' })]).toEqual([[{ packet: null }], [{ packets: 0 }]]);
});

test('no deadline is null', () => {
  expect(new Client().ask({ nextDeadline: true })).toEqual([{ nextDeadline: null }]);
});

test('settings are set and read', () => {
  const client = new Client();
  expect([client.ask({ sysctl: ['net.ipv4.tcp_sack', 0] }), client.ask({ sysctl: 'net.ipv4.tcp_sack' }), client.ask({ sysctl: 'none' })])
    .toEqual([[{ sysctl: 'set' }], [{ value: '0' }], [{ value: null }]]);
});

test('options take an int, or octets, and are given in hex', () => {
  const client = new Client();
  const fd = client.socket();
  client.ask({ call: { name: 'setsockopt', fd, level: 'SOL_TCP', option: 'TCP_MAXSEG', value: 1000 } });
  client.ask({ call: { name: 'setsockopt', fd, level: 'SOL_TCP', option: 'TCP_CONGESTION', value: { text: 'reno' } } });
  expect(client.ask({ call: { name: 'getsockopt', fd, level: 'SOL_TCP', option: 'TCP_MAXSEG' } })[0].result).toEqual({ value: 0, errno: 0, octets: 'e8030000' });
});

test('open replaces the host', () => {
  const client = new Client();
  client.socket();
  expect([client.ask({ open: { start: 5000, addresses: ['192.0.2.9/24'] } }), client.ask({ tcpInfo: 3 })]).toEqual([[{ now: 5000 }], [{ error: 'descriptor 3 is not an open socket' }]]);
});

test('an empty line has no answer', () => {
  expect(new Client().ask(' ')).toEqual([]);
});

test.each([
  ['no JSON', '{', /JSON/],
  ['no object', [1], 'a request must be an object'],
  ['no request', { id: 1 }, /^a request has exactly one of open, call, packetIn/],
  ['two requests', { now: true, nextDeadline: true }, /exactly one/],
  ['a call without a name', { call: {} }, 'no call is called undefined'],
  ['a missing number', { call: { name: 'listen', fd: 3 } }, 'backlog must be a number or the name of one'],
  ['a name that nothing has', { call: { name: 'socket', domain: 'AF_NONE', type: 1 } }, 'domain: no number is called AF_NONE'],
  ['octets that are not hex', { packetIn: 'xyz' }, 'packetIn is not hex'],
  ['a time that is no number', { advanceTo: 'soon' }, 'advanceTo: no number is called soon'],
])('%s is answered with an error that says what is wrong', (_what, request, error) => {
  const [answer] = new Client().ask(request);
  expect(String(answer.error)).toMatch(error);
});
