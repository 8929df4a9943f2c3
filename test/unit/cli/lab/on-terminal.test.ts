/** `lab run --step` and `--quiz` on a real pseudo-terminal, in a process of their own. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { glasstcp, makeFolder, processesIn, removeFolder } from '../../../support/demo.js';
import { describeIf } from '../../../support/kernel.js';
import { isSane, startOnTerminal, terminalUnavailable } from '../../../support/terminal.js';

const PATIENCE = 120_000;
const PROMPT = '?: help';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

describeIf(terminalUnavailable(), 'a lab on a terminal', () => {
  test('--step: each key lets one segment go, c goes on to the end', async () => {
    const lab = startOnTerminal(['lab', 'run', 'close-four', '--step'], folder);
    await lab.type(' ', PROMPT);
    expect(lab.shown()).toContain('client (glasstcp) is about to send SYN seq=0');
    expect(lab.shown()).not.toContain('├── SYN');
    await lab.type('\r', PROMPT);
    expect(lab.shown()).toContain('├── SYN seq=0');
    expect(lab.shown()).toContain('server (glasstcp) is about to send SYN,ACK seq=0 ack=1');
    expect(lab.shown()).toContain('LISTEN → SYN-RECEIVED');
    await lab.type('x?', PROMPT);
    await lab.type('c', 'go on to the end without stopping');
    const { status, stdout, terminal } = await lab.ended;
    expect(stdout).toContain('virtual time');
    expect(stdout).toContain('✓ the server went ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED');
    expect([status, isSane(terminal)]).toEqual([0, true]);
    expect(processesIn(folder)).toEqual([]);
  }, PATIENCE);

  test('--step: q leaves with status 0, and what was about to be sent is not', async () => {
    const lab = startOnTerminal(['lab', 'run', 'close-four', '--step', '--capture', 'left.pcapng'], folder);
    await lab.type('q', PROMPT);
    const { status, stdout, terminal } = await lab.ended;
    expect(stdout).toContain('Left after 0 packets');
    expect(stdout).not.toContain('├── SYN');
    expect([status, isSane(terminal)]).toEqual([0, true]);
    expect(existsSync(join(folder, 'left.pcapng'))).toBe(true);
  }, PATIENCE);

  test.each([['--step', PROMPT], ['--quiz', 'flags>'], ['--slow=60', '◆']])('Ctrl-C in %s: status 130, the terminal as it was, no process left', async (option, shown) => {
    const lab = startOnTerminal(['lab', 'run', 'close-four', option], folder);
    await lab.type(CTRL_C, shown);
    const { status, terminal } = await lab.ended;
    expect([status, isSane(terminal)]).toEqual([130, true]);
    expect(processesIn(folder)).toEqual([]);
  }, PATIENCE);

  test('Ctrl-D ends --step as q does', async () => {
    const lab = startOnTerminal(['lab', 'run', 'close-four', '--step'], folder);
    await lab.type(CTRL_D, PROMPT);
    const { status, terminal } = await lab.ended;
    expect([status, isSane(terminal)]).toEqual([0, true]);
  }, PATIENCE);

  test('a terminal that is closed leaves no process', async () => {
    const lab = startOnTerminal(['lab', 'run', 'close-four', '--step'], folder);
    await lab.type(' ', PROMPT);
    lab.hangUp();
    await lab.ended;
    while (processesIn(folder).length > 0) await new Promise((later) => setTimeout(later, 50));
  }, PATIENCE);

  test('--quiz: bad input is asked again, right and wrong are told, the score adds up, the questions are answered', async () => {
    const lab = startOnTerminal(['lab', 'run', 'lost-syn', '--quiz'], folder);
    await lab.type('hello\r', 'flags>');
    await lab.type('syn\r', 'flags>');
    await lab.type('99999999999\r', 'seq>');
    await lab.type('7\r', 'seq>');
    await lab.type('-\r', 'ack>');
    await lab.type('q\r', 'flags>');
    const { status, stdout, terminal } = await lab.ended;
    expect(stdout).toContain('Flags are SYN, ACK, FIN');
    expect(stdout).toContain('A number from 0 to 4294967295. q quits.');
    expect(stdout).toContain('✓ flags SYN   ✗ seq 0, not 7   ✓ ack -');
    expect(stdout).toContain('Score: 2 of 3  flags 1/1, seq 0/1, ack 1/1');
    expect([status, isSane(terminal)]).toEqual([0, true]);
  }, PATIENCE);

  test('--quiz in Chinese', async () => {
    const lab = startOnTerminal(['lab', 'run', 'close-four', '--quiz', '--lang', 'zh'], folder);
    await lab.type('ＳＹＮ\r', '标志位>');
    await lab.type('０\r', 'seq>');
    await lab.type('无\r', 'ack>');
    await lab.type('q\r', '标志位>');
    const { stdout } = await lab.ended;
    expect(stdout).toContain('✓ 标志位 SYN   ✓ 序号 seq 0   ✓ 确认号 ack -');
    expect(stdout).toContain('得分：3/3');
  }, PATIENCE);
});

describe('without a terminal', () => {
  test('--step and --quiz read lines, and end cleanly with the input', async () => {
    for (const option of ['--step', '--quiz']) {
      const { status, stdout, stderr } = await glasstcp(['lab', 'run', 'close-four', option], folder, {}, ['sh', '-c', 'exec "$@" </dev/null', 'sh']);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain('Left after 0 packets');
    }
  }, PATIENCE);

  test('lines step through it', async () => {
    const { status, stdout } = await glasstcp(['lab', 'run', 'close-four', '--step'], folder, {}, ['sh', '-c', 'printf "\\n\\nc\\n" | "$@"', 'sh']);
    expect(status).toBe(0);
    expect(stdout.match(/is about to send/g)).toHaveLength(3);
    expect(stdout).toContain('What had to be seen');
  }, PATIENCE);

  test('a quiz to its end: the score, and the questions of the lab with what the run has shown', async () => {
    const answers = 'SYN\\n0\\n-\\nack\\n1\\n1\\nfin ack\\n1\\n1\\n.\\n2\\n2\\n\\n\\n\\n';
    const { status, stdout } = await glasstcp(['lab', 'run', 'close-four', '--quiz'], folder, {}, ['sh', '-c', `printf "${answers}" | "$@"`, 'sh']);
    expect(status).toBe(0);
    expect(stdout).toContain('Score: 12 of 12  flags 4/4, seq 4/4, ack 4/4');
    expect(stdout).toContain('FIN-WAIT-2. TIME-WAIT comes with the peer\'s FIN.');
    expect(stdout.match(/✓ seen in this run: /g)).toHaveLength(3);
  }, PATIENCE);

  test('a reader that stops reading ends it quietly', async () => {
    const { stdout, stderr } = await glasstcp(['lab', 'run', 'all', '--sim'], folder, {}, ['sh', '-c', '"$@" | head -1', 'sh']);
    expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
  }, PATIENCE);
});
