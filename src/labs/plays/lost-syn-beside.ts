/** When a SYN is sent again: RFC 6298's doubling beside Linux's four linear timeouts, at the same time in the same lab. */
import { SECOND } from '../../util/units.js';
import { SYN } from '../../wire/segment.js';
import { ROLES } from '../ends/end.js';
import type { Lab } from '../lab.js';
import { inSeconds } from '../stage/in-words.js';
import { sameNumber } from '../stage/opening.js';
import { atPort, type Seen, segment } from '../stage/seen.js';
import type { Stage } from '../stage/stage.js';

const [TO_SERVER, TO_CLIENT] = [80, 81];
/** What is left of an interval when a busy machine has noticed its beginning late. */
const ALMOST = 0.6;

/** The intervals between them, in seconds. */
const intervals = (times: readonly number[]): number[] => times.slice(1).map((at, i) => (at - times[i]) / SECOND);
const atLeast = (times: readonly number[], expected: readonly number[]): boolean =>
  times.length > expected.length && expected.every((seconds, i) => intervals(times)[i] >= ALMOST * seconds);

function show(stage: Stage, ours: readonly number[], theirs: readonly number[]): void {
  const cell = (times: readonly number[], i: number): string => (i < times.length ? inSeconds(times[i]) : '-');
  const rows = theirs.map((_, i) => [i + 1, cell(ours, i), cell(theirs, i)]);
  stage.show({ kind: 'table', key: 'times', columns: ['number', 'doubling', 'linear'], rows });
  const points = (times: readonly number[]) => times.map((at, i) => [Math.round(at / 100_000) / 10, i + 1] as const);
  stage.show({ kind: 'plot', key: 'count', x: 'seconds', y: 'syns', style: 'steps', series: [{ name: 'doubling', points: points(ours) }, { name: 'linear', points: points(theirs) }] });
}

export const lostSynBeside: Lab = {
  id: 'lost-syn-beside',
  section: 'B',
  entries: [21],
  glass: 'client',
  setUp: { sysctls: { server: { 'net.ipv4.tcp_syn_linear_timeouts': 4 } } },
  musts: ['doubling', 'linear', 'more', 'then-doubling', 'same-number', 'both-wait'],
  lasts: 8,
  citations: ['RFC 6298 §2.1, §5.5', 'RFC 9293 §3.8.3 (MUST-23)', 'Linux: tcp_syn_linear_timeouts'],
  play: async (stage) => {
    const { client, server } = stage;
    for (const from of ROLES) stage.accident({ from, match: (s) => s.has(SYN), times: Infinity, action: 'drop', label: 'lost' });
    // In virtual time nobody is Linux: glasstcp does as Linux does then.
    if (server.end.kind === 'glasstcp') server.sysctl('glasstcp.synLinearTimeouts', 4);
    stage.say('begin');
    const left = client.connect(TO_SERVER);
    const right = server.connect(TO_CLIENT);
    const synsTo = (port: number): Seen[] => stage.seen.filter(atPort(port, (seen) => segment('client', 'SYN')(seen) || segment('server', 'SYN')(seen)));
    /** Since its own first one. */
    const times = (port: number): number[] => synsTo(port).map(({ at }, _, [first]) => at - first.at);
    await stage.until(() => times(TO_SERVER).length >= 4 && times(TO_CLIENT).length >= 7, 20 * SECOND);
    const [ours, theirs] = [times(TO_SERVER), times(TO_CLIENT)];
    const told = (all: readonly number[]): string => all.map(inSeconds).join(', ');
    show(stage, ours, theirs);
    stage.must('doubling', atLeast(ours, [1, 2, 4]), `SYNs at ${told(ours)} s`, { times: told(ours) });
    stage.must('linear', atLeast(theirs, [1, 1, 1, 1, 1]), `SYNs at ${told(theirs)} s`, { times: told(theirs) });
    const before = theirs.filter((at) => at < ours[3]).length;
    stage.must('more', before >= 6, `${before} and 3 SYNs before the fourth of the client`, { theirs: before, ours: 3 });
    stage.must('then-doubling', atLeast(theirs, [1, 1, 1, 1, 1, 2]), `SYNs at ${told(theirs)} s`);
    stage.must('same-number', sameNumber(synsTo(TO_SERVER)) && sameNumber(synsTo(TO_CLIENT)), 'a repetition had another sequence number');
    const states = [stage.state('client', left.port, TO_SERVER), stage.state('server', right.port, TO_CLIENT)];
    stage.must('both-wait', states.every((state) => state === 'SYN-SENT'), states.join(' and '));
  },
};
