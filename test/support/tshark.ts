/** What tshark makes of a capture: each TCP segment with its relative numbers and the verdicts of tshark's analysis. */
import { spawn, spawnSync } from 'node:child_process';
import { FLAGS, type Flag } from './real-captures/scene.js';

export interface TsharkSegment {
  readonly number: number;
  readonly stream: number;
  readonly seq: number;
  /** 0 without the ACK bit, as tshark has it. */
  readonly ack: number;
  /** Scaled. */
  readonly window: number;
  readonly length: number;
  /** The flag octets as a number. */
  readonly bits: number;
  readonly flags: ReadonlySet<Flag>;
  /** Which duplicate ACK it is, from 1; 0 = none. */
  readonly duplicate: number;
}

/** tshark's version, "4.0.17"; undefined when it is missing. */
export function tsharkVersion(): string | undefined {
  const { error, stdout } = spawnSync('tshark', ['--version'], { encoding: 'utf8' });
  return error === undefined ? /(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? 'unknown' : undefined;
}

const NUMBERS = ['frame.number', 'tcp.stream', 'tcp.seq', 'tcp.ack', 'tcp.window_size', 'tcp.len', 'tcp.flags', 'tcp.analysis.duplicate_ack_num'] as const;
const FIELDS = [...NUMBERS, ...FLAGS.map((flag) => `tcp.analysis.${flag}`)];
const OPTIONS = ['-n', '-o', 'tcp.analyze_sequence_numbers:TRUE', '-o', 'tcp.relative_sequence_numbers:TRUE', '-o', 'tcp.desegment_tcp_streams:FALSE'];

/** @throws Error when tshark cannot read the file */
export async function tsharkSegments(file: string): Promise<TsharkSegment[]> {
  const child = spawn('tshark', [...OPTIONS, '-r', file, '-Y', 'tcp && !icmp && !icmpv6', '-T', 'fields', '-E', 'occurrence=f', ...FIELDS.flatMap((field) => ['-e', field])],
    { stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => { stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr += text; });
  const status = await new Promise<number | null>((done, failed) => child.once('error', failed).once('close', done));
  if (status !== 0 && stdout === '') throw new Error(`tshark could not read ${file}: ${stderr}`);
  return stdout.split('\n').filter((line) => line !== '').map(segmentOf);
}

function segmentOf(line: string): TsharkSegment {
  const columns = line.split('\t');
  const [number = 0, stream = 0, seq = 0, ack = 0, window = 0, length = 0, bits = 0, duplicate = 0] = columns.slice(0, NUMBERS.length).map(Number);
  const flags = new Set(FLAGS.filter((_, i) => (columns[NUMBERS.length + i] ?? '') !== ''));
  return { number, stream, seq, ack, window, length, bits, flags, duplicate };
}
