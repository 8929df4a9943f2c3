/** `glasstcp read` in a process of its own: exit statuses, standard input, readers that stop reading, Ctrl-C. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCapture } from '../../../../src/capture/read.js';
import { glasstcp, makeFolder, removeFolder, startGlasstcp } from '../../../support/demo.js';
import { capture, exchange, refusal, udp } from '../../../support/observed-captures.js';

jest.setTimeout(120_000);
const folder = makeFolder();
afterAll(() => removeFolder(folder));

const small = capture([...exchange(), ...refusal(), udp()]);
writeFileSync(join(folder, 'small.pcap'), small);
writeFileSync(join(folder, 'cut.pcap'), small.subarray(0, small.length - 10));
writeFileSync(join(folder, 'text.pcap'), 'not a capture\n');
// Large enough that it is still being read when something happens.
const large = capture(Array.from({ length: 3_000 }, (_, i) => exchange(10_000 + i, 20 * i)).flat());
writeFileSync(join(folder, 'large.pcap'), large);

test.each([
  [['read', 'small.pcap'], 0, /^══ #0/, /^$/],
  [['read', 'cut.pcap', '--quiet'], 1, /Damaged: The file ends in the middle of frame 16/, /^error: cut\.pcap is damaged: The file ends/],
  [['read', 'text.pcap'], 1, /^$/, /^error: .*text\.pcap.* no capture .*\n {2}to mend it: .+\n$/],
  [['read', 'nowhere.pcap'], 1, /^$/, /^error: The capture file nowhere\.pcap cannot be read: there is no such file\.\n {2}to mend it: .+\n$/],
  [['read', '.'], 1, /^$/, /^error: .* it is a folder\.\n {2}to mend it: .+\n$/],
  [['read'], 2, /^$/, /^error: a capture file is missing\.\n {2}to mend it: glasstcp read FILE\n$/],
  [['read', 'small.pcap', '--stream', '9'], 2, /no packets/, /^error: there is no conversation 9/],
  [['read', 'small.pcap', 'cut.pcap'], 2, /^$/, /^error: /],
  [['read', 'small.pcap', '--format'], 2, /^$/, /^error: --format needs a value after it\.\n/],
  [['read', '--help'], 0, /--problems/, /^$/],
])('%j', async (args, status, out, err) => {
  const ended = await glasstcp(args, folder);
  expect(ended.status).toBe(status);
  expect(ended.stdout).toMatch(out);
  expect(ended.stderr).toMatch(err);
});

/** Gives it the octets on standard input. */
async function piped(args: readonly string[], octets: Uint8Array) {
  const { child, ended } = startGlasstcp(args, folder);
  child.stdin?.end(octets);
  return ended;
}

test('standard input', async () => {
  expect(await piped(['read', '-', '--quiet'], small)).toMatchObject({ status: 0, stdout: expect.stringContaining('16 frames, 15 of them TCP') as string });
  expect(await piped(['read', '-', '--quiet'], small.subarray(0, 500))).toMatchObject({ status: 1, stderr: expect.stringContaining('the capture is damaged') as string });
});

/** With its output read for a moment only. */
function readBriefly(args: readonly string[]) {
  const { child, ended } = startGlasstcp(args, folder);
  child.stdout?.once('data', () => child.stdout?.destroy());
  return ended;
}

test('a reader who stops reading ends it quietly', async () => {
  expect(await readBriefly(['read', 'large.pcap', '--format', 'json'])).toMatchObject({ status: 0, stderr: '' });
});

test('but what is being written is written to its end', async () => {
  expect(await readBriefly(['read', 'large.pcap', '--format', 'json', '-w', 'whole.pcapng'])).toMatchObject({ status: 0, stderr: '' });
  expect([...readCapture(readFileSync(join(folder, 'whole.pcapng'))).frames()]).toHaveLength(39_000);
});

test('Ctrl-C ends it with a summary of what was read', async () => {
  const { child, ended, printed } = startGlasstcp(['read', 'large.pcap', '--format', 'table', '-w', 'part.pcapng'], folder);
  await printed('── #3');
  child.kill('SIGINT');
  const { status, stdout, stderr } = await ended;
  const frames = Number(/Stopped after frame ([\d,]+): there may be more\./.exec(stdout)?.[1]?.replaceAll(',', ''));
  expect({ status, stderr }).toEqual({ status: 130, stderr: '' });
  expect(frames).toBeGreaterThan(3);
  expect(frames).toBeLessThan(39_000);
  expect([...readCapture(readFileSync(join(folder, 'part.pcapng'))).frames()]).toHaveLength(frames);
});
