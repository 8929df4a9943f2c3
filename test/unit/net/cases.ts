/** What a socket and a server do, case by case: run on node:net and on net/, with one expectation for both. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { finished, pipeline } from 'node:stream/promises';
import { collect, errorFacts, event, listening, type Log, sleep, type SocketFace, watch, type World } from './face.js';

export interface Case {
  readonly name: string;
  readonly expected: unknown;
  run(world: World): Promise<unknown>;
}

const MIB = 1024 * 1024;
const ignore = (): void => undefined;
const sha = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

/** A connection between a client and a server's socket, both logged. */
async function connected(world: World, log: Log, { client: c = false, server: s = false } = {}): Promise<{ client: SocketFace; peer: SocketFace; close: () => void }> {
  let accept: (socket: SocketFace) => void = ignore;
  const accepted = new Promise<SocketFace>((resolve) => {
    accept = resolve;
  });
  const { server, port } = await listening(world, { allowHalfOpen: s }, (socket) => accept(watch(socket, log, 'peer ')));
  const client = watch(world.connect({ host: world.address, port, allowHalfOpen: c }), log);
  const peer = await accepted;
  if (client.connecting) await once(client, 'connect');
  log.length = 0;
  return { client, peer, close: () => void server.close() };
}

const opening: Case[] = [
  {
    name: 'states and addresses while it opens, lives and closes',
    expected: [
      ['opening', true, true, undefined, undefined],
      ['connect', 'open', false, false],
      ['ready', true, true, 'IPv4', true],
      ['closed', true, true],
    ],
    run: async (world) => {
      const log: Log = [];
      const { server, port } = await listening(world, {}, (socket) => socket.resume());
      const socket = world.connect({ host: world.address, port });
      log.push([socket.readyState, socket.pending, socket.connecting, socket.remoteAddress, socket.remotePort]);
      socket.once('connect', () => log.push(['connect', socket.readyState, socket.pending, socket.connecting]));
      socket.once('ready', () => {
        const { remoteAddress, remotePort, remoteFamily, localPort } = socket;
        log.push(['ready', remoteAddress === world.address, remotePort === port, remoteFamily, typeof localPort === 'number' && localPort > 0]);
      });
      await event(socket, 'ready');
      socket.destroy();
      log.push([socket.readyState, socket.pending, socket.destroyed]);
      server.close();
      return log;
    },
  },
  {
    name: 'a closed port refuses',
    expected: [{ name: 'Error', message: 'connect ECONNREFUSED HOST:PORT', code: 'ECONNREFUSED', errno: -111, syscall: 'connect', address: 'HOST', port: 'PORT' }, ['close', true]],
    run: async (world) => {
      const { server, port } = await listening(world, {});
      server.close();
      await event(server, 'close');
      const socket = world.connect({ host: world.address, port });
      const log: Log = [];
      socket.on('error', (error) => log.push(errorFacts(error, { [world.address]: 'HOST', [String(port)]: 'PORT' })));
      log.push(['close', ...(await event(socket, 'close'))]);
      return log;
    },
  },
  {
    name: 'a local address that is not ours',
    expected: { name: 'Error', message: 'bind EADDRNOTAVAIL 198.51.100.7', code: 'EADDRNOTAVAIL', errno: -99, syscall: 'bind', address: '198.51.100.7' },
    run: async (world) => errorFacts((await event(world.connect({ host: world.address, port: 9, localAddress: '198.51.100.7' }), 'error'))[0]),
  },
  {
    name: 'the same pair of sockets twice',
    expected: { code: 'EADDRNOTAVAIL', errno: -99, syscall: 'connect' },
    run: async (world) => {
      const { server, port } = await listening(world, {}, (socket) => socket.resume());
      const { server: other, port: localPort } = await listening(world, {});
      other.close();
      await event(other, 'close');
      const first = world.connect({ host: world.address, port, localPort });
      await once(first, 'connect');
      const second = world.connect({ host: world.address, port, localPort });
      const { code, errno, syscall } = errorFacts((await event(second, 'error'))[0]);
      first.destroy();
      server.close();
      return { code, errno, syscall };
    },
  },
  {
    name: 'ports that cannot be are a mistake of the program, thrown at once',
    expected: ['RangeError ERR_SOCKET_BAD_PORT', 'RangeError ERR_SOCKET_BAD_PORT', 'RangeError ERR_SOCKET_BAD_PORT', 'RangeError ERR_SOCKET_BAD_PORT'],
    run: (world) => {
      const thrown = (act: () => unknown): string => {
        try {
          act();
          return 'nothing thrown';
        } catch (error) {
          const { name, code } = error as NodeJS.ErrnoException;
          return `${name} ${code ?? ''}`;
        }
      };
      return Promise.resolve([
        thrown(() => world.connect({ host: world.address, port: 65_536 })),
        thrown(() => world.connect({ host: world.address, port: -1 })),
        thrown(() => world.createServer({}).listen(65_536, world.address)),
        thrown(() => world.createServer({}).listen({ port: 1.5, host: world.address })),
      ]);
    },
  },
  {
    name: 'what is written and ended before the connection is open arrives',
    expected: [['open?', 'opening', 5], ['peer end', 'hello'], ['connected']],
    run: async (world) => {
      const log: Log = [];
      const { server, port } = await listening(world, {}, (socket) => collect(socket, log, 'peer '));
      const socket = world.connect({ host: world.address, port });
      socket.end('hello');
      log.push(['open?', socket.readyState === 'opening' ? 'opening' : socket.readyState, socket.bytesWritten]);
      socket.resume();
      await once(socket, 'close');
      log.push(['connected']);
      server.close();
      return log;
    },
  },
  {
    name: 'destroyed while it opens',
    expected: [['close', false], ['write', 'ERR_SOCKET_CLOSED_BEFORE_CONNECTION']],
    run: async (world) => {
      const log: Log = [];
      const { server, port } = await listening(world, {}, (socket) => socket.on('error', ignore).resume());
      const socket = watch(world.connect({ host: world.address, port }), log);
      socket.write('never', (error) => log.push(['write', (error as NodeJS.ErrnoException | null)?.code]));
      socket.destroy();
      await event(socket, 'close');
      server.close();
      return log.sort();
    },
  },
  {
    name: 'an AbortSignal destroys the socket',
    expected: [['error', 'ABORT_ERR'], ['close', true]],
    run: async (world) => {
      const log: Log = [];
      const { server, port } = await listening(world, {}, (socket) => socket.on('error', ignore).resume());
      const stop = new AbortController();
      const socket = world.connect({ host: world.address, port, signal: stop.signal });
      await once(socket, 'connect');
      watch(socket, log);
      stop.abort();
      await event(socket, 'close');
      server.close();
      return log;
    },
  },
  {
    name: 'a socket that was never connected',
    expected: [['open', true, undefined], ['write', 'ERR_SOCKET_CLOSED'], ['error', 'ERR_SOCKET_CLOSED']],
    run: async (world) => {
      const log: Log = [];
      const socket = world.newSocket();
      log.push([socket.readyState, socket.pending, socket.remoteAddress]);
      watch(socket, log).removeAllListeners('close');
      socket.write('x', (error) => log.push(['write', (error as NodeJS.ErrnoException | null)?.code]));
      await event(socket, 'close');
      return log;
    },
  },
];

const talking: Case[] = [
  {
    name: 'an echo, event by event',
    expected: [['connect'], ['ready'], ['finish'], ['end', 'hello, echo'], ['close', false]],
    run: async (world) => {
      const log: Log = [];
      const { server, port } = await listening(world, {}, (socket) => socket.pipe(socket));
      const socket = collect(watch(world.connect({ host: world.address, port }), log), log);
      socket.write('hello, ');
      socket.end('echo');
      await once(socket, 'close');
      server.close();
      return log;
    },
  },
  {
    name: '4 MiB both ways at once through an echo',
    expected: [true, 4 * MIB, 4 * MIB, 4 * MIB],
    run: async (world) => {
      const { server, port } = await listening(world, {}, (socket) => socket.pipe(socket));
      const socket = world.connect({ host: world.address, port });
      const sent = randomBytes(4 * MIB);
      const got: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => got.push(chunk));
      socket.end(sent);
      await once(socket, 'close');
      server.close();
      const all = Buffer.concat(got);
      return [sha(all) === sha(sent), all.length, socket.bytesRead, socket.bytesWritten];
    },
  },
  {
    name: 'pipeline() of random chunks, both directions, in chunks of all sizes',
    expected: true,
    run: async (world) => {
      const sent = randomBytes(MIB);
      const { server, port } = await listening(world, {}, (socket) => void pipeline(socket, socket));
      const socket = world.connect({ host: world.address, port });
      const got: Buffer[] = [];
      const pieces = function* (): Generator<Buffer> {
        for (let at = 0, size = 1; at < sent.length; at += size, size = (size * 7) % 9001) yield sent.subarray(at, Math.min(at + size, sent.length));
      };
      await pipeline(pieces, socket, async (source: AsyncIterable<Buffer>) => {
        for await (const chunk of source) got.push(chunk);
      });
      server.close();
      return sha(Buffer.concat(got)) === sha(sent);
    },
  },
  {
    name: 'write callbacks come in order, after end too, then finish',
    expected: ['a', 'b', 'c', 'ended', 'finish'],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, []);
      peer.resume();
      client.resume();
      client.once('finish', () => log.push('finish'));
      client.write('a', () => log.push('a'));
      client.write('b', () => log.push('b'));
      client.write('c', () => log.push('c'));
      client.end(() => log.push('ended'));
      await once(client, 'close');
      close();
      return log;
    },
  },
  {
    name: 'corked writes arrive whole and in order',
    expected: [['peer end', `${'x'.repeat(500)}-${'y'.repeat(500)}`]],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, []);
      collect(peer, log, 'peer ');
      client.resume();
      client.cork();
      for (let i = 0; i < 500; i++) client.write('x');
      client.write('-', 'latin1');
      for (let i = 0; i < 500; i++) client.write(Buffer.from('y'));
      client.uncork();
      client.end();
      await once(client, 'close');
      close();
      return log;
    },
  },
  {
    name: 'setEncoding() keeps characters whole',
    expected: '∀x ∈ ℝ: ⌈x⌉ = −⌊−x⌋ '.repeat(200),
    run: async (world) => {
      const { client, peer, close } = await connected(world, []);
      let text = '';
      peer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      const bytes = Buffer.from('∀x ∈ ℝ: ⌈x⌉ = −⌊−x⌋ '.repeat(200));
      for (let at = 0; at < bytes.length; at += 7) client.write(bytes.subarray(at, at + 7));
      client.end();
      client.resume();
      await once(client, 'close');
      close();
      return text;
    },
  },
  {
    name: 'a listener that comes late misses nothing',
    expected: [['peer end', 'early']],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, []);
      client.end('early');
      client.resume();
      await sleep(30);
      collect(peer, log, 'peer ');
      await event(client, 'close');
      close();
      return log;
    },
  },
  {
    name: 'reading with for await',
    expected: ['one two three', 'closed'],
    run: async (world) => {
      const { client, peer, close } = await connected(world, []);
      client.write('one ');
      setTimeout(() => client.end('two three'), 10);
      client.resume();
      let text = '';
      for await (const chunk of peer) text += String(chunk);
      await event(peer, 'close');
      close();
      return [text, peer.destroyed ? 'closed' : 'open'];
    },
  },
  {
    name: 'a reader who waits makes the writer wait',
    expected: ['writer waits', 'and goes on', 16 * MIB],
    run: async (world) => {
      const { client, peer, close } = await connected(world, []);
      const log: Log = [];
      peer.pause();
      client.write(Buffer.alloc(16 * MIB), () => log.push('and goes on'));
      client.end();
      client.resume();
      await sleep(50);
      log.push(log.length === 0 ? 'writer waits' : 'writer does not wait');
      let octets = 0;
      peer.on('data', (chunk: Buffer) => {
        octets += chunk.length;
      });
      peer.resume();
      await event(client, 'close');
      close();
      return [...log, octets];
    },
  },
  {
    name: 'silence is told, and does not close',
    expected: [['timeout'], 'open', 40, ['peer end', 'still here'], ['closed', 40]],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, []);
      collect(peer, log, 'peer ');
      client.resume();
      client.setTimeout(40);
      client.once('timeout', () => log.push(['timeout']));
      await event(client, 'timeout');
      log.push(client.readyState, client.timeout);
      client.end('still here');
      await event(client, 'close');
      log.push(['closed', client.timeout]);
      close();
      return log;
    },
  },
  {
    name: 'activity puts the timeout off, and 0 turns it off',
    expected: [],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, []);
      peer.resume();
      client.resume();
      client.setTimeout(120, () => log.push('timeout'));
      for (let i = 0; i < 8; i++) {
        await sleep(25);
        client.write('x');
      }
      client.setTimeout(0);
      await sleep(150);
      client.end();
      await event(client, 'close');
      close();
      return log;
    },
  },
  {
    name: 'settings can be changed at any time and return the socket',
    expected: [true, true, true, true],
    run: async (world) => {
      const { client, peer, close } = await connected(world, []);
      peer.resume();
      const said = [client.setNoDelay() === client, client.setNoDelay(false) === client, client.setKeepAlive(true, 1000) === client];
      client.end();
      client.resume();
      await event(client, 'close');
      said.push(client.setKeepAlive(false) === client);
      close();
      return said;
    },
  },
];

const ending: Case[] = [
  {
    name: 'half-close: the one who ended still reads',
    expected: [['finish'], ['peer end', 'question'], ['readOnly', 'writeOnly'], ['end', 'answer'], ['peer finish'], ['close', false], ['peer close', false]],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, log, { client: true, server: true });
      collect(client, log);
      collect(peer, log, 'peer ');
      client.end('question');
      await event(peer, 'end');
      await sleep(20);
      log.push([client.readyState, peer.readyState]);
      peer.end('answer');
      await Promise.all([event(client, 'close'), event(peer, 'close')]);
      close();
      const order = ['finish', 'peer end', 'readOnly', 'end', 'peer finish', 'close', 'peer close'];
      return log.sort((a, b) => order.indexOf((a as string[])[0]) - order.indexOf((b as string[])[0]));
    },
  },
  {
    name: 'without allowHalfOpen the end of one side ends the other',
    expected: [['end', 'bye'], ['finish'], ['close', false]],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, []);
      collect(watch(client, log), log);
      peer.resume();
      peer.end('bye');
      await event(client, 'close');
      close();
      return log;
    },
  },
  {
    name: 'the end is told although nobody reads, if nothing is left to be read',
    expected: 'closed',
    run: async (world) => {
      const { client, peer, close } = await connected(world, []);
      client.resume();
      client.end();
      await event(peer, 'end');
      await event(peer, 'close');
      close();
      return 'closed';
    },
  },
  {
    name: 'write after end',
    expected: [['write', 'ERR_STREAM_WRITE_AFTER_END'], ['error', 'ERR_STREAM_WRITE_AFTER_END']],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, []);
      peer.on('error', ignore).resume();
      client.on('error', (error: NodeJS.ErrnoException) => log.push(['error', error.code]));
      client.end('last');
      client.write('more', (error) => log.push(['write', (error as NodeJS.ErrnoException).code]));
      await event(client, 'close');
      close();
      return log;
    },
  },
  {
    name: 'write after the peer has ended',
    expected: [false, ['write', 'EPIPE', 'This socket has been ended by the other party'], ['error', 'EPIPE'], ['close', true]],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, []);
      peer.on('error', ignore).end();
      peer.resume();
      client.resume();
      await event(client, 'end');
      await new Promise((resolve) => process.nextTick(resolve));
      watch(client, log).removeAllListeners('finish');
      log.push(client.write('too late', (error) => log.push(['write', (error as NodeJS.ErrnoException).code, error?.message])));
      await event(client, 'close');
      close();
      return log;
    },
  },
  {
    name: 'reset: the peer is told, the one who reset is not',
    expected: [['close', false], { name: 'Error', message: 'read ECONNRESET', code: 'ECONNRESET', errno: -104, syscall: 'read' }, ['peer error', 'ECONNRESET'], ['peer close', true]],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, log);
      const facts: unknown[] = [];
      peer.on('error', (error) => facts.push(errorFacts(error)));
      peer.resume();
      client.resetAndDestroy();
      await Promise.all([event(peer, 'close'), event(client, 'close')]);
      close();
      const own = log.filter((entry) => !String((entry as string[])[0]).startsWith('peer'));
      return [...own, ...facts, ...log.filter((entry) => !own.includes(entry))];
    },
  },
  {
    name: 'destroyed with text unread: the peer gets ECONNRESET',
    expected: [['close', true], ['error', 'ECONNRESET'], ['peer close', false]],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, []);
      peer.pause();
      client.on('error', (error: NodeJS.ErrnoException) => log.push(['error', error.code === 'EPIPE' ? 'ECONNRESET' : error.code]));
      client.on('close', (hadError: boolean) => log.push(['close', hadError]));
      peer.on('close', (hadError: boolean) => log.push(['peer close', hadError]));
      client.resume();
      client.write(Buffer.alloc(MIB));
      await sleep(50);
      peer.destroy();
      await Promise.all([event(client, 'close'), event(peer, 'close')]);
      close();
      return log.sort();
    },
  },
  {
    name: 'destroyed with everything read: the peer sees an end',
    expected: [['peer close', false], ['end', ''], ['finish'], ['close', false]],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, log);
      collect(client, log);
      peer.resume();
      client.write('all read');
      await once(peer, 'data');
      peer.destroy();
      await Promise.all([event(client, 'close'), event(peer, 'close')]);
      close();
      return log.sort((a, b) => Number(String(b).startsWith('peer')) - Number(String(a).startsWith('peer')));
    },
  },
  {
    name: 'write to a destroyed socket',
    expected: [['write', 'ERR_STREAM_DESTROYED'], ['close', false]],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, log);
      peer.on('error', ignore).resume();
      peer.removeAllListeners('close').removeAllListeners('finish');
      client.destroy();
      client.write('x', (error) => log.push(['write', (error as NodeJS.ErrnoException).code]));
      await event(client, 'close');
      close();
      return log;
    },
  },
  {
    name: 'destroySoon() waits for what was written',
    expected: [['peer end', 'last words'], 'destroyed'],
    run: async (world) => {
      const log: Log = [];
      const { client, peer, close } = await connected(world, []);
      collect(peer, log, 'peer ');
      client.write('last words');
      client.destroySoon();
      await Promise.all([event(client, 'close'), event(peer, 'close')]);
      log.push(client.destroyed ? 'destroyed' : 'alive');
      close();
      return log;
    },
  },
  {
    name: 'finished() resolves on an orderly end and rejects on a reset',
    expected: ['ok', 'ECONNRESET'],
    run: async (world) => {
      const first = await connected(world, []);
      first.peer.resume();
      first.client.resume();
      first.client.end();
      const said = [await finished(first.peer).then(() => 'ok')];
      const second = await connected(world, []);
      const outcome = finished(second.peer.resume()).then(() => 'ok', (error: NodeJS.ErrnoException) => error.code ?? '');
      second.client.resetAndDestroy();
      said.push(await outcome);
      first.close();
      second.close();
      return said;
    },
  },
];

const serving: Case[] = [
  {
    name: 'address() and listening before, during and after',
    expected: [null, false, true, 'IPv4', true, null, false],
    run: async (world) => {
      const server = world.createServer({});
      const log: Log = [server.address(), server.listening];
      server.listen({ port: 0, host: world.address });
      await once(server, 'listening');
      const { address, family, port } = server.address() as { address: string; family: string; port: number };
      log.push(address === world.address, family, port > 0);
      server.close();
      log.push(server.address(), server.listening);
      return log;
    },
  },
  {
    name: 'a port in use',
    expected: { name: 'Error', message: 'listen EADDRINUSE: address already in use HOST:PORT', code: 'EADDRINUSE', errno: -98, syscall: 'listen', address: 'HOST', port: 'PORT' },
    run: async (world) => {
      const { server, port } = await listening(world, {});
      const second = world.createServer({});
      second.listen(port, world.address);
      const [error] = await event(second, 'error');
      server.close();
      return errorFacts(error, { [world.address]: 'HOST', [String(port)]: 'PORT' });
    },
  },
  {
    name: 'an address that is not ours',
    expected: { name: 'Error', message: 'listen EADDRNOTAVAIL: address not available 198.51.100.7:8080', code: 'EADDRNOTAVAIL', errno: -99, syscall: 'listen', address: '198.51.100.7', port: '8080' },
    run: async (world) => {
      const server = world.createServer({});
      server.listen(8080, '198.51.100.7');
      return errorFacts((await event(server, 'error'))[0]);
    },
  },
  {
    name: 'listening twice is a mistake; after close() it is not',
    expected: ['ERR_SERVER_ALREADY_LISTEN', 'listening again'],
    run: async (world) => {
      const { server, port } = await listening(world, {});
      const log: Log = [];
      try {
        server.listen(0, world.address);
      } catch (error) {
        log.push((error as NodeJS.ErrnoException).code);
      }
      server.close();
      await event(server, 'close');
      server.listen(port, world.address, () => log.push('listening again'));
      await event(server, 'listening');
      server.close();
      return log;
    },
  },
  {
    name: 'close() waits for its connections and takes no more',
    expected: [['connections', 1], ['refused', 'ECONNREFUSED'], ['still answers'], ['socket closed'], ['closed', undefined], ['again', 'ERR_SERVER_NOT_RUNNING']],
    run: async (world) => {
      const log: Log = [];
      const { server, port } = await listening(world, {}, (socket) => socket.pipe(socket));
      const socket = world.connect({ host: world.address, port });
      socket.write('x');
      await once(socket, 'data');
      const count = await new Promise((resolve) => void server.getConnections((_error, n) => resolve(n)));
      log.push(['connections', count]);
      const closed = new Promise<void>((resolve) => {
        server.close((error) => {
          log.push(['closed', error]);
          resolve();
        });
      });
      const late = world.connect({ host: world.address, port });
      const [error] = await event(late, 'error');
      log.push(['refused', (error as NodeJS.ErrnoException).code]);
      socket.write('y');
      await once(socket, 'data');
      log.push(['still answers']);
      const gone = event(socket, 'close').then(() => log.push(['socket closed']));
      socket.end();
      await Promise.all([closed, gone]);
      log.sort((a, b) => Number((a as string[])[0] === 'closed') - Number((b as string[])[0] === 'closed'));
      await new Promise<void>((resolve) => {
        server.close((again) => {
          log.push(['again', (again as NodeJS.ErrnoException).code]);
          resolve();
        });
      });
      return log;
    },
  },
  {
    name: 'many connections at once, each with its own text',
    expected: Array.from({ length: 50 }, (_, i) => `text of ${i}`),
    run: async (world) => {
      const { server, port } = await listening(world, {}, (socket) => socket.pipe(socket));
      const talk = async (i: number): Promise<string> => {
        const socket = world.connect({ host: world.address, port });
        socket.end(`text of ${i}`);
        let text = '';
        for await (const chunk of socket) text += String(chunk);
        return text;
      };
      const texts = await Promise.all(Array.from({ length: 50 }, (_, i) => talk(i)));
      server.close();
      return texts;
    },
  },
];

export const cases: readonly (readonly [string, readonly Case[]])[] = [
  ['opening', opening],
  ['talking', talking],
  ['ending', ending],
  ['serving', serving],
];
