/** One lab against the kernel before somebody's eyes: its capture, and Ctrl-C at any point, which leaves no process and no namespace. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { glasstcp, makeFolder, processesIn, removeFolder } from '../support/demo.js';
import { describeKernel } from '../support/kernel.js';
import { isSane, startOnTerminal, terminalUnavailable } from '../support/terminal.js';

const PATIENCE = 180_000;
const CTRL_C = '\u0003';

const namespaceOf = (pid: string): string => {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return '';
  }
};

/** Do any processes live in one of these network namespaces? */
const inhabited = (namespaces: readonly string[]): boolean => readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && namespaces.includes(namespaceOf(pid)));

describeKernel('a lab against the kernel, watched', () => {
  const folder = makeFolder();
  afterAll(() => removeFolder(folder));

  test('--capture: the packets of both ends, each with its explanation', async () => {
    const { status, stdout } = await glasstcp(['lab', 'run', 'close-four', '--capture', 'close.pcapng'], folder);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/Linux kernel[^]*7 packets, each with its explanation: close\.pcapng/)]);
    const file = join(folder, 'close.pcapng');
    if (!existsSync('/usr/bin/tshark')) return;
    const rows = execFileSync('tshark', ['-r', file, '-T', 'fields', '-e', 'tcp.flags.str', '-e', 'frame.comment'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n');
    expect(rows).toHaveLength(7);
    expect(rows[0]).toContain('asks for a connection');
    expect(rows.every((row) => row.includes('RFC'))).toBe(true);
  }, PATIENCE);

  test('--capture with --json: the report, and the file', async () => {
    const { status, stdout } = await glasstcp(['lab', 'run', 'close-four', '--json', '--capture', 'json.pcapng'], folder);
    expect([status, (JSON.parse(stdout) as { passed: boolean }).passed]).toEqual([0, true]);
    expect(statSync(join(folder, 'json.pcapng')).size).toBeGreaterThan(1_000);
  }, PATIENCE);

  const watched = terminalUnavailable() === null ? test : test.skip;
  watched.each([
    ['one lab', ['close-give-up', '--capture', 'cut.pcapng'], '◆'],
    ['all labs', ['all'], '✓'],
  ])('Ctrl-C while the kernel plays %s: status 130, no process, no namespace', async (_, words, shown) => {
    const lab = startOnTerminal(['lab', 'run', ...words], folder);
    await lab.type('', shown);
    const own = namespaceOf('self');
    const namespaces = [...new Set(processesIn(folder).map(namespaceOf))].filter((name) => name !== own && name !== '');
    expect(namespaces.length).toBeGreaterThan(0);
    await lab.type(CTRL_C, '');
    const { status, terminal } = await lab.ended;
    expect([status, isSane(terminal)]).toEqual([130, true]);
    while (processesIn(folder).length > 0) await new Promise((later) => setTimeout(later, 50));
    expect(inhabited(namespaces)).toBe(false);
  }, PATIENCE);
});
