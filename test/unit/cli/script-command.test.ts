/** `glasstcp script`: what it prints, what it writes, and its exit status. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { script } from '../../../src/cli/commands/script.js';
import { Failure } from '../../../src/cli/failure.js';

const GOOD = '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 connect(3, ..., ...) = ...\n+0 > S 0:0(0) <...>\n';
const folder = mkdtempSync(join(tmpdir(), 'script-'));
const path = (name: string): string => join(folder, name);

beforeAll(() => {
  writeFileSync(path('good.pkt'), '0 socket(..., SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_TCP) = 3\n+0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)\n+0 > S 0:0(0) <...>\n');
  writeFileSync(path('bad.pkt'), '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 listen(3, 1) = 7\n');
  writeFileSync(path('none.pkt'), '0 socket(..., = 3\n');
  writeFileSync(path('named.pkt'), '0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 listen(3, BACKLOG) = 0\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as the command line would. */
async function glasstcp(files: readonly string[], more: Readonly<Record<string, unknown>> = {}): Promise<{ status: unknown; out: string; err: string }> {
  const texts = { out: '', err: '' };
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((texts.out += String(text))));
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((texts.err += String(text))));
  const before = process.exitCode;
  try {
    await script.handler({ files: files.map(path), on: 'engine', json: false, define: [], initScript: [], profile: 'linux', retries: 0, _: [], $0: '', ...more });
    return { status: process.exitCode, ...texts };
  } finally {
    process.exitCode = before;
    out.mockRestore();
    err.mockRestore();
  }
}

describe('the exit status', () => {
  test('0 when all pass', async () => {
    expect(await glasstcp(['good.pkt'])).toMatchObject({ status: 0, out: `pass  ${path('good.pkt')} on engine\n` });
  });

  test('1 when one does not', async () => {
    const { status, out } = await glasstcp(['good.pkt', 'bad.pkt']);
    expect(status).toBe(1);
    expect(out).toContain(`${path('bad.pkt')}:2:1: listen() returned 0 instead of 7`);
    expect(out).toContain('1 of 2 passed');
  });

  test('2 for what is no script, with the place and a caret; the others run all the same', async () => {
    const { status, out, err } = await glasstcp(['none.pkt', 'good.pkt']);
    expect(status).toBe(2);
    expect(err).toMatch(/none\.pkt:1:\d+: .*\n {4}0 socket\(\.\.\., = 3\n {4} +\^/);
    expect(out).toContain('pass  ');
  });

  test.each([[['nowhere.pkt'], {}], [['good.pkt'], { on: 'moon' }]])('2 for a command line that is wrong: %j %j', async (files, more) => {
    await expect(glasstcp(files, more)).rejects.toMatchObject({ name: new Failure('').name, status: 2 });
  });
});

test('a folder stands for its scripts', async () => {
  expect((await glasstcp(['.'])).out).toContain('of 3 passed');
});

test('-D gives names values', async () => {
  expect((await glasstcp(['named.pkt'])).status).toBe(1);
  expect((await glasstcp(['named.pkt'], { define: ['BACKLOG=5'] })).status).toBe(0);
});

test('--json prints one object per run', async () => {
  const { out } = await glasstcp(['good.pkt', 'bad.pkt'], { json: true });
  expect(out.trimEnd().split('\n').map((line) => (JSON.parse(line) as { verdict: string }).verdict)).toEqual(['pass', 'fail']);
});

test('--junit and --capture write files', async () => {
  await glasstcp(['good.pkt'], { junit: path('out.xml'), capture: path('out.pcapng') });
  expect(readFileSync(path('out.xml'), 'utf8')).toContain('tests="1" failures="0"');
  expect(readFileSync(path('out.pcapng')).length).toBeGreaterThan(200);
  expect(existsSync(path('good.pkt'))).toBe(true);
});

test('a call that blocks for ever is a failure', async () => {
  writeFileSync(path('blocks.pkt'), GOOD);
  expect(await glasstcp(['blocks.pkt'])).toMatchObject({ status: 1 });
});
