import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { explainFailure, Failure, statusOf } from '../../../src/cli/failure.js';
import { type DemoArguments, onHostNetwork, readOptions } from '../../../src/cli/demo/options.js';
import { secretFor } from '../../../src/cli/demo/world.js';
import { languageOf } from '../../../src/trace/language.js';
import { glasstcp, makeFolder, removeFolder } from '../../support/demo.js';

const defaults: DemoArguments = { capture: 'demo.pcapng', msl: '1', loss: '0', seed: '1' };

test('defaults and units', () => {
  expect(readOptions(defaults)).toEqual({
    capture: 'demo.pcapng', json: null, msl: 1, loss: 0, seed: 1, ipv6: false, device: undefined, hostNetwork: false, isolated: false, quiet: false, verbose: false,
    language: languageOf(process.env),
  });
  expect(readOptions({ ...defaults, msl: '.25', loss: '12.5', seed: '-3', capture: false, device: 'tun', ipv6: true })).toMatchObject({
    msl: 0.25, loss: 0.125, seed: -3, capture: null, device: 'tun', ipv6: true,
  });
});

test.each([
  [{ msl: '0' }, '--msl takes seconds, 0.1 to 120; fractions are fine; it was given "0".'],
  [{ msl: '121' }, '"121"'],
  [{ msl: '1e1' }, '"1e1"'],
  [{ msl: '' }, 'it was given nothing.'],
  [{ msl: ['1', '2'] }, '--msl is given 2 times.'],
  [{ loss: '-1' }, '--loss takes percent, 0 to 30; it was given "-1".'],
  [{ loss: '50.1' }, '"50.1"'],
  [{ loss: 'x' }, '"x"'],
  [{ seed: '1.5' }, '--seed takes a whole number; it was given "1.5".'],
  [{ seed: '99999999999999999999' }, '--seed'],
  [{ device: 'wifi' }, '"wifi"'],
  [{ lang: 'fr' }, '--lang takes "en" (English) or "zh" (Chinese); it was given "fr".'],
  [{ capture: '' }, '--capture takes a file name'],
  [{ json: 'demo.pcapng' }, '--capture and --json both name demo.pcapng.'],
  [{ quiet: true, verbose: true }, '--quiet and --verbose contradict each other.'],
  [{ quiet: [true, true] }, '--quiet is given 2 times.'],
  [{ isolated: [true, true] }, '--isolated is given 2 times.'],
  [{ hostNetwork: true, device: 'pipe' }, '--host-network'],
  [{ hostNetwork: true, device: 'raw' }, "--host-network is about the TUN interface; --device raw is on this host's network anyway."],
  [{ hostNetwork: true, isolated: true }, '--host-network and --isolated contradict each other.'],
  [{ hostNetwork: true, isolated: true, device: 'raw' }, '--host-network and --isolated contradict each other.'],
  [{ isolated: true, device: 'pipe' }, '--isolated is about the network, and --device pipe uses none.'],
])('%j is refused: %s', (given, words) => {
  let failure: unknown;
  try {
    readOptions({ ...defaults, ...given });
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(Failure);
  expect(statusOf(failure)).toBe(2);
  expect(explainFailure(failure)).toContain(words);
  expect(explainFailure(failure)).toContain('to mend it: ');
});

test.each([
  [{ device: 'raw' }, true],
  [{ device: 'raw', isolated: true }, false],
  [{ device: 'tun' }, false],
  [{ device: 'tun', isolated: true }, false],
  [{ isolated: true }, false],
  [{ hostNetwork: true }, true],
  [{ device: 'pipe' }, false],
])('%j: on the host\'s network: %s', (given, shared) => {
  const options = readOptions({ ...defaults, ...given });
  expect(onHostNetwork(options)).toBe(shared);
  // Where others could guess, the seed decides nothing.
  expect(Buffer.from(secretFor(options, 1)).equals(Buffer.from(secretFor(options, 1)))).toBe(!shared);
});

test('an error of ours is a bug, and is told with its place but without a stack', () => {
  const text = explainFailure(new RangeError('x is 3'));
  expect(text).toMatch(/^error: x is 3\n {2}This is a bug in glasstcp \(RangeError.*\)\.\n$/);
  expect(explainFailure('a string')).toBe('error: a string\n');
});

describe('the command line', () => {
  let folder: string;
  beforeAll(() => { folder = makeFolder(); });
  afterAll(() => removeFolder(folder));

  test.each([
    [[], 2, 'error: A command is missing: capture, compare, demo, doctor, read, calls, lab, prove, or script.\n  to mend it: glasstcp --help\n'],
    [['frobnicate'], 2, 'error: Unknown command: frobnicate.\n  to mend it: glasstcp --help\n'],
    [['demo', '--frob', '1'], 2, 'error: Unknown: --frob.\n  to mend it: glasstcp demo --help\n'],
    [['demo', '--msl'], 2, 'error: --msl needs a value after it.\n  to mend it: glasstcp demo --help\n'],
    [['demo', '--device', 'pipe', '--loss', '31'], 2, 'error: --loss takes percent, 0 to 30; it was given "31".\n  to mend it: glasstcp demo --help\n'],
    [['demo', '--device', 'raw', '--host-network'], 2,
      "error: --host-network is about the TUN interface; --device raw is on this host's network anyway.\n  to mend it: leave out --host-network\n"],
    [['demo', '--device', 'pipe', '--capture', 'missing/demo.pcapng'], 1,
      'error: The capture file missing/demo.pcapng cannot be written: its folder does not exist.\n  to mend it: mkdir -p "$(dirname \'missing/demo.pcapng\')"\n'],
    [['demo', '--device', 'pipe', '--json', 'there'], 1,
      'error: The event file there cannot be written: it is a folder.\n  to mend it: name a file, such as --json there/demo.jsonl\n'],
  ])('%j: status %i, and what mends it', async (args, status, stderr) => {
    mkdirSync(join(folder, 'there'), { recursive: true });
    expect(await glasstcp(args, folder)).toEqual({ status, stdout: '', stderr });
  }, 30_000);

  test('--help and --version', async () => {
    const help = await glasstcp(['--help'], folder);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    for (const command of ['glasstcp demo', 'glasstcp doctor']) expect(help.stdout).toContain(command);
    const demo = await glasstcp(['demo', '--help'], folder);
    for (const option of ['capture', 'json', 'msl', 'loss', 'seed', 'ipv6', 'device', 'isolated', 'host-network', 'quiet', 'verbose']) expect(demo.stdout).toContain(`--${option}`);
    expect((await glasstcp(['--version'], folder)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  }, 30_000);
});
