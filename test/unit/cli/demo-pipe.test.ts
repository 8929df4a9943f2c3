/** The demo between two glasstcp stacks: needs no privileges, so it is also what everybody without them sees. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { acts } from '../../../src/cli/demo/acts.js';
import { Checklist } from '../../../src/cli/demo/checklist.js';
import type { DemoOptions } from '../../../src/cli/demo/options.js';
import { makePipeWorld } from '../../../src/cli/demo/pipe-world.js';
import { formatResults } from '../../../src/cli/demo/results.js';
import { Stage } from '../../../src/cli/demo/stage.js';
import { sayIn } from '../../../src/cli/demo/text/say.js';
import { Witness } from '../../../src/cli/demo/witness.js';
import { terminalOf, widthOf } from '../../../src/cli/terminal.js';
import { RealClock } from '../../../src/stack/clock.js';
import { flat, glasstcp, makeFolder, processesIn, removeFolder, startGlasstcp } from '../../support/demo.js';

let folder: string;
beforeEach(() => { folder = makeFolder(); });
afterEach(() => removeFolder(folder));

/** Types of the blocks of a pcapng file; throws when the last one is cut off. */
function blocksOf(path: string): number[] {
  const bytes = readFileSync(path);
  const types: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    types.push(bytes.readUInt32LE(at));
    expect(bytes.readUInt32LE(at + length - 4)).toBe(length);
    at += length;
  }
  return types;
}

const ENHANCED_PACKET = 6;

test('shows a handshake, a repaired loss, both closes, TIME-WAIT and RST, and leaves a capture and the events', async () => {
  const { status, stdout, stderr } = await glasstcp(['demo', '--device', 'pipe', '--msl', '0.5', '--json', 'events.jsonl'], folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const text = flat(stdout);
  for (const shown of ['SYN seq=0', 'SYN,ACK seq=0 ack=1', '→ ESTABLISHED', 'LOST ON THE LINK: our 3rd data segment, by script', '(again)',
    'third duplicate ACK', '→ CLOSE-WAIT', '→ LAST-ACK', 'LOST ON THE LINK: our first SYN, by script', 'the SYN again', '→ FIN-WAIT-1', '→ FIN-WAIT-2', '→ TIME-WAIT',
    '1.0 s of 1.0 s left', '1 s (2 MSL) have passed', 'RST,ACK seq=1 ack=1', 'things that RFC 9293 asks for here were seen']) expect(text).toContain(shown);
  expect(stdout).not.toContain('\x1b');
  for (const line of stdout.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(100);
  const packets = Number(/\((\d+) packets/.exec(stdout)?.[1]);
  expect(blocksOf(join(folder, 'demo.pcapng')).filter((type) => type === ENHANCED_PACKET)).toHaveLength(packets);
  const events = readFileSync(join(folder, 'events.jsonl'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { type: string });
  expect(events.filter(({ type }) => type === 'segment')).toHaveLength(packets);
  expect(events.filter(({ type }) => type === 'link')).toHaveLength(2);
}, 60_000);

test('--lang zh: all that is printed is Chinese, comments in the capture too', async () => {
  const { status, stdout, stderr } = await glasstcp(['demo', '--device', 'pipe', '--msl', '0.2', '--lang', 'zh'], folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const text = stdout.replace(/[│┆\s]/g, '');
  for (const shown of ['会说明原因的TCP协议栈', '另一个协议栈向我们发起连接：三个报文段。', '链路上丢失：我们的第3个数据报文段，按脚本', '（重传）', '第三个重复ACK', '（2MSL）已过',
    '依次经过的状态', 'CLOSED（无人监听）', 'RFC9293在此要求的24项全部看到。']) expect(text).toContain(shown);
  // What is left in Latin letters: names, flags, states, citations, paths.
  expect(stdout).not.toMatch(/\b(the|octets?|seconds|is|and|of|our|lost|again|Checked)\b/);
  for (const line of stdout.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(100);
  expect(readFileSync(join(folder, 'demo.pcapng')).includes(Buffer.from('请求建立连接'))).toBe(true);
}, 60_000);

test('LANG chooses, too, and --lang wins over it', async () => {
  const quick = ['demo', '--device=pipe', '--quiet', '--no-capture', '--msl', '0.1'];
  const chinese = startGlasstcp(quick, folder, { LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' });
  const english = startGlasstcp([...quick, '--lang=en'], folder, { LC_ALL: 'zh_CN.UTF-8' });
  expect((await chinese.ended).stdout).toMatch(/^按 --device pipe 的要求/);
  expect((await english.ended).stdout).toMatch(/^Two glasstcp stacks on a pipe/);
}, 60_000);

test('--quiet prints only the summary, --no-capture writes nothing, IPv6 and random loss do no harm', async () => {
  const { status, stdout, stderr } = await glasstcp(['demo', '--device=pipe', '--quiet', '--no-capture', '--ipv6', '--loss', '3', '--msl', '0.2'], folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^Two glasstcp stacks on a pipe, as asked for with --device pipe\.\n\nStates/);
  expect(stdout).not.toContain('demo.pcapng');
  expect(existsSync(join(folder, 'demo.pcapng'))).toBe(false);
}, 60_000);

test('Ctrl-C: status 130, a capture that is whole so far, nothing left running', async () => {
  const { child, ended, printed } = startGlasstcp(['demo', '--device', 'pipe'], folder);
  await printed('LOST ON THE LINK');
  child.kill('SIGINT');
  const { status, stdout, stderr } = await ended;
  expect({ status, stderr }).toEqual({ status: 130, stderr: '' });
  expect(stdout.endsWith('Interrupted.\n')).toBe(true);
  expect(blocksOf(join(folder, 'demo.pcapng')).length).toBeGreaterThan(10);
  expect(processesIn(folder)).toEqual([]);
}, 60_000);

test('a reader that goes away ends it without a word', async () => {
  const { child, ended, printed } = startGlasstcp(['demo', '--device', 'pipe'], folder);
  await printed('SYN,ACK');
  child.stdout?.destroy();
  expect(await ended).toMatchObject({ status: 141, stderr: '' });
}, 60_000);

test('what the RFC asks for and is not seen is named, in plain words', async () => {
  const options: DemoOptions = {
    capture: null, json: null, msl: 0.1, loss: 0, seed: 1, ipv6: false, device: 'pipe', hostNetwork: false, isolated: false, quiet: true, verbose: false, language: 'en',
  };
  const witness = new Witness();
  const checks = new Checklist();
  const world = makePipeWorld(new RealClock(), options, witness);
  // A line that is too good: nothing that the script loses is lost.
  jest.spyOn(world.netem, 'addGremlin').mockImplementation(() => undefined);
  const stage = new Stage({ world, witness, checks, narrator: null, options, signal: new AbortController().signal });
  for (const act of acts) await act(stage);
  await world.close();
  expect(checks.failed.map(({ what }) => what)).toEqual([
    'the link loses our 3rd data segment',
    'it is sent again, and the reason is known (duplicate ACKs, or the timeout)',
    'our first SYN is lost and goes out again after 1 s',
  ]);
  const text = formatResults({ tallies: stage.tallies, witness, checks, terminal: terminalOf({}, {}), world, capture: null, json: null, say: sayIn('en') });
  expect(text).toContain('✗ the link loses our 3rd data segment');
  expect(text).toContain('3 of 24 things that RFC 9293 asks for here were not seen.');
}, 60_000);
