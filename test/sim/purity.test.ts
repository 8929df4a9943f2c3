/** The engine depends on what it is told and on nothing else: the same simulation twice is the same, and the core knows no Node. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import type { HostOptions } from '../../src/sim/host.js';
import { decisionStream } from '../../src/trace/explain.js';
import { Story } from '../../src/trace/story.js';
import { MILLISECOND } from '../../src/util/units.js';
import { play } from './play.js';
import { drawScenario } from './scenario.js';
import { stream } from './stream.js';

interface Record {
  readonly decisions: string[];
  /** Of every octet that either side sent, with its time. */
  readonly wire: string;
}

function record(seed: number): Record {
  const decisions: string[] = [];
  const wire = createHash('sha256');
  const stories: Story[] = [];
  const host = (name: string): HostOptions => {
    const story = new Story((moment) => decisions.push(`${name} ${decisionStream(moment)}`));
    stories.push(story);
    return {
      tracer: story,
      out: { delay: 7 * MILLISECOND, jitter: 2 * MILLISECOND, loss: 0.03, reorder: 0.05, duplicate: 0.02, corrupt: 0.01, rate: 50e6 },
      watch: (packet, at, direction) => {
        if (direction === 'out') wire.update(`${name}${at} `).update(packet.bytes.subarray(packet.start, packet.end));
      },
    };
  };
  const result = stream(1_000_000, { seed, a: host('a'), b: host('b') });
  for (const story of stories) story.flush();
  expect(result).toMatchObject({ received: 1_000_000, wrong: -1, orderly: true });
  expect(result.retransmissions).toBeGreaterThan(0);
  return { decisions, wire: wire.digest('hex') };
}

describe('a simulation', () => {
  it('played twice takes the same decisions and sends the same octets; another seed gives another run', () => {
    const first = record(11);
    const second = record(11);
    const other = record(12);
    expect(first.decisions.length).toBeGreaterThan(1000);
    const differs = first.decisions.findIndex((line, i) => line !== second.decisions[i]);
    expect(differs < 0 ? 'the same' : `${first.decisions[differs]}\n${second.decisions[differs]}`).toBe('the same');
    expect(second.decisions).toHaveLength(first.decisions.length);
    expect(second.wire).toBe(first.wire);
    expect(other.wire).not.toBe(first.wire);
    expect(other.decisions.join('\n')).not.toBe(first.decisions.join('\n'));
  });

  it('is not changed by being watched', () => {
    const traced = record(11);
    const wire = createHash('sha256');
    const out: HostOptions['out'] = { delay: 7 * MILLISECOND, jitter: 2 * MILLISECOND, loss: 0.03, reorder: 0.05, duplicate: 0.02, corrupt: 0.01, rate: 50e6 };
    const host = (name: string): HostOptions => ({
      out,
      watch: (packet, at, direction) => {
        if (direction === 'out') wire.update(`${name}${at} `).update(packet.bytes.subarray(packet.start, packet.end));
      },
    });
    stream(1_000_000, { seed: 11, a: host('a'), b: host('b') });
    expect(wire.digest('hex')).toBe(traced.wire);
  });

  it.each([3, 14, 22, 43, 111])('conversation %i ends the same way each time', (seed) => {
    expect(play(drawScenario(seed))).toEqual(play(drawScenario(seed)));
  });
});

const SRC = resolve(__dirname, '../../src');
const CORE = ['util', 'wire', 'trace', 'tcp'] as const;

describe('the core (util, wire, trace, tcp)', () => {
  const config = ts.readConfigFile(join(SRC, 'tsconfig.core.json'), (path) => ts.sys.readFile(path));
  const { options, fileNames } = ts.parseJsonConfigFileContent(config.config, ts.sys, SRC);
  const cache = new Map<string, ts.SourceFile | undefined>();

  /** Errors of one file of the core that exists only here, checked with the core's own settings. */
  function errorsOf(source: string): string[] {
    const path = join(SRC, 'tcp', 'offender.ts');
    const disk = ts.createCompilerHost(options);
    const host: ts.CompilerHost = {
      ...disk,
      fileExists: (name) => name === path || disk.fileExists(name),
      readFile: (name) => (name === path ? source : disk.readFile(name)),
      getSourceFile: (name, languageVersion) => {
        if (name === path) return ts.createSourceFile(name, source, languageVersion);
        if (!cache.has(name)) cache.set(name, disk.getSourceFile(name, languageVersion));
        return cache.get(name);
      },
    };
    const program = ts.createProgram([path], options, host);
    return ts.getPreEmitDiagnostics(program).map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'));
  }

  it('compiles without the types of Node or of a browser', () => {
    expect(fileNames.length).toBeGreaterThan(40);
    for (const folder of CORE) expect(fileNames.some((name) => name.includes(`/src/${folder}/`))).toBe(true);
    const program = ts.createProgram(fileNames, options);
    expect(ts.getPreEmitDiagnostics(program).map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'))).toEqual([]);
  }, 60_000);

  it('would not, if it used them', () => {
    expect(errorsOf("import { seqAdd } from '../util/seq.js';\nexport const next = seqAdd;")).toEqual([]);
    for (const name of ['process', 'Buffer', 'setTimeout', 'setImmediate', 'console', 'performance', 'window', 'fetch']) {
      expect(errorsOf(`export const used: unknown = ${name};`)).toEqual([expect.stringContaining(`Cannot find name '${name}'`)]);
    }
    expect(errorsOf("export * from 'node:fs';")).toEqual([expect.stringContaining("'node:fs'")]);
  }, 60_000);

  /** What the language itself has, so that types cannot forbid it: the time of day and chance. */
  function impurities(name: string, text: string): string[] {
    const found: string[] = [];
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && node.text === 'Date') found.push(`${name}: Date`);
      if (ts.isPropertyAccessExpression(node) && node.name.text === 'random' && node.expression.getText(file) === 'Math') found.push(`${name}: Math.random`);
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  }

  it('reads no clock and rolls no dice', () => {
    expect(impurities('x.ts', 'const now = Date.now() + Math.random(); // Date')).toEqual(['x.ts: Date', 'x.ts: Math.random']);
    const files = CORE.flatMap((folder) => readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts')).map((f) => join(SRC, folder, f)));
    expect(files.flatMap((name) => impurities(name, ts.sys.readFile(name) ?? ''))).toEqual([]);
  });
});
