/** Scripts on the engine: virtual time, settings, assertions, reports. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeEngineSubject } from '../../../src/script/engine-subject.js';
import { parseScript } from '../../../src/script/parse.js';
import { reportText } from '../../../src/script/report.js';
import type { ScriptResult } from '../../../src/script/result.js';
import { runScript } from '../../../src/script/run.js';
import { settingsOf } from '../../../src/script/settings.js';
import { openSubject } from '../../../src/script/subjects.js';
import { TappedSubject } from '../../../src/script/tapped.js';

const FOLDER = join(__dirname, '../../script');

function run(text: string, { file = 'test.pkt', folder = '.', seed = 1 } = {}): ScriptResult {
  const script = parseScript(text, file);
  const settings = settingsOf(script);
  return runScript(script, makeEngineSubject(settings.subject, { seed }), settings, folder);
}

const told = ({ verdict, at, message, differences }: ScriptResult): string => (verdict === 'pass' ? 'pass' : `${verdict} ${at?.line}: ${message} ${differences.join('; ')}`);

const OPEN = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+.1 < S 0:0(0) win 8000 <mss 1000>
+0 > S. 0:0(0) ack 1 <mss 1460>
+.1 < . 1:1(0) ack 1 win 8000
+0 accept(3, ..., ...) = 4
`;

describe('our own scripts', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.pkt'));

  test.each(files)('%s', (name) => {
    const result = run(readFileSync(join(FOLDER, name), 'utf8'), { file: name, folder: FOLDER });
    expect(result.verdict === 'pass' ? 'pass' : reportText(result)).toBe('pass');
  });
});

describe('the engine', () => {
  test('connects where it is told, after an attempt elsewhere that failed at once', () => {
    const elsewhere = '{sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr("224.0.0.1")}';
    expect(told(run(`0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
+0 connect(3, ${elsewhere}, ...) = -1 ENETUNREACH (Network is unreachable)
+0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)
+0 > S 0:0(0) <...>
`))).toBe('pass');
  });

  test('answers in no time at all', () => {
    expect(told(run(`--tolerance_percent=0\n--tolerance_usecs=1\n${OPEN}`))).toBe('pass');
  });

  test.each([1, 2, 3])('whatever its initial sequence number (seed %i)', (seed) => {
    expect(told(run(`${OPEN}+0 write(4, ..., 100) = 100\n+0 > P. 1:101(100) ack 1`, { seed }))).toBe('pass');
  });

  test.each([['ipv4', 1460], ['ipv4-mapped-ipv6', 1460], ['ipv6', 1440]])('--ip_version=%s', (version, mss) => {
    expect(told(run(`--ip_version=${version}\n${OPEN.replace('mss 1460', `mss ${mss}`)}+0 write(4, ..., 100) = 100\n+0 > P. 1:101(100) ack 1`))).toBe('pass');
  });

  test('hours pass in a moment', () => {
    const result = run(`${OPEN}+10000 write(4, ..., 100) = 100\n+0 > P. 1:101(100) ack 1`);
    expect(told(result)).toBe('pass');
    expect(result.duration).toBe(10_000.2e6);
  });

  test('its tcp_info can be asserted', () => {
    expect(told(run(`${OPEN}+0 %{ assert tcpi_snd_mss == 1000 and tcpi_state == TCP_ESTABLISHED }%`))).toBe('pass');
    expect(told(run(`${OPEN}+0 %{ assert tcpi_snd_mss == 99, "the MSS" }%`))).toMatch(/^fail 9: assert tcpi_snd_mss == 99, "the MSS" does not hold: tcpi_snd_mss is 1000 \(the MSS\)/);
  });

  test('prints what the script prints', () => {
    expect(run(`${OPEN}+0 %{ print("mss", tcpi_snd_mss) }%`).printed).toEqual(['mss 1000']);
  });

  test('an unknown name in an assertion is an error of the script', () => {
    expect(told(run(`${OPEN}+0 %{ assert tcpi_colour == 1 }%`))).toMatch(/^error 9: /);
  });

  test('settings reach it, others are named', () => {
    const result = run(`\`sysctl -q net.ipv4.tcp_sack=0 net.ipv4.tcp_colour=3\nip link show\`\n${OPEN}`);
    expect(result.ignored).toEqual(['net.ipv4.tcp_colour=3', 'ip link show']);
    expect(told(run(`\`sysctl -q net.ipv4.tcp_sack=0\`\n${OPEN.replace('<mss 1000>', '<mss 1000,nop,nop,sackOK>')}`))).toBe('pass');
  });

  describe('files of commands', () => {
    let folder = '';
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'script-'));
      writeFileSync(join(folder, 'set-up.sh'), '#!/bin/sh\nsysctl -q net.ipv4.tcp_colour=5\n');
    });
    afterAll(() => rmSync(folder, { recursive: true }));

    test('are read beside the script', () => {
      expect(run(`\`./set-up.sh\`\n${OPEN}`, { folder }).ignored).toEqual(['net.ipv4.tcp_colour=5']);
    });

    test('must be there', () => {
      expect(told(run(`\`./nothing.sh\`\n${OPEN}`, { folder }))).toMatch(/^error 1: the command `.\/nothing.sh` failed: .\/nothing.sh cannot be read: ENOENT/);
    });
  });
});

describe('a failure', () => {
  const result = run(`${OPEN}+0 write(4, ..., 100) = 100\n+0 > . 1:101(100) ack 2 win 5`);

  test('names every difference', () => {
    expect(result).toMatchObject({ verdict: 'fail', at: { line: 10, column: 1 } });
    expect(result.differences).toEqual(['flags: expected ., seen P.', 'ack: expected 2, seen 1', expect.stringMatching(/^win: expected 5, seen /)]);
  });

  test('shows both sides of the ladder up to the difference', () => {
    expect(result.ladder.map(({ mark }) => mark)).toEqual([...Array<string>(9).fill('same'), 'differs']);
    expect(result.ladder.at(-1)).toMatchObject({ expected: '+0 > . 1:101(100) ack 2 win 5', seen: expect.stringMatching(/^> P\. 1:101\(100\) ack 1 win /) as string });
  });

  test('tells the decisions that led there, with their citations', () => {
    expect(result.decisions.map(({ text }) => text).join('\n')).toMatch(/\[RFC \d+/);
  });

  test('is told in lines that fit', () => {
    const report = reportText(result, { width: 100, good: (t) => t, bad: (t) => t, dim: (t) => t });
    expect(report).toMatch(/^fail {2}test\.pkt on engine\ntest\.pkt:10:1: the packet is another one than expected\n/);
    expect(report).toContain('✗   10');
  });
});

describe('subjects by name', () => {
  const options = settingsOf(parseScript('0 close(3) = 0', 'test.pkt')).subject;

  test('the engine', () => {
    expect(openSubject('engine', options).name).toBe('engine');
  });

  test('a tapped one tells its packets', () => {
    const packets: string[] = [];
    const script = parseScript(OPEN, 'test.pkt');
    const subject = new TappedSubject(makeEngineSubject(options), (direction, octets) => packets.push(`${direction} ${octets.length}`));
    expect(runScript(script, subject, settingsOf(script)).verdict).toBe('pass');
    expect(packets.slice(0, 3)).toEqual(['in 44', 'out 44', 'in 40']);
  });
});
