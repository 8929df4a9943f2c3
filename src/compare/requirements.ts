/**
 * Requirements that a recording can break by itself, whether the other subject does the same or not: two that break a rule
 * together look alike, and only the rule shows it.
 */
import type { Duration } from '../util/units.js';
import { MINUTE } from '../util/units.js';
import { kindOf } from './align.js';
import type { Finding } from './compare.js';
import type { Entry, Recording, SentEntry, SentSegment } from './recording.js';
import type { Scenario } from './scenario.js';

interface Requirement {
  readonly id: string;
  readonly requirements: readonly string[];
  /** Only where the scenario can show it. */
  readonly when: (scenario: Pick<Scenario, 'name' | 'topics'>) => boolean;
  /** What it did instead; undefined when all is well. */
  readonly broken: (recording: Recording) => string | undefined;
}

type Sent = SentEntry & { readonly packet: SentSegment };
const sent = (entries: readonly Entry[]): Sent[] => entries.filter((e): e is Sent => e.kind === 'sent' && e.packet.protocol === 'tcp');
const named = (...names: readonly string[]) => ({ name }: Pick<Scenario, 'name'>): boolean => names.includes(name);
const seconds = (time: Duration): string => `${(time / 1e6).toFixed(2)} s`;

/** Intervals between the retransmissions of the first thing that is repeated to the end of the recording. */
function intervals({ entries }: Recording): Duration[] {
  const all = sent(entries);
  const last = all[all.length - 1];
  if (last === undefined) return [];
  const times = all.filter(({ packet }) => packet.seq === last.packet.seq && kindOf(packet) === kindOf(last.packet)).map((e) => e.at);
  return times.slice(1).map((at, i) => at - times[i]);
}

const TABLE: readonly Requirement[] = [
  {
    id: 'backs-off', requirements: ['MUST-19', 'RFC 6298 §5.5'], when: named('data-retransmission', 'fin-retransmission', 'synack-retransmission'),
    broken: (recording) => {
      const gaps = intervals(recording).slice(1); // the first may be a probe's
      const wrong = gaps.findIndex((gap, i) => i > 0 && gap < gaps[i - 1] * 1.5);
      return wrong < 0 ? undefined : `waits ${seconds(gaps[wrong])} after ${seconds(gaps[wrong - 1])}: the timeout does not double`;
    },
  },
  {
    id: 'retransmits', requirements: ['RFC 9293 §3.8.1'], when: named('data-retransmission', 'fin-retransmission', 'syn-retransmission', 'synack-retransmission'),
    broken: (recording) => (intervals(recording).length >= 3 ? undefined : 'does not send again what nobody acknowledges'),
  },
  {
    id: 'ack-in-time', requirements: ['MUST-40'], when: named('delayed-ack', 'ack-every-second', 'ack-rides'),
    broken: (recording) => {
      let owed: Duration | undefined;
      for (const entry of recording.entries) {
        if (entry.kind === 'in' && /\([1-9]\d*\)/.test(entry.text)) owed ??= entry.at;
        else if (entry.kind === 'sent' && owed !== undefined) {
          if (entry.at - owed >= 500_000) return `acknowledges after ${seconds(entry.at - owed)}`;
          owed = undefined;
        }
      }
      return undefined;
    },
  },
  {
    id: 'bad-checksum', requirements: ['MUST-3'], when: named('bad-checksum'),
    broken: (recording) => {
      const answered = sent(recording.entries).filter((e) => kindOf(e.packet) !== 'syn-ack' && e.at < 0.95e6);
      return answered.length === 0 ? undefined : `answers a damaged segment at ${seconds(answered[0].at)}`;
    },
  },
  {
    id: 'mss-only-in-syn', requirements: ['MUST-65'], when: () => true,
    broken: (recording) => {
      const wrong = sent(recording.entries).find(({ packet }) => !packet.flags.includes('S') && packet.options.some((o) => o.startsWith('mss')));
      return wrong === undefined ? undefined : `sends an MSS option in ${wrong.text}`;
    },
  },
  {
    id: 'no-answer-to-reset', requirements: ['RFC 9293 §3.10.7.1'], when: named('listen-strays', 'closed-port', 'reset-outside'),
    broken: (recording) => {
      const { entries } = recording;
      const wrong = entries.findIndex((e, i) => e.kind === 'sent' && entries[i - 1]?.kind === 'in' && /^< (?:\d+ > \d+ )?R/.test(entries[i - 1].text));
      return wrong < 0 ? undefined : `answers a RST with ${entries[wrong].text}`;
    },
  },
  {
    id: 'probes', requirements: ['MUST-36'], when: named('zero-window-probe'),
    broken: ({ entries }) => (entries.filter((e) => e.kind === 'sent' && e.at > 0.3e6 && e.at < 6e6).length >= 3 ? undefined : 'does not probe a closed window'),
  },
  {
    id: 'data-lost-is-told', requirements: ['SHLD-3'], when: named('close-unread'),
    broken: ({ entries }) => (sent(entries).some((e) => kindOf(e.packet) === 'reset') ? undefined : 'closes with unread data and sends no RST'),
  },
  {
    id: 'syn-three-minutes', requirements: ['MUST-23'], when: named('syn-gives-up'),
    broken: ({ entries }) => {
      const told = entries.find((e) => e.kind === 'call' && e.text.startsWith('getsockopt'));
      return told?.kind === 'call' && told.at < 3 * MINUTE && told.result.includes('[110]') ? `has given up by ${seconds(told.at)}` : undefined;
    },
  },
];

/** What either breaks. What the knowledge of differences says already is not said twice: a breach by both, or ours, is news. */
export function breaches(scenario: Pick<Scenario, 'name' | 'topics'>, glasstcp: Recording, kernel: Recording): Finding[] {
  const found: Finding[] = [];
  for (const { id, requirements, when, broken } of TABLE) {
    if (!when(scenario)) continue;
    for (const [recording, verdict, who] of [[glasstcp, 'glasstcp violates', 'glasstcp'], [kernel, 'kernel violates', 'The kernel']] as const) {
      const what = broken(recording);
      if (what === undefined) continue;
      const why = `${who} ${what}.`;
      found.push({ verdict, explanation: { id, title: `${who} ${what}`, judgement: verdict, requirements, why, linux: '', glasstcp: '' }, divergences: [] });
    }
  }
  return found;
}
