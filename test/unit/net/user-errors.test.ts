/** User code that throws: Node is told, as with node:net; stack, device and the other sockets go on. In a process of its own. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled } from '../../support/compiled.js';

const program = `
const { Host } = require('./net/host.js');
const { createPipe } = require('./device/pipe.js');
const { RealClock } = require('./stack/clock.js');
const log = [];
process.on('uncaughtException', (error) => log.push(error.message));
const clock = new RealClock();
const [left, right] = createPipe({ clock });
const config = { msl: 1000 };
const client = new Host({ device: left, addresses: ['192.0.2.1'], clock, config });
const server = new Host({ device: right, addresses: ['192.0.2.2'], clock, config });
let connections = 0;
server.createServer((socket) => {
  socket.on('error', () => undefined).pipe(socket);
  if (++connections === 1) throw new Error('in connection');
}).listen(7);
const sockets = [];
const talk = (name, when) => new Promise((resolve) => {
  const socket = client.connect({ host: '192.0.2.2', port: 7 });
  let octets = 0;
  sockets.push(socket);
  const wave = (event) => { if (when === event) { when = ''; throw new Error('in ' + event); } };
  socket.on('data', (chunk) => { octets += chunk.length; wave('data'); });
  socket.on('connect', () => wave('connect'));
  socket.on('ready', () => wave('ready'));
  socket.on('end', () => wave('end'));
  socket.on('close', () => { resolve(name + ' ' + octets); wave('close'); });
  socket.write(Buffer.alloc(2_000_000), () => wave('write'));
  socket.end();
});
(async () => {
  // Node's own streams do not go on after these two, with node:net neither: the socket stays, the others must not notice.
  const stuck = ['write', 'end'].map((when) => talk(when, when));
  const results = await Promise.all(['connect', 'ready', 'data', 'close', 'nothing'].map((when) => talk(when, when)));
  for (const socket of sockets) socket.destroy();
  await Promise.all(stuck);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const left = client.stack.demux.size + server.stack.demux.size;
  client.close();
  server.close();
  process.stdout.write(JSON.stringify({ results, log: log.sort(), left }));
})();
`;

it('every kind of listener may throw', () => {
  const ours = compiled(['util', 'wire', 'trace', 'tcp', 'stack', 'device', 'net']);
  try {
    writeFileSync(join(ours.folder, 'program.js'), program);
    const run = spawnSync(process.execPath, ['program.js'], { cwd: ours.folder, encoding: 'utf8', timeout: 20_000 });
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toEqual({
      results: ['connect', 'ready', 'data', 'close', 'nothing'].map((name) => `${name} 2000000`),
      log: ['in close', 'in connect', 'in connection', 'in data', 'in end', 'in ready', 'in write'],
      left: 0,
    });
  } finally {
    ours.remove();
  }
});
