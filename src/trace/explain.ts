/** Moments in words: the comment beside a packet, the change of a variable, a length of time, a citation. */
import type { Duration } from '../util/units.js';
import type { Explanation, LinkFate, Moment, VariableChange } from './moment.js';
import type { Rule } from './rules.js';

/** At and above this a threshold is "no limit yet": RFC 5681 starts ssthresh arbitrarily high. */
const NO_LIMIT = 0x4000_0000;

/** Three digits are as many as a person compares: "1.04 s", "210 ms", "48 µs", "2 min 30 s"; Infinity is "never". */
export function formatDuration(duration: Duration): string {
  if (duration === Infinity) return 'never';
  if (duration < 0) return `-${formatDuration(-duration)}`;
  const micros = threeDigits(duration);
  if (micros < 1_000) return `${micros} µs`;
  const millis = threeDigits(duration / 1_000);
  if (millis < 1_000) return `${millis} ms`;
  const seconds = threeDigits(duration / 1_000_000);
  if (seconds <= 120) return `${seconds} s`;
  return formatMinutes(Math.round(duration / 1_000_000));
}

const threeDigits = (n: number): number => Number(n.toPrecision(3));

function formatMinutes(seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  return parts.filter(([n]) => n > 0).map(([n, unit]) => `${n} ${unit}`).join(' ');
}

/** "snd.una 0→1", "rto 1 s→210 ms", "ssthresh ∞→7300". */
export function formatChange({ name, from, to }: VariableChange): string {
  return `${name} ${formatValue(name, from)}→${formatValue(name, to)}`;
}

function formatValue(name: string, value: number): string {
  if (name === 'srtt' || name === 'rto') return value < 0 ? 'none' : formatDuration(value);
  return name === 'ssthresh' && value >= NO_LIMIT ? '∞' : String(value);
}

/** "[RFC 9293 §3.10.7.3, MUST]"; what a source leaves to us has no level to show. */
export function formatCitation(rule: Rule): string {
  return rule.level === 'note' ? `[${rule.cite}]` : `[${rule.cite}, ${rule.level}]`;
}

/** "SYN-SENT → ESTABLISHED", or the one state the connection stays in; empty without a connection. */
export function statePath(moment: Moment): string {
  return moment.states.length === 0 ? moment.after : [moment.before, ...moment.states.map((s) => s.to)].join(' → ');
}

/** All a moment has to say, each thing once: why it was sent, then the decisions, then why the state changed. */
export function explanationsOf(moment: Moment): Explanation[] {
  const told: Explanation[] = [];
  const add = (e: Explanation | undefined): void => {
    if (e !== undefined && !told.some((t) => t.equals(e))) told.push(e);
  };
  add(moment.reason);
  moment.decisions.forEach(add);
  moment.states.forEach((s) => add(s.because));
  return told;
}

/** The comment beside a packet: direction and state, a line for each explanation, then the variables that changed. */
export function explainMoment(moment: Moment): string {
  const lines = [`${(moment.direction ?? '--').padEnd(4)} ${statePath(moment) || 'no connection'}`];
  for (const e of explanationsOf(moment)) lines.push(`${e.text} ${formatCitation(e.rule)}`);
  if (moment.changes.length > 0) lines.push(moment.changes.map(formatChange).join(', '));
  return lines.join('\n');
}

/** "LOST ON THE LINK: the 2nd SYN,ACK, by script". */
export function explainFate({ what, label }: LinkFate): string {
  return `${what.toUpperCase()} ON THE LINK${label === '' ? '' : `: ${label}`}`;
}

/** One line that two runs of the same simulation must share to the letter: rules and numbers, no wording. */
export function decisionStream(moment: Moment): string {
  const { at, conn, direction, bytes, reason } = moment;
  const named = (e: Explanation): string => `${e.rule.name}(${e.numbers.join(',')})`;
  const parts = [`${at}`, `#${conn}`, statePath(moment) || '-'];
  if (direction !== undefined && bytes !== undefined) parts.push(`${direction} ${bytes.length} ${fingerprint(bytes)}`);
  if (reason !== undefined) parts.push(`why ${named(reason)}`);
  parts.push(...moment.decisions.map(named));
  for (const s of moment.states) parts.push(`${s.from}>${s.to} ${s.because?.rule.name ?? '-'}`);
  for (const c of moment.changes) parts.push(`${c.name} ${c.from}>${c.to}`);
  return parts.join(' | ');
}

/** FNV-1a, 32 bits: tells packets apart, nothing more. */
function fingerprint(bytes: Uint8Array): string {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i]), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
