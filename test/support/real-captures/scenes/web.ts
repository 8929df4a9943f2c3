/** Web servers and their visitors, captured in each of the ways in which captures come. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrivateNetwork } from '../network.js';
import { type Contents, type Scene, scene } from '../scene.js';
import type { CaptureOptions, Stage } from '../stage.js';

const PORT = 8080;
const SMALL = 'small.txt';
const LARGE = 'large.bin';

/** Python's web server with a small file and one of 2 MiB; `visit` does its work while it runs. */
async function withServer(network: PrivateNetwork, host: string, visit: () => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'glasstcp-web-'));
  try {
    writeFileSync(join(folder, SMALL), 'a small file\n'.repeat(20));
    writeFileSync(join(folder, LARGE), Buffer.alloc(2 * 1024 * 1024, 'a large file '));
    const server = network.start('python3', ['-u', '-m', 'http.server', '--bind', host, '-d', folder, String(PORT)]);
    await server.printed('Serving HTTP');
    await visit();
    await server.end('SIGTERM');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function curl(network: PrivateNetwork, host: string, file: string, ...options: readonly string[]): Promise<void> {
  await network.run('curl', '-s', '-S', '-g', '-o', '/dev/null', ...options, `http://${host}:${PORT}/${file}`);
}

const visited = (name: string, contents: Contents, file: string, capture: CaptureOptions = {}): Scene => scene(name, contents, async (stage) => {
  const network = await stage.network();
  await withServer(network, '127.0.0.1', async () => {
    await stage.capture(network, capture);
    await curl(network, '127.0.0.1', file);
  });
}, ['curl']);

const ipv6 = async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await withServer(network, '::1', async () => {
    await stage.capture(network);
    await curl(network, '[::1]', LARGE);
  });
};

const pcapng = async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await withServer(network, '127.0.0.1', async () => {
    await stage.capturePcapng(network);
    await curl(network, '127.0.0.1', LARGE);
  });
};

const fastOpen = async (stage: Stage): Promise<void> => {
  const network = await stage.network();
  await network.sysctl('net.ipv4.tcp_fastopen', 3);
  await stage.capture(network);
  const server = stage.peer(network, 'listen=127.0.0.1,7531', 'serve=3,2000');
  await server.printed('listening');
  for (let i = 0; i < 3; i++) await stage.peer(network, 'fastopen=127.0.0.1,7531,300', 'shut', 'drain', 'close').succeeded();
};

export const web: readonly Scene[] = [
  visited('curl-small', { frames: 9, streams: 1 }, SMALL),
  visited('curl-large', { frames: 40, streams: 1 }, LARGE),
  scene('curl-ipv6', { frames: 40, streams: 1 }, ipv6, ['curl']),
  visited('curl-snaplen', { frames: 40, streams: 1 }, LARGE, { snap: 96 }),
  visited('curl-cooked-v2', { frames: 40, streams: 1 }, LARGE, { on: 'any' }),
  visited('curl-cooked-v1', { frames: 40, streams: 1 }, LARGE, { on: 'any', linkType: 'LINUX_SLL' }),
  visited('curl-nanoseconds', { frames: 9, streams: 1 }, SMALL, { nanoseconds: true }),
  visited('curl-one-direction', { frames: 20, streams: 1 }, LARGE, { filter: `src port ${PORT}` }),
  scene('curl-pcapng', { frames: 40, streams: 1 }, pcapng, ['curl', 'dumpcap']),
  scene('fast-open', { frames: 24, streams: 3 }, fastOpen),
];
