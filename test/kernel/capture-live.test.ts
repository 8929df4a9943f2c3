/** `glasstcp capture` on the kernel's own connections: nothing missing, nothing twice, every ending clean, every drop counted. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { loadCap } from '../../src/capture/libpcap.js';
import { type Ended, glasstcp, mainFile, makeFolder, removeFolder, type Running, startGlasstcp } from '../support/demo.js';
import { describeIf, kernelUnavailable } from '../support/kernel.js';

const PATH = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
const WEB_PORT = 18_080;
const BODY = 400_000;
const WEB_SERVER = `require('node:http').createServer((_, r) => r.end('x'.repeat(${BODY}))).listen(${WEB_PORT}, '127.0.0.1', () => console.log('up'))`;

function missing(): string | null {
  for (const tool of ['tshark', 'curl', 'python3', 'unshare']) {
    if (spawnSync(tool, ['--version']).error !== undefined) return `${tool} is missing`;
  }
  try {
    loadCap();
    return null;
  } catch (error) {
    return String(error);
  }
}

/** What tshark prints; it must have nothing to complain about. */
function tshark(file: string, ...args: string[]): string[] {
  const { status, stdout, stderr } = spawnSync('tshark', ['-r', file, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  expect({ status, stderr: stderr.replace(/^Running as user "root".*\n/m, '') }).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((line) => line !== '');
}

const fields = (file: string, filter: string, ...names: string[]): string[][] =>
  tshark(file, '-Y', filter, '-T', 'fields', ...names.flatMap((name) => ['-e', name])).map((line) => line.split('\t'));

const ip = (...args: string[]): void => void execFileSync('ip', args, { env: { ...process.env, PATH }, stdio: 'pipe' });

/** Connections to a port of this process that are opened and closed at once: seven segments or so each. */
async function knocks(times: number): Promise<number> {
  const server: Server = createServer((socket) => socket.end());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await knock(port, times);
  await new Promise((done) => server.close(done));
  return port;
}

function knock(port: number, times: number): Promise<void> {
  const script = `import socket\nfor _ in range(${times}):\n  s = socket.create_connection(('127.0.0.1', ${port}))\n  s.recv(1)\n  s.close()`;
  return ended(spawn('python3', ['-c', script], { stdio: 'inherit' }));
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done, failed) => child.once('close', (status) => (status === 0 ? done() : failed(new Error(`status ${status}`)))));
}

/** Asks again and again, for ten seconds at most: whoever needs it to be true fails otherwise. */
async function until(isSo: () => boolean): Promise<void> {
  for (let i = 0; i < 100 && !isSo(); i++) await new Promise((resolve) => setTimeout(resolve, 100));
}

interface Started {
  /** Resolves when glasstcp, somewhere in there, listens. */
  readonly listening: Promise<void>;
  readonly result: Promise<Ended>;
  readonly isOver: () => boolean;
}

/** A command with glasstcp capture somewhere in it. */
function startShell(command: string, args: readonly string[]): Started {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr, over] = ['', '', false];
  child.stdout.on('data', (text: Buffer) => { stdout += String(text); });
  const result = new Promise<Ended>((done) => child.once('close', (status) => {
    over = true;
    done({ status, stdout, stderr });
  }));
  const listening = new Promise<void>((done, failed) => {
    child.stderr.on('data', (text: Buffer) => {
      stderr += String(text);
      if (stderr.includes('Listening on')) done();
    });
    void result.then(() => failed(new Error(`ended before it listened: ${stderr}`)));
  });
  return { listening, result, isOver: () => over };
}

describeIf(kernelUnavailable() ?? missing(), 'glasstcp capture', () => {
  const folder = makeFolder();
  const file = join(folder, 'live.pcapng');
  let running: Running | undefined;
  afterAll(() => removeFolder(folder));
  afterEach(() => void running?.child.kill('SIGKILL'));

  /** Started, and listening. */
  async function capture(...args: string[]): Promise<Running> {
    running = startGlasstcp(['capture', ...args], folder);
    await running.told('Listening on');
    return running;
  }

  const stop = (signal: NodeJS.Signals = 'SIGINT'): Promise<Ended> => {
    running?.child.kill(signal);
    return (running as Running).ended;
  };

  describe('of a web page', () => {
    let result: Ended;

    beforeAll(async () => {
      const web = spawn(process.execPath, ['-e', WEB_SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
      try {
        await new Promise((up) => web.stdout.once('data', up));
        const live = await capture('-i', 'lo', '-f', `tcp port ${WEB_PORT}`, '-w', file);
        const page = execFileSync('curl', ['-s', `http://127.0.0.1:${WEB_PORT}/`], { maxBuffer: 2 * BODY });
        expect(page).toHaveLength(BODY);
        await live.printed('FIN');
        // Curl ends before the server closes; the file follows.
        await until(() => fields(file, 'tcp.flags.fin == 1', 'frame.number').length === 2 && !(fields(file, 'tcp', 'tcp.flags.str').at(-1)?.[0] ?? '').includes('F'));
        result = await stop();
      } finally {
        web.kill();
      }
    }, 120_000);

    test('Ctrl-C ends it with a summary and status 0', () => {
      const frames = fields(file, 'frame', 'frame.number').length;
      expect(result.status).toBe(0);
      expect(result.stderr).toMatch(new RegExp(`captured +${frames} frames on lo in [\\d.]+ s, until Ctrl-C\\nof them +${frames} TCP segments in 1 conversation, 0 other packets\\n`));
      expect(result.stderr).toMatch(new RegExp(`shown +${frames} segments\\nwritten +${frames} frames, to .*live.pcapng\\ndropped +0 by the kernel, 0 by glasstcp\\n`));
    });

    test('the whole connection is there, from the SYN to the last ACK, nothing twice', () => {
      const rows = fields(file, 'tcp', 'tcp.flags.str', 'tcp.srcport', 'tcp.seq', 'tcp.ack', 'tcp.len', 'tcp.nxtseq');
      const flags = rows.map(([text]) => text?.replaceAll('·', ''));
      expect(flags.slice(0, 3)).toEqual(['S', 'AS', 'A']);
      expect(flags.filter((f) => f?.includes('F'))).toHaveLength(2);
      expect(flags.at(-1)).toBe('A');
      const fromServer = rows.filter(([, port]) => port === String(WEB_PORT)).reduce((sum, [, , , , length]) => sum + Number(length), 0);
      expect(fromServer).toBeGreaterThan(BODY);
      // Not by sequence numbers: the kernel may have sent a segment again, but no IP packet passes twice.
      const identities = fields(file, 'tcp', 'tcp.srcport', 'ip.id').map(String);
      expect(new Set(identities).size).toBe(identities.length);
      expect(fields(file, 'tcp.analysis.lost_segment || tcp.analysis.ack_lost_segment', 'frame.number')).toEqual([]);
    });

    test('tshark reads the file without complaint, every frame of TCP has its comment', () => {
      expect(fields(file, '_ws.malformed', 'frame.number')).toEqual([]);
      const comments = fields(file, 'tcp', 'frame.comment').map(([comment = '']) => comment);
      expect(comments.length).toBeGreaterThan(8);
      expect(comments[0]).toContain(' CLOSED → SYN-SENT');
      expect(comments.at(-1)).toMatch(/TIME-WAIT/);
      for (const comment of comments) expect(comment).toMatch(/^left 127\.0\.0\.1:\d+ .*right 127\.0\.0\.1:18080 /);
      expect(new Set(fields(file, 'frame', 'frame.interface_name', 'frame.encap_type', 'frame.packet_flags').map(String))).toEqual(new Set(['lo,1,']));
    });

    test('time does not go back, and a frame that was cut says how long it was', () => {
      const times = fields(file, 'frame', 'frame.time_epoch').map(([t]) => Number(t));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(Math.abs(Number(times[0]) - Date.now() / 1000)).toBeLessThan(120);
      for (const [captured, length, packet] of fields(file, 'ip', 'frame.cap_len', 'frame.len', 'ip.len')) {
        expect(Number(length)).toBe(14 + Number(packet));
        expect(Number(captured)).toBe(Math.min(Number(length), 65_535));
      }
    });
  });

  test('-c ends it after so many frames', async () => {
    const live = await capture('-i', 'lo', '-c', '5', '-w', file);
    const port = await knocks(3);
    const { status, stdout, stderr } = await live.ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('captured  5 frames on lo') });
    expect(stdout).toContain(`:${port}`);
    expect(fields(file, 'frame', 'frame.comment')).toHaveLength(5);
  }, 120_000);

  test('--duration and SIGTERM end it; what nobody said anything in is a readable file, too', async () => {
    const { status, stderr } = await glasstcp(['capture', '-i', 'lo', '-f', 'tcp port 1', '--duration', '0.5', '-w', file], folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('as long as asked for') });
    expect(tshark(file)).toEqual([]);
    await capture('-i', 'any', '-f', 'tcp port 1');
    expect(await stop('SIGTERM')).toMatchObject({ status: 0, stdout: '', stderr: expect.stringContaining('until SIGTERM') });
  }, 120_000);

  test('the file can be followed: what has passed is in it soon', async () => {
    await capture('-i', 'lo', '-w', file);
    const before = statSync(file).size;
    await knocks(1);
    await until(() => statSync(file).size > before);
    expect(fields(file, 'tcp', 'frame.comment').length).toBeGreaterThan(4);
    await stop();
  }, 120_000);

  test('-w - gives the capture to a program', async () => {
    const { listening, result } = startShell('sh', ['-c', `"${process.execPath}" "${mainFile()}" capture -i lo -c 6 -w - | cat > "${join(folder, 'piped')}"`]);
    await listening;
    await knocks(2);
    expect(await result).toMatchObject({ status: 0, stdout: '', stderr: expect.stringMatching(/written +6 frames, to standard output/) });
    expect(fields(join(folder, 'piped'), 'tcp && frame.comment', 'frame.number')).toHaveLength(6);
  }, 120_000);

  test('--json: one object per line, the summary last', async () => {
    const live = await capture('-i', 'lo', '-f', '', '--json', '-c', '7');
    await knocks(2);
    const { status, stdout } = await live.ended;
    const lines = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(status).toBe(0);
    expect(lines.map(({ type }) => type)).toEqual([...Array<string>(7).fill('segment'), 'summary']);
    expect(lines.at(-1)).toMatchObject({ frames: 7, segments: 7, others: 0, shown: 7, leftOut: 0, ended: 'count', written: null, dropped: { kernel: 0, queue: 0 } });
  }, 120_000);

  test.each([
    ['no such interface', ['-i', 'glass-none'], 1, /There is no interface glass-none\.\n {2}to mend it: choose one of these: lo/],
    ['a bad filter', ['-i', 'lo', '-f', 'tcp prot 80'], 2, /The filter "tcp prot 80" is refused by libpcap: .*syntax error/],
    ['no interface', [], 2, /-i is missing/],
    ['a file that cannot be written', ['-i', 'lo', '-w', '/no/such/folder/x.pcapng'], 1, /cannot be written: its folder does not exist/],
  ])('%s: a sentence, no stack trace', async (_, args, expected, words) => {
    const { status, stdout, stderr } = await glasstcp(['capture', ...args], folder);
    expect({ status, stdout, stderr }).toEqual({ status: expected, stdout: '', stderr: expect.stringMatching(words) });
    expect(stderr).not.toMatch(/\n\s+at |Warning|bug in glasstcp/);
  }, 120_000);

  test.each([
    ['deleted', ['link', 'delete', 'glcap0'], /The interface glcap0 has disappeared/],
    ['taken down', ['link', 'set', 'glcap0', 'down'], /The interface glcap0 has been taken down/],
  ])('an interface that is %s while it is listened to: nothing received is lost', async (_, command, words) => {
    ip('link', 'add', 'glcap0', 'type', 'veth', 'peer', 'name', 'glcap1');
    try {
      for (const [name, address] of [['glcap0', '198.51.100.1/24'], ['glcap1', '198.51.100.2/24']] as const) {
        ip('address', 'add', address, 'dev', name);
        ip('link', 'set', name, 'up');
      }
      await capture('-i', 'glcap0', '-f', 'udp port 9', '-w', file);
      const send = "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)\ns.setsockopt(socket.SOL_SOCKET, 25, b'glcap0')\n"
        + "for _ in range(30): s.sendto(b'x', ('255.255.255.255', 9))";
      execFileSync('python3', ['-c', send]);
      await until(() => fields(file, 'udp', 'frame.number').length === 30);
      ip(...command);
      const { status, stderr } = await (running as Running).ended;
      expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(words) });
      expect(stderr).toMatch(/captured +30 frames on glcap0 in .*until an error, below/);
      expect(stderr).not.toMatch(/Assertion|binding\.cc/);
      expect(fields(file, 'udp', 'frame.number')).toHaveLength(30);
    } finally {
      spawnSync('ip', ['link', 'delete', 'glcap0'], { env: { ...process.env, PATH } });
    }
  }, 120_000);

  test('under a flood with a tiny buffer every packet is either captured or counted as dropped', async () => {
    const sent = 20_000;
    await capture('-i', 'lo', '-f', 'udp dst port 19', '--buffer', '128', '--json', '--quiet');
    const flood = `import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nfor _ in range(${sent}): s.sendto(b'x', ('127.0.0.1', 19))`;
    execFileSync('python3', ['-c', flood]);
    const { status, stdout } = await stop();
    const { frames, dropped } = JSON.parse(stdout) as { frames: number; dropped: { kernel: number; queue: number } };
    expect({ status, sum: frames + dropped.kernel + dropped.queue }).toEqual({ status: 0, sum: sent });
    expect(dropped.kernel).toBeGreaterThan(0);
  }, 120_000);

  test('| head -1', async () => {
    const started = startShell('bash', ['-o', 'pipefail', '-c', `"${process.execPath}" "${mainFile()}" capture -i lo | head -1`]);
    await started.listening;
    while (!started.isOver()) await knocks(1);
    const { status, stdout, stderr } = await started.result;
    expect({ status, lines: stdout.trimEnd().split('\n').length }).toEqual({ status: 0, lines: 1 });
    expect(stderr).toMatch(/until nobody read on[^]*dropped +0 by the kernel/);
  }, 120_000);

  test('a full disk ends it, and what was written stays readable', async () => {
    const small = join(folder, 'small');
    mkdirSync(small);
    const script = `mount -t tmpfs -o size=64k tmpfs "${small}" && { "${process.execPath}" "${mainFile()}" capture -i lo -w "${small}/full" --quiet; status=$?; cp "${small}/full" "${file}"; exit $status; }`;
    const started = startShell('unshare', ['--mount', 'sh', '-c', script]);
    await started.listening;
    while (!started.isOver()) await knocks(20);
    const { status, stderr } = await started.result;
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/until an error, below[^]*written +as many as there was room for, to [^]*error: The capture file .* cannot be written: the disk is full\.\n {2}to mend it: make room/) });
    expect(fields(file, 'tcp && frame.comment', 'frame.number').length).toBeGreaterThan(20);
    expect(fields(file, '_ws.malformed', 'frame.number')).toEqual([]);
  }, 120_000);
});
