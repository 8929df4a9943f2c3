/** The demo's capture through the eyes of tshark: every checksum right, every frame commented, every warning explained. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { canIsolate, canUseTun } from '../support/namespace.js';
import { glasstcp, makeFolder, removeFolder } from '../support/demo.js';
import { describeIf } from '../support/kernel.js';

const CHECKSUMS = ['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE'];
const LOST = /LOST ON THE LINK/;

/** What our comment must say of a frame on which tshark sets this flag. */
const explained: Readonly<Record<string, RegExp>> = {
  'tcp.analysis.retransmission': /again|were here before|lie outside the window|the same SYN/,
  'tcp.analysis.fast_retransmission': /again|were here before/,
  'tcp.analysis.spurious_retransmission': /again|were here before|lie outside the window/,
  'tcp.analysis.out_of_order': /again|fills the gap|out of order|is missing/,
  'tcp.analysis.duplicate_ack': /[Dd]uplicate ACK|acknowledges|window/,
  'tcp.analysis.window_update': /window/,
  'tcp.analysis.zero_window': /window|offers 0 octets/,
  'tcp.analysis.window_full': /window/,
  'tcp.analysis.zero_window_probe': /probe/,
  'tcp.analysis.keep_alive': /keep-alive/,
};

const tsharkVersion = spawnSync('tshark', ['--version'], { encoding: 'utf8' });
const noTshark = tsharkVersion.error === undefined ? null : 'tshark is missing: apt-get install tshark';

function tshark(file: string, ...args: string[]): string[] {
  const { status, stdout, stderr } = spawnSync('tshark', [...CHECKSUMS, '-r', file, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').filter((line) => line !== '');
}

interface Frame {
  readonly number: string;
  readonly stream: string;
  readonly seq: string;
  readonly length: string;
  readonly comment: string;
}

const framesOf = (file: string, filter: string): Frame[] =>
  tshark(file, '-Y', filter, '-T', 'fields', '-e', 'frame.number', '-e', 'tcp.stream', '-e', 'tcp.seq', '-e', 'tcp.len', '-e', 'frame.comment').map((line) => {
    const [number = '', stream = '', seq = '', length = '', ...comment] = line.split('\t');
    return { number, stream, seq, length, comment: comment.join('\t') };
  });

describeIf(noTshark ?? canUseTun() ?? canIsolate(), 'the capture of glasstcp demo, in tshark', () => {
  const folder = makeFolder();
  afterAll(() => removeFolder(folder));

  describe.each([
    ['IPv4', []],
    ['IPv6', ['--ipv6']],
    ['10 % loss', ['--loss', '10', '--seed', '5']],
    ['a pipe', ['--device', 'pipe', '--loss', '5']],
  ])('%s', (name, args) => {
    const file = join(folder, `${name.replaceAll(/\W/g, '')}.pcapng`);
    beforeAll(async () => {
      const { status, stdout, stderr } = await glasstcp(['demo', '--quiet', '--msl', '0.3', '--capture', file, ...args], folder);
      expect({ status, stderr, stdout: status === 0 ? '' : stdout }).toEqual({ status: 0, stderr: '', stdout: '' });
    }, 180_000);

    test('no bad checksum, nothing malformed, and checksums were looked at', () => {
      expect(tshark(file, '-Y', 'ip.checksum.status == "Bad" || tcp.checksum.status == "Bad" || _ws.malformed')).toEqual([]);
      expect(tshark(file, '-Y', 'tcp.checksum.status == "Good"').length).toBe(tshark(file, '-Y', 'tcp').length);
    });

    test('every TCP frame has a comment with a state, a sentence and a citation, or says that it was lost', () => {
      const frames = framesOf(file, 'tcp');
      expect(frames.length).toBeGreaterThan(80);
      for (const { number, comment } of frames) {
        expect(`${number}: ${comment}`).toMatch(/(?:^|\\n|: )(?:in|out) +[A-Zn]/);
        expect(`${number}: ${comment}`).toMatch(/\[(?:RFC \d+ |Linux|glasstcp)|LOST ON THE LINK/);
      }
    });

    test('every warning of the analysis is explained by our comment', () => {
      const lost = framesOf(file, 'frame.comment contains "LOST ON THE LINK"');
      const flags = new Set<string>();
      let flagged = 0;
      for (const [flag, words] of Object.entries(explained)) {
        for (const frame of framesOf(file, flag)) {
          flagged++;
          flags.add(frame.number);
          // We cannot know that the peer repeats itself when its first try never reached us: the frame lost before says so.
          const repeats = lost.some((l) => l.stream === frame.stream && l.seq === frame.seq && Number(l.number) < Number(frame.number));
          if (!repeats && !LOST.test(frame.comment)) expect(`${flag} on frame ${frame.number}: ${frame.comment}`).toMatch(words);
        }
      }
      expect(flagged).toBeGreaterThan(2);
      // Nothing is flagged in a way that this test does not know.
      expect(framesOf(file, 'tcp.analysis.flags').map((f) => f.number).filter((n) => !flags.has(n))).toEqual([]);
    });

    test('the scripted losses are there, the interface has its name', () => {
      const comments = framesOf(file, 'frame.comment contains "by script"').map((f) => f.comment);
      expect(comments.map((c) => c.split('\\n')[0])).toEqual(['LOST ON THE LINK: our 3rd data segment, by script', 'LOST ON THE LINK: our first SYN, by script']);
      expect(new Set(tshark(file, '-T', 'fields', '-e', 'frame.interface_name'))).toEqual(new Set([name === 'a pipe' ? 'pipe0' : 'glass0']));
    });
  });
});
