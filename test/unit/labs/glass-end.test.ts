/** glasstcp as an end of a lab: what it tells of its sockets, and its loopback interface. */
import { GlassEnd } from '../../../src/labs/ends/glass-end.js';
import { LabSocket } from '../../../src/labs/stage/lab-socket.js';

const START = 1_000_000;
const end = (address = '192.0.2.1', prefix = 24): GlassEnd => new GlassEnd(address, prefix, { seed: 1, tracer: null, profile: 'own', mtu: 1500, start: START }, () => START);

test('a packet to its loopback address comes back, and never leaves', () => {
  const host = end();
  const listener = LabSocket.open(host).bind(80, '127.0.0.1');
  host.calls.listen(listener.fd, 4);
  const client = LabSocket.open(host).connect('127.0.0.1', 80);
  expect(client.error).toBe('EINPROGRESS');
  expect(host.takePacket()).toBeUndefined();
  expect(host.states().map(({ state }) => state).sort()).toEqual(['ESTABLISHED', 'ESTABLISHED', 'LISTEN']);
  expect(listener.accept()).not.toBeNull();
});

test('the same by IPv6', () => {
  const host = end('2001:db8::1', 64);
  LabSocket.open(host).connect('::1', 80);
  expect(host.takePacket()).toBeUndefined();
  expect(host.states()).toEqual([]); // refused
});

test('a packet to anybody else leaves', () => {
  const host = end();
  LabSocket.open(host).connect('192.0.2.2', 80);
  expect(host.takePacket()).toBeDefined();
});

test('sockets tell tcp_info by its names; TIME-WAIT has none', () => {
  const host = end();
  const listener = LabSocket.open(host).bind(80, '127.0.0.1');
  host.calls.listen(listener.fd, 4);
  const client = LabSocket.open(host).connect('127.0.0.1', 80);
  expect(host.states().find(({ state }) => state === 'SYN-SENT')?.info).toMatchObject({ tcpi_unacked: 1, tcpi_bytes_acked: 0 });
  host.takePacket();
  const server = listener.accept();
  client.send('hello');
  host.takePacket();
  const infos = host.states().filter(({ state }) => state === 'ESTABLISHED').map(({ info }) => info);
  expect(infos).toEqual(expect.arrayContaining([expect.objectContaining({ tcpi_bytes_acked: 6, tcpi_unacked: 0 }), expect.objectContaining({ tcpi_bytes_received: 5 })]));
  expect(server?.receive()).toBe('hello');
  client.close();
  host.takePacket();
  server?.close();
  host.takePacket();
  const waiting = host.states().find(({ state }) => state === 'TIME-WAIT');
  expect(waiting).toBeDefined();
  expect(waiting?.info).toBeUndefined();
});
