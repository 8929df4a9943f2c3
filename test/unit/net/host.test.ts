import { once } from 'node:events';
import * as http from 'node:http';
import { createPipe } from '../../../src/device/pipe.js';
import { Host } from '../../../src/net/host.js';
import type { Socket } from '../../../src/net/socket.js';
import { RealClock } from '../../../src/stack/clock.js';
import { Signal } from '../../../src/tcp/tcb.js';
import { Story } from '../../../src/trace/story.js';
import { Address } from '../../../src/util/address.js';
import { CLIENT, event, leftBehind, makePair, type Pair, SERVER, sleep } from './face.js';

let pair: Pair;

beforeEach(() => {
  pair = makePair();
});
afterEach(() => {
  pair.client.close();
  pair.server.close();
});

describe('construction', () => {
  it('needs addresses that are addresses', () => {
    const [device] = createPipe({ clock: new RealClock() });
    expect(() => new Host({ device, addresses: [] })).toThrow('at least one address');
    expect(() => new Host({ device, addresses: ['example.org'] })).toThrow('not an IP address: "example.org"');
    expect(() => new Host({ device, addresses: [CLIENT], config: { delayedAck: 1e6 } })).toThrow('TCP setting delayedAck');
  });

  it('two hosts choose different initial sequence numbers unless their secret is the same', () => {
    const isn = (secret?: Uint8Array): number => {
      const clock = { now: () => 0, alarm: () => ({ set: () => undefined }) };
      const host = new Host({ device: createPipe({ clock })[0], addresses: [CLIENT], clock, secret });
      host.connect({ host: SERVER, port: 80, localPort: 4000 });
      const [endpoint] = [...host.stack.demux];
      host.stack.stop();
      return endpoint.connection.tcb.iss;
    };
    expect(isn()).not.toBe(isn());
    expect(isn(new Uint8Array(16))).toBe(isn(new Uint8Array(16)));
  });

  it('a tracer is told, under the sockets\' numbers', async () => {
    const clock = new RealClock();
    const [left, right] = createPipe({ clock });
    const rules: string[] = [];
    const story = new Story(({ conn, decisions }) => void rules.push(...decisions.map(({ rule }) => `${conn} ${rule.name}`)));
    const client = new Host({ device: left, addresses: [CLIENT], clock, tracer: story });
    const server = new Host({ device: right, addresses: [SERVER], clock });
    server.createServer().listen(80);
    const first = client.connect({ host: SERVER, port: 80 });
    const second = client.connect({ host: SERVER, port: 80 });
    await Promise.all([once(first, 'connect'), once(second, 'connect')]);
    expect(first.connectionId).not.toBe(second.connectionId);
    expect(rules).toEqual(expect.arrayContaining([`${first.connectionId ?? '?'} syn-ack-establishes`, `${second.connectionId ?? '?'} syn-ack-establishes`]));
    client.close();
    server.close();
  });
});

describe('close()', () => {
  it('resets what is open, closes servers, leaves nothing, and is idempotent', async () => {
    const server = pair.server.createServer().listen(80);
    const client = pair.client.connect({ host: SERVER, port: 80 });
    const [peer] = (await once(server, 'connection')) as [Socket];
    if (client.connecting) await once(client, 'connect');
    const events: string[] = [];
    for (const [name, emitter] of Object.entries({ server, peer })) emitter.on('close', () => events.push(name));
    const reset = event(client.resume(), 'error');
    pair.server.close();
    pair.server.close();
    expect((await reset)[0]).toMatchObject({ code: 'ECONNRESET' });
    await sleep(5);
    expect(events.sort()).toEqual(['peer', 'server']);
    expect(pair.server.stack.demux.size).toBe(0);
    expect(server.listening).toBe(false);
  });

  it('forgets connections in TIME-WAIT', async () => {
    pair.client.close();
    pair.server.close();
    pair = makePair({ msl: 60e6 });
    pair.server.createServer((socket) => socket.resume()).listen(80);
    const client = pair.client.connect({ host: SERVER, port: 80 }).resume();
    client.end();
    await event(client, 'close');
    await sleep(10);
    expect([...pair.client.stack.demux].map(({ state }) => state)).toEqual(['TIME-WAIT']);
    pair.client.close();
    expect(pair.client.stack.demux.size).toBe(0);
  });

  it('afterwards the network is down', async () => {
    pair.client.close();
    expect((await event(pair.client.connect({ host: SERVER, port: 80 }), 'error'))[0]).toMatchObject({ message: `connect ENETDOWN ${SERVER}:80`, code: 'ENETDOWN' });
    expect((await event(pair.client.createServer().listen(80), 'error'))[0]).toMatchObject({ code: 'ENETDOWN', syscall: 'listen' });
  });
});

describe('servers', () => {
  it('listen in all the forms of node:net', async () => {
    const ports: unknown[] = [];
    const listening = async (listen: (done: () => void) => { address(): { port: number; address: string } | null }): Promise<void> => {
      const server = await new Promise<ReturnType<typeof listen>>((resolve) => {
        const made = listen(() => resolve(made));
      });
      ports.push([server.address()?.port, server.address()?.address]);
    };
    const { server: host } = pair;
    await listening((done) => host.createServer().listen(81, done));
    await listening((done) => host.createServer().listen(82, SERVER, done));
    await listening((done) => host.createServer().listen(83, SERVER, 5, done));
    await listening((done) => host.createServer().listen({ port: 84, host: SERVER, backlog: 5 }, done));
    await listening((done) => host.createServer().listen({ port: 85, host: '0.0.0.0' }, done));
    expect(ports).toEqual([[81, '::'], [82, SERVER], [83, SERVER], [84, SERVER], [85, '::']]);
  });

  it('port 0 is a free one each time', async () => {
    const servers = Array.from({ length: 20 }, () => pair.server.createServer().listen(0));
    await once(servers[19], 'listening');
    expect(new Set(servers.map((server) => server.address()?.port)).size).toBe(20);
  });

  it('a host that is not an address', async () => {
    expect((await event(pair.server.createServer().listen(80, 'localhost'), 'error'))[0]).toMatchObject({ code: 'EINVAL', syscall: 'listen' });
  });

  it('a server on one address is not reached at another', async () => {
    pair.server.createServer().listen(80, SERVER);
    expect((await event(pair.client.connect({ host: '2001:db8::2', port: 80 }), 'error'))[0]).toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('node:http over it', () => {
  it('a server and a client, with a body both ways and a connection kept for the next request', async () => {
    const web = http.createServer((request, response) => {
      request.setEncoding('utf8');
      let body = '';
      request.on('data', (part: string) => {
        body += part;
      });
      request.on('end', () => response.end(`${request.method ?? ''} ${request.url ?? ''} ${body.length}`));
    });
    let connections = 0;
    pair.server.createServer((socket) => {
      connections++;
      web.emit('connection', socket);
    }).listen(80);
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    Object.assign(agent, { createConnection: ({ port }: { port: number }) => pair.client.connect({ host: SERVER, port }) });
    const ask = (path: string, body: string): Promise<string> => new Promise((resolve, reject) => {
      const request = http.request({ agent, host: SERVER, port: 80, method: 'POST', path }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        }).on('end', () => resolve(text));
      });
      request.on('error', reject).end(body);
    });
    expect(await ask('/a', 'x'.repeat(300_000))).toBe('POST /a 300000');
    expect(await ask('/b', '')).toBe('POST /b 0');
    expect(connections).toBe(1);
    agent.destroy();
    expect(await leftBehind(pair)).toBe(0);
  });
});

it('signals raised by a call are told soon, whatever is called next', async () => {
  pair.server.createServer((socket) => socket.resume()).listen(80);
  const { stack } = pair.client;
  const told: number[] = [];
  const open = (owner: (signals: number) => void): Exclude<ReturnType<typeof stack.connect>, string> => {
    const endpoint = stack.connect({ remote: Address.from(SERVER), remotePort: 80 }, { signals: (_endpoint, signals) => owner(signals) });
    if (typeof endpoint === 'string') throw new Error(endpoint);
    return endpoint;
  };
  const first = open((signals) => told.push(signals));
  const second = open(() => undefined);
  await sleep(30);
  expect([first.state, second.state]).toEqual(['ESTABLISHED', 'ESTABLISHED']);
  told.length = 0;
  pair.server.stack.stop(); // no packet comes any more that would end a batch
  first.abort();
  second.send(Buffer.from('x'));
  await sleep(50);
  expect(told).toEqual([Signal.Closed]);
});
