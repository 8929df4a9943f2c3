/** What docs/captures.md and the README show of `glasstcp read` is what it prints. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pc from 'picocolors';
import { openCapture } from '../../../src/capture/read.js';
import { isSighting, ObservedSource } from '../../../src/cli/observed/observed-source.js';
import { readOptions } from '../../../src/cli/observed/read-options.js';
import { readAndShow } from '../../../src/cli/observed/reading.js';
import { sightingComment } from '../../../src/cli/observed/sighting-comment.js';
import { Output } from '../../../src/cli/output.js';

const root = join(__dirname, '../../..');
const page = readFileSync(join(root, 'docs/captures.md'), 'utf8');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocksOf = (text: string): string[] => [...text.matchAll(/```text\n(\$ (?:scripts\/)?glasstcp read [\s\S]*?)```/g)].map(([, block = '']) => block);

/** Runs it as `$ glasstcp read docs/examples/…` does on a pipe. */
async function run(command: string): Promise<string> {
  const [, , , file = '', ...words] = command.split(' ');
  const args: Record<string, unknown> = { format: 'ladder' };
  for (let i = 0; i < words.length; i++) {
    const name = words[i].replace(/^--?/, '');
    if (['problems', 'quiet', 'verbose'].includes(name)) args[name] = true;
    else args[name === 'c' ? 'count' : name] = words[++i];
  }
  let text = '';
  const out = new Output(new Writable({
    write: (chunk: Buffer, _, done) => {
      text += chunk.toString();
      done();
    },
  }));
  await readAndShow(readOptions({ ...args, file: join(root, file), format: String(args['format']) }), {
    terminal: { width: 100, colors: pc.createColors(false), live: false }, out, complain: (sentence) => void (text += sentence), program: 'glasstcp',
  });
  return text;
}

const shown = blocksOf(page).filter((block) => !block.includes(' -w ')).map((block) => [block.slice(0, block.indexOf('\n')), block.slice(block.indexOf('\n') + 1)]);

test.each(shown)('%s', async (command, text) => {
  expect(await run(command)).toBe(text);
});

test('there are several of them, and they use the examples', () => {
  expect(shown.length).toBeGreaterThan(3);
  for (const [command] of shown) expect(command).toMatch(/docs\/examples\//);
});

test('the comment', () => {
  const source = new ObservedSource();
  const comments = [...openCapture(join(root, 'docs/examples/lost-tail.pcap')).frames()].map((frame) => {
    const seen = source.see(frame);
    return isSighting(seen) ? sightingComment(seen) : '';
  });
  const block = blocksOf(page).find((text) => text.includes(' -w ')) ?? '';
  expect(block.trimEnd().split('\n').slice(2).join('\n')).toBe(comments[16]?.replaceAll('\n', '\\n'));
});

/** "…" stands for what is left out. */
function leaveOut(real: unknown, written: unknown): unknown {
  if (Array.isArray(real) && Array.isArray(written)) return written.map((w: unknown, i) => (isLeftOut(w) ? w : leaveOut(real[i], w)));
  if (typeof real !== 'object' || real === null || typeof written !== 'object' || written === null) return real;
  return Object.fromEntries(Object.entries(written).map(([key, w]) => [key, key === '…' ? w : leaveOut((real as Record<string, unknown>)[key], w)]));
}
const isLeftOut = (value: unknown): boolean => typeof value === 'object' && value !== null && '…' in value;

test('the JSON', async () => {
  const [, block = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  const written = JSON.parse(block) as Record<string, unknown>;
  const real = JSON.parse((await run('$ glasstcp read docs/examples/lost-tail.pcap --format json')).split('\n')[16]) as unknown;
  expect(leaveOut(real, written)).toEqual(written);
  expect(Object.keys(written).sort()).toEqual(Object.keys(real as object).sort());
});

test('the README shows lines of it, in their order', async () => {
  const [block = ''] = blocksOf(readme);
  const [command, ...lines] = block.trimEnd().split('\n');
  const real = (await run(command)).split('\n');
  let at = 0;
  for (const line of lines.filter((text) => text.trim() !== '…')) {
    const found = real.indexOf(line, at);
    expect([line, found]).toEqual([line, expect.any(Number)]);
    expect(found).toBeGreaterThanOrEqual(at);
    at = found + 1;
  }
});
