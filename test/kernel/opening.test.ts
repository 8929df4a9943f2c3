/** Opening against the kernel: ECN agreed upon both ways, Fast Open both ways, and handshakes by SYN cookie. */
import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { openTun } from '../../src/device/tun.js';
import { RealClock } from '../../src/stack/clock.js';
import type { Endpoint } from '../../src/stack/endpoint.js';
import { Stack } from '../../src/stack/stack.js';
import { FastOpen, type TcpConfig } from '../../src/tcp/config.js';
import type { TcpInfo } from '../../src/tcp/info.js';
import { Address } from '../../src/util/address.js';
import { describeIf, kernelUnavailable } from '../support/kernel.js';

const OURS = '192.0.2.2';
const KERNEL = '192.0.2.1';
const text = new TextEncoder();

/** What the kernel's end does that node:net cannot: text with the SYN. */
const PYTHON = `
import socket, sys
mode, port = sys.argv[1], int(sys.argv[2])
s = socket.socket()
if mode == 'client':
    for _ in range(2):
        s = socket.socket()
        s.sendto(b'hello', 0x20000000, ('${OURS}', port))
        s.recv(10)
        info = s.getsockopt(6, 11, 8)
        s.close()
    print(info[5] >> 5 & 1, flush=True)
else:
    s.setsockopt(6, 23, 5)
    s.bind(('${KERNEL}', port))
    s.listen(5)
    print('ready', flush=True)
    for _ in range(2):
        c, _ = s.accept()
        while c.recv(10): pass
        c.close()
`;
const noPython = (): string | null => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'python3 is not there';
  }
};

function makeStack(config: Partial<TcpConfig>): Stack {
  const clock = new RealClock();
  const tun = openTun({ clock, addresses: [{ local: `${KERNEL}/24` }] });
  return new Stack({ device: tun, clock, addresses: [Address.from(OURS)], secret: new Uint8Array(16).fill(7), config: { msl: 0, ...config } });
}
const sysctl = (name: string, value: number): void => { writeFileSync(`/proc/sys/net/ipv4/${name}`, String(value)); };
const until = async (what: () => boolean): Promise<void> => {
  while (!what()) await new Promise((resolve) => setImmediate(resolve));
};
const firstLine = (child: ReturnType<typeof spawn>): Promise<string> => new Promise((resolve) => child.stdout?.once('data', (data: Buffer) => { resolve(String(data).trim()); }));

/** Serves: reads all, answers with one octet, closes after the peer. @returns what info() said when the connections were accepted */
function serve(stack: Stack, port: number, fastOpenQueue = 0): TcpInfo[] {
  const infos: TcpInfo[] = [];
  const buffer = new Uint8Array(100);
  const answer = (e: Endpoint): void => {
    for (let n = e.receive(buffer); n !== 0; n = e.receive(buffer)) {
      if (typeof n === 'number') e.send(buffer, 0, 1);
      else {
        e.close();
        return;
      }
    }
  };
  stack.listen({ port, fastOpenQueue }, (l) => {
    for (let e = l.accept(); e !== undefined; e = l.accept()) {
      infos.push(e.info());
      e.attach({ signals: answer });
    }
  });
  return infos;
}

describeIf(kernelUnavailable() ?? noPython(), 'opening, with the kernel', () => {
  let stack: Stack;
  afterEach(() => {
    stack.stop();
    sysctl('tcp_ecn', 2);
  });

  test('the kernel asks for ECN, we agree', async () => {
    stack = makeStack({});
    sysctl('tcp_ecn', 1);
    const infos = serve(stack, 80);
    const client = connect(80, OURS);
    await until(() => infos.length > 0);
    expect(infos[0].ecn).toBe(true);
    client.destroy();
  });

  test('we ask for ECN, the kernel agrees', async () => {
    stack = makeStack({ ecn: 'on' });
    const server = createServer((socket) => void socket.on('error', () => undefined)).listen(7100, KERNEL); // it will be reset
    await until(() => server.listening);
    const e = stack.connect({ remote: Address.from(KERNEL), remotePort: 7100 }, { signals: () => undefined });
    if (typeof e === 'string') throw new Error(e);
    await until(() => e.state === 'ESTABLISHED');
    expect(e.info().ecn).toBe(true);
    e.abort();
    server.close();
  });

  test('the kernel opens by SYN cookie, and every option survives', async () => {
    stack = makeStack({ synCookies: 'always' });
    sysctl('tcp_ecn', 1);
    const infos = serve(stack, 81);
    const client = connect(81, OURS);
    let answered = false;
    client.on('data', () => { answered = true; });
    client.write('hello');
    await until(() => answered);
    expect(infos[0]).toMatchObject({ timestamps: true, sack: true, ecn: true, sndMss: 1448 });
    expect(infos[0].sndScale).toBeGreaterThan(0);
    client.destroy();
  });

  test('the kernel sends text with its second SYN, and we take it', async () => {
    stack = makeStack({ fastOpen: FastOpen.Server });
    sysctl('tcp_fastopen', 1);
    const infos = serve(stack, 82, 5);
    const child = spawn('python3', ['-c', PYTHON, 'client', '82'], { stdio: ['ignore', 'pipe', 'inherit'] });
    expect(await firstLine(child)).toBe('1');
    expect(infos.map((i) => i.synData)).toEqual([false, true]);
  });

  test('we send text with our second SYN, and the kernel takes it', async () => {
    stack = makeStack({ fastOpen: FastOpen.Client });
    sysctl('tcp_fastopen', 3);
    const child = spawn('python3', ['-c', PYTHON, 'server', '7101'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await firstLine(child);
    const taken: boolean[] = [];
    for (let i = 0; i < 2; i++) {
      const e = stack.connect({ remote: Address.from(KERNEL), remotePort: 7101, fastOpen: true, text: text.encode('hello') }, { signals: () => undefined });
      if (typeof e === 'string') throw new Error(e);
      await until(() => e.state === 'ESTABLISHED');
      taken.push(e.info().synData);
      e.close();
      await until(() => e.state === 'CLOSED' || e.state === 'TIME-WAIT');
    }
    expect(taken).toEqual([false, true]);
  });
});
