import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recording } from '../../../src/compare/recording.js';
import { recordGlasstcp } from '../../../src/compare/run.js';
import { loadByName, readScenario, schedule, scenarioNames } from '../../../src/compare/scenario.js';

const LISTEN = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
`;
const play = (script: string): Recording => recordGlasstcp(readScenario(script, 'test.pkt'));
const sentBy = ({ entries }: Recording): string[] => entries.flatMap((e) => (e.kind === 'sent' ? [`${(e.at / 1e6).toFixed(2)} ${e.text}`] : []));
const resultsOf = ({ entries }: Recording): string[] => entries.flatMap((e) => (e.kind === 'call' ? [e.result] : []));

describe('record', () => {
  test('counts numbers from the ISNs of both sides, and sends the peer\'s with them', () => {
    const recording = play(`${LISTEN}+0 < S 1000:1000(0) win 5000 <mss 1000>
+.1 < . 1:1(0) ack 1 win 5000
+0 accept(3, ..., ...) = 4
+.1 < P. 1:11(10) ack 1 win 5000`);
    expect(sentBy(recording)).toEqual(['0.00 S. 0:0(0) ack 1001 win 64240 <mss 1460>', '0.20 . 1:1(0) ack 11 win 64230']);
  });

  test('relative times count from the scripted time of the event before, whatever the subject does', () => {
    const { script } = readScenario('0 socket(..., SOCK_STREAM, 0) = 3\n+.5 > S 0:0(0) <...>\n+.25 close(3) = 0\n2 close(3) = 0\n', 'x');
    expect(schedule(script)).toEqual([0, 500_000, 750_000, 2_000_000]);
  });

  test('what the script expects is not looked at', () => {
    expect(resultsOf(play(`${LISTEN}+0 listen(3, 1) = -1 EINVAL (Invalid argument)\n+0 > R 5:5(0)\n`))).toEqual(['a socket', '0', '0', '0']);
  });

  test('no call stops the schedule', () => {
    expect(resultsOf(play(`${LISTEN}+0 accept(3, ..., ...) = 4\n+0 recv(4, ..., 10, 0) = 10\n+0 close(3) = 0\n`)).slice(3))
      .toEqual(['-1 EAGAIN (Resource temporarily unavailable)', 'not made: fd 4 is not open in this script', '0']);
  });

  test('tells why a packet was sent, or not answered', () => {
    const { entries } = play(`${LISTEN}+0 < 1 > 8080 R 5:5(0) win 0\n+0 < 2 > 8080 S 5:5(0) win 100\n`);
    const [, , , reset, , answer] = entries;
    expect(answer.reasons.join()).toContain('SYN');
    expect(reset.reasons.join()).toContain('RFC 9293');
  });

  test('a damaged segment is not answered', () => {
    const script = (how: string): string => `0 < 1 > 8080 . 1:1(0) ack 7 win 100${how}\n`;
    expect(sentBy(play(script('')))).toEqual(['0.00 R 7:7(0) win 0']);
    expect(sentBy(play(script(' // damaged: tcp checksum')))).toEqual([]);
    expect(sentBy(play(script(' // damaged: ip checksum')))).toEqual([]);
  });

  test('damage that is not known is refused', () => {
    expect(play('0 < 1 > 8080 . 1:1(0) ack 7 win 100 // damaged: paint\n').failure).toContain('"paint"');
  });

  test('plays glasstcp with its own patience, not Linux\'s', () => {
    const recording = play('// watch: 200\n\n0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n+0 connect(3, ..., ...) = -1 EINPROGRESS (x)\n+150 getsockopt(3, SOL_SOCKET, SO_ERROR, [...], [4]) = 0\n+40 getsockopt(3, SOL_SOCKET, SO_ERROR, [...], [4]) = 0\n');
    expect(resultsOf(recording).slice(2)).toEqual(['0 [0]', '0 [110]']);
  });
});

describe('the scenarios', () => {
  const names = scenarioNames();

  test('are more than forty', () => {
    expect(names.length).toBeGreaterThan(40);
  });

  test.each(names)('%s parses and says what it is about', (name) => {
    const { title, shows, topics } = loadByName(name);
    expect([title.length > 4, shows.endsWith('.') || shows.endsWith('?'), topics.length > 0]).toEqual([true, true, true]);
  });
});

test('the example of docs/compare.md is a scenario', () => {
  const page = readFileSync(join(__dirname, '../../../docs/compare.md'), 'utf8');
  const [, example = ''] = /```text\n(\/\/ title[^`]*)```/.exec(page) ?? [];
  expect(sentBy(play(example))).toHaveLength(3); // SYN, ACK, text: nothing answers the RST
});
