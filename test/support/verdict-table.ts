/** The tables of verdicts in docs/analysis.md, made from the verdicts themselves. */
import { allVerdicts, type Verdict } from '../../src/observe/verdicts.js';

/** Numbers for the sentences; by name where these make none. */
const USUAL = [2897, 12, 203] as const;
const EXAMPLES: Readonly<Record<string, readonly [number, number, number]>> = {
  'retransmission-unseen': [2897, 45, 0],
  'retransmitted-syn': [2, 1, 1000], 'retransmitted-syn-ack': [2, 2, 1000], 'needless-syn': [2, 990, 0], 'needless-syn-ack': [3, 990, 0], 'needless-fin': [20, 203, 0],
  'fast-retransmission': [2897, 3, 0.4], 'after-duplicate-acks': [3, 2897, 45], 'after-sack': [2897, 8689, 45], 'tail-loss-probe': [22, 10, 0],
  'after-timeout': [203, 1, 0], 'copied': [0.02, 10, 0], 'lost-segment': [2897, 4345, 0], 'ack-lost-segment': [2897, 5793, 0], 'duplicate-ack': [2, 12, 2897],
  'window-update': [512, 65536, 0], 'window-full': [65537, 65536, 0], 'keep-alive': [2896, 7_200_000, 0], 'reused-ports': [0, 0, 0], 'partly-new': [2897, 3001, 1344],
  'old-ack': [2897, 12, 4345], 'sack': [4345, 5793, 1], 'duplicate-sack': [1449, 2897, 2], 'beyond-window': [65537, 100, 0], 'window-shrunk': [1448, 62641, 0],
  'scaling-unknown': [502, 0, 0], 'urgent': [2898, 1, 0], 'fast-open-text': [300, 0, 0], 'fast-open-cookie': [8, 0, 0], 'fast-open-granted': [8, 0, 0], 'ip-checksum-bad': [0x1234, 0, 0],
};

const sentence = ({ name, say }: Verdict): string => say(...(EXAMPLES[name] ?? USUAL));
const row = (verdict: Verdict): string => `| \`${verdict.name}\` | ${sentence(verdict)} | ${verdict.cite}, ${verdict.level} |`;

/** Those that Wireshark has flags for. */
export function comparedTable(): string {
  const rows = allVerdicts().filter(({ flags }) => flags.length > 0).map((v) => `${row(v)} ${v.flags.map((flag) => `\`${flag}\``).join(', ')} |`);
  return ['| verdict | for example | after | `tcp.analysis.` |', '|---|---|---|---|', ...rows].join('\n');
}

/** Those that it has none for. */
export function otherTable(): string {
  return ['| verdict | for example | after |', '|---|---|---|', ...allVerdicts().filter(({ flags }) => flags.length === 0).map(row)].join('\n');
}
