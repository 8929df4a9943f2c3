/** `glasstcp prove` against this machine's kernel: it makes its own private network, proves, writes the capture, and leaves nothing behind. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Proof } from '../../src/cli/prove/proof.js';
import { glasstcp, makeFolder, processesIn, removeFolder } from '../support/demo.js';
import { describeKernel } from '../support/kernel.js';

describeKernel('prove against the kernel', () => {
  const folder = makeFolder();
  afterAll(() => removeFolder(folder));

  test('claims of three notes, with a capture; a lab that two of them need is played once', async () => {
    const { status, stdout, stderr } = await glasstcp(['prove', 'S1-7', 'S0-66', 'S4-66', '--capture', 'proof.pcapng'], folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('(with this machine\'s kernel)');
    expect(stdout).toMatch(/S1-7 {2}✗ wrong[^]*✗ S1 “3、client端收到server的ack之后/);
    expect(stdout).toMatch(/S4-66 {2}~ imprecise/);
    expect(stdout).toMatch(/client ──▶ server {2}RST/);
    expect(stdout).toContain('3 of 3 shown by a run');
    expect(existsSync(join(folder, 'proof.pcapng'))).toBe(true);
    expect(processesIn(folder)).toEqual([]);
  }, 120_000);

  test('as JSON', async () => {
    const { status, stdout } = await glasstcp(['prove', 'S4-64', '--json'], folder);
    expect(status).toBe(0);
    expect(JSON.parse(stdout) as Proof).toMatchObject({ name: 'S4-64', verdict: 'wrong', labs: [{ lab: 'wait-no-descriptor', setting: 'kernel', passed: true }] });
  }, 120_000);
});
