import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureIsolated } from '../../../src/cli/isolate.js';
import { type Ran, ROOT_NAMESPACE, USER_NAMESPACE, findNamespace, probeNamespace } from '../../../src/cli/isolation-probe.js';
import { compiled } from '../../support/compiled.js';
import { describeIf } from '../../support/kernel.js';

const answer = (status: number | null, stderr = '', missing = false) => (): Ran => ({ status, stdout: '', stderr, missing });

describe('probeNamespace', () => {
  it.each<[string, () => Ran, readonly string[], RegExp, RegExp]>([
    ['unshare is missing', answer(null, '', true), ROOT_NAMESPACE, /"unshare" is missing/, /util-linux/],
    ['ip is missing', answer(78, 'sh: 1: ip: not found'), ROOT_NAMESPACE, /"ip" does not work.*not found/, /iproute2/],
    ['the TUN is for root', answer(77, 'sh: 1: cannot create /dev/net/tun: Permission denied'), USER_NAMESPACE, /may not open/, /chmod 666/],
    ['there is no TUN', answer(77, 'sh: 1: cannot create /dev/net/tun: Directory nonexistent'), USER_NAMESPACE, /nonexistent/, /modprobe/],
    ['a container forbids it', answer(1, 'unshare: unshare failed: Operation not permitted'), ROOT_NAMESPACE, /not allowed here.*not permitted/, /docker/],
    ['the system forbids it', answer(1, 'unshare: unshare failed: Operation not permitted'), USER_NAMESPACE, /user namespaces/, /sysctl/],
    ['too many of them', answer(1, 'unshare: unshare failed: No space left on device'), USER_NAMESPACE, /user namespaces/, /max_user_namespaces/],
  ])('%s', (_name, run, flags, reason, mend) => {
    const obstacle = probeNamespace(flags, run);
    expect(obstacle?.reason).toMatch(reason);
    expect(obstacle?.mend).toMatch(mend);
  });
});

describe('findNamespace', () => {
  it('takes the plain kind for root, the user kind for others', () => {
    expect(findNamespace(0, answer(0))).toEqual({ flags: ROOT_NAMESPACE });
    expect(findNamespace(1000, answer(0))).toEqual({ flags: USER_NAMESPACE });
  });

  it('root falls back to the user kind, and hears of the first obstacle if neither works', () => {
    expect(findNamespace(0, (_, args) => answer(args.includes('--user') ? 0 : 1)())).toEqual({ flags: USER_NAMESPACE });
    expect(findNamespace(0, (_, args) => answer(1, args.includes('--user') ? 'second' : 'first')())).toMatchObject({ reason: expect.stringContaining('first') });
  });
});

it('raw sockets need no TUN, so none is tried', () => {
  const tried: string[] = [];
  const run = (_: string, args: readonly string[]): Ran => {
    tried.push(args.at(-1) ?? '');
    return answer(0)();
  };
  findNamespace(0, run);
  findNamespace(0, run, false);
  expect(tried.map((script) => script.includes('/dev/net/tun'))).toEqual([true, false]);
});

describe('ensureIsolated', () => {
  const before = process.env.GLASSTCP_ISOLATED;
  beforeEach(() => delete process.env.GLASSTCP_ISOLATED);
  afterEach(() => {
    if (before !== undefined) process.env.GLASSTCP_ISOLATED = before;
  });

  it('says why it cannot', async () => {
    const result = await ensureIsolated(['node', 'x.js'], { run: answer(null, '', true) });
    expect(result).toEqual({ unavailable: 'the command "unshare" is missing; to mend it: sudo apt-get install util-linux' });
  });
});

const found = findNamespace(process.getuid?.() ?? -1);

describeIf('reason' in found ? found.reason : null, 'ensureIsolated, for real', () => {
  let program: ReturnType<typeof compiled>;
  let script: string;
  const env: NodeJS.ProcessEnv = { ...process.env };
  delete env.GLASSTCP_ISOLATED;

  beforeAll(() => {
    program = compiled(['util', 'wire', 'device', 'cli']);
    script = join(program.folder, 'main.js');
    writeFileSync(script, `
      const { ensureIsolated } = require('./cli/isolate.js');
      const { networkInterfaces } = require('node:os');
      ensureIsolated(process.argv).then((result) => {
        const [mode] = process.argv.slice(2);
        if (mode === 'wait') setInterval(() => undefined, 1000);
        if (mode === 'tidy') { process.on('SIGTERM', () => { console.log('tidied'); process.exit(5); }); setInterval(() => undefined, 1000); }
        if (mode === 'status') process.exitCode = 7;
        console.log(JSON.stringify({ result, pid: process.pid, links: Object.keys(networkInterfaces()), args: process.argv.slice(2) }));
      });`);
  });
  afterAll(() => program.remove());

  it('runs the same command line in a network of its own and passes its exit status on', () => {
    const run = spawnSync(process.execPath, [script, 'status', '--x', 'a b'], { encoding: 'utf8', env, timeout: 20_000 });
    expect(run.stderr).toBe('');
    expect(JSON.parse(run.stdout)).toEqual({ result: 'isolated', pid: expect.any(Number), links: ['lo'], args: ['status', '--x', 'a b'] });
    expect(run.status).toBe(7);
  });

  const start = async (mode: string): Promise<{ parent: ChildProcess; inner: number; output: () => string }> => {
    const parent = spawn(process.execPath, [script, mode], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    parent.stdout.setEncoding('utf8').on('data', (chunk: string) => text += chunk);
    while (!text.includes('\n')) await once(parent.stdout, 'data');
    return { parent, inner: (JSON.parse(text) as { pid: number }).pid, output: () => text };
  };

  it.each([['SIGTERM', 143], ['SIGINT', 130]] as const)('passes %s on: both processes end, status %d', async (signal, status) => {
    const { parent, inner } = await start('wait');
    expect(inner).not.toBe(parent.pid);
    parent.kill(signal);
    expect(await once(parent, 'exit')).toEqual([status, null]);
    expect(existsSync(`/proc/${inner}`)).toBe(false);
  });

  it('lets the program inside tidy up', async () => {
    const { parent, output } = await start('tidy');
    parent.kill('SIGTERM');
    expect(await once(parent, 'close')).toEqual([5, null]);
    expect(output()).toContain('tidied');
  });
});
