import * as os from 'node:os';
import { badPort, connectError, connectionError, listenError, NetError, notAnAddress, writeError } from '../../../src/net/errors.js';
import type { ConnectError, ListenError } from '../../../src/stack/stack.js';
import type { TcpFailure } from '../../../src/tcp/tcb.js';

const to = { address: '192.0.2.1', port: 80 };

describe('connectError', () => {
  it.each<[TcpFailure | ConnectError | 'stopped', string]>([
    ['refused', 'ECONNREFUSED'],
    ['reset', 'ECONNRESET'],
    ['timed-out', 'ETIMEDOUT'],
    ['user-timeout', 'ETIMEDOUT'],
    ['host-unreachable', 'EHOSTUNREACH'],
    ['net-unreachable', 'ENETUNREACH'],
    ['protocol-unreachable', 'ENOPROTOOPT'],
    ['source-route-failed', 'ENOTSUP'],
    ['prohibited', 'EACCES'],
    ['protocol-error', 'EPROTO'],
    ['packet-too-big', 'EMSGSIZE'],
    ['aborted', 'ECONNABORTED'],
    ['invalid-address', 'EINVAL'],
    ['no-port-left', 'EADDRNOTAVAIL'],
    ['address-in-use', 'EADDRNOTAVAIL'],
    ['no-local-address', 'ENETUNREACH'],
    ['stopped', 'ENETDOWN'],
  ])('%s is %s, with the number of the operating system', (why, code) => {
    const error = connectError(why, to);
    expect(error).toBeInstanceOf(Error);
    expect({ ...error }).toEqual({ code, syscall: 'connect', errno: -os.constants.errno[code as 'EINVAL'], ...to });
    expect([error.name, error.message]).toEqual(['Error', `connect ${code} 192.0.2.1:80`]);
  });

  it('tells our end where the program chose it', () => {
    const error = connectError('refused', { ...to, localAddress: '192.0.2.9', localPort: 4000 });
    expect(error.message).toBe('connect ECONNREFUSED 192.0.2.1:80 - Local (192.0.2.9:4000)');
    expect([error.localAddress, error.localPort]).toEqual(['192.0.2.9', 4000]);
  });

  it('blames bind for a local address that is not ours', () => {
    const error = connectError('no-local-address', { ...to, localAddress: '192.0.2.9' });
    expect(error.message).toBe('bind EADDRNOTAVAIL 192.0.2.9');
    expect({ ...error }).toEqual({ code: 'EADDRNOTAVAIL', errno: -99, syscall: 'bind', address: '192.0.2.9' });
  });
});

describe('listenError', () => {
  it.each<[ListenError | 'stopped' | 'not-an-address', string]>([
    ['address-in-use', 'listen EADDRINUSE: address already in use 192.0.2.1:80'],
    ['not-our-address', 'listen EADDRNOTAVAIL: address not available 192.0.2.1:80'],
    ['invalid-port', 'listen EINVAL: invalid argument 192.0.2.1:80'],
    ['not-an-address', 'listen EINVAL: invalid argument 192.0.2.1:80'],
    ['stopped', 'listen ENETDOWN: network is down 192.0.2.1:80'],
  ])('%s', (why, message) => {
    expect(listenError(why, to).message).toBe(message);
  });
});

describe('errors of an open connection', () => {
  it('have no address', () => {
    expect({ ...connectionError('reset', 'read') }).toEqual({ code: 'ECONNRESET', errno: -104, syscall: 'read' });
    expect(connectionError('timed-out', 'read').message).toBe('read ETIMEDOUT');
  });

  it('a write that was not taken says why the connection ended, or EPIPE', () => {
    expect(writeError('reset').message).toBe('write ECONNRESET');
    expect(writeError(null)).toEqual(new NetError('EPIPE', 'write', 'write EPIPE'));
    expect(writeError(null).errno).toBe(-32);
  });
});

it('a name in place of an address: says what is wrong, why, and what to do', () => {
  const { message, code } = notAnAddress('example.org', 80);
  expect(code).toBe('EINVAL');
  expect(message).toMatch(/"example\.org" is not an IP address.*does not look up names.*dns\.promises\.lookup/);
});

it('a bad port is a RangeError that shows the value', () => {
  const error = badPort('Port', 70_000);
  expect(error).toBeInstanceOf(RangeError);
  expect(error.message).toBe('Port should be >= 0 and < 65536. Received type number (70000).');
});
